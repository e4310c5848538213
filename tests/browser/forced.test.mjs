// Forced colours, as Windows' contrast themes set them: every text can be read, what is chosen and where one is can be seen, and nothing is told by a
// background alone, since there is none.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { launch, open } from "./support/browser.mjs";
import { pagesWith, site, SMALL } from "./support/site.mjs";

let learner, small, asking, browser;
before(async () => {
  [learner, small, asking, browser] = await Promise.all([site(), site({ root: SMALL, edition: "facilitator" }), site({ root: SMALL }), launch()]);
});
after(async () => {
  await browser.close();
  learner.close();
  small.close();
  asking.close();
});

const PAGES = ["index.html", "calls/index.html", "calls/opening.html", "topics/listening.html", "topics/index.html", "map.html", "signposts.html", "search.html", "calls/session.html", "calls/projector.html", "calls/print.html"];

/** Runs in the page: returns where its texts stand, as {text, x, y, width, height}. What scrolls in itself may be out of sight, so its first lines stand for it. */
function written() {
  const boxes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || !parent.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || parent.closest("svg, .visually-hidden, .skip, script, style, option, .table, .scroll, pre")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const [{ x, y, width, height }] = range.getClientRects();
    if (width > 3 && height > 3) boxes.push({ text: node.data.trim().slice(0, 40), x: x + scrollX, y: y + scrollY, width, height });
  }
  return boxes;
}

/** Runs in an empty page: returns the texts whose darkest and lightest points are too much alike; computed styles do not know what forced colours paint. */
async function faint({ painted, boxes }) {
  const image = new Image();
  image.src = "data:image/png;base64," + painted;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(image, 0, 0);
  const linear = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  return boxes.flatMap(({ text, x, y, width, height }) => {
    const { data } = pen.getImageData(Math.floor(x), Math.floor(y), Math.ceil(width), Math.ceil(height));
    let [dark, light] = [1, 0];
    for (let i = 0; i < data.length; i += 4) {
      const luminance = 0.2126 * linear(data[i]) + 0.7152 * linear(data[i + 1]) + 0.0722 * linear(data[i + 2]);
      dark = Math.min(dark, luminance);
      light = Math.max(light, luminance);
    }
    const contrast = (light + 0.05) / (dark + 0.05);
    return contrast < 4.5 ? [`“${text}” has a contrast of ${contrast.toFixed(2)}`] : [];
  });
}

for (const colorScheme of ["light", "dark"]) {
  describe(`forced colours on ${colorScheme} ground`, () => {
    const opened = () => open(browser, { forcedColors: "active", colorScheme });

    it("every text has contrast, as it is painted", { timeout: 240_000 }, async () => {
      const { page, context, faults } = await opened();
      const eye = await context.newPage();
      const wrong = [];
      for (const name of PAGES) {
        await page.goto(small.base + name);
        await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
        const painted = (await page.screenshot({ fullPage: true, scale: "css" })).toString("base64");
        const boxes = await page.evaluate(written);
        assert.ok(boxes.length > 10, name);
        for (const fault of await eye.evaluate(faint, { painted, boxes })) wrong.push(`${name}: ${fault}`);
      }
      assert.deepEqual(wrong, []);
      assert.deepEqual(faults, []);
      await context.close();
    });

    it("buttons, fields and cards have edges, the page one is on has a mark, and focus shows", async () => {
      const { page, context } = await opened();
      for (const name of ["calls/opening.html", "signposts.html", "map.html"]) {
        await page.goto(small.base + name);
        const bare = await page.evaluate(() => [...document.querySelectorAll("button, input:not([type=radio], [type=checkbox]), select, .card, [data-exit]")]
          .filter((element) => element.checkVisibility() && !/[1-9]/.test(getComputedStyle(element).borderWidth)).map((element) => element.outerHTML.slice(0, 120)));
        assert.deepEqual(bare, [], name);
      }
      const edges = await page.evaluate(() => [...document.querySelectorAll(".site-nav a")].map((link) => [link.hasAttribute("aria-current"), getComputedStyle(link).borderBlockEndColor]));
      const here = edges.filter(([current]) => current).map(([, colour]) => colour);
      assert.equal(here.length, 1);
      assert.ok(edges.every(([current, colour]) => current || colour !== here[0]), "the mark is on one alone");
      for (let press = 0; press < 8; press += 1) {
        await page.keyboard.press("Tab");
        const outline = await page.evaluate(() => {
          const { outlineStyle, outlineWidth, outlineColor, backgroundColor } = getComputedStyle(document.activeElement);
          return { seen: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && outlineColor !== backgroundColor, who: document.activeElement.outerHTML.slice(0, 80) };
        });
        assert.ok(outline.seen, outline.who);
      }
      await context.close();
    });

    it("an answer's verdict and a scenario's outcome are words, and chosen options are told apart", async () => {
      const { page, context } = await opened();
      await page.goto(asking.base + "calls/opening.html");
      const question = page.locator("form.question").first();
      await question.locator("input").first().check();
      await question.locator("[type=submit]").click();
      assert.match(await question.locator(".verdict").first().innerText(), /\p{L}/u);
      const looks = await question.locator("input").evaluateAll((inputs) => inputs.map((input) => input.checked));
      assert.ok(looks.includes(true));
      assert.equal(await question.locator("input").first().evaluate((input) => getComputedStyle(input).appearance !== "none" || getComputedStyle(input).backgroundColor !== getComputedStyle(document.body).backgroundColor), true, "the browser draws what is chosen");
      await context.close();
    });

    it("lines and words of drawings stand out from the ground", async () => {
      const { page, context } = await opened();
      const wrong = [];
      for (const name of pagesWith(learner, /<figure class="diagram"/).filter((name) => !name.endsWith("print.html")).slice(0, 6)) {
        await page.goto(learner.base + name);
        wrong.push(...await page.evaluate((name) => {
          const ground = getComputedStyle(document.body).backgroundColor;
          const same = (element) => [...element.querySelectorAll("text")].filter((text) => getComputedStyle(text).fill === ground && !text.matches(".paper, .paper *"));
          return [...document.querySelectorAll(".diagram svg")].flatMap((svg) => same(svg).map((text) => `${name}: “${text.textContent}” cannot be seen`));
        }, name));
      }
      assert.deepEqual(wrong, []);
      await context.close();
    });
  });
}
