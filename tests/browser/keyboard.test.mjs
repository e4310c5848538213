// Keyboard, narrow screens and pages without JavaScript: one page of every kind.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { DESKTOP, launch, NARROW, open, PHONE } from "./support/browser.mjs";
import { pagesWith, site, SMALL } from "./support/site.mjs";

let learner, small, browser;
before(async () => {
  learner = await site();
  small = await site({ root: SMALL });
  browser = await launch();
});
after(async () => {
  await browser.close();
  learner.close();
  small.close();
});

/** One page of every kind, as `[name, address]`. */
function kinds() {
  const one = (pattern) => learner.base + pagesWith(learner, pattern)[0];
  return [
    ["home", learner.base + "index.html"],
    ["module", one(/class="page-module"/)],
    ["lesson", one(/class="page-lesson"[^]*block-question[^]*data-scenario|class="page-lesson"[^]*data-scenario[^]*block-question/)],
    ["topic", one(/class="page-topic"/)],
    ["topics", learner.base + "topics/index.html"],
    ["map", learner.base + "map.html"],
    ["signposts", learner.base + "signposts.html"],
    ["search", learner.base + "search.html?q=welfare"],
    ["accessibility", learner.base + "accessibility.html"],
    ["lesson with a way out", small.base + "calls/opening.html"],
  ];
}

describe("keyboard", () => {
  for (const viewport of [DESKTOP, PHONE]) {
    it(`focus is visible, in order and not hidden at ${viewport.width} pixels`, { timeout: 180_000 }, async () => {
      const tab = await open(browser, { viewport, reducedMotion: "reduce" });
      const faults = [];
      for (const [name, address] of kinds()) {
        await tab.page.goto(address);
        await tab.page.evaluate(() => document.activeElement.blur());
        const seen = new Set();
        for (let press = 0; press < 90; press += 1) {
          await tab.page.keyboard.press("Tab");
          const stop = await tab.page.evaluate(focused);
          if (!stop || seen.has(stop.mark)) break;
          seen.add(stop.mark);
          if (press === 0 && !stop.skip) faults.push(`${name}: the first stop is not the skip link but ${stop.html}`);
          if (stop.fault) faults.push(`${name}: ${stop.fault}: ${stop.html}`);
        }
        if (seen.size < 4) faults.push(`${name}: only ${seen.size} stops`);
      }
      assert.deepEqual(faults, []);
      assert.deepEqual(tab.faults.filter((fault) => !/404/.test(fault)), []);
      await tab.context.close();
    });
  }

  it("the skip link goes to the text", async () => {
    const { page, context } = await open(browser);
    for (const [name, address] of kinds()) {
      await page.goto(address);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => document.activeElement.id), "main", name);
    }
    await context.close();
  });

  it("no single key does anything outside fields", async () => {
    const { page, context } = await open(browser);
    for (const [name, address] of kinds()) {
      await page.goto(address);
      await page.waitForTimeout(300);
      const before = await page.evaluate(state);
      for (const key of "abcdefghijklmnopqrstuvwxyz0123456789/?.,-=[]';") await page.keyboard.press(key);
      assert.equal(await page.evaluate(state), before, name);
    }
    await context.close();
  });
});

/** Runs in the page: describes the element with focus; `fault` says what is wrong with how that shows. */
function focused() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  window.stops = window.stops || new Map();
  if (!window.stops.has(element)) window.stops.set(element, window.stops.size);
  const style = getComputedStyle(element);
  // The first line, of a link that runs over two.
  const box = element.getClientRects()[0] || element.getBoundingClientRect();
  const shown = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && !/, 0\)$|transparent/.test(style.outlineColor)) || style.boxShadow !== "none";
  const within = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const x = Math.min(Math.max(box.left + Math.min(box.width, 12) / 2, 1), innerWidth - 2);
  const y = Math.min(Math.max(box.top + Math.min(box.height, 20) / 2, 1), innerHeight - 2);
  const top = document.elementFromPoint(x, y);
  const clear = top && (element.contains(top) || top.contains(element));
  return {
    mark: window.stops.get(element),
    skip: element.matches(".skip"),
    html: element.outerHTML.slice(0, 140) + (clear || !top ? "" : " under " + top.outerHTML.slice(0, 80)),
    fault: !shown ? "focus does not show" : !within ? "focus is out of view" : !clear ? "focus is covered" : "",
  };
}

