// Text to tokens, letter by letter as `src/search/tokens.rs` does it when the index is made. One
// table of cases, `tests/suite/search_cases.json`, is run by both.

const LONGEST = 48;

const OPERATORS = new Set(
  "== != <= >= := -> ** // << >> += -= *= /= //= **= %= @= &= |= && || => <>".split(" "),
);
const SIGNS = /[=!<>+\-*/%&|^~:@]/;
const ALONE = "+*/%&|^~@<>";
const SIGILS = ["**", "--", "*", "-", "@", "."];

// Joiners, and marks above and below letters. Marks that tell Japanese letters apart stay.
const SILENT =
  /[\u00ad\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u200b-\u200f\u2060\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe2f\ufeff]/g;

// Scripts without spaces between words, and Korean.
const CJK =
  /[\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7ff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
const WORD = /[\p{Alphabetic}\p{N}_]/u;

const isCjk = (c) => c !== undefined && CJK.test(c);
const isWord = (c) => c !== undefined && WORD.test(c) && !CJK.test(c);
const isSpace = (c) => c === undefined || /\p{White_Space}/u.test(c);

/** The text without compatibility forms, accents and invisible signs. Case stays. */
export function fold(text) {
  return text.normalize("NFKD").replace(SILENT, "").replace(/[\u2018\u2019]/g, "'").normalize("NFC");
}

/** By way of capitals, which makes `ss` of a sharp s. */
const small = (token) => token.toUpperCase().toLowerCase().replaceAll("ς", "σ");

/**
 * The words of a text, each as a list of tokens: first the word, or the whole of a name, then the
 * parts of that name.
 */
export function tokens(text) {
  const letters = [...fold(text)];
  const words = [];
  const isLong = (token) => token.length > LONGEST && [...token].length > LONGEST;
  const give = (token, isPart) => {
    if (isLong(token)) return;
    if (isPart && words.length) words.at(-1).push(small(token));
    else words.push([small(token)]);
  };
  const slice = (from, to) => letters.slice(from, to).join("");
  const runEnd = (at) => {
    while (isWord(letters[at])) at += 1;
    return at;
  };

  /** A sign before the name that belongs to it, as in `*args`. */
  function sigil(start) {
    const found = SIGILS.find((sign) => slice(Math.max(0, start - sign.length), start) === sign);
    if (!found) return "";
    const before = letters[start - found.length - 1];
    return isSpace(before) || "([{,='\"`|".includes(before) ? found : "";
  }

  /** What stands after a name and belongs to it, as in `C++` and `print()`. */
  function suffix(start, end) {
    if (letters[end] === "(" && letters[end + 1] === ")") return 2;
    const plus = letters[end] === "+" && letters[end + 1] === "+";
    const length = plus ? 2 : letters[end] === "#" ? 1 : 0;
    const after = letters[end + length];
    const isLast = after === undefined || (!isWord(after) && after !== "+" && after !== "#");
    return end - start <= 3 && isLast ? length : 0;
  }

  function name(from, start, end, to) {
    const whole = slice(start, end);
    if (isLong(slice(from, to))) return;
    give(slice(from, to));
    if (from < start || to > end) give(whole, true);
    if (/^[\p{N}.]*$/u.test(whole)) return;
    const segments = whole.split(/[._]/).filter(Boolean);
    for (const segment of segments) {
      if (segments.length > 1 && [...segment].length < 2) continue;
      if (segment !== whole) give(segment, true);
      for (const piece of pieces(segment)) give(piece, true);
    }
  }

  function word(start) {
    let end = runEnd(start);
    // `I/O`, `N+1`: two letters with a sign between them are one word.
    const isSingle = end === start + 1 && ["/", "+", "&"].includes(letters[end]);
    if (isSingle && isWord(letters[end + 1]) && !isWord(letters[end + 2])) {
      give(letters[start] + letters[end + 1]);
      return end + 2;
    }
    // `don't` is one word, and `Python's` is `Python`.
    if (letters[end] === "'" && end - start > 1) {
      const after = runEnd(end + 1);
      const tail = slice(end + 1, after);
      if (/^\p{Alphabetic}{1,2}$/u.test(tail)) {
        if (/^s$/i.test(tail)) name(start, start, end, end);
        else give(slice(start, end) + tail);
        return after;
      }
    }
    while (letters[end] === "." && isWord(letters[end + 1])) end = runEnd(end + 1);
    if (/^[_.]*$/.test(slice(start, end))) return end;
    const to = end + suffix(start, end);
    name(start - sigil(start).length, start, end, to);
    return to;
  }

  function operator(start) {
    let end = start;
    while (end < letters.length && SIGNS.test(letters[end])) end += 1;
    const run = slice(start, end);
    const isSigil = isWord(letters[end]) && sigil(end) === run;
    const isAlone = run.length === 1 && ALONE.includes(run) && isSpace(letters[start - 1]) && isSpace(letters[end]);
    if (!isSigil && (OPERATORS.has(run) || isAlone)) give(run);
    return end;
  }

  function pairs(start) {
    let end = start;
    while (isCjk(letters[end])) end += 1;
    for (let at = start; at + 1 < end; at += 1) give(slice(at, at + 2));
    if (end === start + 1) give(letters[start]);
    return end;
  }

  for (let at = 0; at < letters.length; ) {
    const c = letters[at];
    if (isWord(c)) at = word(at);
    else if (isCjk(c)) at = pairs(at);
    else if (SIGNS.test(c)) at = operator(at);
    else if (["[]", "{}"].includes(c + letters[at + 1])) {
      give(slice(at, at + 2));
      at += 2;
    } else at += 1;
  }
  return words;
}

/** The words of `ThreadPoolExecutor`, the name and the number of `python3`, if all mean something. */
function pieces(name) {
  const kind = (c) => (/\p{N}/u.test(c) ? 2 : /\p{Uppercase}/u.test(c) ? 1 : 0);
  const letters = [...name];
  const cuts = [0];
  for (let at = 1; at < letters.length; at += 1) {
    const [a, b] = [kind(letters[at - 1]), kind(letters[at])];
    if ((a === 0 && b === 1) || (a < 2 && b === 2)) cuts.push(at);
    else if (a === 1 && b === 0 && at > 1 && cuts.at(-1) !== at - 1) cuts.push(at - 1);
  }
  const found = cuts.map((cut, number) => letters.slice(cut, cuts[number + 1]).join(""));
  const isSound = (piece) => /^\p{N}+$/u.test(piece) || [...piece].length > 2;
  return found.length > 1 && found.every(isSound) ? found : [];
}

/** An English word without its endings: the plural, `-ed`, `-ing`, a last `e`. */
export function stem(token) {
  if (token.length < 4 || !/^[a-z]+$/.test(token)) return token;
  let word = plural(token);
  const start = verb(word);
  if (start) word = start;
  else if (word.length >= 4 && word.endsWith("e") && !word.endsWith("ee")) word = word.slice(0, -1);
  for (const [from, to] of [["ization", "isation"], ["iz", "is"], ["iour", "ior"], ["olour", "olor"]]) {
    if (word.length > from.length + 2 && word.endsWith(from)) return word.slice(0, -from.length) + to;
  }
  return word;
}

function plural(word) {
  if (!word.endsWith("s") || /(ss|us|is)$/.test(word)) return word;
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (word.length >= 6 && /(s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

function verb(word) {
  const start = /^(.*)(?:ing|ed)$/.exec(word)?.[1];
  if (!start || word.endsWith("eed") || start.length < 3 || !/[aeiouy]/.test(start)) return "";
  const isDoubled = start.at(-1) === start.at(-2) && !"aeioulsz".includes(start.at(-1));
  return isDoubled ? start.slice(0, -1) : start;
}
