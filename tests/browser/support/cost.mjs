// What a first query costs a reader: bytes of all that it loads, and time of the page's own thread.

import fs from "node:fs";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";
import { open } from "./browser.mjs";

/**
 * Asks a query on a fresh search page at `address` (file://); returns `{bytes, milliseconds}`: what it loads as gzip -9 has it, and the time that the
 * page's thread works until results stand there, without what other programs of the machine take.
 */
export async function firstQuery(browser, address, query) {
  const { page, context, requests } = await open(browser);
  await page.goto(address);
  await page.waitForTimeout(300);
  const before = requests.length;
  const devtools = await context.newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  const worked = async () => (await devtools.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value * 1000;
  const value = async (expression) => (await devtools.send("Runtime.evaluate", { expression, returnByValue: true })).result.value;
  await value("1");
  const start = await worked();
  await value(`{ const field = document.querySelector("#q"); field.value = ${JSON.stringify(query)}; field.form.requestSubmit(); }`);
  while (!(await value("!!document.querySelector('[data-search-results] a')"))) await page.waitForTimeout(40);
  const milliseconds = (await worked()) - start;
  await page.waitForTimeout(700); // sentences from the texts come after the results
  const files = new Set(requests.slice(before).filter((url) => url.startsWith("file:")).map((url) => fileURLToPath(url.split("?")[0])));
  const bytes = [...files].reduce((sum, file) => sum + zlib.gzipSync(fs.readFileSync(file), { level: 9 }).length, 0);
  await context.close();
  return { bytes, milliseconds };
}