/** Runs in the page: all that a shortcut could change. */
function state() {
  return [location.href, scrollX, scrollY, document.activeElement.outerHTML.slice(0, 80), document.body.innerHTML.length, document.querySelectorAll("dialog[open], details[open]").length].join(" ");
}

describe("narrow screens", () => {
  it("400 % zoom loses nothing: no sideways scroll, and all that a wide screen has can be reached", async () => {
    const { page, context } = await open(browser, { viewport: NARROW });
    for (const [name, address] of kinds()) {
      await page.goto(address);
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
      const lost = await page.evaluate(() => {
        // Of a scenario's choices one is open at a time.
        const links = [...document.querySelectorAll("main a, header nav a, footer a")];
        const isElsewhere = (link) => links.some((other) => other.href === link.href && other.checkVisibility());
        const hidden = links.filter((link) => !link.checkVisibility() && !link.closest("[hidden], .choice") && !isElsewhere(link));
        const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth;
        return [wide && "scrolls sideways", ...hidden.map((link) => link.outerHTML.slice(0, 120))].filter(Boolean);
      });
      // The map is lists by topic there: the modules at its head are led to from the start page and from every list.
      assert.deepEqual(name === "map" ? lost.filter((link) => !/index\.html"/.test(link)) : lost, [], name);
    }
    await context.close();
  });

  it("text spacing that readers set cuts nothing off", async () => {
    const { page, context } = await open(browser, { viewport: NARROW, bypassCSP: true });
    for (const [name, address] of kinds()) {
      await page.goto(address);
      await page.addStyleTag({ content: "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }" });
      const cut = await page.evaluate(() => [
        document.documentElement.scrollWidth > document.documentElement.clientWidth && "scrolls sideways",
        ...[...document.querySelectorAll("main *, header *")]
          .filter((element) => ["hidden", "clip"].includes(getComputedStyle(element).overflowY) && element.scrollHeight > element.clientHeight + 1 && !element.closest(".visually-hidden, .scheme, svg, input"))
          .map((element) => element.outerHTML.slice(0, 120)),
      ].filter(Boolean));
      assert.deepEqual(cut, [], name);
    }
    await context.close();
  });
});

describe("without JavaScript", () => {
  it("a phone finds every part of the site from every page", async () => {
    const { page, context } = await open(browser, { viewport: PHONE, javaScriptEnabled: false });
    for (const [name, address] of kinds()) {
      await page.goto(address);
      for (const part of ["index.html", "topics/index.html", "map.html", "signposts.html"]) {
        const link = page.locator(`header nav a[href$="${part}"]`).first();
        assert.ok(await link.isVisible(), `${name}: ${part}`);
      }
    }
    await context.close();
  });

  it("a lesson's contents, neighbours, questions and scenarios can be used", async () => {
    const { page, context, faults } = await open(browser, { viewport: PHONE, javaScriptEnabled: false });
    await page.goto(small.base + "calls/opening.html");
    await page.locator(".contents summary").click();
    await page.locator(".contents a", { hasText: "Practice" }).click();
    assert.match(page.url(), /#practice$/);
    // Each option opens its own feedback.
    const question = page.locator("#which");
    await question.locator("input").first().check();
    await question.locator(".feedback summary").first().click();
    assert.match(await question.locator(".feedback-body").first().innerText(), /Right[^]*It helps/);
    // Nothing that only scripts can work is shown.
    for (const dead of ["[data-progress]", "[data-scheme-switch]", "[data-print]", ".answer button"]) assert.equal(await page.locator(dead).filter({ visible: true }).count(), 0, dead);
    // All steps stand in the page, and choices lead to them.
    const scenario = page.locator("#late");
    await scenario.locator("summary", { hasText: "Say what you know" }).click();
    await scenario.locator(".choice-next a", { hasText: "Debrief" }).click();
    assert.match(page.url(), /#debrief$/);
    assert.ok(await page.locator("#debrief").isVisible());
    await page.locator(".reveal-solution summary").click();
    assert.ok(await page.getByText("You said that the payment is late.").isVisible());
    await page.locator(".pagination .to-next").click();
    assert.match(page.url(), /calls\/during\/index\.html$/);
    assert.deepEqual(faults, []);
    await context.close();
  });

  it("the search page says so and shows other ways", async () => {
    const { page, context } = await open(browser, { javaScriptEnabled: false });
    await page.goto(learner.base + "search.html");
    assert.match(await page.locator("main").innerText(), /needs JavaScript/);
    assert.ok(await page.locator('main a[href$="topics/index.html"]').isVisible());
    await context.close();
  });
});
