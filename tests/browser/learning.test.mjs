// What a learner keeps: scenarios that know where one is, answers, what is done, what comes back; over http and from file://.

import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { inTab, launch } from "./support/browser.mjs";
import { pagesWith, read, ROOT, site, SMALL } from "./support/site.mjs";

let learner, small, paths, browser;
before(async () => {
  [learner, small, paths] = await Promise.all([site(), site({ root: SMALL }), site({ root: path.join(ROOT, "tests/reports/paths") })]);
  browser = await launch();
});
after(async () => {
  await browser.close();
  learner.close();
  small.close();
  paths.close();
});

const journey = (options, walk) => inTab(browser, options, walk);

const keys = (page) => page.evaluate(() => Object.keys(localStorage));
const lessonWith = (pattern) => pagesWith(learner, pattern).find((page) => /class="page-lesson"/.test(read(learner.folder, page)));
const said = (page, pattern) => page.locator("body > [role=status]", { hasText: pattern }).waitFor({ state: "attached" });
const kept = (page) => page.evaluate(() => JSON.parse(Object.entries(localStorage).find(([key]) => key.startsWith("throughline:"))[1]));
const change = (page, how) => page.evaluate((how) => {
  const key = Object.keys(localStorage).find((key) => key.startsWith("throughline:"));
  const data = JSON.parse(localStorage.getItem(key));
  new Function("data", how)(data);
  localStorage.setItem(key, JSON.stringify(data));
}, how);
const answer = async (form, right) => {
  const option = form.locator(`.option:has([data-right="${right}"]) input`).first();
  await option.check();
  await form.getByRole("button", { name: "Check my answer" }).click();
};

