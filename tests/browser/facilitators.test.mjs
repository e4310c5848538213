// What facilitators teach with: the run sheet, the projector view, cards for tables, notes beside the text.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, before, describe, it } from "node:test";
import { launch, open, violations } from "./support/browser.mjs";
import { read, site, SMALL } from "./support/site.mjs";

let facilitator, small, browser;
before(async () => {
  [facilitator, small] = await Promise.all([site({ edition: "facilitator" }), site({ root: SMALL, edition: "facilitator" })]);
  browser = await launch();
});
after(async () => {
  await browser.close();
  facilitator.close();
  small.close();
});

const sheets = () => facilitator.pages.filter((page) => page.endsWith("/session.html"));
const minutes = (time) => time.split(":").map(Number).reduce((sum, part) => sum * 60 + part);

describe("run sheet", () => {
  /** Returns the rows of the run sheet that a tab shows. */
  const rowsOf = (page) => page.locator(".run tbody tr").evaluateAll((rows) => rows.map((row) => ({ at: row.cells[0].textContent, minutes: Number(row.cells[1].textContent), what: row.cells[2].textContent, kind: row.className })));

  it("follows the clock from the time that one sets, with breaks, and its minutes add up", async () => {
    const tab = await open(browser);
    for (const sheet of sheets()) {
      await tab.page.goto(facilitator.base + sheet);
      for (const start of ["09:30", "13:00"]) {
        await tab.page.locator("#start").fill(start);
        const rows = await rowsOf(tab.page);
        assert.equal(rows[0].at, start, sheet);
        let clock = minutes(start);
        let work = 0;
        let since = 0;
        let lessons = 0;
        for (const row of rows) {
          if (row.at) assert.equal(minutes(row.at), clock, `${sheet}: ${row.what}`);
          clock += row.minutes;
          since = row.kind === "run-rest" ? 0 : since + row.minutes;
          lessons = row.kind === "run-rest" ? 0 : lessons + (row.kind === "run-lesson");
          if (row.kind !== "run-rest") work += row.minutes;
          assert.ok(since <= 100 || lessons === 1, `${sheet}: ${since} minutes without a break at ${row.what}`);
        }
        const said = await tab.page.locator(".session-total").innerText();
        const [, hours, rest, from, to] = /^(?:(\d+) hours? ?)?(?:(\d+) minutes?)?(?:, with breaks)?: ([\d:]+)–([\d:]+)$/.exec(said);
        assert.equal(Number(hours || 0) * 60 + Number(rest || 0), work, `${sheet}: ${said}`);
        assert.deepEqual([minutes(from), minutes(to)], [minutes(start), clock], `${sheet}: ${said}`);
      }
      assert.match(await tab.page.locator("main").innerText(), /Before the session[^]*If somebody discloses something[^]*999/);
    }
    await tab.context.close();
  });

  it("has a lunch where the session runs over it, at the time that one sets, and none in an afternoon", async () => {
    const tab = await open(browser);
    const lunches = async () => (await rowsOf(tab.page)).filter((row) => row.what === "Lunch");
    let days = 0;
    for (const sheet of sheets()) {
      await tab.page.goto(facilitator.base + sheet);
      const end = await tab.page.locator("[data-to]").innerText();
      const [lunch, ...more] = await lunches();
      assert.deepEqual(more, []);
      if (minutes(end) > 14 * 60) assert.ok(lunch, `${sheet} goes on until ${end}`);
      if (!lunch) continue;
      days += 1;
      assert.ok(minutes(lunch.at) >= 11.5 * 60 && minutes(lunch.at) <= 13.5 * 60, `${sheet}: lunch at ${lunch.at}`);
      assert.equal(lunch.minutes, 60);
      await tab.page.locator("#lunch").fill("");
      assert.deepEqual(await lunches(), [], "no lunch where none is wanted");
      await tab.page.locator("#lunch").fill("12:30");
      assert.deepEqual(await lunches(), [lunch]);
      await tab.page.locator("#start").fill("13:00");
      assert.deepEqual(await lunches(), []);
    }
    assert.ok(days > 0, "a module takes a day");
    await tab.context.close();
  });

  it("rests where the build says, before scripts set a time", async () => {
    const [reading, working] = [await open(browser, { javaScriptEnabled: false }), await open(browser)];
    for (const sheet of sheets()) {
      for (const tab of [reading, working]) await tab.page.goto(facilitator.base + sheet);
      const built = await rowsOf(reading.page);
      const shown = await rowsOf(working.page);
      const since = (rows) => rows.map((row) => ({ ...row, at: row.at && minutes(row.at) - minutes(rows[0].at) }));
      assert.deepEqual(since(shown), since(built), sheet);
    }
    await reading.context.close();
    await working.context.close();
  });

  it("prints on two pages, with the total once, and has room for a module that is longer by a fifth", async () => {
    const tab = await open(browser);
    for (const sheet of sheets()) {
      await tab.page.goto(facilitator.base + sheet);
      await tab.page.locator(".session").evaluate((session) => {
        for (const list of session.querySelectorAll(".run tbody, .run-prepare")) {
          const items = [...list.children];
          list.append(...items.slice(0, Math.ceil(items.length / 5)).map((item) => item.cloneNode(true)));
        }
      });
      const pdf = await tab.page.pdf({ preferCSSPageSize: true, format: "A4" });
      const text = spawnSync("pdftotext", ["-layout", "-", "-"], { input: pdf, encoding: "utf8" }).stdout;
      assert.ok(text.split("\f").length - 1 <= 2, `${sheet} takes ${text.split("\f").length - 1} pages`);
      assert.doesNotMatch(text, /Start at|Projector view/);
    }
    await tab.context.close();
  });

  it("reads without scripts, as times since the start", async () => {
    const tab = await open(browser, { javaScriptEnabled: false });
    await tab.page.goto(small.base + "calls/session.html");
    assert.equal(await tab.page.locator("[data-at]").first().innerText(), "0:00");
    assert.match(await tab.page.locator(".run").innerText(), /Activity: Say it back[^]*Watch the pairs|Watch the pairs[^]*Activity: Say it back/);
    await tab.context.close();
  });

  it("learners have neither run sheet nor projector view", async () => {
    const learner = await site({ root: SMALL });
    assert.deepEqual(learner.pages.filter((page) => /session|projector/.test(page)), []);
    learner.close();
  });
});

