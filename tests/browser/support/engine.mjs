// The search engine without a browser: the theme's script and a site's index, in a context of their own.

import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";
import zlib from "node:zlib";
import { ROOT } from "./site.mjs";

/** Returns `{search, weight}` for a built site; `weight()` is how much was loaded, in bytes as gzip -9 has them. */
export function engine(folder) {
  const context = vm.createContext({ Blob });
  context.window = context;
  const script = (file) => vm.runInContext(fs.readFileSync(file, "utf8"), context, { filename: file });
  script(path.join(ROOT, "themes/default/static/search-engine.js"));
  let weight = 0;
  const search = context.throughlineSearch;
  search.load = async (address) => {
    const file = path.join(folder, address);
    weight += zlib.gzipSync(fs.readFileSync(file), { level: 9 }).length;
    script(file);
  };
  return { search, weight: () => weight };
}

/** Returns where an answer leads, in the order in which a reader meets it: each entry is one place with all its links. */
export async function places(search, found) {
  const answer = ({ to, also }) => [to, ...also].map(({ href }) => href).join(" ");
  const pages = await search.show(found.pages.slice(0, 10));
  for (const page of pages.slice(0, 5)) await page.deep();
  return [found.crisis && answer(found.crisis), found.answer && answer(found.answer), ...found.topics.map(({ href }) => href), ...pages.map(({ href }) => href)].filter(Boolean);
}