for (const origin of ["base", "file"]) {
  describe(origin === "base" ? "over http" : "from file://", () => {
    it("a scenario says what comes of a choice, holds to it, goes back a step at a time, and ends beside the best path", () => journey({ bypassCSP: true }, async (page) => {
      await page.goto(small[origin] + "calls/opening.html");
      const scenario = page.locator("[data-scenario]");
      const choice = (name) => scenario.locator(".step:visible summary", { hasText: name });
      assert.ok(await scenario.locator(".path").isHidden());
      await choice("Promise a date").press("Enter");
      await said(page, /Poor choice.*Sam writes the date down/);
      await choice("Say what you know").click();
      assert.equal(await scenario.locator(".step:visible details[open]").count(), 1, "what is chosen stays chosen");
      assert.equal(await choice("Say what you know").getAttribute("aria-disabled"), "true");
      await scenario.locator(".choice-next a:visible").click();
      assert.ok(await page.evaluate(() => document.activeElement.matches(".step-title")), "focus is on the new step");
      assert.equal(await scenario.locator(".step:visible .step-title").innerText(), "The date passes");
      await page.goBack();
      assert.equal(await scenario.locator(".step:visible .step-title").innerText(), "The call", "back is one step, and not out of the lesson");
      assert.equal(await scenario.locator(".step:visible details[open]").count(), 1);
      await page.goForward();
      assert.equal(await scenario.locator(".step:visible .step-title").innerText(), "The date passes");
      await page.reload();
      assert.equal(await scenario.locator(".step:visible .step-title").innerText(), "The date passes", "a reload does not start again");
      await choice("Start again").click();
      await scenario.locator(".choice-next a:visible").click();
      await choice("Say what you know").click();
      await scenario.locator(".choice-next a:visible").click();
      const paths = scenario.locator(".paths > div:visible");
      assert.match(await paths.nth(0).innerText(), /Your path[^]*Promise a date[^]*Start again[^]*Say what you know/);
      assert.match(await paths.nth(1).innerText(), /The best path[^]*Say what you know/);
      assert.equal(await paths.nth(1).locator("li").count(), 1);
      await scenario.getByRole("button", { name: "Start again" }).click();
      assert.equal(await scenario.locator(".step:visible .step-title").innerText(), "The call");
      assert.ok(await scenario.locator(".path").isHidden());
      assert.deepEqual(await keys(page), []);
    }));

    it("what was answered before one asks is kept when one asks, and nothing before", () => journey({}, async (page) => {
      const lesson = lessonWith(/(class="question"[^]*){3}/);
      await page.goto(learner[origin] + lesson);
      const forms = await page.locator("form.question").all();
      await answer(forms[0], true);
      await answer(forms[1], false);
      assert.match(await page.locator(".tally").innerText(), new RegExp(`1 of ${forms.length} right`));
      assert.match(await page.locator(".tally").innerText(), /Read again/);
      const way = page.locator(".tally a").first();
      assert.ok((await way.innerText()).length > 3);
      const target = await way.getAttribute("href");
      assert.deepEqual(await keys(page), [], "nothing is kept before the learner asks");
      // The offer stands before the first question.
      assert.ok(await page.evaluate(() => Boolean(document.querySelector(".offer").compareDocumentPosition(document.querySelector("form.question")) & Node.DOCUMENT_POSITION_FOLLOWING)));
      await page.locator(".offer button").click();
      assert.ok(await page.locator(".offer").isHidden());
      const questions = (await kept(page)).lessons[lesson].questions;
      assert.equal(Object.keys(questions).length, 2, "both answers are taken along");
      await page.reload();
      assert.match(await forms[0].locator(".answer [role=status]").innerText(), /answered this before/);
      await page.goto(new URL(target, learner[origin] + lesson).href);
      assert.ok(await page.evaluate(() => !location.hash || Boolean(document.getElementById(decodeURIComponent(location.hash.slice(1))))), "what to read again is there");
    }));

    it("an answer to options that have changed is dropped, and one of the first version is taken over", () => journey({}, async (page) => {
      const lesson = lessonWith(/class="question"/);
      await page.goto(learner[origin] + lesson);
      const form = page.locator("form.question").first();
      await page.locator(".offer button").click();
      await answer(form, true);
      await change(page, "for (const lesson of Object.values(data.lessons)) for (const answer of Object.values(lesson.questions)) answer.options = 'others'");
      await page.reload();
      assert.equal(await form.locator("input:checked").count(), 0);
      await change(page, "data.schema = 1; for (const lesson of Object.values(data.lessons)) for (const answer of Object.values(lesson.questions)) delete answer.options");
      await page.reload();
      assert.ok(await form.locator("input:checked").count() > 0);
      await change(page, "data.schema = 99; data.mine = true");
      await page.reload();
      assert.equal(await form.locator("input:checked").count(), 0);
      assert.match(await page.locator("[data-progress]").innerText(), /newer version/);
      await answer(form, true);
      assert.equal((await kept(page)).mine, true, "what a newer version wrote is not written over");
    }));

    it("a wrong answer comes back the next day, and later each time it is right", () => journey({}, async (page) => {
      const lesson = lessonWith(/class="question"/);
      await page.goto(learner[origin] + lesson);
      const form = page.locator("form.question").first();
      await page.locator(".offer button").click();
      await answer(form, false);
      await page.goto(learner[origin] + "revise.html");
      assert.match(await page.locator("main").innerText(), /nothing to revise now[^]*Later/i);
      const overdue = "for (const lesson of Object.values(data.lessons)) for (const answer of Object.values(lesson.questions)) if (answer.again) answer.again.due = '2020-01-01'";
      for (const step of [1, 2, 3]) {
        await change(page, overdue);
        await page.goto(learner[origin] + "index.html");
        await page.locator("[data-revise] a:visible", { hasText: "To revise: 1" }).first().click();
        await page.locator("[data-revision] h2", { hasText: "Answer again now" }).waitFor();
        await page.locator("[data-revision] a").first().click();
        assert.equal(await form.locator("input:checked").count(), 0, "the answer is not shown");
        assert.match(await form.locator(".due").innerText(), /wrong before/);
        await answer(form, true);
        assert.equal(Object.values((await kept(page)).lessons[lesson].questions)[0].again.step, step);
      }
      await change(page, overdue);
      await page.reload();
      await answer(form, true);
      assert.equal(Object.values((await kept(page)).lessons[lesson].questions)[0].again, undefined, "then it stays away");
    }));

    it("the home page says what is done and left, and carries on with the next lesson not done", () => journey({}, async (page) => {
      const [lesson] = pagesWith(learner, /class="page-lesson"/);
      await page.goto(learner[origin] + lesson);
      const next = await page.locator("article.lesson").getAttribute("data-next-title");
      await page.locator("[data-progress] [data-progress-keep]").click();
      await page.locator("[data-progress-status]", { hasText: /kept on this device/ }).waitFor({ state: "attached" });
      await page.getByRole("button", { name: "Mark this lesson as done" }).click();
      assert.match(await page.locator("[data-progress-status]").innerText(), /Marked as done/);
      await page.goto(learner[origin] + "index.html");
      const lessons = pagesWith(learner, /class="page-lesson"/).length;
      assert.match(await page.locator("[data-route-progress]").innerText(), new RegExp(`1 of ${lessons} lessons done, about \\d+ hours left`));
      assert.match(await page.locator("[data-module-progress]:visible").first().innerText(), /1 of \d+ lessons done, about \d+ (hours|minutes) left/);
      assert.ok((await page.locator("[data-progress-resume]").innerText()).includes(next));
      await page.locator("[data-progress-resume] a").click();
      assert.equal(await page.locator("h1").innerText(), next);
      await page.goto(learner[origin] + "index.html");
      assert.ok((await page.locator("[data-progress-resume]").innerText()).includes(next), "a lesson that is open and not done is where to carry on");
    }));

    it("a scenario is where it was left, and a lesson that has moved takes along what is known of it", () => journey({ bypassCSP: true }, async (page) => {
      await page.goto(small[origin] + "calls/opening.html");
      const scenario = page.locator("[data-scenario]");
      await scenario.locator(".step:visible summary").first().click();
      await page.locator(".offer button").click();
      assert.deepEqual((await kept(page)).lessons["calls/opening.html"].scenarios, { late: [1] });
      await change(page, "data.lessons['old-opening.html'] = data.lessons['calls/opening.html']; delete data.lessons['calls/opening.html']");
      await page.goto(small[origin] + "index.html");
      await page.goto(small[origin] + "calls/opening.html");
      assert.equal(await scenario.locator(".step:visible .step-title").innerText(), "The date passes");
      assert.equal((await kept(page)).lessons["old-opening.html"], undefined);
    }));

    it("export, forget, load again", () => journey({ acceptDownloads: true }, async (page) => {
      const lesson = lessonWith(/class="question"/);
      await page.goto(learner[origin] + lesson);
      await page.locator(".offer button").click();
      await page.getByRole("button", { name: "Mark this lesson as done" }).click();
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save a copy as a file" }).click()]);
      const copy = path.join(os.tmpdir(), `throughline-progress-${process.pid}-${origin}.json`);
      await download.saveAs(copy);
      const file = JSON.parse(fs.readFileSync(copy, "utf8"));
      assert.equal(file.kind, "throughline-progress");
      assert.ok(file.lessons[lesson].done);
      await page.getByRole("button", { name: "Forget my progress" }).click();
      assert.deepEqual(await keys(page), [], "one press forgets everything");
      await page.reload();
      assert.equal(await page.locator("[data-done]").isVisible(), false);
      await page.locator("[data-progress] [data-progress-keep]").click();
      await page.locator("[data-progress-file]").setInputFiles(copy);
      await page.locator("[data-done]").waitFor();
      assert.match(await page.locator("[data-progress-status]").innerText(), /loaded/);
      fs.writeFileSync(copy, "[1");
      await page.locator("[data-progress-file]").setInputFiles(copy);
      await page.waitForFunction(() => /no progress/.test(document.querySelector("[data-progress-status]").textContent));
      fs.rmSync(copy);
    }));
  });
}