describe("in a lesson", () => {
  it("facilitators see what every answer is worth, and have nothing to check", async () => {
    const tab = await open(browser);
    await tab.page.goto(small.base + "calls/opening.html");
    const question = tab.page.locator("form.question").first();
    assert.equal(await tab.page.getByRole("button", { name: "Check my answer" }).count(), 0);
    const options = await question.locator(".option").count();
    assert.ok(options > 1);
    assert.equal(await question.locator(".feedback[open] .verdict:visible").count(), options);
    await tab.page.goto(small.base + "calls/projector.html");
    assert.equal(await tab.page.locator("form.question .verdict:visible").count(), 0, "learners see the projector's screen");
    await tab.context.close();
  });
});

describe("projector view", () => {
  it("shows one block to a screen, by keyboard, without notes", async () => {
    const tab = await open(browser);
    const { page } = tab;
    await page.goto(small.base + "calls/projector.html");
    const count = page.locator("[data-screen-count]");
    const [, of] = /1 \/ (\d+)/.exec(await count.innerText());
    const seen = [];
    for (let screen = 1; screen <= Number(of); screen += 1) {
      assert.equal(await page.locator(".screen:visible").count(), 1);
      assert.ok(await page.locator(".screen:visible > .block").count() <= 1, "one block");
      seen.push(await page.locator(".screen:visible").innerText());
      await page.keyboard.press("ArrowRight");
    }
    const text = seen.join("\n");
    assert.match(text, /Say it back/);
    assert.doesNotMatch(text, /ONLY-FOR-FACILITATORS|Watch the pairs/);
    await page.keyboard.press("ArrowLeft");
    assert.equal(await count.innerText(), `${of - 1} / ${of}`);
    await page.keyboard.press("Home");
    assert.match(await count.innerText(), /^1 /);
    await page.reload();
    assert.deepEqual(tab.faults, []);
    await page.keyboard.press("End");
    await page.waitForURL("**/projector.html#" + of);
    await page.reload();
    assert.equal(await count.innerText(), `${of} / ${of}`, "a reload stays on the screen");
    assert.deepEqual(await violations(page), []);
    assert.doesNotMatch(read(small.folder, "calls/projector.html"), /ONLY-FOR-FACILITATORS/);
    await tab.context.close();
  });

  it("gives the window to the screen: almost all of the real modules' fit, and learners see no word for facilitators", { timeout: 120_000 }, async () => {
    const tab = await open(browser, { viewport: { width: 1280, height: 720 } });
    const { page } = tab;
    let screens = 0;
    const beyond = [];
    for (const view of facilitator.pages.filter((page) => page.endsWith("/projector.html"))) {
      await page.goto(facilitator.base + view);
      // Some eight hundred screens: the page presses the key itself.
      const all = await page.evaluate(() => {
        const [, of] = /1 \/ (\d+)/.exec(document.querySelector("[data-screen-count]").innerText);
        return Array.from({ length: Number(of) - 1 }, () => {
          document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "PageDown", bubbles: true }));
          return { height: document.documentElement.scrollHeight - innerHeight, letters: parseFloat(getComputedStyle(document.querySelector(".projector")).fontSize), header: document.querySelector(".edition").checkVisibility() };
        });
      });
      screens += all.length;
      for (const [index, { height, letters, header }] of all.entries()) {
        const screen = `${view} ${index + 2}`;
        if (height > 0) beyond.push(`${screen}: ${height}`);
        assert.ok(letters >= 16, `${screen}: letters of ${letters} pixels`);
        assert.equal(header, false, screen);
      }
    }
    assert.ok(screens > 400, `${screens} screens`);
    assert.ok(beyond.length <= screens * 0.05, `${beyond.length} of ${screens}: ${beyond}`);
    assert.deepEqual(tab.faults, []);
    await tab.context.close();
  });

  it("reads from top to bottom without scripts", async () => {
    const tab = await open(browser, { javaScriptEnabled: false });
    await tab.page.goto(small.base + "calls/projector.html");
    assert.ok(await tab.page.locator(".block-activity").isVisible());
    assert.ok(await tab.page.locator(".block-question").isVisible());
    assert.ok(await tab.page.locator("[data-screens]").isHidden());
    await tab.context.close();
  });
});

