// Asks yaml-language-server what an editor would ask it.
//
// Standard input: `{ root, settings, asks: [{ path, text, after, want }] }`. Each ask opens a file
// with a text and wants `hover` or `completion` right after the first occurrence of `after`.
// Standard output: for each a text, or the labels with their words.

import { spawn } from "node:child_process";
import { text as readAll } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const { root, settings, asks } = JSON.parse(await readAll(process.stdin));
const server = spawn("node_modules/.bin/yaml-language-server", ["--stdio"], {
  cwd: import.meta.dirname ?? new URL(".", import.meta.url).pathname,
  stdio: ["pipe", "pipe", "inherit"],
});

const waiting = new Map();
let last = 0;

function send(message) {
  const body = JSON.stringify({ jsonrpc: "2.0", ...message });
  server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

function request(method, params) {
  return new Promise((resolve, reject) => {
    waiting.set(++last, ({ result, error }) => (error ? reject(error) : resolve(result)));
    send({ id: last, method, params });
  });
}

// Before it has asked for its settings, the server knows no schema.
let configured;
const settled = new Promise((resolve) => (configured = resolve));

function received(message) {
  if (message.method === undefined) {
    waiting.get(message.id)?.(message);
  } else if (message.method === "workspace/configuration") {
    const sections = message.params.items.map(({ section }) => settings[section] ?? {});
    send({ id: message.id, result: sections });
    configured();
  } else if (message.id !== undefined) {
    send({ id: message.id, result: null });
  }
}

let buffer = Buffer.alloc(0);
server.stdout.on("data", (data) => {
  buffer = Buffer.concat([buffer, data]);
  for (;;) {
    const end = buffer.indexOf("\r\n\r\n");
    if (end < 0) return;
    const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, end).toString())[1]);
    const whole = end + 4 + length;
    if (buffer.length < whole) return;
    const message = JSON.parse(buffer.subarray(end + 4, whole).toString());
    buffer = buffer.subarray(whole);
    received(message);
  }
});

const folder = pathToFileURL(root).href;
await request("initialize", {
  processId: process.pid,
  rootUri: folder,
  workspaceFolders: [{ uri: folder, name: "handbook" }],
  capabilities: {
    workspace: { configuration: true, workspaceFolders: true },
    textDocument: {
      hover: { contentFormat: ["markdown"] },
      completion: { completionItem: { documentationFormat: ["markdown"] } },
    },
  },
});
send({ method: "initialized", params: {} });
send({ method: "workspace/didChangeConfiguration", params: { settings } });
await settled;

const answers = [];
for (const [number, { path, text, after, want }] of asks.entries()) {
  const uri = `${folder}/${path}`;
  const languageId = path.endsWith(".md") ? "markdown" : "yaml";
  const document = { uri, languageId, version: number, text };
  send({ method: "textDocument/didOpen", params: { textDocument: document } });
  const before = text.slice(0, text.indexOf(after) + after.length).split("\n");
  const position = { line: before.length - 1, character: before.at(-1).length };
  const found = await request(`textDocument/${want}`, { textDocument: { uri }, position });
  if (want === "hover") {
    answers.push(found?.contents.value ?? "");
  } else {
    // A list's new item is offered too, whatever is in it.
    const named = (found?.items ?? []).filter(({ label }) => !label.startsWith("- ("));
    const items = named.map(({ label, documentation }) => {
      const words = documentation?.value ?? documentation ?? "";
      return words ? `${label}: ${words}` : label;
    });
    answers.push(items.join("\n"));
  }
  send({ method: "textDocument/didClose", params: { textDocument: { uri } } });
}
console.log(JSON.stringify(answers));
server.kill();
