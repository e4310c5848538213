// Search: what people ask leads to what answers it, and a life at risk comes before everything else.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { DESKTOP, launch, open, PHONE, violations } from "./support/browser.mjs";
import { firstQuery, sameWork } from "./support/cost.mjs";
import { engine, places } from "./support/engine.mjs";
import { listed, pagesWith, read, ROOT, site, SMALL } from "./support/site.mjs";

const sentences = (name) => JSON.parse(fs.readFileSync(path.join(ROOT, "tests/browser/search", name), "utf8"));

let learner, small, browser;
before(async () => {
  [learner, small, browser] = await Promise.all([site(), site({ root: SMALL }), launch()]);
});
after(async () => {
  await browser.close();
  learner.close();
  small.close();
});

describe("ranking", () => {
  it("people's questions lead to their answers", async () => {
    const score = {};
    const missed = [];
    for (const { query, gold, set } of sentences("questions.json")) {
      const { search } = engine(learner.folder);
      const at = (await places(search, await search.ask(query))).findIndex((place) => new RegExp(gold).test(place));
      const sum = (score[["people", "colleagues"].includes(set) ? set : "designed"] ||= { first: 0, three: 0, of: 0 });
      sum.of += 1;
      if (at === 0) sum.first += 1;
      if (at >= 0 && at < 3) sum.three += 1;
      if (at !== 0) missed.push(`${at + 1}: ${query}`);
    }
    const { designed, people, colleagues } = score;
    assert.ok(designed.first >= 31 && designed.three >= 36, JSON.stringify(designed) + "\n" + missed.join("\n"));
    assert.ok(people.first >= 16 && people.three >= 18, JSON.stringify(people) + "\n" + missed.join("\n"));
    assert.ok(colleagues.first >= 70 && colleagues.three >= 82, JSON.stringify(colleagues) + "\n" + missed.join("\n"));
  });

  it("misspelt, joined, parted and inflected words find what the right ones do", async () => {
    for (const [asked, right] of [["emapthy", "empathy"], ["safe guarding", "safeguarding"], ["sixpoint plan", "six point plan"], ["self-harm", "selfharm"], ["the childs welfare", "welfare of the child"], ["negociation", "negotiation"], ["EMPATHY", "empathy"], ["émpathy", "empathy"]]) {
      const first = async (query) => {
        const { search } = engine(learner.folder);
        return (await places(search, await search.ask(query)))[0];
      };
      assert.equal(await first(asked), await first(right), asked);
    }
  });

  it("a first query loads less than 100 KB", async () => {
    let most = 0;
    for (const { query } of sentences("questions.json")) {
      const { search, weight } = engine(learner.folder);
      await places(search, await search.ask(query));
      most = Math.max(most, weight());
    }
    const own = ["search-engine.js", "search.js"].map((name) => Buffer.byteLength(read(learner.folder, "assets/" + name)) / 3);
    assert.ok(most + own[0] + own[1] < 100_000, `${most} bytes of index`);
  });

  it("a first query is answered within 0.3 s where the processor is four times as slow", { timeout: 120_000 }, async (t) => {
    // A busy machine slows everything down: what counts is how much longer a query takes than what any search must do, and how long that takes on a machine
    // with nothing else to do (22 ms, where queries take 59).
    const ratios = [];
    for (let attempt = 0; attempt < 7; attempt += 1) {
      const { bytes, milliseconds } = await firstQuery(browser, learner.file + "search.html", "can I tell him where she lives");
      assert.ok(bytes < 100_000, `${bytes} bytes, with the scripts that search`);
      ratios.push(milliseconds / (await sameWork(browser)));
    }
    const [, , , median] = ratios.sort((a, b) => a - b);
    t.diagnostic(`${median.toFixed(2)} times as long as what any search must do`);
    assert.ok(median * 22 * 4 < 300, `${ratios.map((ratio) => ratio.toFixed(2))} times 22 ms, times four`);
  });

  it("scripts fold words as the program does", async () => {
    const { search } = engine(learner.folder);
    await search.start();
    const words = (text) => {
      const found = [];
      search.foldWords(text, (word) => found.push(word));
      return found;
    };
    assert.deepEqual(words("the child’s Café, self-harm; six-step £1,000 or 63.36. 児童の福祉"), ["the", "childs", "cafe", "self", "harm", "selfharm", "6", "step", "6step", "1000", "or", "63.36", "児童", "童の", "の福", "福祉"]);
  });
});

