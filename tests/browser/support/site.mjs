// Sites under test: builds them with the program, serves them as a strict host would, and lists their pages.

import { execFile } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import zlib from "node:zlib";

const run = promisify(execFile);

/** The repository's top. */
export const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
/** A small curriculum with what the real one does not use: a unit, redirects, a way out, hard words and wide things. */
export const SMALL = path.join(ROOT, "tests/browser/curriculum");
/** The program under test. */
export const PROGRAM = process.env.THROUGHLINE || path.join(ROOT, "target/release/throughline");

/** The strictest policy that a host may set: no inline script, no inline style, nothing from elsewhere. */
const POLICY = "default-src 'self'";
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".xml": "application/xml" };

/**
 * Builds a curriculum into a folder of its own and serves it under a subpath, since sites must not need a host's root.
 * Returns `{folder, base, file, pages, close}`: `base` is its address, `file` its `file://` address, `pages` the paths of all HTML files.
 */
export async function site({ root = ROOT, edition = "learner", args = [], addressed = false } = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "throughline-site-"));
  const server = http.createServer((request, response) => answer(folder, request, response));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  const base = `http://127.0.0.1:${server.address().port}/training/site/`;
  const address = addressed ? ["--base-url", base] : [];
  const config = withoutReports(root, folder);
  await run(PROGRAM, ["build", "--root", root, "--config", config, "--edition", edition, "-o", folder, ...address, ...args], { cwd: root });
  return {
    folder,
    base,
    file: "file://" + folder + "/",
    pages: listed(folder, ".html"),
    close() {
      server.close();
      server.closeAllConnections();
      fs.rmSync(folder, { recursive: true, force: true });
      fs.rmSync(config, { force: true });
    },
  };
}

/** Writes the curriculum's configuration beside a site, without reports: these have one place, and several sites are built at once. */
function withoutReports(root, folder) {
  const config = folder + ".toml";
  const text = fs.readFileSync(path.join(root, "config.toml"), "utf8").replace(/^\[reports\][^[]*/m, "");
  fs.writeFileSync(config, text + "\n[reports]\nenabled = false\n");
  return config;
}

function answer(folder, request, response) {
  const asked = decodeURIComponent(new URL(request.url, "http://site").pathname);
  const within = asked.replace(/^\/training\/site\//, "/").replace(/\/$/, "/index.html");
  let file = path.join(folder, path.normalize(within));
  let status = 200;
  if (!asked.startsWith("/training/site/") || !fs.existsSync(file) || fs.statSync(file).isDirectory()) {
    status = 404;
    file = path.join(folder, "404.html");
  }
  const body = zlib.gzipSync(fs.readFileSync(file));
  response.writeHead(status, {
    "content-type": TYPES[path.extname(file)] || "application/octet-stream",
    "content-encoding": "gzip",
    "content-length": body.length,
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "cache-control": "max-age=600",
  });
  response.end(body);
}

/** Lists the files of a folder that end so, as sorted relative paths with `/`. */
export function listed(folder, end) {
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(end))
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)).split(path.sep).join("/"))
    .sort();
}

/** Returns a built file's text. */
export const read = (folder, file) => fs.readFileSync(path.join(folder, file), "utf8");

/** Returns the pages whose HTML matches. */
export const pagesWith = (site, pattern) => site.pages.filter((page) => pattern.test(read(site.folder, page)));

/** Tells pages of content from those that only send on. */
export const isRedirect = (site, page) => /http-equiv="refresh"/i.test(read(site.folder, page));
