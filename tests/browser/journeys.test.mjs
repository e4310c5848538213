// What learners and facilitators come for, step by step, over http under a subpath and from file://.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, before, describe, it } from "node:test";
import { inTab, launch, open, PHONE } from "./support/browser.mjs";
import { listed, pagesWith, read, site, SMALL } from "./support/site.mjs";

let learner, facilitator, small, addressed, browser;
before(async () => {
  [learner, facilitator, small, addressed] = await Promise.all([
    site(), site({ edition: "facilitator" }), site({ root: SMALL }), site({ root: SMALL, edition: "facilitator", addressed: true }),
  ]);
  browser = await launch();
});
after(async () => {
  await browser.close();
  for (const site of [learner, facilitator, small, addressed]) site.close();
});

const journey = (options, walk) => inTab(browser, options, walk);

const stored = (page) => page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length);
const lessonWith = (pattern) => pagesWith(learner, pattern).find((page) => /class="page-lesson"/.test(read(learner.folder, page)));

for (const origin of ["base", "file"]) {
  describe(origin === "base" ? "over http" : "from file://", () => {
    it("find a topic and follow its thread from lesson to lesson", () => journey({}, async (page) => {
      await page.goto(learner[origin] + "index.html");
      await page.locator("header nav a", { hasText: "Topics" }).click();
      await page.locator("main a", { hasText: /^Welfare of the child$/i }).first().click();
      assert.equal((await page.locator("h1").innerText()).toLowerCase(), "welfare of the child");
      assert.match(await page.locator(".block-keypoints").innerText(), /In short/, "the answer comes first");
      assert.match(await page.locator(".ways-in").innerText(), /taught[^]*practise[^]*asked/);
      await page.locator(".places summary").first().click();
      await page.locator(".places .where a").first().click();
      // From file:// the address is there before the page is.
      await page.waitForLoadState();
      const first = page.url();
      assert.ok(await page.evaluate(() => !location.hash || document.getElementById(decodeURIComponent(location.hash.slice(1)))), first);
      const strand = () => page.locator(".topics .strand", { hasText: "Welfare of the Child" }).first();
      const visited = [first.split("#")[0]];
      for (let step = 0; step < 3; step += 1) {
        await strand().locator(".step-later a").click();
        await page.waitForLoadState();
        visited.push(page.url().split("#")[0]);
        const target = await page.evaluate(() => Boolean(document.getElementById(decodeURIComponent(location.hash.slice(1)))));
        assert.ok(target, page.url());
      }
      assert.equal(new Set(visited).size, 4, "four different lessons");
      await strand().locator(".step-earlier a").click();
      assert.equal(page.url().split("#")[0], visited[2], "back along the thread");
    }));

    it("search by a synonym leads to the topic, and by words to a section", () => journey({}, async (page, tab) => {
      const manifest = read(learner.folder, "search/index.js");
      const topics = JSON.parse(manifest.slice(manifest.indexOf("(") + 1, manifest.lastIndexOf(")"))).topics;
      const topic = topics.find(({ aliases, name }) => (aliases || []).some((alias) => !name.toLowerCase().includes(alias.toLowerCase())));
      const alias = topic.aliases.find((alias) => !topic.name.toLowerCase().includes(alias.toLowerCase()));
      await page.goto(learner[origin] + "search.html");
      assert.equal(tab.requests.filter((url) => /search\/|minisearch/.test(url)).length, 0, "nothing is loaded before the first search");
      await page.locator("#q").pressSequentially(alias);
      const result = page.locator(".results .result-topic a", { hasText: topic.name });
      await result.waitFor();
      await page.waitForFunction(() => /\d+ results?/.test(document.querySelector("[data-search-status]").textContent));
      assert.ok(await page.locator(".results mark").count() > 0, "words are marked");
      const all = await page.locator("[data-search-status]").innerText();
      const id = await page.locator("#in option").nth(1).getAttribute("value");
      await page.selectOption("#in", id);
      await page.waitForFunction((all) => document.querySelector("[data-search-status]").textContent !== all, all);
      await page.selectOption("#in", "");
      await result.click();
      assert.equal(await page.locator("h1").innerText(), topic.name);
      // From the header of any page.
      await page.locator("header .find input").fill("hardship");
      await page.locator("header .find button").click();
      await page.locator(".results li:not(.result-topic) a").first().click();
      await page.waitForLoadState();
      assert.match(await page.locator("main").innerText(), /hardship/i);
    }));

    it("take a module's questions", () => journey({}, async (page) => {
      const module = lessonWith(/class="question"/).split("/")[0];
      const lessons = pagesWith(learner, /class="question"/).filter((file) => file.startsWith(module + "/") && !file.endsWith("print.html"));
      let questions = 0;
      for (const lesson of lessons) {
        await page.goto(learner[origin] + lesson);
        for (const form of await page.locator("form.question").all()) {
          questions += 1;
          const verdict = form.locator(".answer [role=status]");
          await form.getByRole("button", { name: "Check my answer" }).click();
          assert.match(await verdict.innerText(), /Choose an answer first/, lesson);
          const options = await form.locator(".option").all();
          const right = [];
          for (const option of options) right.push((await option.locator(".feedback").getAttribute("data-right")) === "true");
          await options[right.indexOf(false)].locator("input").check();
          await form.getByRole("button", { name: "Check my answer" }).click();
          assert.match(await verdict.innerText(), /^Not right/, lesson);
          assert.ok(await options[right.indexOf(false)].locator(".feedback-body").isVisible(), "feedback on the option");
          await form.getByRole("button", { name: "Try again" }).click();
          for (const [index, option] of options.entries()) if (right[index]) await option.locator("input").check();
          await form.getByRole("button", { name: "Check my answer" }).click();
          assert.match(await verdict.innerText(), /^Right/, lesson);
        }
      }
      assert.ok(questions >= 3, `${questions} questions in ${module}`);
      assert.equal(await stored(page), 0);
    }));

    it("find a support service by need and nation", () => journey({ viewport: PHONE }, async (page) => {
      await page.goto(learner[origin] + "signposts.html");
      const all = await page.locator(".directory > li:visible").count();
      await page.getByLabel("Who needs help, and with what?").fill("debt");
      await page.getByLabel("Where does the person live?").selectOption("Wales");
      const left = await page.locator(".directory > li:visible").count();
      assert.ok(left > 0 && left < all, `${left} of ${all}`);
      assert.match(await page.locator(".filter [role=status]").innerText(), new RegExp(`${left} of ${all}`));
    }));

    it("read a topic's meaning where it is linked, by keyboard", () => journey({}, async (page) => {
      await page.goto(learner[origin] + lessonWith(/<a class="topic"/));
      const link = page.locator("a.topic[aria-expanded]").first();
      await link.focus();
      await page.keyboard.press("Enter");
      assert.ok((await page.locator(".topic-note").innerText()).length > 30);
      await page.keyboard.press("Tab");
      assert.ok(await page.evaluate(() => document.activeElement.matches(".topic-note a")), "the note is next in order");
      await page.keyboard.press("Escape");
      assert.equal(await page.locator(".topic-note").count(), 0);
      assert.ok(await link.evaluate((link) => document.activeElement === link), "focus returns");
    }));
  });
}