describe("a life at risk", () => {
  it("is heard in how people speak of it, and in nothing else", async () => {
    const { search } = engine(learner.folder);
    const { crisis, danger, neither } = sentences("crisis.json");
    const heard = async (query) => (await search.ask(query)).crisis?.id || "";
    const wrong = [];
    for (const query of crisis) if ((await heard(query)) !== "risk-to-life") wrong.push("missed: " + query);
    for (const query of danger) if ((await heard(query)) !== "danger") wrong.push("no danger: " + query);
    for (const query of neither) if (await heard(query)) wrong.push("false alarm: " + query);
    assert.deepEqual(wrong, []);
  });

  it("has a line under every field, without scripts too, and none where the curriculum has no answer", async () => {
    const { page, context } = await open(browser, { javaScriptEnabled: false });
    for (const name of ["search.html", "index.html"]) {
      await page.goto(learner.base + name);
      assert.match(await page.locator("main [data-risk]").innerText(), /999/, name);
      assert.ok(await page.locator('main [data-risk] a[href^="tel:"]').isVisible(), name);
    }
    await context.close();
    assert.deepEqual(listed(small.folder, ".html").filter((file) => read(small.folder, file).includes("data-risk")), []);
  });

  for (const origin of ["base", "file"]) {
    it(`shows a card and is kept nowhere (${origin})`, async () => {
      const { page, context, faults } = await open(browser);
      await page.goto(learner[origin] + "search.html?q=" + encodeURIComponent("he says theres no point carrying on"));
      await page.locator(".find-crisis").waitFor();
      assert.ok(!page.url().includes("carrying"), page.url());
      const card = await page.locator(".find-crisis").innerText();
      assert.match(card, /thinking of ending your life/);
      assert.match(card, /Samaritans, 116 123[^]*Shout, Text: SHOUT to 85258[^]*NHS 111, 111/);
      for (const name of ["Samaritans", "NHS 111"]) assert.match(await page.locator(".find-urgent li", { hasText: name }).locator("a").last().getAttribute("href"), /^tel:1/, name);
      await page.locator(".find-urgent").getByRole("link", { name: "Shout" }).evaluate((link) => document.body.dataset.shout = link.getAttribute("href"));
      assert.match(await page.evaluate(() => document.body.dataset.shout), /signposts\.html#shout$/);
      assert.equal(await page.locator("#main :is([role=alert], [aria-live=assertive])").count(), 0, "it is calm");
      await page.waitForFunction(() => /^Advice on risk to life, then \d+ results/.test(document.querySelector("[data-search-status]").textContent));
      assert.ok(await page.locator(".results li").count() > 0, "results stay below");
      assert.equal(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage })), "{}");
      assert.deepEqual(await violations(page), []);
      await page.fill("#q", "payment plan");
      await page.waitForURL(/q=payment/);
      assert.deepEqual(faults, []);
      await context.close();
    });
  }
});

