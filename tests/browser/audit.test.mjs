// What an independent audit found and must not come back: landmarks, names, announcements, metadata; on one page of every kind in both editions.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { launch, NARROW, open, violations } from "./support/browser.mjs";
import { isRedirect, listed, pagesWith, read, site, SMALL } from "./support/site.mjs";

const BEST_PRACTICE = ["landmark-unique", "landmark-one-main", "landmark-complementary-is-top-level", "region", "empty-table-header", "heading-order", "page-has-heading-one", "label-title-only", "scope-attr-valid", "duplicate-id-aria", "tabindex"];

let learner, facilitator, small, addressed, browser;
before(async () => {
  [learner, facilitator, small, addressed] = await Promise.all([site(), site({ edition: "facilitator" }), site({ root: SMALL, edition: "facilitator", addressed: true }), site({ root: SMALL, addressed: true })]);
  browser = await launch();
});
after(async () => {
  await browser.close();
  for (const site of [learner, facilitator, small, addressed]) site.close();
});

/** One page of every kind of a site. */
function kinds(site) {
  const found = new Map();
  for (const page of site.pages.filter((page) => !isRedirect(site, page))) {
    const kind = /<body class="page-([a-z-]+)/.exec(read(site.folder, page))[1];
    if (!found.has(kind)) found.set(kind, page);
  }
  return [...found.values()];
}

describe("audit", () => {
  it("good practice of landmarks, headings and tables", { timeout: 240_000 }, async () => {
    const tab = await open(browser, { reducedMotion: "reduce" });
    const faults = [];
    for (const site of [learner, facilitator, small]) {
      for (const page of kinds(site)) {
        await tab.page.goto(site.base + page);
        for (const fault of await violations(tab.page, BEST_PRACTICE)) faults.push(page + ": " + fault);
      }
    }
    assert.deepEqual(faults, []);
    await tab.context.close();
  });

  it("nothing scrolls sideways at 375 pixels with text at 200 %", async () => {
    const tab = await open(browser, { viewport: { width: 375, height: 800 }, bypassCSP: true });
    const faults = [];
    for (const page of kinds(small)) {
      await tab.page.goto(small.base + page);
      await tab.page.addStyleTag({ content: "html { font-size: 200% }" });
      const [width, window] = await tab.page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      if (width > window) faults.push(`${page}: ${width} in ${window}`);
    }
    assert.deepEqual(faults, []);
    await tab.context.close();
  });

  it("every page has a title of its own, and no two lessons a description", () => {
    for (const site of [learner, facilitator]) {
      const titles = new Map();
      const descriptions = new Map();
      const twice = [];
      for (const page of site.pages.filter((page) => !isRedirect(site, page))) {
        const html = read(site.folder, page);
        const title = /<title>([^<]*)/.exec(html)[1];
        const description = (/<meta name="description" content="([^"]*)/.exec(html) || [])[1];
        if (titles.has(title)) twice.push(`${page} and ${titles.get(title)}: ${title}`);
        if (!description) twice.push(page + " has no description");
        if (descriptions.has(description)) twice.push(`${page} and ${descriptions.get(description)}: ${description}`);
        titles.set(title, page);
        descriptions.set(description, page);
      }
      assert.deepEqual(twice, []);
    }
  });

  it("buttons say what kind they are, forms can be sent, names of lists are lists' own", () => {
    const faults = [];
    for (const page of learner.pages) {
      const html = read(learner.folder, page);
      if (/<button(?![^>]* type=)/.test(html)) faults.push(page + ": a button without a type");
      for (const form of html.split("<form").slice(1)) if (!/type="submit"/.test(form.split("</form>")[0]) && !/data-filter/.test(form)) faults.push(page + ": a form without a button that sends it");
      if (/<dl[^>]* aria-label/.test(html)) faults.push(page + ": a name on a dl");
      if (/<div[^>]* role="region"/.test(html)) faults.push(page + ": a div that is a region");
      if (/<th[^>]*>\s*<\/th>/.test(html)) faults.push(page + ": a heading of a table without words");
    }
    assert.deepEqual(faults, []);
  });

  it("the facilitator edition is not found by search engines; the learner edition says when its lessons were reviewed", () => {
    for (const page of small.pages.filter((page) => !isRedirect(small, page))) assert.match(read(small.folder, page), /<meta name="robots" content="noindex">/, page);
    assert.ok(!listed(small.folder, "").includes("sitemap.xml"));
    assert.match(read(addressed.folder, "sitemap.xml"), /opening\.html<\/loc><lastmod>2026-11-01<\/lastmod>/);
    assert.doesNotMatch(read(addressed.folder, "404.html"), /rel="canonical"/);
    assert.match(read(addressed.folder, "calls/opening.html"), /<meta property="og:title" content="Opening a call">/);
  });

  it("a question with several right answers says so", async () => {
    const tab = await open(browser);
    await tab.page.goto(small.base + "calls/opening.html");
    assert.match(await tab.page.locator("#which").innerText(), /Choose all that apply/);
    await tab.context.close();
  });

  it("without scripts the feedback of each answer has a name of its own", async () => {
    const tab = await open(browser, { javaScriptEnabled: false });
    await tab.page.goto(small.base + "calls/opening.html");
    const names = await tab.page.locator(".feedback summary").allTextContents();
    assert.equal(new Set(names).size, names.length);
    assert.equal(await tab.page.locator(".question button:visible").count(), 0);
    await tab.context.close();
  });

  it("the mark between breadcrumbs is not read out", async () => {
    const tab = await open(browser, { viewport: NARROW });
    await tab.page.goto(learner.base + pagesWith(learner, /class="page-lesson"/)[0]);
    assert.match(await tab.page.evaluate(() => getComputedStyle(document.querySelectorAll(".breadcrumbs li")[1], "::before").content), /^"\/" \/ ""$/);
    await tab.context.close();
  });
});