/** Returns the letters and figures of a text alone. */
const words = (text) => text.replace(/[^\p{L}\p{N}]+/gu, "");

describe("on paper", () => {
  it("a module prints to PDF with the text of all its lessons, folded parts included", () => journey({}, async (page) => {
    const module = lessonWith(/data-scenario/).split("/")[0];
    const sources = JSON.parse(JSON.stringify(learner.pages.filter((file) => file.startsWith(module + "/") && !/(index|print)\.html$/.test(file))));
    await page.goto(learner.base + module + "/print.html");
    const titles = await page.locator(".whole-title").allInnerTexts();
    assert.equal(titles.length, sources.length, "all lessons");
    await page.locator("#print-full").check();
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    const hidden = await page.evaluate(() => [...document.querySelectorAll(".whole-lesson :is(p, li, h2, h3, h4, td, label)")].filter((element) => element.textContent.trim() && !element.closest(".path, .answer, .tally, .diagram-words, .ways, .signposts, .content-note-skip, .footnote-back") && !element.checkVisibility()).map((element) => element.outerHTML.slice(0, 100)));
    assert.deepEqual(hidden, [], "nothing of a lesson stays hidden on paper");
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    const pdf = await page.pdf({ format: "A4", tagged: true, outline: true });
    const printed = words(spawnSync("pdftotext", ["-raw", "-", "-"], { input: pdf, encoding: "utf8", maxBuffer: 1 << 26 }).stdout);
    const said = await page.evaluate(() => [...document.querySelectorAll(".whole-lesson :is(p, h2, h3, h4, label)")].filter((element) => !element.closest(".path, .answer, .tally, .diagram-words, .content-note-skip, .footnote-back, .ways, .signposts")).map((element) => {
      const copy = element.cloneNode(true);
      copy.querySelectorAll(".visually-hidden, .block-kind").forEach((hidden) => hidden.remove());
      return copy.textContent;
    }));
    assert.ok(said.length > titles.length * 10, `${said.length} paragraphs`);
    // A leaf may end within a paragraph: its first words or its last must be there in one piece.
    const lost = said.map(words).filter((text) => !printed.includes(text.slice(0, 24)) && !printed.includes(text.slice(-24)));
    assert.deepEqual(lost, []);
  }));

});

