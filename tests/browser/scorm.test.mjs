// Packages in a learning platform that speaks SCORM 1.2 or 2004: what it is told, when, and what becomes of a learner whose platform fails.

import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { launch, open } from "./support/browser.mjs";
import { dataOf, packages, serve } from "./support/package.mjs";
import { answer, eventually, faultsInCalls, learn, NAMES } from "./support/platform.mjs";
import { SMALL } from "./support/site.mjs";

const OPENING = "calls/opening.html";
const FORMATS = ["--format", "scorm12", "--format", "scorm2004"];
let plain, graded, income, whole, browser;
const opened = []; // what a test leaves open

before(async () => {
  const calls = (config) => packages({ root: SMALL, config: "[package]\n" + config, args: ["--module", "calls", ...FORMATS] });
  [plain, graded, income, whole, browser] = await Promise.all([
    calls(""),
    calls("mastery = 80\nscore = \"last\""),
    packages({ args: ["--module", "income", "--beyond", "text"] }),
    packages({ root: SMALL, args: ["--whole"] }),
    launch(),
  ]);
});
after(() => browser.close());
afterEach(async () => {
  while (opened.length) await opened.pop()();
});

const filesOf = (made, name) => made.get(name).files;

/** Serves a package for one test. */
async function host(files, options) {
  const served = await serve(files, options);
  opened.push(() => served.close());
  return served;
}

/** Opens a package for one test, which must cause no faults in the page and say nothing wrong to the platform. */
async function learner(served, values, { faults = [], ...options } = {}) {
  const found = await learn(browser, served, values, options);
  opened.push(async () => {
    const calls = found.page.isClosed() ? [] : await found.page.evaluate(() => window.platform?.calls || []).catch(() => []);
    await found.context.close();
    assert.deepEqual(found.faults.filter((fault) => !faults.some((known) => known.test(fault))), []);
    if (!values.refuses) assert.deepEqual(faultsInCalls(found.version, calls.filter((call) => call[3] !== undefined || call[0] !== found.names.set)), []);
  });
  return found;
}

/** Opens the platform alone, without a frame. */
async function outer(served, values) {
  const { context, page, faults } = await open(browser);
  opened.push(async () => {
    await context.close();
    assert.deepEqual(faults, []);
  });
  await page.goto(served.platform(values));
  const names = NAMES[values.version];
  await page.waitForFunction((name) => window[name], values.version === "12" ? "API" : "API_1484_11");
  const sets = async () => Object.fromEntries((await page.evaluate(() => window.platform.calls)).filter(([name]) => name === names.set).map(([, element, value]) => [element, value]));
  return { context, page, names, sets };
}

/** Walks the scenario of the small curriculum to its end, with or without the way that leads back. */
async function walk(site, { again = false } = {}) {
  const scenario = site.locator("[data-scenario]");
  const choose = async (name) => {
    await scenario.locator(".step:visible summary", { hasText: name }).click();
    await scenario.locator(".choice-next a:visible").click();
  };
  if (again) {
    await choose("Promise a date");
    await choose("Start again");
  }
  await choose("Say what you know");
}

