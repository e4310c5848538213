// What is on a phone: drawings that need no panning, the map as lists, short cards, filters, hours and minutes.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { launch, NARROW, open, PHONE } from "./support/browser.mjs";
import { pagesWith, read, site, SMALL } from "./support/site.mjs";

let learner, small, browser;
before(async () => {
  [learner, small] = await Promise.all([site(), site({ root: SMALL })]);
  browser = await launch();
});
after(async () => {
  await browser.close();
  learner.close();
  small.close();
});

describe("on a phone", () => {
  it("every drawing fits at 320 pixels, and what it shows is said in words of a size that can be read", async () => {
    const tab = await open(browser, { viewport: NARROW });
    const pages = pagesWith(learner, /<figure class="diagram"/).filter((page) => !page.endsWith("print.html"));
    assert.ok(pages.length >= 10);
    for (const page of pages) {
      await tab.page.goto(learner.base + page);
      const faults = await tab.page.evaluate(() => [...document.querySelectorAll(".diagram")].flatMap((figure) => {
        const words = figure.querySelector(".diagram-words");
        const svg = figure.querySelector("svg");
        return [
          figure.scrollWidth > figure.clientWidth && "needs panning",
          svg.getBoundingClientRect().right > innerWidth && "sticks out",
          words.textContent !== svg.getAttribute("aria-label") && "says something else",
          !words.checkVisibility() && "says nothing",
          parseFloat(getComputedStyle(words).fontSize) < 14 && "small words",
        ].filter(Boolean);
      }));
      assert.deepEqual(faults, [], page);
    }
    await tab.page.setViewportSize({ width: 1280, height: 900 });
    assert.ok(await tab.page.locator(".diagram-words").first().isHidden(), "on a wide screen the drawing is enough");
    await tab.context.close();
  });

  it("tables of up to three columns need no panning at 320 pixels", { timeout: 120_000 }, async () => {
    const tab = await open(browser, { viewport: NARROW });
    const faults = [];
    let seen = 0;
    for (const page of pagesWith(learner, /<section class="table"/).filter((page) => /class="page-lesson"/.test(read(learner.folder, page)))) {
      await tab.page.goto(learner.base + page);
      const tables = await tab.page.locator(".prose .table").evaluateAll((tables) => tables.map((table) => ({
        columns: table.querySelectorAll("tr")[0].cells.length,
        beyond: table.scrollWidth - table.clientWidth,
      })));
      seen += tables.length;
      for (const { columns, beyond } of tables) if (columns <= 3 && beyond > 0) faults.push(`${page}: ${columns} columns stick out by ${beyond} pixels`);
    }
    assert.ok(seen > 30, `${seen} tables`);
    assert.deepEqual(faults, []);
    await tab.context.close();
  });

  it("the topic map is a list of modules for each topic", async () => {
    const tab = await open(browser, { viewport: NARROW });
    await tab.page.goto(learner.base + "map.html");
    assert.equal(await tab.page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth), false);
    const box = await tab.page.locator(".map").evaluate((map) => map.scrollWidth > map.clientWidth);
    assert.equal(box, false, "nothing to pan");
    const cells = tab.page.locator(".map tbody tr", { hasText: "Welfare of the child" }).first().locator("td:visible");
    const modules = await cells.evaluateAll((cells) => cells.map((cell) => getComputedStyle(cell, "::before").content));
    for (let number = 1; number <= 12; number += 1) assert.match(modules[number - 1], new RegExp(`^"${number}\\. `));
    await tab.context.close();
  });

  it("cards of services are short, once in a page, and filtered by urgency", async () => {
    const tab = await open(browser, { viewport: PHONE });
    await tab.page.goto(learner.base + "signposts.html");
    const all = await tab.page.locator(".directory > li:visible").count();
    const height = await tab.page.evaluate(() => document.querySelector(".directory").getBoundingClientRect().height / document.querySelectorAll(".directory > li").length);
    assert.ok(height < 330, `a card takes ${height} pixels`);
    await tab.page.getByLabel("Only urgent help").check();
    const urgent = await tab.page.locator(".directory > li:visible").count();
    assert.ok(urgent > 0 && urgent < all, `${urgent} of ${all}`);
    for (const text of await tab.page.locator(".directory > li:visible").allInnerTexts()) assert.match(text, /Urgent help/);
    await tab.context.close();
    for (const page of pagesWith(learner, /class="page-lesson"/)) {
      const names = Array.from(read(learner.folder, page).matchAll(/class="card-title">([^<]*)/g), (match) => match[1]);
      assert.equal(new Set(names).size, names.length, page + " has a card twice");
    }
  });

  it("minutes are hours and minutes, and what everyone takes is said once", async () => {
    const tab = await open(browser, { viewport: PHONE });
    await tab.page.goto(learner.base + "index.html");
    const text = await tab.page.locator("main").innerText();
    assert.match(text, /\d hours? \d+ minutes|\d hours/);
    assert.doesNotMatch(text, /\b(9[1-9]|[1-9]\d\d) minutes/);
    assert.equal((text.match(/Everyone takes/g) || []).length, 1);
    await tab.context.close();
  });

  it("the note at a topic's name says which topic it is", async () => {
    const tab = await open(browser, { viewport: NARROW });
    await tab.page.goto(small.base + "calls/opening.html");
    const link = tab.page.locator("a.topic[aria-expanded]").first();
    await link.click();
    assert.match(await tab.page.locator(".topic-note").innerText(), /^Listening/);
    assert.doesNotMatch(await link.innerText(), /^Listening$/);
    const box = await tab.page.locator(".topic-note").boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 320);
    await tab.context.close();
  });
});
