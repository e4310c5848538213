// A site of another organisation: its logo and colours, the words around its pages, its way out, where notes go; and no word of ours.

import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { launch, open, violations } from "./support/browser.mjs";
import { isRedirect, read, ROOT, site, SMALL } from "./support/site.mjs";

let own, plain, browser, root;
before(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "throughline-brand-"));
  fs.cpSync(SMALL, root, { recursive: true });
  fs.writeFileSync(path.join(root, "logo.svg"), '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="40" height="20"><rect width="40" height="20" fill="#ffd84a"/></svg>');
  fs.appendFileSync(path.join(root, "config.toml"), `
[site]
logo = "logo.svg"
footer = "Learning team, Example Council."
support = "Ask your team first."
exit = "https://www.bbc.co.uk/sport"
learner = "https://learn.example.org/"
facilitator = "https://teach.example.org/"

[site.colours]
accent = "#1d4f91"
band = "#14315c"
thread = "#7a2048"

[feedback]
to = "learning@example.org"
`);
  [own, plain] = await Promise.all([site({ root }), site({ root: SMALL })]);
  browser = await launch();
});
after(async () => {
  await browser.close();
  own.close();
  plain.close();
  fs.rmSync(root, { recursive: true });
});

describe("an organisation's own site", () => {
  for (const colorScheme of ["light", "dark"]) {
    it(`shows its logo and colours, which can be read, in ${colorScheme} colours`, async () => {
      const tab = await open(browser, { colorScheme, reducedMotion: "reduce" });
      for (const page of ["index.html", "calls/opening.html", "topics/listening.html", "signposts.html"]) {
        await tab.page.goto(own.base + page);
        assert.ok(await tab.page.locator(".logo").evaluate((logo) => logo.complete && logo.naturalWidth > 0), page);
        assert.equal(await tab.page.evaluate(() => getComputedStyle(document.querySelector(".site-header")).backgroundColor === getComputedStyle(document.body).backgroundColor), false);
        assert.deepEqual(await violations(tab.page, ["color-contrast", "link-in-text-block"]), [], page);
      }
      assert.deepEqual(tab.faults, []);
      await tab.context.close();
    });
  }

  it("says its own words, and has a way out from every module", async () => {
    const tab = await open(browser);
    await tab.page.goto(own.base + "money/paying.html");
    assert.match(await tab.page.locator(".site-footer").innerText(), /Example Council/);
    assert.equal(await tab.page.locator("[data-exit]").getAttribute("href"), "https://www.bbc.co.uk/sport");
    await tab.page.goto(own.base + "calls/opening.html");
    assert.equal(await tab.page.locator("[data-exit]").getAttribute("href"), "https://www.bbc.co.uk/weather", "a module's own comes first");
    await tab.page.goto(own.base + "signposts.html");
    assert.match(await tab.page.locator(".lede").innerText(), /Ask your team first/);
    await tab.context.close();
  });

  it("lets learners write, with the lesson's title and version, and sends nothing itself", async () => {
    const tab = await open(browser);
    await tab.page.goto(own.base + "calls/opening.html");
    const href = await tab.page.locator(".feedback-link a").getAttribute("href");
    assert.match(href, /^mailto:learning@example\.org\?subject=Opening%20a%20call&body=calls%2Fopening\.html%0A[0-9a-f]{8}/);
    await tab.context.close();
    assert.doesNotMatch(read(plain.folder, "calls/opening.html"), /feedback-link/);
  });

  it("a form gets the lesson's page, title and version in its address, behind what its address has", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "throughline-form-"));
    fs.cpSync(SMALL, folder, { recursive: true });
    fs.appendFileSync(path.join(folder, "config.toml"), '\n[feedback]\nto = "https://forms.example.org/notes?team=a"\n');
    const formed = await site({ root: folder });
    const tab = await open(browser);
    await tab.page.goto(formed.base + "calls/opening.html");
    const link = tab.page.locator(".feedback-link a");
    const asked = new URL(await link.getAttribute("href"));
    assert.deepEqual([...asked.searchParams.keys()], ["team", "page", "title", "version"]);
    assert.deepEqual([asked.searchParams.get("page"), asked.searchParams.get("title")], ["calls/opening.html", "Opening a call"]);
    assert.match(asked.searchParams.get("version"), /^[0-9a-f]{8}$/);
    assert.deepEqual(tab.faults, [], "nothing is asked for by itself");
    await tab.context.close();
    formed.close();
    fs.rmSync(folder, { recursive: true });
  });

  it("one page of each edition leads to the other", async () => {
    assert.match(read(own.folder, "index.html"), /href="https:\/\/teach\.example\.org\/"/);
    const facilitator = await site({ root, edition: "facilitator" });
    assert.match(read(facilitator.folder, "index.html"), /href="https:\/\/learn\.example\.org\/"/);
    facilitator.close();
    assert.doesNotMatch(read(own.folder, "calls/opening.html"), /teach\.example/);
  });
});

describe("a theme of another organisation, on top of the default", () => {
  let harbour, folder;
  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "throughline-theme-"));
    fs.cpSync(SMALL, folder, { recursive: true });
    fs.cpSync(path.join(ROOT, "themes/harbour"), path.join(folder, "themes/harbour"), { recursive: true });
    const config = path.join(folder, "config.toml");
    fs.writeFileSync(config, 'theme = "harbour"\n' + fs.readFileSync(config, "utf8"));
    harbour = await site({ root: folder });
  });
  after(() => {
    harbour.close();
    fs.rmSync(folder, { recursive: true });
  });

  it("changes what it names, and leaves the rest", () => {
    const lesson = read(harbour.folder, "calls/opening.html");
    assert.match(lesson, /class="harbour-contact"/);
    assert.match(lesson, />Courses<\/a>/);
    assert.match(lesson, />Topics<\/a>/, "words that it does not name are the default's");
    assert.doesNotMatch(read(harbour.folder, "map.html"), /harbour-contact/, "its template is for lessons alone");
    assert.match(read(harbour.folder, "assets/icon.svg"), /#12355b/);
    const style = read(harbour.folder, "assets/site.css");
    assert.ok(style.lastIndexOf("--band:") > style.indexOf("--band:"), "its part comes after the default's");
    assert.equal(read(harbour.folder, "assets/site.js"), read(plain.folder, "assets/site.js"));
  });

  for (const colorScheme of ["light", "dark"]) {
    it(`can be read on every page, in ${colorScheme} colours`, { timeout: 120_000 }, async () => {
      const tab = await open(browser, { colorScheme, reducedMotion: "reduce" });
      const wrong = [];
      for (const page of harbour.pages.filter((page) => page !== "404.html" && !isRedirect(harbour, page))) {
        await tab.page.goto(harbour.base + page);
        for (const fault of await violations(tab.page)) wrong.push(page + ": " + fault);
      }
      assert.deepEqual(wrong, []);
      assert.match(await tab.page.evaluate(() => getComputedStyle(document.body).fontFamily), /Georgia/);
      assert.deepEqual(tab.faults, []);
      await tab.context.close();
    });
  }
});
