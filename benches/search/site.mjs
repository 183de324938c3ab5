// A built site and the peers' files on an address of this machine, compressed as hosts do, and a
// browser that counts what it is sent.

import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";

const TYPES = {
  ".html": "text/html",
  ".css": "text/css",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

/** Serves a folder, and `extra` files by their address. `sent` counts bytes by address. */
export async function serve(folder, extra = new Map()) {
  const compressed = new Map();
  const sent = [];
  const server = createServer((request, response) => {
    let path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    if (path.endsWith("/")) path += "index.html";
    const file = join(folder, path);
    if (!compressed.has(path)) {
      const bytes = extra.get(path) ?? (existsSync(file) ? readFileSync(file) : undefined);
      compressed.set(path, bytes && gzipSync(bytes, { level: 9 }));
    }
    const body = compressed.get(path);
    if (!body) return response.writeHead(404).end();
    sent.push({ path, bytes: body.length });
    response.writeHead(200, {
      "Content-Type": TYPES[extname(path)] ?? "application/octet-stream",
      "Content-Encoding": "gzip",
      "Content-Length": body.length,
      "Cache-Control": "max-age=600",
    });
    return response.end(body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    sent,
    close: () => server.close(),
  };
}

/** Chromium, without a window and without anything that it does by itself. */
export function browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
