// The reviewers' reports: accessibility rules, reflow and valid HTML on every page, filtering and sorting, a page sent on its own, and paper.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { launch, open } from "./support/browser.mjs";
import { errorsInHtml, faultsOf } from "./support/checks.mjs";
import { listed, PROGRAM, ROOT } from "./support/site.mjs";

/** As many modules as no paper is wide enough for. */
const MANY = 33;

const folders = [];

/** Makes a curriculum of files in a folder of its own, builds it, and returns the folder of its reports. */
function reports(fill) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "throughline-reports-"));
  folders.push(folder);
  fill(folder);
  const built = spawnSync(PROGRAM, ["build", "-q", "--root", folder, "--as-of", "2026-11-21"], { encoding: "utf8" });
  assert.equal(built.status, 0, built.stderr);
  return path.join(folder, "reports");
}

const real = reports((folder) => {
  fs.cpSync(path.join(ROOT, "modules"), path.join(folder, "modules"), { recursive: true });
  fs.copyFileSync(path.join(ROOT, "config.toml"), path.join(folder, "config.toml"));
});
const wide = reports((folder) => {
  const write = (file, text) => {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
  };
  write("config.toml", 'title = "Wide"\n[checks]\ntopic-gap = "warning"\n');
  write("modules/topics.toml", '[[topic]]\nid = "empathy"\nname = "Empathy"\n[topic.requires]\nassessed = "every-module"\n');
  for (let number = 1; number <= MANY; number += 1) {
    const title = `Communication ${number}`;
    write(`modules/${number}-part-${number}/index.md`, `+++\ntitle = "${title}"\noutcomes = ["Listen"]\n+++\n\nEmpathy, in ${title}.\n`);
  }
});

let browser;
before(async () => (browser = await launch()));
after(async () => {
  await browser.close();
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
});

const address = (folder, page) => "file://" + path.join(folder, page);

describe("what a page answers", () => {
  it("stands below its title and in its description, and no two reports answer the same", () => {
    const pages = listed(real, ".html");
    const questions = new Map();
    for (const page of pages) {
      const html = fs.readFileSync(path.join(real, page), "utf8");
      const [, title, question] = /<h1>([^<]+)<\/h1>\s*<p class="question">([^<]{20,})<\/p>/.exec(html) || [];
      assert.ok(question, page);
      assert.ok(html.includes(`<meta name="description" content="${question}">`), page);
      if (!/^(coverage|paths)-/.test(page)) assert.equal(questions.has(question), false, `${title} and ${questions.get(question)}`);
      questions.set(question, title);
    }
    assert.ok(questions.size >= 10, `${questions.size} questions`);
  });
});

describe("every page of the reports", () => {
  for (const page of listed(real, ".html")) {
    it(page, async () => {
      const tab = await open(browser, { reducedMotion: "reduce" });
      try {
        assert.deepEqual(await faultsOf(tab, address(real, page)), []);
      } finally {
        await tab.context.close();
      }
    });
  }

  it("the Nu checker finds no error in any page, nor in pages that stand alone", { timeout: 300_000 }, () => {
    const alone = fs.mkdtempSync(path.join(os.tmpdir(), "throughline-alone-"));
    folders.push(alone);
    for (const name of ["coverage", "paths", "commitments", "topics", "links", "signposts", "freshness", "questions", "reviews"]) {
      const made = spawnSync(PROGRAM, ["report", name, "--format", "html", "--root", path.dirname(real), "--as-of", "2026-11-21"], { maxBuffer: 1 << 28 });
      fs.writeFileSync(path.join(alone, name + ".html"), made.stdout);
    }
    const files = [real, wide, alone].flatMap((folder) => listed(folder, ".html").map((page) => path.join(folder, page)));
    assert.deepEqual(errorsInHtml(files).slice(0, 40), []);
  });
});

it("rows are filtered by what they say and sorted by what they mean", async () => {
  const { page, context, faults } = await open(browser);
  await page.goto(address(real, "coverage-empathy.html"));
  const rows = page.locator("#by-module-table tbody tr");
  const all = await rows.count();
  await page.getByLabel("Filter rows: By module").fill("TELEPHONY met");
  assert.equal(await rows.filter({ visible: true }).count(), 1);
  await page.getByLabel("Filter rows: By module").fill("");
  assert.equal(await rows.filter({ visible: true }).count(), all);
  await page.locator("#by-module-table thead button", { hasText: "Places" }).click();
  const counts = (await rows.locator("td:last-child").allInnerTexts()).map(Number);
  assert.deepEqual(counts, counts.toSorted((a, b) => a - b));
  await page.goto(address(real, "freshness.html"));
  await page.locator("#pages-table thead button", { hasText: "Review by" }).click();
  const days = (await page.locator("#pages-table tbody td:nth-child(4)").allInnerTexts()).map((day) => Date.parse(day));
  assert.deepEqual(days, days.toSorted((a, b) => a - b));
  assert.deepEqual(faults, []);
  await context.close();
});

