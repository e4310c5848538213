// Debian's Chromium, and pages that write down what goes wrong in them.

import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"];
const EXECUTABLE = process.env.CHROMIUM || ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((file) => fs.existsSync(file));

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };
/** What 1280 pixels become at 400 %. */
export const NARROW = { width: 320, height: 640 };

/** Starts the browser. */
export const launch = (flags = []) => chromium.launch({ executablePath: EXECUTABLE, args: [...FLAGS, ...flags] });

/**
 * Opens a tab in a context of its own. `tab.faults` collects what must not happen: errors in scripts and on the console (the content
 * policy speaks there), failed requests, and requests to another host. `tab.requests` lists what was fetched.
 */
export async function open(browser, options = {}) {
  const context = await browser.newContext({ viewport: DESKTOP, ...options });
  const page = await context.newPage();
  const tab = { context, page, faults: [], requests: [] };
  page.on("pageerror", (error) => tab.faults.push("script error: " + error.message));
  page.on("console", (message) => message.type() === "error" && tab.faults.push("console: " + message.text()));
  // A page that is left gives up what it was still fetching: that is no fault.
  page.on("requestfailed", (request) => request.failure()?.errorText !== "net::ERR_ABORTED" && tab.faults.push("request failed: " + request.url()));
  page.on("request", (request) => {
    const url = new URL(request.url());
    tab.requests.push(request.url());
    const local = url.protocol === "file:" || url.protocol === "data:" || url.protocol === "blob:" || url.hostname === "127.0.0.1";
    if (!local) tab.faults.push("request to another host: " + request.url());
  });
  return tab;
}

/** Walks through a tab of its own, and fails on anything that went wrong in the background. */
export async function inTab(browser, options, walk) {
  const tab = await open(browser, options);
  try {
    await walk(tab.page, tab);
    assert.deepEqual(tab.faults, []);
  } finally {
    await tab.context.close();
  }
}

const axeSource = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Runs axe-core on a page; returns each violation of WCAG 2.2 A and AA as one line. `rules` limits it to single rules. */
export async function violations(page, rules) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axeSource);
  const runOnly = rules ? { type: "rule", values: rules } : { type: "tag", values: WCAG };
  return page.evaluate(async (runOnly) => {
    const result = await window.axe.run(document, { runOnly, resultTypes: ["violations"], preload: false });
    return result.violations.flatMap((violation) => violation.nodes.map((node) => violation.id + ": " + node.target.join(" ") + " " + node.html.slice(0, 160) + " " + node.failureSummary.replace(/\s+/g, " ").slice(0, 240)));
  }, runOnly);
}

/** The path of the validator's jar. */
export const VALIDATOR = require.resolve("vnu-jar/build/dist/vnu.jar");