for (const version of ["12", "2004"]) {
  const zip = `calls-scorm${version}.zip`;

  describe("SCORM " + version, () => {
    it("begins, keeps an answer within a second with one commit, and says what is recorded", async () => {
      const served = await host(filesOf(plain, zip));
      const { page, site, names, said, calls, sets, count, goTo, state } = await learner(served, { version });
      await state("saved");
      assert.match(await said(), /Saved by your learning platform/);
      const begun = (await calls()).map(([name, element, value]) => [name, element, value].join(" "));
      assert.equal(begun[0], names.initialize + "  true");
      assert.ok(begun.includes(`${names.set} ${names.status} incomplete`), "a session without a status is completed by some platforms");
      await goTo(OPENING);
      assert.equal(await site.locator(".offer").isVisible(), false, "nothing is offered to be kept on the device");
      assert.match(await site.locator("[data-progress-kept]").innerText(), /kept by your learning platform/);
      await page.waitForTimeout(800);
      const before = await count(names.commit);
      await answer(site, "which", [1, 2]);
      await page.waitForTimeout(1000);
      assert.equal(await count(names.commit), before + 1, "one answer is one commit");
      const told = await sets();
      const { lessons } = dataOf(filesOf(plain, zip)).modules[0];
      const question = lessons.find(({ address }) => address === OPENING).questions[0];
      assert.equal(told["cmi.suspend_data"], `1;:${question.key}${question.digest}F`, "two of three chosen, right at once: 3 × 4 + 3");
      const interaction = Object.fromEntries(Object.entries(told).filter(([element]) => element.startsWith("cmi.interactions.0.")).map(([element, value]) => [element.slice("cmi.interactions.0.".length), value]));
      const both = version === "12" ? "1,2" : "1[,]2";
      assert.equal(interaction.id, "calls.opening.which");
      assert.equal(interaction["correct_responses.0.pattern"], both);
      assert.equal(interaction[version === "12" ? "student_response" : "learner_response"], both);
      assert.equal(interaction.result, "correct");
      assert.equal(interaction["objectives.0.id"], "topic.listening");
      if (version === "2004") assert.match(interaction.description, /Choose two/);
      assert.equal(told["cmi.objectives.0.id"], "topic.listening");
      assert.equal(told["cmi.objectives.0.score.raw"], "100");
      assert.equal(told[version === "12" ? "cmi.objectives.0.status" : "cmi.objectives.0.completion_status"], "completed");
      assert.equal(told[names.score + "raw"], "100");
      assert.equal(told[names.status], "incomplete", "the scenario has not been walked");
      if (version === "2004") assert.equal(told["cmi.progress_measure"], "0.5");
    });

    it("is completed once every question is answered and every scenario has come to an end, and never goes back", async () => {
      const served = await host(filesOf(plain, zip));
      const { site, names, sets, until, goTo } = await learner(served, { version });
      await goTo(OPENING);
      await answer(site, "which", [3]);
      await walk(site, { again: true });
      await until(names.status, "completed");
      assert.equal((await sets())[names.score + "raw"], "0");
      await answer(site, "which", [1, 2]);
      await until(names.score + "raw", "100");
      await answer(site, "which", [2, 3]);
      await until("cmi.interactions.2.id", null);
      await site.locator("[data-scenario]").getByRole("button", { name: "Start again" }).click();
      await until("cmi.suspend_data", null);
      await new Promise((resolve) => setTimeout(resolve, 800));
      const told = await sets();
      assert.equal(told[names.status], "completed");
      assert.equal(told[names.score + "raw"], "100", "the best answer counts");
      assert.equal(told["cmi.objectives.0.score.raw"], "100");
      if (version === "2004") assert.equal(told["cmi.progress_measure"], "1");
      assert.match(told["cmi.suspend_data"], /^1;:[\w-]{3}.[\w-]+![\w-]{3}$/, "a walked scenario is walked, wherever it stands now");
    });

    it("with mastery is passed at the mark, stays incomplete below it, and never fails", async () => {
      const served = await host(filesOf(graded, zip));
      const { site, names, calls, until, goTo } = await learner(served, { version });
      await goTo(OPENING);
      await answer(site, "which", [3]);
      await walk(site);
      await until("cmi.interactions.0.id", null);
      await new Promise((resolve) => setTimeout(resolve, 800));
      const statusOf = async () => (await calls()).filter(([name, element]) => name === names.set && /status$/.test(element) && !/objectives/.test(element)).map(([, element, value]) => element + "=" + value);
      const begun = [names.status + "=incomplete"];
      assert.deepEqual(await statusOf(), begun, "what is completed can only be looked back at in Moodle");
      await answer(site, "which", [1, 2]);
      await until(version === "12" ? names.status : "cmi.success_status", "passed");
      await answer(site, "which", [3]);
      await until(names.score + "raw", "0");
      assert.deepEqual(await statusOf(), version === "12" ? [...begun, names.status + "=passed"] : [...begun, names.status + "=completed", "cmi.success_status=passed"]);
      assert.ok(!(await calls()).some((call) => call.includes("failed")));
    });

    const ways = {
      "the button": async ({ wrapper, said }) => {
        await wrapper.locator("[data-leave]").click();
        await wrapper.locator('body[data-state="left"]').waitFor();
        assert.match(await said(), /Saved\. You can close/);
        assert.equal(await wrapper.locator("iframe").count(), 0);
      },
      "the closed tab": ({ page }) => page.close(),
      "a page of the platform": ({ page, served }) => page.goto(served.origin + "/platform/icon.svg"),
      "a platform that takes its frame away": ({ page }) => page.evaluate(() => document.querySelector("iframe").remove()),
      "the quick exit": async ({ page, site }) => {
        await page.route("https://www.bbc.co.uk/**", (route) => route.fulfill({ body: "weather" }));
        await site.locator("[data-exit]").click();
        await page.waitForURL("https://www.bbc.co.uk/weather");
      },
    };
    for (const [name, leave] of Object.entries(ways)) {
      it(`is left by ${name} and found again where it was left`, async () => {
        const served = await host(filesOf(plain, zip));
        const first = await learner(served, { version }, { faults: [/request to another host: https:\/\/www.bbc/] });
        const { site, names, goTo } = first;
        await goTo(OPENING);
        await answer(site, "which", [2, 3]);
        await site.locator("#practice").scrollIntoViewIfNeeded();
        await site.locator("[data-scenario] .step:visible summary", { hasText: "Promise a date" }).click();
        await site.locator(".choice-next a:visible").click();
        // At once, before anything has been saved.
        await leave({ ...first, served });
        const kept = await eventually(() => served.kept && served.kept.name === names.finish && served.kept, "the session ends");
        assert.deepEqual(faultsInCalls(version, kept.calls), []);
        assert.equal(kept.calls.filter(([call]) => call === names.finish).length, 1);
        const { cmi } = kept;
        assert.match(cmi.suspend_data, /^1;:[\w-]{5,6}~[\w-]{3}1$/);
        assert.match(version === "12" ? cmi.core.lesson_location : cmi.location, /^calls\/opening\.html/);
        assert.equal(Object.keys(cmi.interactions).length, 1);
        await first.context.close();

        const second = await learner(served, { version });
        assert.equal(await second.site.locator("h1").innerText(), "Opening a call");
        const which = second.site.locator("#which");
        assert.deepEqual(await which.locator("input:checked").evaluateAll((inputs) => inputs.map((input) => input.value).sort()), ["2", "3"]);
        assert.match(await which.locator(".answer [role=status]").innerText(), /answered this before/);
        assert.equal(await second.site.locator(".step:visible .step-title").innerText(), "The date passes");
        await answer(second.site, "which", [1, 2]);
        await second.until("cmi.interactions.1.id", "calls.opening.which");
      });
    }

    it("says nothing and keeps nothing while a learner looks back", async () => {
      const state = "1;:" + (() => { const { lessons } = dataOf(filesOf(plain, zip)).modules[0]; const [question] = lessons.find(({ address }) => address === OPENING).questions; return question.key + question.digest + "F"; })();
      for (const mode of ["review", "browse"]) {
        const served = await host(filesOf(plain, zip));
        served.kept = { cmi: version === "12" ? { suspend_data: state, core: { lesson_location: OPENING, lesson_status: "completed" } } : { suspend_data: state, location: OPENING, completion_status: "completed" } };
        const { site, names, said, calls, wrapper } = await learner(served, { version, mode });
        assert.match(await said(), /looking back: nothing is recorded/);
        assert.equal(await site.locator("#which input:checked").count(), 2, "the answers are there");
        await answer(site, "which", [3]);
        assert.match(await site.locator("[data-progress-kept]").innerText(), /Nothing is recorded here/);
        await wrapper.locator("[data-leave]").click();
        await wrapper.locator('body[data-state="left"]').waitFor();
        assert.deepEqual((await calls()).filter(([name]) => name === names.set || name === names.commit), []);
        assert.equal((await calls()).filter(([name]) => name === names.finish).length, 1);
      }
    });

    it("leaves what a newer version has kept as it is", async () => {
      const served = await host(filesOf(plain, zip));
      const state = "2;whatever that means";
      served.kept = { cmi: version === "12" ? { suspend_data: state, core: { lesson_status: "incomplete" } } : { suspend_data: state, completion_status: "incomplete" } };
      const { site, names, said, calls, goTo } = await learner(served, { version });
      assert.match(await said(), /newer version/);
      await goTo(OPENING);
      await answer(site, "which", [1, 2]);
      await new Promise((resolve) => setTimeout(resolve, 800));
      assert.deepEqual((await calls()).filter(([name]) => name === names.set), []);
    });

    it("drops an answer to options that have changed, knows a lesson under its former key, and takes no status back", async () => {
      const files = new Map(filesOf(plain, zip));
      const data = dataOf(files);
      const lesson = data.modules[0].lessons.find(({ address }) => address === OPENING);
      assert.ok(lesson.former && lesson.former.length, "the lesson had other addresses");
      const [question] = lesson.questions;
      const [scenario] = lesson.scenarios;
      const other = question.digest === "a" ? "b" : "a";
      for (const [state, checked, step] of [[`1;:${question.key}${other}F~${scenario.key}1`, 0, "The date passes"], [`1;*${lesson.former[0]}:${question.former[0]}${question.digest}F~${scenario.former[0]}1`, 2, "The date passes"], ["garbage", 0, "The call"]]) {
        const served = await host(files);
        served.kept = { cmi: version === "12" ? { suspend_data: state, core: { lesson_location: "old-opening.html#practice", lesson_status: "completed" } } : { suspend_data: state, location: "old-opening.html#practice", completion_status: "completed" } };
        const { site, names, calls } = await learner(served, { version });
        assert.equal(await site.locator("h1").innerText(), "Opening a call", "a bookmark to a former address");
        assert.equal(await site.locator("#which input:checked").count(), checked, state);
        assert.equal(await site.locator(".step:visible .step-title").innerText(), step, state);
        assert.equal(await site.locator("[data-done]").isVisible(), state.includes("*"));
        if (checked) await new Promise((resolve) => setTimeout(resolve, 800));
        assert.ok(!(await calls()).some(([name, element]) => name === names.set && element === names.status), "completed stays completed");
      }
    });

    it(version === "12" ? "goes on in a new session after a reload" : "says after a reload that the session has ended, and never that anything is saved", async () => {
      const served = await host(filesOf(plain, zip));
      const { page, site, said, goTo, until, state, wrapper } = await learner(served, { version });
      await goTo(OPENING);
      await answer(site, "which", [1, 2]);
      await until("cmi.interactions.0.id", null);
      await page.frames().find((frame) => frame.url().endsWith("/start.html")).evaluate(() => location.reload());
      await state(version === "12" ? "saved" : "ended");
      if (version === "12") {
        await site.locator("#which input:checked").first().waitFor();
        assert.match(await said(), /Saved/);
        return;
      }
      assert.match(await said(), /This session has ended/);
      assert.equal(await wrapper.locator("[data-leave]").isVisible(), false);
      await site.locator("h1").waitFor();
      await goTo(OPENING);
      await answer(site, "which", [3]);
      await new Promise((resolve) => setTimeout(resolve, 2500));
      assert.match(await said(), /This session has ended/);
      assert.match(await site.locator("[data-progress-kept]").innerText(), /Nothing is recorded here/);
    });

    it("says that the session has ended where a platform cannot begin another after a reload, as Moodle cannot", async () => {
      const served = await host(filesOf(plain, zip));
      const { page, site, said, state } = await learner(served, { version, once: "" });
      await state("saved");
      await page.frames().find((frame) => frame.url().endsWith("/start.html")).evaluate(() => location.reload());
      await state("ended");
      assert.match(await said(), /This session has ended/);
      await site.locator("h1").waitFor();
    });

    it("finds no platform, reads, says that nothing is recorded, and keeps nothing on the device", async () => {
      const served = await host(filesOf(plain, zip));
      const { page, site, said, goTo, wrapper } = await learner(served, { version, absent: "" });
      assert.match(await said(), /Nothing is recorded: there is no learning platform/);
      await goTo(OPENING);
      await answer(site, "which", [1, 2]);
      assert.match(await site.locator("[data-progress-kept]").innerText(), /Nothing is recorded here/);
      assert.equal(await wrapper.locator("[data-leave]").isVisible(), false);
      await goTo(OPENING);
      assert.equal(await site.locator("#which input:checked").count(), 2, "answers last as long as the page");
      // A page of its own, outside the frame.
      await page.goto(served.content + "site/" + OPENING);
      assert.equal(await page.locator(".offer").isVisible(), false);
      assert.match(await page.locator("[data-progress]").innerText(), /Nothing is recorded here/);
      assert.deepEqual(await page.evaluate(() => [Object.keys(localStorage), Object.keys(sessionStorage)]), [[], []]);
    });

    it("says what a platform refuses, tries again after growing pauses, asks before leaving only then, and goes on", async () => {
      const served = await host(filesOf(plain, zip));
      const { page, site, names, said, goTo, state, calls, until } = await learner(served, { version, refuses: "" });
      await state("unsaved");
      assert.match(await said(), /Not saved yet/);
      await goTo(OPENING);
      await answer(site, "which", [1, 2]);
      const attempts = async () => (await calls()).filter(([name]) => name === names.initialize).length;
      await page.waitForTimeout(2500);
      const soon = await attempts();
      await page.waitForTimeout(2500);
      assert.ok(soon >= 2 && (await attempts()) <= soon + 1, "pauses grow");
      const prompts = [];
      page.on("dialog", (dialog) => {
        prompts.push(dialog.type());
        dialog.dismiss();
      });
      await page.close({ runBeforeUnload: true });
      await eventually(() => prompts.length, "it asks before leaving");
      assert.deepEqual(prompts, ["beforeunload"]);
      await page.evaluate(() => (window.platform.refuses = false));
      await page.evaluate(() => document.querySelector("iframe").contentWindow.dispatchEvent(new Event("online")));
      await state("saved");
      await until("cmi.interactions.0.id", "calls.opening.which");
      await page.close({ runBeforeUnload: true });
      await eventually(() => page.isClosed(), "it is left without a question");
      assert.equal(prompts.length, 1);
    });

    it("keeps what is done while a platform is gone, and answers that were saved are not said again", async () => {
      const served = await host(filesOf(plain, zip));
      const { page, site, wrapper, said, goTo, state, until, count, names } = await learner(served, { version });
      await goTo(OPENING);
      await page.evaluate(() => (window.platform.gone = true));
      await answer(site, "which", [3]);
      await state("unsaved");
      assert.match(await said(), /Not saved yet/);
      await wrapper.locator("[data-leave]").click();
      await page.waitForTimeout(300);
      assert.match(await said(), /Not saved yet/, "nobody is let go with a loss unsaid");
      await answer(site, "which", [1, 2]);
      await page.evaluate(() => (window.platform.gone = false));
      await state("saved");
      await until("cmi.interactions.1.id", null);
      await wrapper.locator("[data-leave]").click();
      await state("left");
      const ids = (await page.evaluate(() => window.platform.calls)).filter(([name, element]) => name === names.set && /^cmi\.interactions\.\d\.id$/.test(element));
      assert.equal(ids.length, 2);
      assert.equal(await count(names.finish), 1);
    });

    it("is left by the keyboard from the first moment on", async () => {
      const served = await host(filesOf(plain, zip));
      served.kept = { cmi: version === "12" ? { core: { lesson_location: OPENING, lesson_status: "incomplete" } } : { location: OPENING, completion_status: "incomplete" } };
      const { page, names, site } = await learner(served, { version }, { faults: [/request to another host: https:\/\/www.bbc/] });
      await page.route("https://www.bbc.co.uk/**", (route) => route.fulfill({ body: "weather" }));
      await site.locator("[data-exit]").waitFor();
      for (const press of [1, 2, 3]) await page.keyboard.press("Shift", { delay: press });
      await page.waitForURL("https://www.bbc.co.uk/weather");
      await eventually(() => served.kept.name === names.finish, "the session ends");
    });

    it("lets nobody wait at the quick exit, whatever is not saved", async () => {
      const served = await host(filesOf(plain, zip));
      const { page, site, goTo, state } = await learner(served, { version }, { faults: [/request to another host: https:\/\/www.bbc/] });
      await page.route("https://www.bbc.co.uk/**", (route) => route.fulfill({ body: "weather" }));
      const prompts = [];
      page.on("dialog", (dialog) => {
        prompts.push(dialog.type());
        dialog.accept();
      });
      await goTo(OPENING);
      await page.evaluate(() => (window.platform.gone = true));
      await answer(site, "which", [3]);
      await state("unsaved");
      await site.locator("[data-exit]").click();
      await page.waitForURL("https://www.bbc.co.uk/weather");
      assert.deepEqual(prompts, []);
    });

    it("asks a platform once for what it does not have, and is saved without that", async () => {
      const served = await host(filesOf(plain, zip));
      const { site, names, calls, sets, state, goTo, until, said } = await learner(served, { version, bare: "" });
      await state("saved");
      await goTo(OPENING);
      await answer(site, "which", [3]);
      await until(names.score + "raw", "0");
      await answer(site, "which", [1, 2]);
      await until(names.score + "raw", "100");
      assert.match(await said(), /Saved/);
      assert.match((await sets())["cmi.suspend_data"], /^1;:/);
      const optional = (await calls()).filter(([, element]) => /interactions|objectives/.test(element));
      assert.deepEqual(optional.map(([name, element]) => name + " " + element), ["cmi.interactions._count", "cmi.objectives._count"].map((element) => names.get + " " + element));
    });

    it("waits for a platform that answers slowly", async () => {
      const served = await host(filesOf(plain, zip));
      const { page, site, goTo, state, until, said } = await learner(served, { version });
      await goTo(OPENING);
      await page.evaluate(() => (window.platform.delay = 60));
      await answer(site, "which", [1, 2]);
      await until("cmi.interactions.0.result", "correct", 15000);
      await state("saved");
      assert.match(await said(), /Saved/);
    });

    it("counts time only while it can be seen", async () => {
      const served = await host(filesOf(plain, zip));
      const { page, names, sets } = await learner(served, { version });
      const frame = page.frames().find((frame) => frame.url().endsWith("/start.html"));
      const turn = (to) => frame.evaluate((to) => {
        Object.defineProperty(document, "visibilityState", { value: to, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      }, to);
      await page.waitForTimeout(1000);
      await turn("hidden");
      const seconds = async () => {
        const time = (await sets())[names.time];
        return version === "12" ? time.split(":").reduce((sum, part) => sum * 60 + Number(part), 0) : Number(/[\d.]+/.exec(time)[0]);
      };
      const first = await seconds();
      assert.ok(first >= 1 && first < 20, "hidden saves at once");
      await page.waitForTimeout(2500);
      await turn("visible");
      await turn("hidden");
      assert.ok((await seconds()) - first < 1.5, `${await seconds()} after ${first}`);
    });

    it("finds a platform in the window that opened it, and closes its own when it is left", async () => {
      const served = await host(filesOf(plain, zip));
      const { page, context, names, sets } = await outer(served, { version, window: "" });
      const [content] = await Promise.all([context.waitForEvent("page"), page.evaluate(() => void window.open("/content/start.html"))]);
      const site = content.frameLocator("iframe");
      await site.locator("[data-lesson]").first().click();
      await answer(site, "which", [1, 2]);
      await content.locator("[data-leave]").click();
      await eventually(() => content.isClosed(), "the window is closed");
      assert.equal((await sets())[names.score + "raw"], "100");
      assert.equal(served.kept.name, names.finish);
    });

    it("on another origin than its platform reads, says that nothing is recorded, and can be left at once", async () => {
      const [served, other] = [await host(filesOf(plain, zip)), await host(filesOf(plain, zip), { policy: "default-src 'self'; frame-ancestors *" })];
      served.policy = `default-src 'self'; frame-src 'self' ${other.origin}`;
      const { page, site, said } = await learner(served, { version, start: other.content + "start.html" }, { faults: [/request to another host/] });
      assert.match(await said(), /Nothing is recorded/);
      await page.route("https://www.bbc.co.uk/**", (route) => route.fulfill({ body: "weather" }));
      await site.locator("[data-lesson]").first().click();
      await site.locator("[data-exit]").click();
      await page.waitForURL("https://www.bbc.co.uk/weather");
    });
  });
}

describe("the whole curriculum in one package", () => {
  it("tells each unit what belongs to its own module, and where there is nothing to answer, reading completes", async () => {
    const served = await host(filesOf(whole, [...whole.keys()][0]));
    const { site, names, sets, until, goTo } = await learner(served, { version: "12", start: "/content/start-money.html" });
    assert.equal(await site.locator("h1").innerText(), "Money");
    await goTo(OPENING);
    await answer(site, "which", [1, 2]);
    await until("cmi.suspend_data", null);
    await walk(site);
    await new Promise((resolve) => setTimeout(resolve, 800));
    const told = await sets();
    assert.equal(told[names.status], "incomplete", "the question is another module's");
    assert.equal(told[names.score + "raw"], undefined);
    assert.match(told["cmi.suspend_data"], /^1;:/, "and it is kept all the same");
    await goTo("money/paying.html");
    await site.getByRole("button", { name: "Mark this lesson as done" }).click();
    await until(names.status, "completed");
  });
});

describe("a module of the real curriculum, with its options shuffled", () => {
  it("is finished, with every question and topic at the platform by written numbers, within the limits of SCORM 1.2", async () => {
    const files = filesOf(income, "income-scorm12.zip");
    const [module] = dataOf(files).modules;
    const served = await host(files);
    const { site, names, until, goTo, sets } = await learner(served, { version: "12" });
    let moved = 0;
    for (const lesson of module.lessons) {
      await goTo(lesson.address);
      for (const question of lesson.questions) {
        const shown = await site.locator(`#${question.id} input`).evaluateAll((inputs) => inputs.map((input) => Number(input.value)));
        if (shown.some((number, index) => number !== index + 1)) moved += 1;
        await answer(site, question.id, question.right);
      }
      for (const scenario of lesson.scenarios) {
        for (let steps = 0; steps < 40; steps += 1) {
          const step = site.locator(`#${scenario.id} .step:visible`);
          if (!(await step.locator(".choice").count())) break;
          await step.locator('[data-outcome="best"] > summary').first().click();
          const next = step.locator(".choice > details[open] .choice-next a");
          if (!(await next.count())) break;
          await next.click();
        }
      }
    }
    assert.ok(moved > 3, "options stand elsewhere than they are written");
    await until(names.status, "completed");
    const told = await sets();
    const questions = module.lessons.flatMap((lesson) => lesson.questions);
    assert.equal(told["cmi.core.score.raw"], "100");
    assert.deepEqual(questions.map((_, number) => told[`cmi.interactions.${number}.id`]), questions.map(({ interaction }) => interaction));
    assert.equal(told[`cmi.interactions.${questions.length}.id`], undefined);
    for (const [number, { right }] of questions.entries()) assert.equal(told[`cmi.interactions.${number}.student_response`], right.join(","));
    const topics = new Set(questions.flatMap((question) => question.topics));
    assert.equal(Object.keys(told).filter((element) => /^cmi\.objectives\.\d+\.id$/.test(element)).length, topics.size);
    const scenarios = module.lessons.flatMap((lesson) => lesson.scenarios);
    for (const { key, ways } of scenarios) {
      const [, path] = new RegExp("!" + key + "(\\d+)").exec(told["cmi.suspend_data"]);
      const end = Array.from(path).reduce((at, number) => ways[at][number - 1], 0);
      assert.ok(end === -1 || !ways[end].length, "the path by written numbers comes to an end");
    }
    const most = 2 + 4 * module.lessons.length + 7.5 * questions.length + scenarios.reduce((sum, { ways }) => sum + 4 + ways.length, 0);
    assert.ok(told["cmi.suspend_data"].length <= most, `${told["cmi.suspend_data"].length} of ${most}`);
  });
});
