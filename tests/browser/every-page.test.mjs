// Every page of the real curriculum's site, and of a small one with what the real one lacks: accessibility rules at desktop and phone
// width in both colour schemes, reflow at 320 pixels (400 % zoom), the strict content policy, and valid HTML.

import assert from "node:assert/strict";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { launch, open } from "./support/browser.mjs";
import { errorsInHtml, faultsOf } from "./support/checks.mjs";
import { isRedirect, site, SMALL } from "./support/site.mjs";

const sites = {
  learner: await site(),
  facilitator: await site({ edition: "facilitator" }),
  small: await site({ root: SMALL, edition: "facilitator" }),
};
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
          // A page that stands anywhere and loads nothing names no icon: the browser asks the host for its own.
          const known = page === "404.html" ? /Failed to load resource/ : /^$/;
          assert.deepEqual((await faultsOf(tab, site.base + page)).filter((fault) => !known.test(fault)), []);
        } finally {
          free.push(tab);
        }
      });
    }
  }
});

it("the Nu checker finds no error in any page", { timeout: 300_000 }, () => {
  const files = Object.values(sites).flatMap((site) => site.pages.map((page) => path.join(site.folder, page)));
  assert.deepEqual(errorsInHtml(files).slice(0, 40), []);
});
