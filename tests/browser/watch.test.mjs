// The author's preview in an open page: it follows the sources, leaves the reader where they were, and shows what is wrong.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { DESKTOP, launch, open, PHONE, violations } from "./support/browser.mjs";
import { lesson, paragraphs, preview } from "./support/preview.mjs";

const LISTENING = "modules/01-calls/01-listening.md";
const ASKING = "modules/01-calls/02-asking.md";
const BROKEN = lesson("Asking", "Ask open questions.\n\nThen see [the next step](nowhere.md).");
const WARNED = lesson("Asking", "Ask open questions.\n\nCall 0800 123 4567.");

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** Runs a story with a preview of its own and a tab at one of its pages; fails on anything that went wrong in the background. */
async function story({ page = "calls/asking.html", sources, ...options }, tell) {
  const shown = await preview({ sources });
  const tab = await open(browser, options);
  try {
    await tab.page.goto(shown.url + page);
    await tell(tab.page, shown, tab);
    assert.deepEqual(tab.faults, []);
  } catch (error) {
    error.message += "\n" + shown.said();
    throw error;
  } finally {
    await tab.context.close();
    await shown.close();
  }
}

/** The parts of the overlay; Playwright looks into its shadow. */
const overlay = (page) => ({
  box: page.locator("throughline-findings details"),
  body: page.locator("throughline-findings .body"),
  summary: page.locator("throughline-findings summary"),
  status: page.locator("throughline-findings [role=status]"),
  lost: page.locator("throughline-findings .lost"),
});

const seen = (page, text) => page.locator("main").getByText(text).first().waitFor();
const gone = (locator) => locator.waitFor({ state: "hidden" });
/** Marks the document, so that a reload is told from a page that stayed. */
const mark = (page) => page.evaluate(() => (window.stayed = true));
const stayed = (page) => page.evaluate(() => window.stayed === true);
/** Waits until the page is loaded again, and nothing moves any more. */
async function reloaded(page) {
  await page.waitForFunction(() => !window.stayed && document.readyState === "complete");
  await page.waitForTimeout(300);
}
/** Fails unless a paragraph stands 100 pixels below the window's top, give or take what browsers round. */
async function assertInPlace(page, text, message) {
  const top = await page.locator("main p", { hasText: text }).evaluate((element) => element.getBoundingClientRect().top);
  assert.ok(Math.abs(top - 100) <= 1, `${message}: at ${top} instead of 100`);
}
/** Scrolls so that a paragraph stands 100 pixels below the window's top. */
const scrollTo = (page, text) => page.locator("main p", { hasText: text }).evaluate((element) => scrollTo({ top: scrollY + element.getBoundingClientRect().top - 100, behavior: "instant" }));

