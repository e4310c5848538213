// On paper: handouts without answers, keys, pages that hold together; read from the PDFs that the browser makes.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { launch, open } from "./support/browser.mjs";
import { pagesWith, read, site, SMALL } from "./support/site.mjs";

let learner, facilitator, small, browser;
before(async () => {
  [learner, facilitator, small] = await Promise.all([site(), site({ edition: "facilitator" }), site({ root: SMALL, edition: "facilitator" })]);
  browser = await launch();
});
after(async () => {
  await browser.close();
  for (const site of [learner, facilitator, small]) site.close();
});

/** Prints a page; `choose` is done before. Returns `{pages, text, info}`. */
async function printed(address, choose = async () => {}) {
  const tab = await open(browser);
  await tab.page.goto(address);
  await choose(tab.page);
  const pdf = await tab.page.pdf({ preferCSSPageSize: true, format: "A4", tagged: true, outline: true });
  const text = spawnSync("pdftotext", ["-layout", "-", "-"], { input: pdf, encoding: "utf8", maxBuffer: 1 << 26 }).stdout;
  const info = spawnSync("pdfinfo", ["-"], { input: pdf, encoding: "utf8" }).stdout;
  await tab.context.close();
  return { pages: text.split("\f").slice(0, -1), text, info, bytes: pdf, pdf: pdf.toString("latin1") };
}

const check = (id) => (page) => page.locator(id).check();

