//! Strings, templates, characters and regular expressions of the languages in
//! `generic_languages`.

use super::class::Class;
use super::generic::Lexer;
use super::scan::{self, blank_end, name_end};

const LONGEST_REGEX: usize = 1_000;

impl Lexer<'_> {
    /// `r"…"`, `b'…'`, `R"x(…)x"`: strings that begin with a word.
    pub(super) fn prefixed(&mut self, word: &[u8], start: usize) -> bool {
        if self.rules.lifetimes && matches!(word, b"r" | b"br" | b"cr") {
            let quote = scan::end_of(self.src, self.at, |b| b == b'#');
            if self.src.get(quote) != Some(&b'"') {
                return false;
            }
            let hashes = &self.src[self.at..quote];
            self.raw_until(quote + 1, &[b"\"", hashes].concat(), start);
        } else if self.rules.directives && matches!(word, b"R" | b"LR" | b"u8R" | b"uR" | b"UR") {
            let from = self.at + 1;
            let open = scan::end_of(self.src, from, |b| !matches!(b, b'(' | b'"' | b'\n'));
            if self.src.get(open) != Some(&b'(') {
                return false;
            }
            let close = [b")", &self.src[from..open], b"\""].concat();
            self.raw_until(open + 1, &close, start);
        } else if self.rules.lifetimes && matches!(word, b"b" | b"c") && self.peek(0) != b'#' {
            let quote = self.peek(0);
            self.at += 1;
            self.text(quote, start, true);
        } else {
            return false;
        }
        self.value = true;
        true
    }

    fn raw_until(&mut self, from: usize, close: &[u8], start: usize) {
        let rest = &self.src[from.min(self.src.len())..];
        let found = rest.windows(close.len()).position(|w| w == close);
        self.at = found.map_or(self.src.len(), |n| from + n + close.len());
        self.push(Class::String, start, self.at);
    }

    /// A character of Rust, or a lifetime.
    pub(super) fn quote(&mut self) {
        let start = self.at;
        let rest = &self.src[start + 1..];
        let letter = rest.iter().skip(1).position(|b| b & 0xC0 != 0x80);
        let closes = letter.is_some_and(|n| rest.get(n + 1) == Some(&b'\''));
        self.at += 1;
        if closes || rest.first() == Some(&b'\\') {
            self.text(b'\'', start, false);
        } else {
            self.at = name_end(self.src, self.at);
            self.push(Class::Keyword, start, self.at);
        }
    }

    pub(super) fn string(&mut self) {
        let start = self.at;
        let quote = self.peek(0);
        self.at += 1;
        self.text(quote, start, self.rules.long_strings);
        let next = blank_end(self.src, self.at);
        if self.rules.keys && self.src.get(next) == Some(&b':') {
            // A key is one token, whatever it escapes.
            while self.tokens.last().is_some_and(|t| t.start >= start) {
                self.tokens.pop();
            }
            self.push(Class::Attribute, start, self.at);
        }
    }

    /// A string's text from `at`, coloured from `start`.
    pub(super) fn text(&mut self, quote: u8, mut start: usize, long: bool) {
        let triple = self.src.get(start..start + 3) == Some(&[quote; 3]) && self.at >= start + 3;
        while self.at < self.src.len() {
            match self.peek(0) {
                b'\\' if self.rules.escapes => self.escape(&mut start),
                b'\n' if !long => break,
                b if b == quote && triple => {
                    self.at += 1;
                    if self.peek(0) == quote && self.peek(1) == quote {
                        self.at += 2;
                        break;
                    }
                }
                b if b == quote => {
                    self.at += 1;
                    if self.rules.escapes || self.peek(0) != quote {
                        break;
                    }
                    self.at += 1; // doubled, as in SQL
                }
                _ => self.at += 1,
            }
        }
        self.value = true;
        self.push(Class::String, start, self.at);
    }

    fn escape(&mut self, start: &mut usize) {
        self.push(Class::String, *start, self.at);
        let from = self.at;
        let digits = |at: usize, most: usize| {
            let end = scan::end_of(self.src, at, |b| b.is_ascii_hexdigit());
            end.min(at + most)
        };
        self.at = match self.peek(1) {
            b'x' => digits(from + 2, 2),
            b'u' if self.peek(2) == b'{' => {
                let end = digits(from + 3, 8);
                end + usize::from(self.src.get(end) == Some(&b'}'))
            }
            b'u' => digits(from + 2, 4),
            b'U' => digits(from + 2, 8),
            b'0'..=b'7' => digits(from + 1, 3),
            // A character beyond ASCII, or a line end, stays with the string.
            0x80.. | 0 | b'\r' | b'\n' => from + 1,
            _ => from + 2,
        };
        self.push(Class::Escape, from, self.at);
        *start = self.at;
        self.at += usize::from(self.peek(0) == b'\r' && self.at == from + 1);
        self.at += usize::from(self.peek(0) == b'\n' && self.at <= from + 2);
    }

    /// The text of a template from `at`, up to its end or its next field.
    pub(super) fn template(&mut self, mut start: usize) {
        while self.at < self.src.len() {
            match self.peek(0) {
                b'\\' => self.escape(&mut start),
                b'`' => {
                    self.at += 1;
                    self.value = true;
                    break;
                }
                b'$' if self.peek(1) == b'{' => {
                    self.push(Class::String, start, self.at);
                    self.push(Class::Interpolation, self.at, self.at + 2);
                    self.at += 2;
                    self.fields.push(0);
                    self.value = false;
                    return;
                }
                _ => self.at += 1,
            }
        }
        self.push(Class::String, start, self.at);
    }

    /// A regular expression, if the slash is closed on its line.
    pub(super) fn regex(&mut self) {
        let start = self.at;
        let mut class = false;
        let mut at = start + 1;
        // Bounded, lest a line of slashes be read once for each.
        while let Some(&byte) = self.src.get(at).filter(|_| at < start + LONGEST_REGEX) {
            match byte {
                b'\n' => break,
                b'\\' => at += usize::from(self.src.get(at + 1).is_some_and(|b| *b < 0x80)),
                b'[' => class = true,
                b']' => class = false,
                b'/' if !class => {
                    self.at = name_end(self.src, at + 1);
                    self.value = true;
                    return self.push(Class::String, start, self.at);
                }
                _ => {}
            }
            at += 1;
        }
        self.at += 1;
    }
}
