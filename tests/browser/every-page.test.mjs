// Every page of the real curriculum's site, and of a small one with what the real one lacks: accessibility rules at desktop and phone
// width in both colour schemes, reflow at 320 pixels (400 % zoom), the strict content policy, and valid HTML.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { DESKTOP, launch, NARROW, open, PHONE, VALIDATOR, violations } from "./support/browser.mjs";
import { isRedirect, site, SMALL } from "./support/site.mjs";

const sites = {
  learner: await site(),
  facilitator: await site({ edition: "facilitator" }),
  small: await site({ root: SMALL, edition: "facilitator" }),
};
/** Only colours differ between the schemes, so the second one needs only the rules about colours. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

after(() => Object.values(sites).forEach((site) => site.close()));

describe("every page", { concurrency: 2 }, () => {
  let browser;
  const free = [];
  before(async () => {
    browser = await launch();
    // Without motion, so that no colour is measured on its way to another.
    for (let tab = 0; tab < 2; tab += 1) free.push(await open(browser, { reducedMotion: "reduce" }));
  });
  after(() => browser.close());

  for (const [name, site] of Object.entries(sites)) {
    // The two editions differ where there are facilitator notes: in lessons and modules.
    const pages = site.pages.filter((page) => !isRedirect(site, page) && (name !== "facilitator" || /^[a-z-]+\/(index|practice)\.html$/.test(page)));
    for (const page of pages) {
      it(`${name}: ${page}`, async () => {
        const tab = free.pop();
        try {
          assert.deepEqual(await faultsOf(tab, site.base + page), []);
        } finally {
          free.push(tab);
        }
      });
    }
  }
});

async function faultsOf(tab, url) {
  const { page } = tab;
  const faults = (tab.faults = []);
  const note = (where, list) => faults.push(...list.map((line) => where + ": " + line));
  await page.setViewportSize(DESKTOP);
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(url);
  // Everything that can be unfolded is checked unfolded.
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  note("desktop light", await violations(page));
  await page.emulateMedia({ colorScheme: "dark" });
  note("desktop dark", await violations(page, COLOUR_RULES));
  await page.setViewportSize(PHONE);
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  note("phone dark", await violations(page, COLOUR_RULES));
  await page.emulateMedia({ colorScheme: "light" });
  note("phone light", await violations(page));
  await page.setViewportSize(NARROW);
  note("320 pixels", await page.evaluate(sticksOut));
  return faults;
}

/** Runs in the page: names what makes the page scroll sideways. Tables and code may scroll within themselves. */
function sticksOut() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > width + 1 && !element.closest(".table, pre"));
  return ["the page scrolls sideways: " + wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 120)).join(" | ")];
}

it("the Nu checker finds no error in any page", { timeout: 300_000 }, () => {
  const files = Object.values(sites).flatMap((site) => site.pages.map((page) => path.join(site.folder, page)));
  const result = spawnSync("java", ["-Xss4m", "-jar", VALIDATOR, "--format", "json", "--errors-only", "--skip-non-html", ...files], { encoding: "utf8", maxBuffer: 1 << 28 });
  const messages = JSON.parse(result.stderr).messages;
  const lines = messages.map(({ url, lastLine, message, extract }) => `${url}:${lastLine}: ${message} ${(extract || "").replace(/\s+/g, " ")}`);
  assert.deepEqual(lines.slice(0, 40), []);
});