describe("on paper", () => {
  it("every module prints on at most 30 pages, numbered, tagged, with bookmarks and the title on each", { timeout: 240_000 }, async (t) => {
    for (const site of [learner, facilitator]) {
      for (const page of site.pages.filter((page) => page.endsWith("/print.html"))) {
        const { pages, info, pdf } = await printed(site.base + page);
        t.diagnostic(`${site === learner ? "learner" : "facilitator"} ${page}: ${pages.length} pages`);
        assert.ok(pages.length <= 30, `${page} has ${pages.length} pages`);
        assert.match(info, /Tagged:\s+yes/);
        assert.match(pdf, /\/Outlines/);
        const title = /<h1>([^<]*)/.exec(read(site.folder, page))[1].replaceAll("&amp;", "&");
        for (const [index, text] of pages.entries()) {
          assert.match(text, new RegExp(`${index + 1} / ${pages.length}\\s*$`), `${page}, page ${index + 1} has its number`);
          assert.ok(text.replace(/\s+/g, " ").includes(title), `${page}, page ${index + 1} says what it belongs to`);
          assert.ok(text.trim().length > 200 || index === pages.length - 1, `${page}, page ${index + 1} is almost empty`);
        }
        assert.match(pages[0], /able to/, "the outcomes are on the first page");
        const helplines = (pages.join("").match(/Emergency services/g) || []).length;
        assert.ok(helplines <= 12, `${page} names the emergency services ${helplines} times`);
      }
    }
  });

  it("the copy with everything takes no more pages than that, in both editions", { timeout: 240_000 }, async (t) => {
    for (const site of [learner, facilitator]) {
      for (const page of site.pages.filter((page) => page.endsWith("/print.html"))) {
        const { pages } = await printed(site.base + page, check("#print-full"));
        t.diagnostic(`${site === learner ? "learner" : "facilitator"} ${page}: ${pages.length} pages`);
        assert.ok(pages.length <= 30, `${page} has ${pages.length} pages`);
      }
    }
  });

  it("bookmarks name the module, its lessons and their sections, each on its page, and no page is left half empty", { timeout: 240_000 }, async () => {
    for (const page of learner.pages.filter((page) => page.endsWith("/print.html"))) {
      const { pages, bytes } = await printed(learner.base + page);
      const poppler = (program, ...options) => spawnSync(program, options, { input: bytes, encoding: "utf8", maxBuffer: 1 << 26 }).stdout;
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), "throughline-pdf-"));
      fs.writeFileSync(path.join(folder, "print.pdf"), bytes);
      const outline = poppler("pdftohtml", "-xml", "-i", "-stdout", path.join(folder, "print.pdf")).split("<outline>").slice(1).join("");
      fs.rmSync(folder, { recursive: true });
      const plain = (words) => words.replace(/&#?\w+;/g, "").replace(/[^\p{L}\p{N}]/gu, "");
      const marks = [...outline.matchAll(/<item page="(\d+)">([^<]*)/g)].map(([, at, words]) => [Number(at), plain(words)]);
      const headings = [...read(learner.folder, page).matchAll(/<h[12][^>]*>([^<]+)<\/h[12]>/g)].map(([, words]) => plain(words));
      assert.ok(headings.length > 5, page);
      for (const words of headings) {
        const at = marks.filter(([, mark]) => mark.endsWith(words)).map(([at]) => at);
        assert.ok(at.length, `${page}: no bookmark for ${words}`);
        assert.ok(at.some((at) => plain(pages[at - 1]).includes(words)), `${page}: ${words} is not on page ${at}`);
      }
      const boxes = poppler("pdftotext", "-bbox", "-", "-").split("<page ").slice(1);
      const key = pages.findIndex((text) => /^\s*Key$/m.test(text));
      for (const [index, box] of boxes.entries()) {
        if (index === boxes.length - 1 || index === key - 1) continue; // what ends there may end anywhere
        const lowest = Math.max(...[...box.matchAll(/yMax="([\d.]+)"/g)].map(([, y]) => Number(y)).filter((y) => y < 790));
        assert.ok(lowest > 480, `${page}, page ${index + 1} ends at ${Math.round(lowest / 8.42)} % of its height`);
      }
    }
  });

  it("no answer is given away on a handout, and the key at the end has them all", async () => {
    const { text } = await printed(small.base + "calls/print.html");
    const [handout, key] = text.split(/^\s*Key$/m);
    assert.ok(key, "there is a key");
    assert.match(handout, /Interrupt/);
    for (const answer of [/It shows that you heard/, /You said that the payment is late/, /Poor choice/, /Sam writes the date down/, /ONLY-FOR-FACILITATORS/, /✓|✗/]) assert.doesNotMatch(handout, answer);
    assert.match(handout, /Promise a date\s+Continue: The date passes\s*→ 2/, "a choice says where to go on");
    assert.match(handout, /2\. The date passes/);
    for (const answer of [/Which are right\?[^]*Listen[^]*Say it back/, /You said that the payment is late/, /The call: Say what you know/]) assert.match(key, answer);
    assert.doesNotMatch(key, /Interrupt/);
  });

  it("the key goes on paper alone, the handout without it, and everything in its place when that is asked for", async () => {
    const key = await printed(small.base + "calls/print.html", check("#print-key"));
    assert.match(key.text, /Which are right\?/);
    assert.doesNotMatch(key.text, /Interrupt|Sam rings/);
    const handout = await printed(small.base + "calls/print.html", check("#print-no-key"));
    assert.match(handout.text, /Interrupt/);
    assert.doesNotMatch(handout.text, /You said that the payment is late/);
    const full = await printed(small.base + "calls/print.html", check("#print-full"));
    for (const part of [/It shows that you heard/, /You said that the payment is late/, /Poor choice/, /ONLY-FOR-FACILITATORS/]) assert.match(full.text, part);
  });

  it("one lesson or one activity goes on paper by itself, with its key", async () => {
    const part = (label) => (page) => page.getByLabel("What to print").selectOption({ label });
    const lesson = await printed(small.base + "calls/print.html", part("2. Taking notes"));
    assert.doesNotMatch(lesson.text, /Sam rings/);
    const activity = await printed(small.base + "calls/print.html", part("Activity Say it back"));
    assert.match(activity.text, /Say it back to a partner/);
    assert.doesNotMatch(activity.text, /Sam rings|A quotation that somebody said/);
    assert.match(activity.text, /You said that the payment is late/);
  });

  it("a lesson prints without answers, with its address and the date", async () => {
    const { text } = await printed(small.base + "calls/opening.html");
    assert.doesNotMatch(text, /It shows that you heard|You said that the payment is late|Poor choice|ONLY-FOR-FACILITATORS/);
    assert.match(text, /calls\/opening\.html/);
    assert.match(text, new RegExp(String(new Date().getFullYear())));
    assert.doesNotMatch(text, /Exit this page|Keep my progress|Skip to main/);
  });

  it("all modules of the map are printed, across the page", async () => {
    const { pages, info } = await printed(learner.base + "map.html");
    const [, width, height] = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(info).map(Number);
    assert.ok(width > height, "the page lies on its side");
    const modules = pagesWith(learner, /class="page-module"/).length;
    for (let number = 1; number <= modules; number += 1) assert.match(pages[0], new RegExp(`\\b${number}\\.`), `module ${number}`);
  });

  it("no heading, no opening of a list and no first line of a block stands alone at the foot of a page", { timeout: 240_000 }, async () => {
    for (const [site, choose] of [[learner, undefined], [facilitator, check("#print-full")]]) {
      for (const page of site.pages.filter((page) => page.endsWith("/print.html"))) {
        const { pages } = await printed(site.base + page, choose);
        const html = read(site.folder, page);
        const plain = (words) => words.replace(/<[^>]*>/g, " ").replace(/&#?\w+;/g, "").replace(/[^\p{L}\p{N}]/gu, "");
        const headings = new Set([...html.matchAll(/<(h[2-5]|summary)[^>]*>([^]*?)<\/\1>/g)].map(([, , words]) => plain(words)));
        for (const kind of [/class="block-kind">([^<]*)/g, /class="block-title">[^]*?<\/span>([^<]*)/g, /class="callout-title">([^<]*)/g]) for (const [, words] of html.matchAll(kind)) headings.add(plain(words));
        const alone = pages.slice(0, -1).map((text) => text.trim().split("\n").map((line) => line.trim()).filter(Boolean).slice(-2)[0]).filter((line) => headings.has(plain(line)) || /^(\d+ minutes|Who:|You need:)|:$/.test(line));
        assert.deepEqual(alone, [], page);
      }
    }
  });
});
