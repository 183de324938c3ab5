//! Text to tokens. `themes/default/scripts/tokens.js` does the same, letter by letter: one table of
//! cases (`tests/suite/search_cases.json`) is run by both.
//!
//! 1. [`fold`] takes compatibility forms, accents and invisible signs away.
//! 2. [`tokens`] finds words, names of code as wholes and in parts, operators, and CJK in pairs.
//! 3. [`stem`] takes English endings off.

use std::borrow::Cow;

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

/// What a token is to the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A word, or the whole of a name.
    Word,
    /// A part of the word before it.
    Part,
}

/// Nobody types a longer word; characters.
const LONGEST: usize = 48;

/// Operators of two signs and more.
const OPERATORS: [&str; 24] = [
    "==", "!=", "<=", ">=", ":=", "->", "**", "//", "<<", ">>", "+=", "-=", "*=", "/=", "//=",
    "**=", "%=", "@=", "&=", "|=", "&&", "||", "=>", "<>",
];

/// Signs that operators are made of.
const SIGNS: &str = "=!<>+-*/%&|^~:@";

/// Operators of one sign, where they stand alone.
const ALONE: &str = "+*/%&|^~@<>";

/// What stands before a name and belongs to it.
const SIGILS: [&str; 6] = ["**", "--", "*", "-", "@", "."];

/// Characters that nobody types: joiners, hyphens that show at the end of a line alone, and marks
/// above and below letters. Marks that tell Japanese letters apart stay.
const SILENT: [(char, char); 16] = [
    ('\u{ad}', '\u{ad}'),
    ('\u{300}', '\u{36f}'),
    ('\u{591}', '\u{5bd}'),
    ('\u{5bf}', '\u{5bf}'),
    ('\u{5c1}', '\u{5c2}'),
    ('\u{5c4}', '\u{5c5}'),
    ('\u{5c7}', '\u{5c7}'),
    ('\u{64b}', '\u{65f}'),
    ('\u{670}', '\u{670}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{2060}', '\u{2060}'),
    ('\u{1ab0}', '\u{1aff}'),
    ('\u{1dc0}', '\u{1dff}'),
    ('\u{20d0}', '\u{20ff}'),
    ('\u{fe00}', '\u{fe2f}'),
    ('\u{feff}', '\u{feff}'),
];

/// Scripts without spaces between words, and Korean, whose words change at their ends.
const CJK: [(char, char); 11] = [
    ('\u{1100}', '\u{11ff}'),
    ('\u{3005}', '\u{3007}'),
    ('\u{3040}', '\u{30ff}'),
    ('\u{3100}', '\u{312f}'),
    ('\u{31a0}', '\u{31bf}'),
    ('\u{31f0}', '\u{31ff}'),
    ('\u{3400}', '\u{4dbf}'),
    ('\u{4e00}', '\u{9fff}'),
    ('\u{ac00}', '\u{d7ff}'),
    ('\u{f900}', '\u{faff}'),
    ('\u{20000}', '\u{3ffff}'),
];

fn within(ranges: &[(char, char)], c: char) -> bool {
    ranges
        .iter()
        .any(|&(first, last)| (first..=last).contains(&c))
}

fn is_cjk(c: char) -> bool {
    c >= '\u{1100}' && within(&CJK, c)
}

/// What names and words consist of.
fn is_word(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric() || c == '_'
    } else {
        c.is_alphanumeric() && !is_cjk(c)
    }
}

/// The text in one form: without compatibility forms, accents and invisible signs. Case stays.
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let plain: String = DecomposingNormalizerBorrowed::new_nfkd()
        .normalize_iter(text.chars())
        .filter(|&c| c < '\u{80}' || !within(&SILENT, c))
        .map(|c| match c {
            '\u{2018}' | '\u{2019}' => '\'',
            c => c,
        })
        .collect();
    // Korean syllables are whole again.
    Cow::Owned(
        ComposingNormalizerBorrowed::new_nfc()
            .normalize(&plain)
            .into_owned(),
    )
}

/// Gives the tokens of a text in order.
pub fn tokens(text: &str, emit: impl FnMut(&str, Role)) {
    let text = fold(text);
    Scanner {
        text: &text,
        emit,
        buffer: String::new(),
    }
    .scan();
}

struct Scanner<'t, F> {
    text: &'t str,
    emit: F,
    buffer: String,
}

