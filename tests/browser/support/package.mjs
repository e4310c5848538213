// Packages under test: made by the program, unpacked in memory, and served as a platform would.

import { execFile } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import zlib from "node:zlib";
import { PROGRAM, ROOT } from "./site.mjs";

const run = promisify(execFile);
const PLAYERS = fileURLToPath(new URL("../node_modules/scorm-again/dist/", import.meta.url));
const PLATFORM = fileURLToPath(new URL("../platform", import.meta.url));
/** The policy under which packages must play. */
export const POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".xml": "application/xml", ".json": "application/json" };

/** Reads a ZIP into a map of its files, in the order of its directory. */
export function unzip(bytes) {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const files = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let entry = bytes.readUInt16LE(end + 10); entry > 0; entry -= 1) {
    const [method, packed, nameLength, extra, comment, offset] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)];
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    const from = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
    const data = bytes.subarray(from, from + packed);
    files.set(name, method ? zlib.inflateRawSync(data) : data);
    at += 46 + nameLength + extra + comment;
  }
  return files;
}

/** Makes packages of a curriculum; returns their ZIPs by name, each `{bytes, files}`. */
export async function packages({ root = ROOT, args = [], config = "" } = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "throughline-package-"));
  const file = folder + ".toml";
  fs.writeFileSync(file, fs.readFileSync(path.join(root, "config.toml"), "utf8") + "\n" + config);
  try {
    await run(PROGRAM, ["package", "--root", root, "--config", file, "-o", folder, "--as-of", "2026-11-21", ...args], { cwd: root });
    return new Map(fs.readdirSync(folder).filter((name) => name.endsWith(".zip")).sort().map((name) => {
      const bytes = fs.readFileSync(path.join(folder, name));
      return [name, { bytes, files: unzip(bytes) }];
    }));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
    fs.rmSync(file, { force: true });
  }
}

/** Returns the data that a package's player reads. */
export const dataOf = (files) => JSON.parse(/^[^{]*([^]*?);?\s*$/.exec(files.get("throughline/package.js").toString())[1]);

/**
 * Serves a package at `/content/` with the policy, and at `/platform/` the platform that plays it. `kept` is what the platform was told last, `commits` how
 * often it was told; `routes` answer what a test wants answered otherwise.
 */
export async function serve(files, { policy = POLICY, routes = {} } = {}) {
  const served = { kept: null, commits: [], routes, policy };
  const server = http.createServer((request, response) =>
    answer(served, files, request, response).catch((error) => {
      // A page that goes in the middle of a request has taken it back: nobody is there to answer.
      if (error.code !== "ECONNRESET") throw error;
    }),
  );
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  served.origin = `http://127.0.0.1:${server.address().port}`;
  served.content = served.origin + "/content/";
  served.platform = (values = {}) => served.origin + "/platform/index.html?" + new URLSearchParams(values);
  served.close = () => {
    server.close();
    server.closeAllConnections();
  };
  return served;
}

async function answer(served, files, request, response) {
  const url = new URL(request.url, "http://site");
  const asked = decodeURIComponent(url.pathname);
  const body = await text(request);
  const route = Object.keys(served.routes).find((start) => asked.startsWith(start));
  if (route) return served.routes[route](request, response, { url, body });
  if (asked === "/kept") {
    if (request.method === "POST") {
      served.kept = JSON.parse(body);
      served.commits.push(served.kept);
    }
    return send(served, response, ".json", JSON.stringify(served.kept));
  }
  if (asked === "/favicon.ico") return response.writeHead(204).end();
  const found = asked.startsWith("/content/") ? files.get(asked.slice("/content/".length)) : platformFile(asked);
  return found === undefined ? response.writeHead(404).end() : send(served, response, path.extname(asked), found);
}

function platformFile(asked) {
  const name = asked.replace(/^\/platform\//, "");
  if (/^scorm(12|2004)\.min\.js$/.test(name)) return fs.readFileSync(PLAYERS + name);
  if (name === "icon.svg") return "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
  return /^(index\.html|platform\.js)$/.test(name) ? fs.readFileSync(path.join(PLATFORM, name)) : undefined;
}

function send(served, response, extension, body) {
  response.writeHead(200, { "content-type": TYPES[extension] || "application/octet-stream", "content-security-policy": served.policy, "x-content-type-options": "nosniff", "cache-control": "no-store" });
  response.end(body);
}

async function text(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}
