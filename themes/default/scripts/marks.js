// Marks in a text what was searched for.

import { stem, tokens } from "./tokens.js";

const WORDS = /[\p{Alphabetic}\p{N}\p{M}_]+(?:['’.][\p{Alphabetic}\p{N}\p{M}_]+)*|[=!<>+\-*\/%&|^~:@]+|\[\]|\{\}/gu;
const PAIRED = /[\u1100-\u11ff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7ff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;

const termsOf = new Map();

/** Whether a word of a text is among the terms that were found. */
function isAmong(word, terms) {
  if (!termsOf.has(word)) {
    // As many words as a reader sees in an hour.
    if (termsOf.size > 20_000) termsOf.clear();
    termsOf.set(word, tokens(word).flat().flatMap((token) => [token, stem(token)]));
  }
  return termsOf.get(word).some((term) => terms.has(term));
}

/** Text with the words that were found in `mark` elements, as what `append` takes. */
export function marked(text, terms) {
  const parts = [];
  let from = 0;
  const mark = (start, end) => {
    if (from < start) parts.push(text.slice(from, start));
    const element = document.createElement("mark");
    element.textContent = text.slice(start, end);
    parts.push(element);
    from = end;
  };
  for (const { 0: word, index } of text.matchAll(WORDS)) {
    if (!PAIRED.test(word)) {
      if (isAmong(word, terms)) mark(index, index + word.length);
      continue;
    }
    // Where there are no spaces, the letters of every pair that was found.
    const letters = [...word];
    const isPair = (at) => at >= 0 && isAmong(letters.slice(at, at + 2).join(""), terms);
    let start = index;
    for (const [at, letter] of letters.entries()) {
      if (isPair(at) || isPair(at - 1)) mark(start, start + letter.length);
      start += letter.length;
    }
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

/** The same for a piece of the index's own HTML. */
export function markedHtml(html, terms) {
  if (!/[<&]/.test(html)) return marked(html, terms);
  const template = document.createElement("template");
  template.innerHTML = html;
  const walker = document.createTreeWalker(template.content, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) text.replaceWith(...marked(text.data, terms));
  return template.content.childNodes;
}