describe("an open page follows its sources", () => {
  it("a saved lesson is shown, and other pages stay as they are", () => story({}, async (page, shown, { context }) => {
    const same = await context.newPage();
    await same.goto(shown.url + "calls/asking.html");
    const other = await context.newPage();
    await other.goto(shown.url + "calls/notes.html");
    await mark(other);
    for (const words of ["Ask again.", "Ask a third time."]) {
      shown.write(ASKING, lesson("Asking", words));
      await seen(page, words);
      await seen(same, words);
    }
    assert.ok(await stayed(other), "a page that is not different is not loaded again");
  }));

  it("a style sheet, a template, a picture, a register and the configuration", () => story({
    page: "calls/notes.html",
    sources: { "modules/01-calls/03-notes.md": lesson("Notes", "![A wave](wave.svg)\n\nShow [[empathy]]."), "modules/01-calls/wave.svg": wave(10) },
  }, async (page, shown) => {
    const changes = [
      ["themes/default/static/site.css", "main { outline: 7px solid red }", () => getComputedStyle(document.querySelector("main")).outlineWidth === "7px"],
      ["themes/default/templates/lesson.html", '{% extends "default/lesson.html" %}{% block title %}Mine{% endblock %}', () => document.title.includes("Mine")],
      ["modules/01-calls/wave.svg", wave(77), () => document.querySelector("main svg").getAttribute("viewBox") === "0 0 77 10"],
      ["modules/topics.toml", '[[topic]]\nid = "empathy"\nname = "Fellow feeling"\ndefinition = "Seeing with another\'s eyes"\n', () => document.querySelector("main").textContent.includes("Fellow feeling")],
      ["config.toml", 'title = "Another name"\n', () => document.querySelector("header").textContent.includes("Another name")],
    ];
    for (const [file, text, shows] of changes) {
      shown.write(file, text);
      await page.waitForFunction(shows, undefined, { timeout: 15_000 }).catch(() => assert.fail(file + " is not shown"));
    }
  }));

  it("a lesson that is renamed or deleted is not found, until it is there again", () => story({}, async (page, shown, tab) => {
    shown.rename(ASKING, "modules/01-calls/02-wondering.md");
    await page.getByRole("heading", { name: /not found/i }).waitFor();
    await gone(page.locator("main", { hasText: "Ask open questions." }));
    shown.rename("modules/01-calls/02-wondering.md", ASKING);
    await seen(page, "Ask open questions.");
    shown.remove(ASKING);
    await page.getByRole("heading", { name: /not found/i }).waitFor();
    shown.write(ASKING, lesson("Asking", "Asked anew."));
    await seen(page, "Asked anew.");
    tab.faults = tab.faults.filter((fault) => !/status of 404/.test(fault));
  }));

  it("a page finds a preview again that was ended and started", () => story({}, async (page, shown, tab) => {
    const { lost } = overlay(page);
    await mark(page);
    assert.equal(await shown.stop(), 0);
    await lost.waitFor();
    assert.match(await lost.innerText(), /still running/);
    assert.deepEqual(await violations(page), []);
    await shown.start();
    await gone(lost);
    assert.ok(await stayed(page), "nothing has changed");
    await shown.stop();
    shown.write(ASKING, lesson("Asking", "Written while nobody looked."));
    await shown.start();
    await seen(page, "Written while nobody looked.");
    await gone(lost);
    tab.faults = tab.faults.filter((fault) => !/WebSocket|ERR_CONNECTION|request failed/.test(fault));
  }));
});