describe("a learning platform", () => {
  it("around the site keeps what is known, and nothing goes to the device", () => journey({ bypassCSP: true }, async (page) => {
    const lesson = lessonWith(/class="question"/);
    await page.goto(learner.base + "accessibility.html");
    await page.evaluate((lesson) => {
      window.throughlineStore = { kept: null, records: true, read() { return this.kept; }, write(data) { this.kept = JSON.parse(JSON.stringify(data)); } };
      const frame = document.body.appendChild(document.createElement("iframe"));
      frame.src = "/training/site/" + lesson;
      frame.style.cssText = "width: 60rem; height: 40rem";
    }, lesson);
    const frame = page.frameLocator("iframe");
    await answer(frame.locator("form.question").first(), true);
    const known = await page.evaluate(() => window.throughlineStore.kept);
    assert.equal(Object.keys(known.lessons[lesson].questions).length, 1);
    assert.match(await frame.locator("[data-progress-kept]").innerText(), /learning platform/);
    assert.ok(await frame.locator(".offer").isHidden());
    assert.deepEqual(await keys(page), []);
  }));
});

for (const origin of ["base", "file"]) {
  describe(`paths ${origin === "base" ? "over http" : "from file://"}`, () => {
    const shown = (page) => page.locator(".route > ol > li:visible h3").allInnerTexts();
    const leaders = (page) => page.locator("[data-route=team-leader]");
    const choose = (page) => leaders(page).getByRole("button", { name: /^Show this path.*Team leaders$/ }).click();

    it("without scripts each path is a list of what it takes", () => journey({ javaScriptEnabled: false }, async (page) => {
      await page.goto(paths[origin] + "index.html");
      assert.equal(await page.locator("[data-route]").count(), 3);
      assert.deepEqual(await leaders(page).locator("ol a").allInnerTexts(), ["1. Calls", "Listening", "3. Coaching"]);
      assert.match(await leaders(page).innerText(), /2 lessons, 35 minutes/);
      assert.equal((await shown(page)).length, 3);
      assert.equal(await page.getByRole("button", { name: /path|modules/ }).count(), 0);
      await page.goto(paths[origin] + "calls/listening.html");
      assert.equal(await page.locator(".route-way:visible, [data-off-route]:visible").count(), 0);
      assert.match(await page.locator(".to-next").innerText(), /Speaking/);
    }));

    it("a choice shows what belongs to it, and is forgotten with the page until somebody asks to keep it", () => journey({}, async (page) => {
      await page.goto(paths[origin] + "index.html");
      await choose(page);
      assert.deepEqual((await shown(page)).map((text) => text.replace(/^Module \d+:\s+/, "")), ["Calls", "Coaching"]);
      assert.match(await page.locator("[data-route-said]").innerText(), /path: Team leaders\. Your choice lasts until you leave this page/);
      assert.ok(await leaders(page).getByText("Your path").isVisible());
      assert.equal((await keys(page)).length, 0, "nothing is kept");
      await leaders(page).getByRole("button", { name: "Show all modules" }).click();
      assert.equal((await shown(page)).length, 3);
      await choose(page);
      await page.reload();
      assert.equal((await shown(page)).length, 3, "forgotten");
      await choose(page);
      await page.getByRole("button", { name: "Keep my progress" }).click();
      assert.equal((await kept(page)).route, "team-leader");
      await page.reload();
      assert.equal((await shown(page)).length, 2, "kept");
      await page.getByRole("button", { name: "Forget my progress" }).click();
      assert.equal((await shown(page)).length, 3);
      assert.equal((await keys(page)).length, 0);
    }));

    it("counts, the next lesson and the way on are those of the path", () => journey({}, async (page) => {
      await page.goto(paths[origin] + "index.html");
      await choose(page);
      await page.getByRole("button", { name: "Keep my progress" }).click();
      const done = async (lesson) => {
        await page.goto(paths[origin] + lesson);
        await page.getByRole("button", { name: "Mark this lesson as done" }).click();
      };
      await done("calls/speaking.html");
      assert.ok(await page.getByText("Not on your path").isVisible());
      await page.goto(paths[origin] + "index.html");
      assert.equal(await page.locator("[data-route-progress]:visible").count(), 0, "it is no lesson of this path");
      await done("calls/listening.html");
      assert.ok(await page.getByText("Not on your path").isHidden());
      assert.match(await page.locator(".route-way:visible").innerText(), /Next on your path\s+Coaching/);
      assert.equal(await page.locator(".to-next:visible").count(), 0);
      assert.equal((await kept(page)).lessons["calls/listening.html"].next.path, "coaching/feedback.html");
      await page.goto(paths[origin] + "calls/index.html");
      assert.match(await page.locator("[data-module-progress]").innerText(), /^1 of 1 lessons done$/);
      assert.equal(await page.getByText("Not on your path").locator("visible=true").count(), 1);
      assert.equal(await page.locator(".route-way:visible").count(), 0, "the first lesson is the next for everybody");
      await page.goto(paths[origin] + "index.html");
      assert.match(await page.locator("[data-route-progress]").innerText(), /^1 of 2 lessons done, about 25 minutes left$/);
      assert.match(await page.locator("[data-progress-resume]").innerText(), /Feedback/);
      await done("coaching/feedback.html");
      assert.equal(await page.locator(".route-way:visible").count(), 0, "it ends where the reading order does");
      await page.goto(paths[origin] + "index.html");
      assert.match(await page.locator("[data-route-progress]").innerText(), /^2 of 2 lessons done$/);
      assert.equal(await page.locator("[data-progress-resume]:visible").count(), 0);
      await leaders(page).getByRole("button", { name: "Show all modules" }).click();
      assert.match(await page.locator("[data-route-progress]").innerText(), /^3 of 4 lessons done, about 15 minutes left$/);
    }));

    it("what was chosen and is no path any more changes nothing", () => journey({}, async (page) => {
      await page.goto(paths[origin] + "calls/speaking.html");
      await page.getByRole("button", { name: "Keep my progress" }).first().click();
      await change(page, "data.route = 'gone'");
      for (const where of ["index.html", "calls/index.html", "calls/speaking.html"]) {
        await page.goto(paths[origin] + where);
        assert.equal(await page.locator("[data-off-route]:visible, [data-route-chosen]:visible, .off-route").count(), 0, where);
      }
    }));

    it("a module prints with the lessons of one path alone", () => journey({}, async (page) => {
      await page.goto(paths[origin] + "calls/print.html");
      await page.getByLabel("What to print").selectOption({ label: "Lessons of one path: Team leaders" });
      await page.emulateMedia({ media: "print" });
      assert.deepEqual(await page.locator(".whole-title:visible").allInnerTexts(), ["1. Listening"]);
      await page.emulateMedia({ media: "screen" });
      await page.getByLabel("What to print").selectOption("");
      await page.emulateMedia({ media: "print" });
      assert.equal(await page.locator(".whole-title:visible").count(), 2);
    }));
  });
}
