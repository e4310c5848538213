// Packages in a learning platform that speaks cmi5: statements, documents and sessions, and when the learner may move on.

import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { launch, open } from "./support/browser.mjs";
import { store, unitsOf } from "./support/lrs.mjs";
import { dataOf, packages, serve } from "./support/package.mjs";
import { answer, eventually } from "./support/platform.mjs";
import { SMALL } from "./support/site.mjs";

const OPENING = "calls/opening.html";
let plain, graded, browser;
const opened = [];

before(async () => {
  const calls = async (config) => {
    const made = await packages({ root: SMALL, config: '[package]\nidentifier = "https://example.org/training/"\n' + config, args: ["--module", "calls", "--format", "cmi5"] });
    return made.get("calls-cmi5.zip").files;
  };
  [plain, graded, browser] = await Promise.all([calls(""), calls("mastery = 80"), launch()]);
});
after(() => browser.close());
afterEach(async () => {
  while (opened.length) await opened.pop()();
});

/** Serves a package beside a store of its own; the store's faults are the test's. */
async function platform(files, options = {}) {
  const lrs = store(unitsOf(files)[0], options);
  const served = await serve(files, { routes: lrs.routes, ...options.served });
  opened.push(() => {
    served.close();
    assert.deepEqual(lrs.faults, []);
  });
  return { lrs, served };
}

/** Launches a session; `known` are faults in the page that a test makes happen. */
async function session({ lrs, served }, { context, known = [], origin = served.origin } = {}) {
  const tab = context ? { context, page: await context.newPage(), faults: [] } : await open(browser);
  tab.page.setDefaultTimeout(8000);
  opened.push(async () => {
    await tab.context.close();
    // Preferences and state that a store does not have yet are what a browser calls failed.
    assert.deepEqual(tab.faults.filter((fault) => ![/status of 404/, ...known].some((pattern) => pattern.test(fault))), []);
  });
  await tab.page.goto(lrs.launch(served.content, origin));
  const site = tab.page.frameLocator("iframe");
  await site.locator("h1").waitFor();
  return {
    ...tab,
    site,
    said: () => tab.page.locator("[data-status]").innerText(),
    state: (name) => tab.page.locator(`body[data-state="${name}"]`).waitFor({ timeout: 20000 }),
    goTo: (address) => tab.page.frames()[1].goto(served.content + "site/" + address),
  };
}

async function walk(site) {
  await site.locator(".step:visible summary", { hasText: "Say what you know" }).click();
  await site.locator(".choice-next a:visible").click();
}

