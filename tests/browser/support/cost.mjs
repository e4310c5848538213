// What a first query costs a reader: bytes of all that it loads, and time of the page's own thread.

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import zlib from "node:zlib";
import { open } from "./browser.mjs";

/**
 * Runs an expression in a page; returns the milliseconds that the page's thread works until another one is true, without what other programs of the
 * machine take.
 */
async function work(page, context, expression, until) {
  const devtools = await context.newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  const worked = async () => (await devtools.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value * 1000;
  const value = async (expression) => (await devtools.send("Runtime.evaluate", { expression, returnByValue: true })).result.value;
  await value("1");
  const start = await worked();
  await value(expression);
  while (!(await value(until))) await page.waitForTimeout(40);
  return (await worked()) - start;
}

/**
 * Asks a query on a fresh search page at `address` (file://); returns `{bytes, milliseconds}`: what it loads as gzip -9 has it, and the time that the
 * page's thread works until results stand there.
 */
export async function firstQuery(browser, address, query) {
  const { page, context, requests } = await open(browser);
  await page.goto(address);
  await page.waitForTimeout(300);
  const before = requests.length;
  const ask = `{ const field = document.querySelector("#q"); field.value = ${JSON.stringify(query)}; field.form.requestSubmit(); }`;
  const milliseconds = await work(page, context, ask, "!!document.querySelector('[data-search-results] a')");
  await page.waitForTimeout(700); // sentences from the texts come after the results
  const files = new Set(requests.slice(before).filter((url) => url.startsWith("file:")).map((url) => fileURLToPath(url.split("?")[0])));
  const bytes = [...files].reduce((sum, file) => sum + zlib.gzipSync(fs.readFileSync(file), { level: 9 }).length, 0);
  await context.close();
  return { bytes, milliseconds };
}

/**
 * Has a page do what any search of this kind must: load twenty scripts of 4 KB, and show a list. Returns the milliseconds that its thread works; caches
 * and clocks that a busy machine slows down slow this down as much as a query.
 */
export async function sameWork(browser) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "throughline-work-"));
  const line = (n) => Array.from({ length: 500 }, (_, i) => ((i * 7919 + n * 104729) % 9973).toString(36)).join(" ");
  for (let n = 0; n < 20; n += 1) fs.writeFileSync(path.join(folder, n + ".js"), `(window.lines ||= []).push(${JSON.stringify(line(n).slice(0, 4000))});`);
  fs.writeFileSync(path.join(folder, "index.html"), "<!doctype html><title>Work</title><ol></ol>");
  const { page, context } = await open(browser);
  await page.goto(pathToFileURL(path.join(folder, "index.html")).href);
  await page.waitForTimeout(300);
  const load = `Promise.all(Array.from({ length: 20 }, (_, n) => new Promise((done) => {
    const script = Object.assign(document.createElement("script"), { src: n + ".js", onload: done });
    document.head.append(script);
  }))).then(() => {
    const counts = new Map();
    for (const line of lines) for (const word of line.split(" ")) counts.set(word, (counts.get(word) || 0) + 1);
    const words = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 60);
    document.querySelector("ol").append(...words.map(([word, count]) => {
      const item = document.createElement("li");
      item.append(Object.assign(document.createElement("a"), { href: "#" + word, textContent: word }), " " + count);
      return item;
    }));
  }); 0`;
  const milliseconds = await work(page, context, load, "!!document.querySelector('li')");
  await context.close();
  fs.rmSync(folder, { recursive: true });
  return milliseconds;
}