function wave(width) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="10" viewBox="0 0 ${width} 10" role="img"><title>A wave</title><path d="M0 5h9"/></svg>`;
}

describe("the reader stays where they were", () => {
  for (const [name, viewport] of [["a desktop", DESKTOP], ["a phone", PHONE]]) {
    it(`what is read stays in its place on ${name}, whatever changes around it`, () => story({ page: "calls/listening.html", viewport }, async (page, shown) => {
      await scrollTo(page, "Paragraph 30 ");
      const save = async (text) => {
        await mark(page);
        shown.write(LISTENING, lesson("Listening", text));
        await reloaded(page);
      };
      for (const [change, text] of [
        ["below", paragraphs(1, 50)],
        ["above", "A paragraph that was not there before.\n\n" + paragraphs(1, 50)],
        ["above, taken away", paragraphs(12, 50)],
        ["in view", paragraphs(12, 31) + "\n\nBetween.\n\n" + paragraphs(32, 50)],
        ["the words of its neighbours", paragraphs(12, 50).replace("Paragraph 29 has", "The one before has").replace("Paragraph 31 has", "The next one has")],
      ]) {
        await save(text);
        await assertInPlace(page, "Paragraph 30 ", change);
      }
      await save(paragraphs(12, 50).replace("Paragraph 30 has", "This one has"));
      await assertInPlace(page, "This one has", "the paragraph itself");
    }));
  }

  it("at the top of the page, at a place in the address, and on the way back", () => story({
    page: "calls/listening.html#later",
    sources: { [LISTENING]: lesson("Listening", paragraphs(1, 20) + "\n\n## Later {#later}\n\n" + paragraphs(21, 60)) },
  }, async (page, shown) => {
    await page.waitForTimeout(2000); // The theme scrolls smoothly to the place.
    await scrollTo(page, "Paragraph 50 ");
    await mark(page);
    shown.edit(LISTENING, "Paragraph 55 has", "Number 55 has");
    await reloaded(page);
    await assertInPlace(page, "Paragraph 50 ", "not back to the place in the address");
    await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
    await mark(page);
    shown.edit(LISTENING, "Paragraph 1 has", "A new beginning.\n\nParagraph 1 has");
    await reloaded(page);
    assert.equal(await page.evaluate(() => scrollY), 0, "what is new at the top is seen");
    await scrollTo(page, "Paragraph 40 ");
    await page.locator("header a", { hasText: "Topics" }).evaluate((link) => link.click()); // Does not scroll to it.
    await page.waitForURL(/topics/);
    await page.goBack();
    await page.waitForTimeout(300);
    await assertInPlace(page, "Paragraph 40 ", "the browser remembers it as ever");
    await page.goto(shown.url + "calls/listening.html");
    assert.equal(await page.evaluate(() => scrollY), 0, "a page that is opened anew begins at its top");
  }));

  it("what was unfolded stays so, and focus stays on its link", () => {
    const text = (words) => lesson("Asking", `${words}\n\n::: activity [Try it]\nDo it.\n\n::: solution [One way]\nThus.\n:::\n:::\n\nSee [notes](03-notes.md).`);
    return story({ sources: { [ASKING]: text("Before.") } }, async (page, shown) => {
      const solution = page.locator("main details", { hasText: "Thus." });
      const folded = page.locator("details", { hasText: "In this module" }).first();
      await solution.locator("summary").click();
      const was = await folded.evaluate((details) => (details.open = !details.open));
      await page.locator("main p a", { hasText: /^notes$/ }).focus();
      await mark(page);
      shown.write(ASKING, text("Before that, [listen](01-listening.md)."));
      await reloaded(page);
      assert.equal(await solution.evaluate((details) => details.open), true);
      assert.equal(await folded.evaluate((details) => details.open), was);
      assert.equal(await page.evaluate(() => document.activeElement.textContent), "notes");
    });
  });
});

describe("what is wrong is shown over the page", () => {
  it("an error with its source line, over the last good version, until it is mended", () => story({}, async (page, shown, { context }) => {
    const { box, body, summary, status } = overlay(page);
    const other = await context.newPage();
    await other.goto(shown.url + "calls/notes.html");
    assert.equal(await box.isVisible(), false);
    await mark(page);
    shown.write(ASKING, BROKEN);
    await body.waitFor();
    assert.ok(await stayed(page));
    assert.ok(await page.locator("main", { hasText: "Ask open questions." }).isVisible());
    assert.equal(await summary.innerText(), "1 error");
    assert.equal(await status.innerText(), "1 error", "it is said aloud");
    const said = await body.innerText();
    for (const part of ["last good version", "error[broken-link] no lesson or file at `nowhere.md`", ASKING + ":7:10", "Then see [the next step](nowhere.md).", "help: "]) assert.ok(said.includes(part), `${part}\n${said}`);
    assert.equal(await body.locator("mark").innerText(), "[the next step](nowhere.md)");
    assert.equal(await body.locator(".number").innerText(), "7");

    await overlay(other).body.waitFor();
    assert.doesNotMatch(await overlay(other).body.innerText(), /last good version/, "this page is not older than its source");
    await other.reload();
    await overlay(other).body.waitFor();

    shown.write(ASKING, lesson("Asking", "Mended."));
    await seen(page, "Mended.");
    await gone(box);
    await gone(overlay(other).box);
    assert.equal(await status.innerText(), "");
  }));

  it("the errors of the page come first, and each is counted once", () => story({ page: "calls/notes.html" }, async (page, shown) => {
    const { body, summary } = overlay(page);
    shown.write(ASKING, BROKEN);
    await body.waitFor();
    shown.write("modules/01-calls/03-notes.md", lesson("Notes", "::: activty [x]\ny\n:::\n\n[[nobody]]"));
    await page.waitForFunction((host) => /3 errors/.test(document.querySelector(host).shadowRoot.textContent), "throughline-findings");
    assert.equal(await summary.innerText(), "3 errors");
    const files = await body.locator(".place").allInnerTexts();
    assert.deepEqual(files.map((file) => file.split("/").pop().split(":")[0]), ["03-notes.md", "03-notes.md", "02-asking.md"]);
  }));

  it("a configuration, a template and a register that cannot be used keep the whole site", () => story({}, async (page, shown) => {
    const { box, body } = overlay(page);
    for (const [file, broken, mended, says] of [
      ["config.toml", "title = \n", 'title = "Practice"\n', "config.toml"],
      ["themes/default/templates/lesson.html", "{% if %}", '{% extends "default/lesson.html" %}', "lesson.html"],
      ["modules/topics.toml", "[[topic]\n", "", "invalid-register"],
    ]) {
      shown.write(file, broken);
      await body.waitFor();
      const said = await body.innerText();
      assert.ok(said.includes(says) && said.includes("last good version"), `${file}: ${said}`);
      assert.ok(await page.locator("main", { hasText: "Ask open questions." }).isVisible(), file);
      shown.write(file, mended);
      await gone(box);
    }
  }));

  it("warnings are one line that opens, and stay open from save to save", () => story({}, async (page, shown) => {
    const { box, body, summary } = overlay(page);
    shown.write(ASKING, WARNED);
    await summary.waitFor();
    assert.equal(await summary.innerText(), "1 warning on this page");
    assert.equal(await body.isVisible(), false);
    await summary.click();
    await body.waitFor();
    shown.write(ASKING, WARNED + "\nAnd 0800 765 4321.\n");
    await seen(page, "0800 765 4321");
    await body.waitFor();
    assert.equal(await summary.innerText(), "2 warnings on this page");
    await page.goto(shown.url + "calls/notes.html");
    assert.equal(await box.isVisible(), false, "warnings belong to their page");
  }));

  it("the keyboard reaches it, puts it away, and it stays away until there is another error", () => story({}, async (page, shown) => {
    const { box, body, summary } = overlay(page);
    const isOpen = () => box.evaluate((details) => details.open);
    shown.write(ASKING, BROKEN);
    await body.waitFor();
    await page.keyboard.press("Shift+Tab"); // Backwards from the top: it stands at the end of the page.
    assert.equal(await page.evaluate(() => document.activeElement.localName), "throughline-findings");
    await page.keyboard.press("Escape");
    await gone(body);
    assert.ok(await summary.evaluate((element) => element.matches(":focus-visible")));
    await page.keyboard.press("Enter");
    await body.waitFor();
    await page.keyboard.press("Space");
    await gone(body);
    shown.write(ASKING, BROKEN.replace("Ask open", "\nAsk open"));
    await page.waitForFunction((host) => /:8:10/.test(document.querySelector(host).shadowRoot.textContent), "throughline-findings");
    assert.equal(await isOpen(), false, "it only moved");
    assert.ok(await summary.evaluate((element) => element.matches(":focus")), "focus stays");
    await page.goto(shown.url + "calls/notes.html");
    await summary.waitFor();
    assert.equal(await isOpen(), false, "put away on every page");
    shown.write(ASKING, BROKEN.replace("nowhere", "elsewhere"));
    await body.waitFor();
  }));

  it("it has the colours of the page, which the reader may choose", () => story({ colorScheme: "light" }, async (page, shown) => {
    const background = () => overlay(page).box.evaluate((details) => getComputedStyle(details).backgroundColor);
    shown.write(ASKING, BROKEN);
    await overlay(page).body.waitFor();
    assert.equal(await background(), "rgb(255, 255, 255)");
    await page.getByRole("button", { name: "Dark colours" }).click();
    assert.equal(await background(), "rgb(22, 24, 28)");
  }));

  it("text from the sources is text", () => {
    const hostile = "<img src=x onerror=document.title=1>";
    return story({}, async (page, shown) => {
      const { body } = overlay(page);
      shown.write(ASKING, lesson("Asking", `[${hostile}](<${hostile}.md>)\n\n::: ${hostile} [${hostile}]\nx\n:::\n\n[[${hostile}]]`));
      await body.waitFor();
      assert.ok((await body.innerText()).includes(hostile));
      assert.equal(await body.locator("img, script, style, iframe").count(), 0);
      await page.goto(shown.url + "_throughline/");
      assert.ok((await page.locator("main").innerText()).includes(hostile));
      assert.equal(await page.locator("img").count(), 0);
      assert.doesNotMatch(await page.title(), /^1$/);
    });
  });

  for (const [name, viewport] of [["a desktop", DESKTOP], ["a phone", PHONE]]) {
    for (const colorScheme of ["light", "dark"]) {
      it(`is accessible on ${name} in ${colorScheme} colours, fits the window, and is not printed`, () => story({ viewport, colorScheme, reducedMotion: "reduce" }, async (page, shown) => {
        const { box, body, summary } = overlay(page);
        const long = "w".repeat(300);
        shown.write(ASKING, BROKEN + `\n[${long}](${long}.md) Call 0800 123 4567.\n`);
        await body.waitFor();
        assert.deepEqual(await violations(page), []);
        const { x, y, width, height } = await box.boundingBox();
        assert.ok(x >= 0 && x + width <= viewport.width && y >= viewport.height * 0.2 && y + height <= viewport.height, JSON.stringify({ x, y, width, height }));
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth), false);
        await summary.click();
        assert.deepEqual(await violations(page), []);
        await page.emulateMedia({ media: "print" });
        assert.equal(await box.isVisible(), false);
        await page.emulateMedia({ media: "screen" });
        await page.goto(shown.url + "_throughline/");
        assert.deepEqual(await violations(page), []);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth), false);
      }));
    }
  }
});

describe("the reviewer's view", () => {
  it("follows the sources, and leads to pages and reports", () => story({ page: "_throughline/" }, async (page, shown, tab) => {
    await seen(page, "Nothing is wrong.");
    shown.write(ASKING, BROKEN);
    await seen(page, "no lesson or file at `nowhere.md`");
    assert.equal(await overlay(page).box.isVisible(), false, "this page lists them itself");
    await page.locator("main a", { hasText: ASKING }).click();
    assert.equal(await page.locator("h1").innerText(), "Asking");
    await overlay(page).body.locator("a", { hasText: "All findings" }).click();
    await page.locator("main a", { hasText: "All reports" }).click();
    assert.match(await page.locator("h1").innerText(), /Reports/);
    assert.ok(await page.getByText("1 broken link").first().isVisible());
    shown.write(ASKING, lesson("Asking", "Mended."));
    await gone(page.getByText("1 broken link").first());
    await page.locator("header a", { hasText: "Practice" }).click();
    assert.equal(await page.locator("h1").innerText(), "Practice");
    // A report names no icon, so the browser asks for /favicon.ico.
    tab.faults = tab.faults.filter((fault) => !/status of 404/.test(fault));
  }));

  it("a preview that begins with a fault says so, and shows the site as soon as there is one", () => story({ sources: { "config.toml": "title = \n" } }, async (page, shown, tab) => {
    await page.getByRole("heading", { name: "Nothing to show yet" }).waitFor();
    await overlay(page).body.waitFor();
    assert.match(await overlay(page).body.innerText(), /config\.toml/);
    assert.deepEqual(await violations(page), []);
    shown.write("config.toml", 'title = "Practice"\n');
    await seen(page, "Ask open questions.");
    tab.faults = tab.faults.filter((fault) => !/status of 503/.test(fault));
  }));
});
