// A preview under test: `throughline watch` on a small curriculum in a temporary folder.

import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import { PROGRAM } from "./site.mjs";

/** Returns a lesson's source. */
export const lesson = (title, text) => `+++\ntitle = ${JSON.stringify(title)}\n+++\n\n${text}\n`;

/** So many paragraphs that no window shows them all, each with words of its own. */
export const paragraphs = (from, to) => Array.from({ length: to - from + 1 }, (_, at) => `Paragraph ${from + at} has words of its own, and enough of them to fill more than a single line of the page.`).join("\n\n");

const SOURCES = {
  "config.toml": 'title = "Practice"\n',
  "modules/topics.toml": '[[topic]]\nid = "empathy"\nname = "Empathy"\ndefinition = "Seeing with another\'s eyes"\n',
  "modules/01-calls/index.md": lesson("Calls", "Start with [listening](01-listening.md), go on with [asking](02-asking.md), and end with [notes](03-notes.md)."),
  "modules/01-calls/01-listening.md": lesson("Listening", paragraphs(1, 60)),
  "modules/01-calls/02-asking.md": lesson("Asking", "Ask open questions."),
  "modules/01-calls/03-notes.md": lesson("Notes", "Write down what was agreed."),
};

/**
 * Starts a preview. `sources` are written over the small curriculum.
 * `url` is its address, `said` what it has said in the terminal; `write`, `edit`, `rename` and `remove` change sources, `stop` ends the program, and
 * `start` runs it again at the same address.
 */
export async function preview({ sources = {}, args = [] } = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "throughline-watch-"));
  const at = (file) => path.join(folder, file);
  const write = (file, text) => {
    fs.mkdirSync(path.dirname(at(file)), { recursive: true });
    fs.writeFileSync(at(file), text);
  };
  for (const [file, text] of Object.entries({ ...SOURCES, ...sources })) write(file, text);
  const run = { url: "", process: null, said: "" };
  const start = async () => {
    const port = run.url ? new URL(run.url).port : "0";
    run.process = spawn(PROGRAM, ["watch", "-q", "-p", port, "--root", folder, "--as-of", "2026-11-21", ...args], { stdio: ["ignore", "pipe", "pipe"] });
    run.process.stderr.on("data", (text) => (run.said += text));
    [run.url] = await once(readline.createInterface(run.process.stdout), "line");
  };
  const stop = async () => {
    const ended = once(run.process, "exit");
    run.process.kill("SIGINT");
    return (await ended)[0];
  };
  await start();
  return {
    url: run.url,
    write,
    edit: (file, from, to) => write(file, fs.readFileSync(at(file), "utf8").replace(from, to)),
    rename: (from, to) => fs.renameSync(at(from), at(to)),
    remove: (file) => fs.rmSync(at(file), { recursive: true }),
    said: () => run.said,
    start,
    stop,
    async close() {
      if (run.process.exitCode === null) await stop();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
