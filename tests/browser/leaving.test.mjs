// The way out of a page: a bar of its own that covers nothing, by pointer and by keyboard, without a step back, and nowhere on paper.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { DESKTOP, launch, NARROW, open, PHONE } from "./support/browser.mjs";
import { pagesWith, site, SMALL } from "./support/site.mjs";

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

/** Opens a page with a way out; where that leads is answered here. */
async function openWithExit(options = {}) {
  const tab = await open(browser, options);
  await tab.page.route("https://www.bbc.co.uk/**", (route) => route.fulfill({ body: "weather" }));
  await tab.page.goto(small.base + "money/paying.html");
  await tab.page.goto(small.base + "calls/opening.html");
  return tab;
}

describe("the way out", () => {
  for (const [name, viewport, size] of [["desktop", DESKTOP, 100], ["phone", PHONE, 100], ["320 pixels", NARROW, 100], ["400 % zoom", { width: 320, height: 256 }, 100], ["text at 200 %", { width: 375, height: 800 }, 200]]) {
    it(`covers no text at ${name}, wherever the page is scrolled to, and the page does not scroll sideways`, async () => {
      const tab = await open(browser, { viewport, reducedMotion: "reduce", bypassCSP: true });
      const page = learner.base + pagesWith(learner, /class="page-lesson"[^]*data-exit/)[0];
      await tab.page.goto(page);
      await tab.page.addStyleTag({ content: `html { font-size: ${size}% }` });
      const found = await tab.page.evaluate(async () => {
        const bar = document.querySelector(".exit");
        const faults = [];
        const root = document.documentElement;
        if (root.scrollWidth > root.clientWidth) faults.push("scrolls sideways");
        for (let y = 0; y < root.scrollHeight; y += innerHeight * 0.7) {
          scrollTo(0, y);
          const box = bar.getBoundingClientRect();
          // The bar is as wide as the window and has a ground of its own: text scrolls away above it and never shows beside its words.
          if (box.bottom > 0 && (box.left > 0 || box.right < root.clientWidth)) faults.push(`the bar is ${box.left} to ${box.right}`);
          if (box.height > innerHeight * 0.4) faults.push(`the bar takes ${box.height} of ${innerHeight}`);
        }
        const ground = getComputedStyle(bar).backgroundColor;
        if (/, 0\)$|transparent/.test(ground)) faults.push("text shows through");
        return faults;
      });
      assert.deepEqual(found, []);
      await tab.context.close();
    });
  }

  it("covers nothing that one jumps to, at any width and size of text, with scripts and without", async () => {
    const faults = [];
    for (const [width, height, size, javaScriptEnabled] of [[320, 480, 100, true], [320, 480, 100, false], [375, 800, 200, true], [1280, 800, 100, false], [640, 400, 150, true]]) {
      const tab = await open(browser, { viewport: { width, height }, reducedMotion: "reduce", bypassCSP: true, javaScriptEnabled });
      const page = learner.base + pagesWith(learner, /class="page-lesson"[^]*data-exit/)[0];
      await tab.page.goto(page);
      if (javaScriptEnabled) await tab.page.addStyleTag({ content: `html { font-size: ${size}% }` });
      const ids = await tab.page.locator(".prose :is(h2, h3)[id]").evaluateAll((headings) => headings.map((heading) => heading.id));
      assert.ok(ids.length > 2);
      for (const id of ids) {
        await tab.page.goto(page + "#" + id);
        const heading = await tab.page.locator(`[id="${id}"]`).boundingBox();
        const bar = await tab.page.locator(".exit").boundingBox();
        if (heading.y < bar.y + bar.height) faults.push(`${width} at ${size} %, scripts ${javaScriptEnabled}: #${id} at ${heading.y}, the bar ends at ${bar.y + bar.height}`);
      }
      await tab.context.close();
    }
    assert.deepEqual(faults, []);
  });

  it("leaves what has focus in view", async () => {
    const tab = await openWithExit({ viewport: PHONE, reducedMotion: "reduce" });
    const faults = [];
    await tab.page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    // Backwards through the page is where a bar at the top would cover what gets focus.
    await tab.page.locator("footer a").first().focus();
    for (let press = 0; press < 60; press += 1) {
      await tab.page.keyboard.press("Shift+Tab");
      const fault = await tab.page.evaluate(() => {
        const element = document.activeElement;
        const bar = document.querySelector(".exit");
        if (!element || bar.contains(element) || element.closest(".site-header, .skip")) return "";
        const box = element.getBoundingClientRect();
        const edge = bar.getBoundingClientRect().bottom;
        return box.height < innerHeight / 2 && box.top < edge - 1 ? element.outerHTML.slice(0, 100) : "";
      });
      if (fault) faults.push(fault);
    }
    assert.deepEqual(faults, []);
    await tab.context.close();
  });

  it("says what it does not do, to everybody", async () => {
    const tab = await openWithExit({ viewport: PHONE });
    assert.match(await tab.page.locator(".exit").innerText(), /history is not cleared/i);
    assert.match(await tab.page.locator("[data-exit]").evaluate((link) => document.getElementById(link.getAttribute("aria-describedby")).textContent), /not cleared/);
    await tab.context.close();
  });

  it("Shift three times leaves, says so on the way, and leaves no step back", async () => {
    const tab = await openWithExit();
    const { page } = tab;
    await page.keyboard.press("Shift");
    await page.locator("body > [role=status]", { hasText: /two more times/ }).waitFor({ state: "attached" });
    await page.keyboard.press("Shift");
    await page.locator("body > [role=status]", { hasText: /once more/ }).waitFor({ state: "attached" });
    await page.keyboard.press("Shift");
    await page.waitForURL("https://www.bbc.co.uk/weather");
    await page.goBack();
    assert.match(page.url(), /money\/paying/, "the page is replaced in the history");
    await tab.context.close();
  });

  it("writing capitals does not leave", async () => {
    const tab = await openWithExit();
    await tab.page.locator(".site-header input").focus();
    await tab.page.keyboard.type("ABCDEF");
    for (const key of ["Shift+A", "Shift+Tab", "Shift+A"]) await tab.page.keyboard.press(key);
    await tab.page.waitForTimeout(200);
    assert.match(tab.page.url(), /opening/);
    await tab.context.close();
  });

  it("is nowhere on paper", async () => {
    const tab = await openWithExit();
    await tab.page.emulateMedia({ media: "print" });
    assert.ok(await tab.page.locator(".exit").isHidden());
    await tab.context.close();
  });
});

describe("colours", () => {
  it("are kept under a key of their own, without a flash, and the button says what it does", async () => {
    const tab = await open(browser, { colorScheme: "light" });
    const { page } = tab;
    await page.goto(learner.base + "index.html");
    const button = page.locator("[data-scheme-switch]");
    assert.equal(await button.innerText(), "Use dark colours");
    await button.click();
    assert.equal(await button.innerText(), "Use light colours");
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), ["throughline-colours"]);
    // What is painted first is dark already: the page's own script has not run yet.
    await page.route("**/assets/site.js", (route) => route.abort());
    await page.goto(learner.base + "map.html");
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).colorScheme), "dark");
    await page.goto(learner.base + "index.html");
    assert.match(await page.locator("[data-progress]").evaluate((panel) => panel.textContent), /apart from the colours/);
    await tab.context.close();
  });
});