impl<F: FnMut(&str, Role)> Scanner<'_, F> {
    fn scan(&mut self) {
        let mut at = 0;
        while let Some(c) = self.at(at) {
            at = if is_word(c) {
                self.word(at)
            } else if is_cjk(c) {
                self.pairs(at)
            } else if c.is_ascii() && SIGNS.contains(c) {
                self.operator(at)
            } else if self.text[at..].starts_with("[]") || self.text[at..].starts_with("{}") {
                self.give(at, at + 2, Role::Word);
                at + 2
            } else {
                at + c.len_utf8()
            };
        }
    }

    fn at(&self, at: usize) -> Option<char> {
        match self.text.as_bytes().get(at) {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            Some(_) => self.text[at..].chars().next(),
            None => None,
        }
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    /// Where the run of word characters that begins here ends.
    fn run(&self, mut at: usize) -> usize {
        while let Some(c) = self.at(at)
            && is_word(c)
        {
            at += c.len_utf8();
        }
        at
    }

    fn word(&mut self, start: usize) -> usize {
        let mut end = self.run(start);
        if let Some(after) = self.single(start, end) {
            return after;
        }
        if let Some(after) = self.contraction(start, end) {
            return after;
        }
        while self.at(end) == Some('.') && self.at(end + 1).is_some_and(is_word) {
            end = self.run(end + 1);
        }
        if self.text[start..end].chars().all(|c| c == '_' || c == '.') {
            return end;
        }
        let from = start - self.sigil(start).map_or(0, str::len);
        let to = end + self.suffix(start, end);
        self.name(from, start, end, to);
        to
    }

    /// `I/O`, `N+1`: two letters with a sign between them are one word.
    fn single(&mut self, start: usize, end: usize) -> Option<usize> {
        let first = self.at(start)?;
        let sign = self.at(end)?;
        if end != start + first.len_utf8() || !matches!(sign, '/' | '+' | '&') {
            return None;
        }
        let second = self.at(end + 1).filter(|&c| is_word(c))?;
        let after = end + 1 + second.len_utf8();
        if self.at(after).is_some_and(is_word) {
            return None;
        }
        let joined: String = [first, second].iter().collect();
        give(&joined, Role::Word, &mut self.buffer, &mut self.emit);
        Some(after)
    }

    /// `don't` is one word, and `Python's` is `Python`.
    fn contraction(&mut self, start: usize, end: usize) -> Option<usize> {
        if self.at(end) != Some('\'') || self.text[start..end].chars().nth(1).is_none() {
            return None;
        }
        let after = self.run(end + 1);
        let tail = &self.text[end + 1..after];
        let letters = tail.chars().count();
        if !(1..=2).contains(&letters) || !tail.chars().all(char::is_alphabetic) {
            return None;
        }
        if tail.eq_ignore_ascii_case("s") {
            self.name(start, start, end, end);
        } else {
            let joined = format!("{}{tail}", &self.text[start..end]);
            give(&joined, Role::Word, &mut self.buffer, &mut self.emit);
        }
        Some(after)
    }

    /// A sign before the name that belongs to it, as in `*args`.
    fn sigil(&self, start: usize) -> Option<&'static str> {
        let before = &self.text[..start];
        let sigil = SIGILS.into_iter().find(|sigil| before.ends_with(sigil))?;
        let boundary = match self.before(start - sigil.len()) {
            None => true,
            Some(c) => c.is_whitespace() || "([{,='\"`|".contains(c),
        };
        boundary.then_some(sigil)
    }

    /// The length of what belongs to the name and stands after it, as in `C++` and `print()`.
    fn suffix(&self, start: usize, end: usize) -> usize {
        let rest = &self.text[end..];
        if rest.starts_with("()") {
            return 2;
        }
        let length = match rest.as_bytes() {
            [b'+', b'+', ..] => 2,
            [b'#', ..] => 1,
            _ => return 0,
        };
        let short = self.text[start..end].chars().count() <= 3;
        let last = self
            .at(end + length)
            .is_none_or(|c| !is_word(c) && c != '+' && c != '#');
        if short && last { length } else { 0 }
    }

    /// A name with what belongs to it from `from` to `to`, then itself, then its parts.
    fn name(&mut self, from: usize, start: usize, end: usize, to: usize) {
        if is_long(&self.text[from..to]) {
            return;
        }
        self.give(from, to, Role::Word);
        if from < start || to > end {
            self.give(start, end, Role::Part);
        }
        let name = &self.text[start..end];
        if is_plain(name) {
            return;
        }
        if name.chars().all(|c| c.is_numeric() || c == '.') {
            return;
        }
        let segments = || name.split(['.', '_']).filter(|segment| !segment.is_empty());
        let is_one = segments().nth(1).is_none();
        for segment in segments() {
            if !is_one && segment.chars().nth(1).is_none() {
                continue;
            }
            if segment != name {
                give(segment, Role::Part, &mut self.buffer, &mut self.emit);
            }
            for piece in pieces(segment) {
                give(piece, Role::Part, &mut self.buffer, &mut self.emit);
            }
        }
    }

    fn operator(&mut self, start: usize) -> usize {
        let length = self.text[start..]
            .bytes()
            .take_while(|&byte| SIGNS.contains(char::from(byte)))
            .count();
        let end = start + length;
        let run = &self.text[start..end];
        let is_sigil = self.at(end).is_some_and(is_word) && self.sigil(end) == Some(run);
        let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let alone = || space(self.before(start)) && space(self.at(end));
        if !is_sigil
            && (OPERATORS.contains(&run) || (ALONE.contains(run) && length == 1 && alone()))
        {
            self.give(start, end, Role::Word);
        }
        end
    }

    fn pairs(&mut self, start: usize) -> usize {
        let mut before = None;
        let mut at = start;
        while let Some(c) = self.at(at)
            && is_cjk(c)
        {
            let next = at + c.len_utf8();
            if let Some(before) = before {
                self.give(before, next, Role::Word);
            }
            before = Some(at);
            at = next;
        }
        if before == Some(start) {
            self.give(start, at, Role::Word);
        }
        at
    }

    fn give(&mut self, from: usize, to: usize, role: Role) {
        give(&self.text[from..to], role, &mut self.buffer, &mut self.emit);
    }
}