describe("editions", () => {
  it("the learner edition holds no facilitator text anywhere; the facilitator edition does", () => {
    const texts = (site) => listed(site.folder, "").filter((file) => /\.(html|js|xml)$/.test(file)).map((file) => [file, read(site.folder, file)]);
    assert.deepEqual(texts(small).filter(([, text]) => /ONLY-FOR-FACILITATORS|Watch the pairs|heading for facilitators/.test(text)).map(([file]) => file), []);
    const found = texts(addressed).filter(([, text]) => text.includes("ONLY-FOR-FACILITATORS")).map(([file]) => file);
    assert.deepEqual(found, ["calls/opening.html", "calls/print.html", "search/d-0.js", "search/x-0.js"], "neither the projector view nor the run sheet holds it");
    assert.deepEqual(pagesWith(learner, /class="block block-facilitator/), []);
    assert.ok(pagesWith(facilitator, /class="block block-facilitator/).length >= 12);
  });

});

describe("care", () => {
  it("a lesson with a content note shows it before the text, a way past it, and support", () => journey({}, async (page) => {
    const lessons = learner.pages.filter((file) => /id="content-note-title"/.test(read(learner.folder, file)));
    assert.ok(lessons.length >= 3);
    for (const lesson of lessons) {
      await page.goto(learner.base + lesson);
      assert.ok(await page.locator(".ways a").first().isVisible(), lesson);
      assert.ok(await page.locator(".signposts .card").count() > 0, lesson + " shows support");
      assert.ok(await page.locator(".signposts .card-phone").count() > 0, lesson + " has a number to ring");
    }
    await page.goto(small.base + "calls/opening.html");
    assert.equal(await page.locator(".content-note-skip a").count(), 1, "a section's note has a way round the section");
    await page.locator(".content-note-skip a").click();
    assert.ok(await page.evaluate(() => Boolean(document.getElementById(decodeURIComponent(location.hash.slice(1))))));
  }));

  it("a module can have a way out that leaves no step back to it", async () => {
    const tab = await open(browser);
    await tab.page.route("https://www.bbc.co.uk/**", (route) => route.fulfill({ body: "weather" }));
    for (const page of ["calls/index.html", "calls/opening.html", "calls/during/notes.html", "calls/print.html"]) {
      await tab.page.goto(small.base + page);
      assert.ok(await tab.page.locator("[data-exit]").isVisible(), page);
    }
    await tab.page.goto(small.base + "money/paying.html");
    assert.equal(await tab.page.locator("[data-exit]").count(), 0);
    await tab.page.goto(small.base + "calls/opening.html");
    await tab.page.locator("[data-exit]").click();
    await tab.page.waitForURL("https://www.bbc.co.uk/weather");
    await tab.page.goBack();
    assert.doesNotMatch(tab.page.url(), /opening/);
    await tab.context.close();
  });

  it("the accessibility page says what was checked and when, and claims nothing", () => journey({}, async (page) => {
    await page.goto(learner.base + "accessibility.html");
    const text = await page.locator("main").innerText();
    assert.match(text, /axe/);
    assert.match(text, /20\d\d/);
    assert.doesNotMatch(text, /(fully|partially) compliant|conforms to/i);
  }));
});

describe("addresses", () => {
  it("old addresses lead to the lesson", () => journey({}, async (page) => {
    for (const old of ["old-opening.html", "old/folder/opening.html"]) {
      await page.goto(small.base + old).catch(() => {});
      await page.waitForURL(/calls\/opening\.html$/);
      // A link to a place in the old page leads to that place.
      await page.goto(`${small.base}${old}#practice`).catch(() => {});
      await page.waitForURL(/calls\/opening\.html#practice$/);
    }
  }));

  it("old addresses lead to the lesson without scripts and from a folder", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(small.base + "old-opening.html").catch(() => {});
    await page.waitForURL(/calls\/opening\.html$/);
    await context.close();
    const tab = await open(browser);
    await tab.page.goto(small.file + "old/folder/opening.html#practice").catch(() => {});
    await tab.page.waitForURL(/^file:.*calls\/opening\.html#practice$/);
    await tab.context.close();
  });

  it("a missing page says so and leads back, from any depth, on a site with an address", async () => {
    const tab = await open(browser);
    await tab.page.goto(addressed.base + "no/such/page.html");
    assert.equal(await tab.page.locator("h1").innerText(), "Page not found");
    await tab.page.locator("main a").first().click();
    assert.equal(await tab.page.locator("h1").innerText(), "A small guide");
    assert.deepEqual(tab.faults.filter((fault) => !/404/.test(fault)), [], "its style and script are found");
    await tab.context.close();
  });

  it("a missing page is whole from any depth on a site without an address", async () => {
    const tab = await open(browser);
    await tab.page.goto(learner.base + "no/such/page.html");
    assert.equal(await tab.page.locator("h1").innerText(), "Page not found");
    const led = await tab.page.locator("[href], [src], [action]").evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? one.outerHTML));
    assert.deepEqual(led, ["#main"], "nothing leads anywhere but to its own text");
    // The page that is missing, and at most the icon that a browser asks its host for.
    assert.ok(tab.faults.every((fault) => fault.includes("404 (Not Found)")) && tab.faults.length <= 2, "nothing is asked for but the page");
    await tab.context.close();
  });

  it("every link between pages leads to a page and a place in it", () => {
    const ids = new Map();
    const idsOf = (folder, file) => {
      const key = folder + file;
      if (!ids.has(key)) ids.set(key, new Set(Array.from(read(folder, file).matchAll(/ id="([^"]*)"/g), (match) => match[1])));
      return ids.get(key);
    };
    const broken = [];
    for (const { folder, pages } of [learner, facilitator, small]) {
      const known = new Set(listed(folder, ""));
      for (const page of pages) {
        for (const [, href] of read(folder, page).matchAll(/ (?:href|src)="([^"]*)"/g)) {
          if (/^[a-z]+:/i.test(href)) continue;
          const url = new URL(href.replaceAll("&amp;", "&"), "http://site/" + page);
          const file = decodeURIComponent(url.pathname.slice(1));
          const place = decodeURIComponent(url.hash.slice(1));
          if (!known.has(file)) broken.push(`${page}: ${href}`);
          else if (place && file.endsWith(".html") && !idsOf(folder, file).has(place)) broken.push(`${page}: ${href} (no such place)`);
        }
      }
    }
    assert.deepEqual(broken.slice(0, 20), []);
  });
});