it("one search says whether a subject is trained on, and where", async () => {
  const { page, context, faults } = await open(browser);
  await page.goto(address(real, "freshness.html"));
  await page.getByLabel("Do we train on …?").fill("Do caseworkers get training on domestic abuse?");
  await page.keyboard.press("Enter");
  await page.waitForURL(/search\.html\?q=/);
  const first = (kind) => page.locator(`#${kind}s + .found li`).first();
  assert.match(await first("topic").innerText(), /^Domestic abuse\s+Yes: in \d+ of \d+ required modules/);
  assert.match(await first("claim").innerText(), /^[AB]\d+: .*domestic abuse.*\s+Evidence in \d+ place/s);
  assert.ok((await page.locator("#texts + .found li mark").count()) > 0);
  // Each leads to its place.
  await first("claim").getByRole("link").click();
  assert.match(page.url(), /commitments\.html#claim-[AB]\d+$/);
  assert.equal(await page.locator("tr:target").count(), 1);
  // Numbers in digits and in words, hyphens, accents and other forms are one.
  for (const [query, name] of [["6-step", /^Six.step/i], ["six step model", /^Six.step/i], ["6 point plans", /Six Point Plan/i], ["émpathy", /^Empathy/]]) {
    await page.goto(address(real, "search.html?q=" + encodeURIComponent(query)));
    assert.match(await first("topic").innerText(), name, query);
  }
  const lessons = page.locator("#texts + .found li");
  await page.getByLabel("Claims, topics and the text of the lessons").fill("6-step");
  await page.waitForFunction(() => /six.step/i.test(document.querySelector("#texts + .found li mark")?.parentElement.innerText || ""));
  assert.ok((await lessons.count()) > 0);
  await page.getByLabel("Claims, topics and the text of the lessons").fill("zzyzx");
  await page.getByText("Nothing has these words. Try fewer, or others.").waitFor();
  assert.equal(await page.locator("#search-results li").count(), 0);
  assert.deepEqual(faults, []);
  await context.close();
});

it("a page that is sent on its own keeps its looks", async () => {
  const alone = fs.mkdtempSync(path.join(os.tmpdir(), "throughline-mailed-"));
  folders.push(alone);
  const { page, context } = await open(browser);
  const looks = () => page.evaluate(() => {
    const look = (selector) => {
      const style = getComputedStyle(document.querySelector(selector));
      return [style.backgroundColor, style.color, style.fontFamily, style.padding, style.borderTop];
    };
    return ["header", "h1", "thead th", "tbody td"].map(look);
  });
  for (const name of ["commitments.html", "coverage.html", "coverage-empathy.html"]) {
    await page.goto(address(real, name));
    const before = await looks();
    fs.copyFileSync(path.join(real, name), path.join(alone, name));
    await page.goto(address(alone, name));
    assert.deepEqual(await looks(), before, name);
  }
  await context.close();
});

describe("on paper", () => {
  const shown = ["index", "coverage", "coverage-empathy", "paths", "paths-everyone", "commitments", "topics", "links", "signposts", "freshness", "questions", "reviews"];
  for (const [folder, name] of [...shown.map((name) => [real, name]), [wide, "coverage"]]) {
    it(`${name} of ${folder === real ? "twelve" : MANY} modules: nothing is cut off, and nothing overlaps`, { timeout: 120_000 }, async () => {
      const pages = await printed(folder, name + ".html");
      for (const [number, { width, height, words }] of pages.entries()) {
        const where = `${name}, page ${number + 1} of ${pages.length}`;
        const outside = words.filter((word) => word.left < 0 || word.top < 0 || word.right > width || word.bottom > height);
        assert.deepEqual(outside.slice(0, 5), [], where);
        assert.deepEqual(overlaps(words).slice(0, 5), [], where);
      }
    });
  }

  it("whoever checks the support services takes two sheets along", async () => {
    assert.ok((await printed(real, "signposts.html")).length <= 2);
  });

  it("the matrix has every module, and every cell of its last column", async () => {
    const text = (await printed(real, "coverage.html")).flatMap((page) => page.words).map((word) => word.text).join(" ");
    const modules = fs.readdirSync(path.join(path.dirname(real), "modules"), { withFileTypes: true }).filter((entry) => entry.isDirectory()).length;
    for (let number = 1; number <= modules; number += 1) assert.ok(text.includes(` ${number}. `), `module ${number}: ${text.slice(0, 400)}`);
    const wanted = await cellsOfLastColumn(real);
    assert.equal(wanted, countOf(text, /\b\d+ places?\b/g), "every count of places is printed");
    const many = (await printed(wide, "coverage.html")).flatMap((page) => page.words).map((word) => word.text).join(" ");
    for (let number = 1; number <= MANY; number += 1) assert.ok(many.includes(` ${number}. `), `module ${number} of many`);
    assert.equal(countOf(many, /\b1 place\b/g), MANY);
  });

  async function cellsOfLastColumn(folder) {
    const { page, context } = await open(browser);
    await page.goto(address(folder, "coverage.html"));
    const count = await page.locator(".matrix .count").count();
    await context.close();
    return count;
  }
});

const countOf = (text, pattern) => [...text.matchAll(pattern)].length;

/** Prints a page on A4, and returns for each sheet its size and where every word stands, in points. */
async function printed(folder, name) {
  const { page, context } = await open(browser);
  await page.goto(address(folder, name));
  const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
  await context.close();
  const { stdout, status, stderr } = spawnSync("pdftotext", ["-bbox", "-", "-"], { input: pdf, encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(status, 0, stderr);
  return stdout.split("<page ").slice(1).map((sheet) => {
    const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(sheet).map(Number);
    const words = [...sheet.matchAll(/<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)</g)]
      .map(([, left, top, right, bottom, text]) => ({ left: +left, top: +top, right: +right, bottom: +bottom, text }));
    return { width, height, words };
  });
}

/** Returns the pairs of words that stand over each other: by more than the fonts' own room above and below letters. */
function overlaps(words) {
  const found = [];
  for (let one = 0; one < words.length; one += 1) {
    for (let other = one + 1; other < words.length; other += 1) {
      const [a, b] = [words[one], words[other]];
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 1 && down > 0.35 * Math.min(a.bottom - a.top, b.bottom - b.top)) found.push(`${a.text} over ${b.text} at ${a.left}, ${a.top}`);
    }
  }
  return found;
}
