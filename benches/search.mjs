// What a first query costs in a built site of any size: node benches/search.mjs SITE QUERY...
//
//     cargo run --release --example corpus -- --modules 100 --lessons 100 --words 600 target/corpus/10000
//     cargo run --release -- build --root target/corpus/10000 -o target/corpus/site --no-reports
//     node benches/search.mjs target/corpus/site "late payment" "what do I do if the customer is angry about a late letter"
//
// Needs what the browser tests need (`npm ci --prefix tests/browser`). Times are of the page's own thread, the best of five; four times that is what a machine
// takes whose processor is four times as slow.

import path from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "../tests/browser/support/browser.mjs";
import { firstQuery } from "../tests/browser/support/cost.mjs";

const [site, ...queries] = process.argv.slice(2);
const browser = await launch();
for (const query of queries) {
  const costs = [];
  for (let time = 0; time < 5; time += 1) costs.push(await firstQuery(browser, pathToFileURL(path.resolve(site, "search.html")).href, query));
  const milliseconds = Math.min(...costs.map((cost) => cost.milliseconds));
  console.log(`${query}: ${(costs[0].bytes / 1000).toFixed(0)} KB, ${milliseconds.toFixed(0)} ms, at a quarter of the speed ${(4 * milliseconds).toFixed(0)} ms`);
}
await browser.close();
