//! Python, by hand: about a hundred times as fast as its regular expressions
//! in syntect, and right about `match`, `case`, `type` and f-strings.
//!
//! One pass, no recursion (nested f-strings sit on a stack), linear in the
//! code's length, and never failing: broken code is coloured as far as it goes.

use super::class::{Class, Token};
use super::python_text::{Frame, Quote};
use super::python_words::{Word, lookup};
use super::scan::{blank_end, end_of, is_name, line_end, name_end};

/// How far the meaning of `match (` is looked for.
const LOOKAHEAD: usize = 2_000;

/// Appends the tokens of `code`.
pub fn lex(code: &str, tokens: &mut Vec<Token>) {
    Lexer {
        src: code.as_bytes(),
        at: 0,
        depth: 0,
        fresh: true,
        frames: Vec::new(),
        tokens,
    }
    .run();
}

pub(super) struct Lexer<'a> {
    pub(super) src: &'a [u8],
    pub(super) at: usize,
    /// Open brackets.
    pub(super) depth: u32,
    /// Whether the next word begins a statement.
    fresh: bool,
    /// The f-strings whose replacement fields we are in.
    pub(super) frames: Vec<Frame>,
    tokens: &'a mut Vec<Token>,
}

impl Lexer<'_> {
    pub(super) fn push(&mut self, class: Class, start: usize, end: usize) {
        if end > start {
            self.tokens.push(Token { class, start, end });
        }
    }

    pub(super) fn peek(&self, ahead: usize) -> u8 {
        self.src.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn run(&mut self) {
        while let Some(&byte) = self.src.get(self.at) {
            if is_name(byte) && !byte.is_ascii_digit() {
                self.word();
                continue;
            }
            match byte {
                b' ' | b'\t' | b'\r' | b'\x0c' => self.at += 1,
                b'\n' => {
                    self.at += 1;
                    self.fresh = self.depth == 0 && self.frames.is_empty();
                }
                b'#' => {
                    let start = self.at;
                    self.at = line_end(self.src, start);
                    self.push(Class::Comment, start, self.at);
                }
                _ => {
                    let fresh = std::mem::take(&mut self.fresh);
                    self.symbol(byte, fresh);
                }
            }
        }
    }

    fn symbol(&mut self, byte: u8, fresh: bool) {
        match byte {
            b'"' | b'\'' => self.string(self.at, b""),
            b'0'..=b'9' => self.number(),
            b'.' if self.peek(1).is_ascii_digit() => self.number(),
            b'(' | b'[' | b'{' => {
                self.depth += 1;
                self.at += 1;
            }
            b')' | b']' | b'}' => self.close(byte),
            b':' | b'!' if self.field_ends_with(byte) => self.after_field(byte),
            b'@' if fresh => self.decorator(),
            b';' => {
                self.fresh = self.depth == 0 && self.frames.is_empty();
                self.at += 1;
            }
            b'\\' => {
                // A statement goes on behind a backslash and its line end.
                self.at += 1;
                self.at += usize::from(self.peek(0) == b'\r');
                self.at += usize::from(self.peek(0) == b'\n');
            }
            _ => self.at += 1,
        }
    }

    fn close(&mut self, byte: u8) {
        let floor = self.frames.last().map_or(0, |frame| frame.depth);
        if self.depth > floor {
            self.depth -= 1;
            self.at += 1;
        } else if byte == b'}' && !self.frames.is_empty() {
            self.after_field(byte);
        } else {
            self.at += 1;
        }
    }

    fn word(&mut self) {
        let fresh = std::mem::take(&mut self.fresh);
        let (src, start) = (self.src, self.at);
        let end = name_end(self.src, start);
        let word = &src[start..end];
        self.at = end;
        if word.len() <= 2 && matches!(self.peek(0), b'"' | b'\'') && is_prefix(word) {
            return self.string(start, word);
        }
        let attribute = start > 0 && src[start - 1] == b'.';
        let Some(kind) = lookup(word).filter(|&k| !attribute || k == Word::Import) else {
            return;
        };
        match kind {
            Word::Statement | Word::Def | Word::Class | Word::Import => {
                // Never within brackets: something above was left open.
                self.depth = 0;
                self.frames.clear();
            }
            Word::Soft if fresh && self.begins_block(word) => {
                return self.push(Class::Keyword, start, end);
            }
            Word::Builtin if fresh && word == b"type" && self.begins_alias() => {
                self.push(Class::Keyword, start, end);
                return self.named(Class::Type);
            }
            Word::Builtin if self.is_assigned(fresh, start) => return,
            _ => {}
        }
        self.push(kind.class(), start, end);
        match kind {
            Word::Def => self.named(Class::Function),
            Word::Class => self.named(Class::Type),
            _ => {}
        }
    }

    /// The name that `def`, `class` or `type` gives.
    fn named(&mut self, class: Class) {
        let start = blank_end(self.src, self.at);
        let end = name_end(self.src, start);
        self.push(class, start, end);
        self.at = end;
    }

    /// `list = …` and `f(id=…)` are names of the author's own.
    fn is_assigned(&self, fresh: bool, start: usize) -> bool {
        let next = blank_end(self.src, self.at);
        if self.src.get(next) != Some(&b'=') || self.src.get(next + 1) == Some(&b'=') {
            return false;
        }
        let before = self.src[..start].iter().rev();
        fresh
            || matches!(
                before.copied().find(|b| !b.is_ascii_whitespace()),
                Some(b'(' | b',')
            )
    }

    /// Whether the `match` or `case` just read is a keyword.
    fn begins_block(&self, word: &[u8]) -> bool {
        let next = blank_end(self.src, self.at);
        let Some(&byte) = self.src.get(next) else {
            return false;
        };
        match byte {
            b'"' | b'\'' | b'0'..=b'9' => true,
            // `match (x):` or `match (x)`, `case [x]: …` or `case[x]: …`
            b'(' | b'[' | b'{' | b'-' | b'+' | b'~' | b'*' => {
                let anywhere = word == b"case" && next > self.at;
                self.has_colon(next, anywhere)
            }
            b'.' if self.src[next..].starts_with(b"...") => self.has_colon(next, false),
            _ if is_name(byte) => {
                let end = name_end(self.src, next);
                match &self.src[next..end] {
                    b"in" | b"is" | b"and" | b"or" | b"if" | b"else" | b"for" | b"as" => false,
                    b"not" => {
                        let then = blank_end(self.src, end);
                        &self.src[then..name_end(self.src, then)] != b"in"
                    }
                    _ => true,
                }
            }
            _ => false,
        }
    }

    /// Whether the logical line has a colon outside brackets: as its last
    /// character, or anywhere.
    fn has_colon(&self, from: usize, anywhere: bool) -> bool {
        let until = self.src.len().min(from + LOOKAHEAD);
        let (mut at, mut depth, mut last) = (from, 0_i32, 0);
        while at < until {
            let byte = self.src[at];
            match byte {
                b'\n' if depth <= 0 => break,
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => depth -= 1,
                b':' if anywhere && depth <= 0 => return true,
                b'#' => at = line_end(self.src, at) - 1,
                b'"' | b'\'' => {
                    let mut rest = self.src[at + 1..until].iter();
                    at += 1 + rest.position(|&b| b == byte || b == b'\n').unwrap_or(0);
                }
                _ => {}
            }
            if !byte.is_ascii_whitespace() && byte != b'#' {
                last = byte;
            }
            at += 1;
        }
        last == b':'
    }

    /// Whether the `type` just read begins `type Name = …` or `type Name[T] = …`.
    fn begins_alias(&self) -> bool {
        let next = blank_end(self.src, self.at);
        let end = name_end(self.src, next);
        let name = &self.src[next..end];
        let then = blank_end(self.src, end);
        let sign = self.src.get(then);
        next > self.at
            && name.first().is_some_and(|b| !b.is_ascii_digit())
            && !matches!(name, b"in" | b"is" | b"and" | b"or" | b"if" | b"not")
            && (sign == Some(&b'[')
                || (sign == Some(&b'=') && self.src.get(then + 1) != Some(&b'=')))
    }

    fn decorator(&mut self) {
        let start = self.at;
        let name = blank_end(self.src, start + 1);
        let end = end_of(self.src, name, |b| is_name(b) || b == b'.');
        self.push(Class::Decorator, start, end);
        self.at = end;
    }

    fn number(&mut self) {
        let start = self.at;
        let digits = |lexer: &mut Self, is: fn(u8) -> bool| {
            while is(lexer.peek(0)) {
                lexer.at += 1;
            }
        };
        if self.peek(0) == b'0' && matches!(self.peek(1) | 0x20, b'x' | b'o' | b'b') {
            self.at += 2;
            digits(self, |b| b.is_ascii_hexdigit() || b == b'_');
        } else {
            let decimal: fn(u8) -> bool = |b| b.is_ascii_digit() || b == b'_';
            digits(self, decimal);
            if self.peek(0) == b'.' {
                self.at += 1;
                digits(self, decimal);
            }
            if self.peek(0) | 0x20 == b'e' {
                let sign = usize::from(matches!(self.peek(1), b'+' | b'-'));
                if self.peek(1 + sign).is_ascii_digit() {
                    self.at += 1 + sign;
                    digits(self, decimal);
                }
            }
            self.at += usize::from(matches!(self.peek(0) | 0x20, b'j' | b'l'));
        }
        self.push(Class::Number, start, self.at);
    }

    fn string(&mut self, start: usize, prefix: &[u8]) {
        let quote = Quote::new(prefix, [self.peek(0), self.peek(1), self.peek(2)]);
        self.at += quote.len();
        self.text(quote, start, 0);
    }
}

fn is_prefix(word: &[u8]) -> bool {
    match word {
        [a] => b"rbuft".contains(&(a | 0x20)),
        [a, b] => matches!(
            [a | 0x20, b | 0x20],
            [b'r', b'b' | b'f' | b't'] | [b'b' | b'f' | b't' | b'u', b'r']
        ),
        _ => false,
    }
}