describe("without scripts", () => {
  it("no page has a field that does nothing: a link leads to the search page", async () => {
    for (const viewport of [PHONE, DESKTOP]) {
      const { page, context } = await open(browser, { javaScriptEnabled: false, viewport });
      for (const file of ["index.html", "topics/index.html", "search.html", pagesWith(learner, /class="page-lesson"/)[0]]) {
        await page.goto(learner.base + file);
        assert.equal(await page.locator("input[type=search]:visible, form[role=search]:visible").count(), 0, file);
        assert.ok(await page.getByRole("link", { name: "Search", exact: true }).first().isVisible(), file);
      }
      await page.goto(learner.base + "index.html");
      const link = page.locator("main").getByRole("link", { name: "Search", exact: true });
      const colour = (locator) => locator.evaluate((element) => getComputedStyle(element).color);
      assert.equal(await colour(link), await colour(page.locator("h1")), "it can be read on the ground that the title has");
      await link.click();
      await page.waitForURL(/search\.html$/);
      await context.close();
    }
  });

  it("the page leads on to answers, topics, modules and the map", async () => {
    const { page, context } = await open(browser, { javaScriptEnabled: false });
    await page.goto(learner.base + "search.html");
    const answers = page.locator(".answers li");
    assert.ok(await answers.count() >= 15);
    for (const href of await answers.locator("a").evaluateAll((links) => links.map((link) => link.getAttribute("href")))) {
      const [file, anchor] = href.split("#");
      assert.ok(read(learner.folder, file).includes(`id="${anchor}"`), href);
    }
    await answers.filter({ hasText: "where the other lives" }).locator("a").click();
    await page.waitForURL(/the-law\.html#what-is-told/);
    await page.goto(learner.base + "search.html");
    for (const name of ["A to Z of topics", "Modules", "Map"]) assert.ok(await page.locator("main").getByRole("link", { name }).isVisible(), name);
    await context.close();
    assert.doesNotMatch(read(small.folder, "search.html"), /answers-title/);
  });
});

describe("the field", () => {
  it("is reached by keyboard on any page, answers in place, and gives focus back", async () => {
    const { page, context, faults } = await open(browser);
    await page.goto(learner.base + "income/gross-weekly-income.html");
    for (const keys of ["Control+k"]) {
      await page.locator("h1").click();
      await page.keyboard.press(keys);
      assert.equal(await page.evaluate(() => document.activeElement.id), "page-find", keys);
    }
    await page.keyboard.type("can I tell him where she lives");
    await page.locator(".find-panel .find-answer").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), "page-find", "focus stays");
    await page.waitForFunction(() => /\d+ results/.test(document.querySelector(".find-panel [role=status]").textContent));
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press("Escape");
    assert.ok(await page.locator(".find-panel").isHidden());
    await page.keyboard.press("Enter");
    await page.locator(".find-panel .find-answer a").first().click();
    await page.waitForURL(/the-law\.html#what-is-told/);
    assert.deepEqual(faults, []);
    await context.close();
  });

  it("waits for three letters, unless they are a whole name", async () => {
    const { page, context } = await open(browser);
    await page.goto(learner.base + "search.html");
    await page.locator("#q").pressSequentially("QA");
    await page.locator(".result-topic").waitFor();
    await page.fill("#q", "wa");
    await page.waitForTimeout(600);
    assert.match(await page.locator(".result-topic").first().innerText(), /Workplace support/, "nothing new for two letters");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => !/Workplace support/.test(document.querySelector("[data-search-results]").textContent));
    await context.close();
  });

  it("says nothing of what is still being typed, not even where typing began before the search was there", async () => {
    for (const [name, field, status] of [["search.html", "#q", "[data-search-status]"], ["index.html", "#page-find", ".find-panel [role=status]"]]) {
      const { page, context } = await open(browser);
      // Everything that the search needs comes late.
      await page.route(/search[^/]*\.js|search\/.*\.js/, async (route) => (await new Promise((resolve) => setTimeout(resolve, 300)), route.continue()));
      await page.goto(learner.base + name);
      await page.evaluate(() => {
        window.heard = new Set();
        new MutationObserver(() => document.querySelectorAll("[role=status]").forEach((one) => heard.add(one.textContent))).observe(document.body, { subtree: true, childList: true, characterData: true });
      });
      await page.locator(field).focus();
      await page.keyboard.type("late payment", { delay: 220 });
      await page.waitForFunction((status) => /results for “late payment”/.test(document.querySelector(status).textContent), status);
      const heard = (await page.evaluate(() => [...window.heard])).filter((text) => text.includes("“") && !text.includes("“late payment”"));
      assert.deepEqual(heard, [], name);
      // Below three letters there is nothing, until Enter asks for it.
      await page.fill(field, "");
      await page.fill(field, "e");
      await page.waitForTimeout(1300);
      assert.doesNotMatch(await page.locator(status).innerText(), /“e”/, name);
      await page.keyboard.press("Enter");
      await page.waitForFunction((status) => document.querySelector(status).textContent.includes("“e”"), status);
      await context.close();
    }
  });

  it("a letter typed before the scripts are there asks nothing", async () => {
    const { page, context } = await open(browser);
    await page.route(/search-engine\.js/, async (route) => (await new Promise((resolve) => setTimeout(resolve, 600)), route.continue()));
    await page.goto(learner.base + "search.html");
    await page.locator("#q").pressSequentially("e");
    await page.waitForTimeout(1800);
    assert.equal(await page.locator("[data-search-status]").innerText(), "");
    assert.equal(await page.locator("[data-search-results] li").count(), 0);
    await context.close();
  });

  it("says once that a part is missing, and shows the rest", async () => {
    const { page, context } = await open(browser);
    await page.route(/search\/t-\d+\.js/, (route) => route.request().url().endsWith("t-0.js") ? route.continue() : route.abort());
    await page.goto(learner.base + "search.html");
    await page.fill("#q", "empathy children arrears letters voicemail money telephone housing");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => /could not be loaded/.test(document.querySelector("[data-search-status]").textContent));
    await context.close();
  });

  it("fits a phone", async () => {
    const { page, context } = await open(browser, { viewport: PHONE });
    await page.goto(learner.file + "search.html");
    await page.fill("#q", "he stops her having any money");
    await page.locator(".results li").first().waitFor();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await context.close();
  });
});
