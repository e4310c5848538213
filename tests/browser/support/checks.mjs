// What every page is held to, whoever reads it.

import { spawnSync } from "node:child_process";
import { DESKTOP, NARROW, PHONE, VALIDATOR, violations } from "./browser.mjs";

/** Only colours differ between the schemes, so the second one needs only the rules about colours. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/**
 * Opens a page and returns what is wrong with it: accessibility rules at desktop and phone width in both colour schemes, reflow at 320 pixels,
 * and whatever went wrong in the background.
 */
export async function faultsOf(tab, url) {
  const { page } = tab;
  const faults = (tab.faults = []);
  const note = (where, list) => faults.push(...list.map((line) => where + ": " + line));
  await page.setViewportSize(DESKTOP);
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(url);
  // Everything that can be unfolded is checked unfolded.
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  note("desktop light", await violations(page));
  await page.emulateMedia({ colorScheme: "dark" });
  note("desktop dark", await violations(page, COLOUR_RULES));
  await page.setViewportSize(PHONE);
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  note("phone dark", await violations(page, COLOUR_RULES));
  await page.emulateMedia({ colorScheme: "light" });
  note("phone light", await violations(page));
  await page.setViewportSize(NARROW);
  note("320 pixels", await page.evaluate(sticksOut));
  return faults;
}

/** Runs in the page: names what makes the page scroll sideways. Tables and code may scroll within themselves. */
function sticksOut() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > width + 1 && !element.closest(".table, .scroll, pre"));
  return ["the page scrolls sideways: " + wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 120)).join(" | ")];
}

/** Returns what the Nu checker finds wrong in files, one line for each error. */
export function errorsInHtml(files) {
  const result = spawnSync("java", ["-Xss4m", "-jar", VALIDATOR, "--format", "json", "--errors-only", "--skip-non-html", ...files], { encoding: "utf8", maxBuffer: 1 << 28 });
  const messages = JSON.parse(result.stderr).messages;
  return messages.map(({ url, lastLine, message, extract }) => `${url}:${lastLine}: ${message} ${(extract || "").replace(/\s+/g, " ")}`);
}
