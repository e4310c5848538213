// A learner in a learning platform: opens packages, and reads what the platform was told.

import { open } from "./browser.mjs";

/** Elements that both versions of SCORM have, by version. */
export const NAMES = {
  12: { initialize: "LMSInitialize", get: "LMSGetValue", set: "LMSSetValue", commit: "LMSCommit", finish: "LMSFinish", status: "cmi.core.lesson_status", location: "cmi.core.lesson_location", time: "cmi.core.session_time", score: "cmi.core.score." },
  2004: { initialize: "Initialize", get: "GetValue", set: "SetValue", commit: "Commit", finish: "Terminate", status: "cmi.completion_status", location: "cmi.location", time: "cmi.session_time", score: "cmi.score." },
};

/** What platforms refuse, or ought to: scorm-again takes some of it. Patterns are for the whole value. */
const PATTERNS = {
  12: {
    "cmi.suspend_data": /^1;[ -~]{0,4094}$/,
    "cmi.core.lesson_location": /^.{1,255}$/,
    "cmi.core.session_time": /^\d{4}:[0-5]\d:[0-5]\d\.00$/,
    "cmi.core.lesson_status": /^(incomplete|completed|passed)$/,
    "cmi.core.exit": /^suspend$/,
    "cmi.core.score.raw": /^(\d{1,2}|100)$/,
    "cmi.interactions.n.time": /^[0-2]\d:[0-5]\d:[0-5]\d$/,
    "cmi.interactions.n.student_response": /^[1-9a-q](,[1-9a-q])*$/,
    "cmi.interactions.n.correct_responses.n.pattern": /^[1-9a-q](,[1-9a-q])*$/,
    "cmi.interactions.n.result": /^(correct|wrong)$/,
    "cmi.interactions.n.type": /^choice$/,
    "cmi.objectives.n.status": /^(incomplete|completed|passed)$/,
  },
  2004: {
    "cmi.suspend_data": /^1;[ -~]{0,63998}$/,
    "cmi.location": /^.{1,1000}$/,
    "cmi.session_time": /^PT\d+(\.\d{1,2})?S$/,
    "cmi.completion_status": /^(incomplete|completed)$/,
    "cmi.success_status": /^passed$/,
    "cmi.exit": /^suspend$/,
    "cmi.progress_measure": /^(0(\.\d{1,2})?|1)$/,
    "cmi.score.raw": /^(\d{1,2}|100)$/,
    "cmi.score.scaled": /^(0(\.\d{1,2})?|1)$/,
    "cmi.interactions.n.timestamp": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/,
    "cmi.interactions.n.learner_response": /^[1-9a-q](\[,\][1-9a-q])*$/,
    "cmi.interactions.n.correct_responses.n.pattern": /^[1-9a-q](\[,\][1-9a-q])*$/,
    "cmi.interactions.n.result": /^(correct|incorrect)$/,
    "cmi.interactions.n.type": /^choice$/,
    "cmi.interactions.n.description": /^[^]{1,250}$/,
    "cmi.objectives.n.completion_status": /^(incomplete|completed)$/,
    "cmi.objectives.n.success_status": /^passed$/,
  },
};
const ID = /^[!-~]{1,255}$/;

/** Returns what is wrong with calls to the platform: values that it refused or that others would refuse, gaps, and whatever was said twice. */
export function faultsInCalls(version, calls) {
  const names = NAMES[version];
  const faults = [];
  const last = new Map();
  let entries = 0;
  for (const [name, ...values] of calls) {
    if (name === names.initialize) last.clear();
    if (name !== names.set) continue;
    const [element, value, result] = values;
    const general = element.replace(/\.\d+(?=\.)/g, ".n");
    const pattern = general.endsWith(".id") ? ID : PATTERNS[version][general];
    if (result !== "true") faults.push(`refused: ${element} = ${value}`);
    if (!pattern && !/score\.(min|max|raw|scaled)$/.test(general)) faults.push(`unknown: ${element}`);
    if (pattern && !pattern.test(value)) faults.push(`${element} = ${value}`);
    if (last.get(element) === value) faults.push(`said twice: ${element} = ${value}`);
    last.set(element, value);
    const entry = /^cmi\.interactions\.(\d+)\.id$/.exec(element);
    if (entry && Number(entry[1]) < entries) faults.push(`an entry again: ${element}`);
    if (entry) entries = Number(entry[1]) + 1;
  }
  return faults;
}

/**
 * Opens a package in the platform. `wrapper` is the page around the frame, `site` the site in it; `calls()` is what the platform was asked and told since it
 * was opened, `sets()` the last value of each element, `data()` all that it holds, `told(ms)` waits until a change has been saved.
 */
export async function learn(browser, served, values, options = {}) {
  const tab = await open(browser, options);
  const { page } = tab;
  page.setDefaultTimeout(8000);
  const version = values.version || "12";
  await page.goto(served.platform({ version, ...values }));
  const wrapper = page.frameLocator("iframe");
  const site = wrapper.frameLocator("iframe");
  await site.locator("h1").waitFor();
  const learner = {
    ...tab,
    version,
    wrapper,
    site,
    names: NAMES[version],
    said: () => wrapper.locator("[data-status]").innerText(),
    state: (name) => wrapper.locator(`body[data-state="${name}"]`).waitFor({ timeout: 15000 }),
    calls: () => page.evaluate(() => window.platform.calls),
    count: async (name) => (await learner.calls()).filter((call) => call[0] === name).length,
    async sets() {
      const set = (await learner.calls()).filter(([name]) => name === NAMES[version].set);
      return Object.fromEntries(set.map(([, element, value]) => [element, value]));
    },
    /** Waits for a value at the platform. */
    async until(element, value, timeout = 5000) {
      await page.waitForFunction(([element, value, set]) => {
        const found = window.platform.calls.filter((call) => call[0] === set && call[1] === element).pop();
        return found && (value === null || found[2] === value);
      }, [element, value, NAMES[version].set], { timeout });
    },
    goTo: async (address) => {
      const frame = page.frames().find((frame) => /\/site\//.test(frame.url()));
      await frame.goto(new URL(address, frame.url().replace(/\/site\/.*/, "/site/")).href);
    },
  };
  return learner;
}

/** Answers a question: `numbers` are the options' written numbers. */
export async function answer(site, id, numbers) {
  const block = site.locator(`#${id}`);
  const again = block.getByRole("button", { name: "Try again" });
  if (await again.isVisible()) await again.click();
  for (const number of numbers) await block.locator(`input[value="${number}"]`).check();
  await block.getByRole("button", { name: "Check my answer" }).click();
}

/** Waits until the server holds what the check wants to see of it. */
export async function eventually(check, what, timeout = 5000) {
  for (const until = Date.now() + timeout; ;) {
    const found = check();
    if (found) return found;
    if (Date.now() > until) throw new Error("it never happened: " + what);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