describe("at the tables", () => {
  it("scenarios print as numbered cards that say where to go", async () => {
    const tab = await open(browser);
    await tab.page.goto(small.base + "calls/print.html");
    await tab.page.locator("#print-cards").check();
    const pdf = await tab.page.pdf({ preferCSSPageSize: true, format: "A4" });
    const text = spawnSync("pdftotext", ["-raw", "-", "-"], { input: pdf, encoding: "utf8" }).stdout;
    assert.match(text, /1\. The call/);
    assert.match(text, /2\. The date passes/);
    assert.match(text, /Promise a date\s+Continue: The date passes\s*→ 2/);
    assert.doesNotMatch(text, /Poor choice|Sam writes|Interrupt|A quotation/);
    await tab.context.close();
  });

  it("notes stand beside the text on a wide screen", async () => {
    const tab = await open(browser, { viewport: { width: 1500, height: 900 } });
    await tab.page.goto(small.base + "calls/opening.html");
    const [note, text] = await tab.page.evaluate(() => [".block-facilitator", ".prose"].map((selector) => document.querySelector(selector).getBoundingClientRect().toJSON()));
    assert.ok(note.left >= text.right, `${note.left} right of ${text.right}`);
    assert.ok(note.right <= 1500);
    await tab.context.close();
  });
});
