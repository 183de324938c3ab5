// Reads lists of queries, whose form is small enough to be read here.

import { readFileSync } from "node:fs";

/** Class, query, slugs of the pages that answer it, from a file of this folder. */
export function queries(name) {
  const text = readFileSync(new URL(name, import.meta.url), "utf8");
  const found = [];
  let kind;
  for (const [number, line] of text.split("\n").entries()) {
    if (line === "" || line.startsWith("#")) continue;
    const name = /^(\w+):$/.exec(line);
    const entry = /^ {2}- \[(?:"((?:[^"\\]|\\.)*)"|([^",][^,]*)), ([a-z0-9, -]+)\]$/.exec(line);
    if (name) kind = name[1];
    else if (entry) found.push({ kind, query: entry[1]?.replace(/\\(.)/g, "$1") ?? entry[2], slugs: entry[3].split(", ") });
    else throw new Error(`${name}:${number + 1}: ${line}`);
  }
  return found;
}

/** `YAML` of one class is a list of lists; each class by name. */
export const kinds = (all) => [...new Set(all.map(({ kind }) => kind))];