fn is_long(token: &str) -> bool {
    token.len() > LONGEST && token.chars().count() > LONGEST
}

/// Whether a name is a word of letters without capitals within, which has no parts: nearly all are.
fn is_plain(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic())
        && bytes.all(|byte| byte.is_ascii_lowercase())
}

/// Gives a token in small letters.
fn give(token: &str, role: Role, buffer: &mut String, emit: &mut impl FnMut(&str, Role)) {
    if is_long(token) {
        return;
    }
    buffer.clear();
    if token.is_ascii() {
        buffer.push_str(token);
        buffer.make_ascii_lowercase();
    } else {
        // By way of capitals, which makes `ss` of a sharp s.
        let upper = token.to_uppercase();
        buffer.extend(upper.to_lowercase().chars().map(|c| match c {
            'ς' => 'σ',
            c => c,
        }));
    }
    emit(buffer, role);
}

/// The words of `ThreadPoolExecutor` and the name and number of `python3`; none where a piece
/// would be too short to mean something.
fn pieces(name: &str) -> Vec<&str> {
    let kind = |c: char| match c {
        c if c.is_numeric() => 2,
        c if c.is_uppercase() => 1,
        _ => 0,
    };
    if name.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Vec::new();
    }
    let letters: Vec<(usize, char)> = name.char_indices().collect();
    let mut cuts = vec![0];
    for window in letters.windows(2) {
        let [(first, a), (second, b)] = [window[0], window[1]];
        match (kind(a), kind(b)) {
            (0, 1) | (0 | 1, 2) => cuts.push(second),
            // The last capital of a row begins the next word: `HTTPServer`.
            (1, 0) if first > 0 && cuts.last() != Some(&first) => cuts.push(first),
            _ => {}
        }
    }
    cuts.push(name.len());
    let pieces: Vec<&str> = cuts.windows(2).map(|cut| &name[cut[0]..cut[1]]).collect();
    let meaningful =
        |piece: &&str| piece.chars().all(char::is_numeric) || piece.chars().nth(2).is_some();
    if pieces.len() > 1 && pieces.iter().all(meaningful) {
        pieces
    } else {
        Vec::new()
    }
}

/// Takes the endings off an English word: the plural, `-ed`, `-ing`, a last `e`. What is left need
/// not be a word. Spellings of one word in Britain and America become one.
pub fn stem(token: &str) -> Cow<'_, str> {
    if token.len() < 4 || !token.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(token);
    }
    let mut word = plural(token);
    if let Some(stem) = verb(&word) {
        word = Cow::Owned(stem);
    } else if word.len() >= 4 && word.ends_with('e') && !word.ends_with("ee") {
        word = Cow::Owned(word[..word.len() - 1].to_owned());
    }
    for (from, to) in [
        ("ization", "isation"),
        ("iz", "is"),
        ("iour", "ior"),
        ("olour", "olor"),
    ] {
        if word.len() > from.len() + 2
            && let Some(start) = word.strip_suffix(from)
        {
            return Cow::Owned(format!("{start}{to}"));
        }
    }
    word
}

fn plural(word: &str) -> Cow<'_, str> {
    let cut = |count: usize| Cow::Borrowed(&word[..word.len() - count]);
    if !word.ends_with('s') || ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        return Cow::Borrowed(word);
    }
    if word.len() > 4
        && let Some(start) = word.strip_suffix("ies")
    {
        return Cow::Owned(format!("{start}y"));
    }
    let hissing = ["ses", "xes", "zes", "ches", "shes"];
    if word.len() >= 6 && hissing.iter().any(|end| word.ends_with(end)) {
        return cut(2);
    }
    cut(1)
}

/// A verb without `-ed` and `-ing`.
fn verb(word: &str) -> Option<String> {
    if word.ends_with("eed") {
        return None;
    }
    let start = word
        .strip_suffix("ing")
        .or_else(|| word.strip_suffix("ed"))?;
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    if start.len() < 3 || !start.contains(vowel) {
        return None;
    }
    let bytes = start.as_bytes();
    let last = bytes[bytes.len() - 1];
    let doubled = last == bytes[bytes.len() - 2] && !b"aeioulsz".contains(&last);
    Some(start[..start.len() - usize::from(doubled)].to_owned())
}