describe("cmi5", () => {
  it("asks for all that a session needs before it speaks, and keeps an answer with one statement and one document", async () => {
    const at = await platform(plain);
    const { lrs } = at;
    const { page, site, said, state, goTo } = await session(at);
    await state("saved");
    assert.match(await said(), /Saved by your learning platform/);
    assert.deepEqual(lrs.verbs(), ["initialized"]);
    await goTo(OPENING);
    await eventually(() => lrs.state(), "the bookmark is kept");
    await page.waitForTimeout(800);
    const before = lrs.requests.length;
    await answer(site, "which", [1, 2]);
    await page.waitForTimeout(1000);
    assert.deepEqual(lrs.requests.slice(before).map(({ method, resource }) => method + " " + resource), ["POST statements", "PUT activities/state"]);
    const [answered] = lrs.of("answered");
    const [question] = dataOf(plain).modules[0].lessons.find(({ address }) => address === OPENING).questions;
    assert.equal(answered.object.id, "https://example.org/training/calls.opening.which");
    assert.deepEqual(answered.object.definition.choices.map(({ id, description }) => id + " " + Object.values(description)[0]), ["1 Listen", "2 Say it back", "3 Interrupt"]);
    assert.deepEqual(answered.object.definition.correctResponsesPattern, ["1[,]2"]);
    assert.deepEqual(answered.result, { response: "1[,]2", success: true });
    assert.deepEqual(lrs.state(), { state: `1;:${question.key}${question.digest}F`, location: OPENING, completed: false, passed: false });
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), []);
  });

  it("goes on in a second session where the first one ended, and says completed once", async () => {
    const at = await platform(plain);
    const { lrs } = at;
    const first = await session(at);
    await first.goTo(OPENING);
    await answer(first.site, "which", [3]);
    await first.page.close();
    await eventually(() => lrs.of("terminated").length === 1, "the first session ends");
    assert.deepEqual(lrs.verbs(), ["initialized", "answered", "terminated"]);
    const second = await session(at);
    assert.equal(await second.site.locator("h1").innerText(), "Opening a call");
    assert.equal(await second.site.locator("#which input:checked").count(), 1);
    await walk(second.site);
    await eventually(() => lrs.of("completed").length, "it is completed");
    await answer(second.site, "which", [1, 2]);
    await eventually(() => lrs.of("answered").length === 2, "the other answer");
    await second.page.locator("[data-leave]").click();
    await second.state("left");
    await eventually(() => lrs.of("terminated").length === 2, "the second session ends");
    const third = await session(at);
    await answer(third.site, "which", [2, 3]);
    await eventually(() => lrs.of("answered").length === 3, "an answer in the third session");
    assert.equal(lrs.of("completed").length, 1);
    assert.equal(lrs.state().completed, true);
    assert.ok(lrs.satisfied());
  });

  for (const [rule, mastery] of [["Completed", false], ["CompletedOrPassed", false], ["Passed", false], ["CompletedAndPassed", false], ["NotApplicable", false], ["Passed", true], ["CompletedAndPassed", true], ["CompletedOrPassed", true]]) {
    it(`lets the learner move on by ${rule} ${mastery ? "with" : "without"} mastery, and not before`, async () => {
      const at = await platform(mastery ? graded : plain, { moveOn: rule });
      const { lrs } = at;
      const { site, goTo } = await session(at);
      await goTo(OPENING);
      await answer(site, "which", [3]);
      await eventually(() => lrs.of("answered").length, "a wrong answer");
      if (rule !== "NotApplicable") assert.ok(!lrs.satisfied());
      await walk(site);
      await eventually(() => lrs.of("completed").length, "it is completed");
      if (mastery) {
        assert.equal(lrs.of("passed").length, 0);
        await answer(site, "which", [1, 2]);
        await eventually(() => lrs.of("passed").length, "it is passed");
        assert.equal(lrs.of("passed")[0].result.score.scaled, 1);
      }
      await eventually(() => lrs.satisfied(), "the learner may move on");
      assert.equal(lrs.of("failed").length, 0);
    });
  }

  it("ends with requests that outlive the page, whatever was on its way", async () => {
    const at = await platform(plain);
    const { lrs } = at;
    const { page, site, goTo, state } = await session(at);
    await goTo(OPENING);
    await state("saved");
    lrs.delay = 700;
    await answer(site, "which", [1, 2]);
    await page.waitForTimeout(600); // on its way, and not answered
    await page.goto("about:blank");
    await eventually(() => lrs.of("terminated").length, "the session ends", 8000);
    await eventually(() => (lrs.state() || {}).state?.length > 2, "the state is kept", 8000);
    assert.equal(lrs.of("answered").length, 1, "nothing is lost, and nothing counts twice");
    assert.ok(lrs.requests.every(({ size }) => size < 65536));
  });

  it("ends within what browsers take with a page's last requests, however much has not been sent", async () => {
    const at = await platform(plain);
    const { lrs } = at;
    const { page, goTo, state } = await session(at, { known: [/request failed|ERR_EMPTY_RESPONSE|ERR_CONNECTION/] });
    await goTo(OPENING);
    await state("saved");
    lrs.fails = true;
    await page.evaluate((lesson) => {
      const store = window.throughlineStore;
      for (let count = 0; count < 200; count += 1) {
        const data = structuredClone(store.read());
        data.lessons[lesson] = { questions: { which: { chosen: [String(1 + (count % 3))] } }, scenarios: {} };
        store.write(data);
      }
    }, OPENING);
    await state("unsaved");
    lrs.fails = false;
    const before = lrs.requests.length;
    await page.goto("about:blank");
    await eventually(() => lrs.of("terminated").length, "the session ends", 8000);
    const last = lrs.requests.slice(before).reduce((sum, { size }) => sum + size, 0);
    assert.ok(last > 20000 && last < 65536, `${last} bytes`);
    assert.ok(lrs.of("answered").length > 40, "the newest go along");
    assert.match(lrs.state().state, /^1;:/);
  });

  it("says after a reload that the session has ended", async () => {
    const at = await platform(plain);
    const { lrs } = at;
    const { page, site, said, goTo, state } = await session(at);
    await goTo(OPENING);
    await answer(site, "which", [1, 2]);
    await eventually(() => lrs.of("answered").length, "the answer");
    await page.reload();
    await state("ended");
    assert.match(await said(), /This session has ended/);
    assert.equal(await page.locator("[data-leave]").isVisible(), false);
    await site.locator("h1").waitFor();
    await page.waitForTimeout(800);
    assert.deepEqual(lrs.verbs(), ["initialized", "answered", "terminated"]);
  });

  it("looks back and browses with the two statements that a session must have", async () => {
    for (const launchMode of ["Review", "Browse"]) {
      const at = await platform(plain, { launchMode });
      const { page, site, said, goTo, state } = await session(at);
      await state("review");
      assert.match(await said(), /looking back: nothing is recorded/);
      await goTo(OPENING);
      await answer(site, "which", [1, 2]);
      await page.waitForTimeout(800);
      await page.close();
      await eventually(() => at.lrs.of("terminated").length, "the session ends");
      assert.deepEqual(at.lrs.verbs(), ["initialized", "terminated"]);
      assert.equal(at.lrs.documents.size, 0);
    }
  });

  it("leads back to where the platform wants its learners", async () => {
    const at = await platform(plain, { returnURL: "https://platform.example.org/back" });
    const { page, site, goTo } = await session(at, { known: [/another host: https:\/\/platform/] });
    await page.route("https://platform.example.org/**", (route) => route.fulfill({ body: "back" }));
    await goTo(OPENING);
    await answer(site, "which", [1, 2]);
    await page.locator("[data-leave]").click();
    await page.waitForURL("https://platform.example.org/back");
    assert.deepEqual(at.lrs.verbs(), ["initialized", "answered", "terminated"]);
    assert.match(at.lrs.state().state, /^1;:/);
  });

  it("keeps what is done while the store is gone, says so, and sends it once it is back", async () => {
    const at = await platform(plain);
    const { lrs } = at;
    const { page, site, said, goTo, state } = await session(at, { known: [/request failed|ERR_EMPTY_RESPONSE|ERR_CONNECTION/] });
    await goTo(OPENING);
    lrs.fails = true;
    await answer(site, "which", [3]);
    await state("unsaved");
    assert.match(await said(), /Not saved yet/);
    await answer(site, "which", [1, 2]);
    lrs.fails = false;
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await state("saved");
    await eventually(() => lrs.of("answered").length === 2, "both answers");
    assert.deepEqual(lrs.of("answered").map(({ result }) => result.success), [false, true]);
  });

  it("shows the site while a store answers slowly, and takes along what was done meanwhile", async () => {
    const at = await platform(plain);
    const { lrs } = at;
    lrs.delay = 1500;
    const { site, said, goTo, state } = await session(at);
    assert.match(await said(), /Looking for your learning platform/);
    await goTo(OPENING);
    await answer(site, "which", [1, 2]);
    await eventually(() => lrs.verbs().includes("initialized"), "it begins", 15000);
    lrs.delay = 0;
    await eventually(() => lrs.of("answered").length, "the answer", 15000);
    await state("saved");
  });

  it("speaks to a store on another origin, and makes ids for statements without https", async () => {
    const at = await platform(plain);
    const other = await serve(new Map(), { routes: at.lrs.routes });
    opened.push(() => other.close());
    at.served.policy = `default-src 'self'; connect-src 'self' ${other.origin}`;
    const context = await browser.newContext();
    await context.addInitScript(() => delete Crypto.prototype.randomUUID);
    const { page, site, goTo } = await session(at, { context, origin: other.origin });
    await goTo(OPENING);
    await answer(site, "which", [1, 2]);
    await eventually(() => at.lrs.of("answered").length, "the answer");
    await page.close();
    await eventually(() => at.lrs.of("terminated").length, "the session ends");
    assert.match(at.lrs.of("answered")[0].id, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });

  it("opened by nobody reads, and says that nothing is recorded", async () => {
    const { served, lrs } = await platform(plain);
    const tab = await open(browser);
    opened.push(() => tab.context.close());
    await tab.page.goto(served.content + "start.html");
    await tab.page.frameLocator("iframe").locator("h1").waitFor();
    assert.match(await tab.page.locator("[data-status]").innerText(), /Nothing is recorded/);
    assert.deepEqual(lrs.requests, []);
    assert.deepEqual(tab.faults, []);
  });
});
