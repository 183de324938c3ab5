//! One lexer for languages of C's kind, and for JSON and SQL, told apart by a
//! table: comments, strings, numbers, words. About a hundred times as fast as
//! their regular expressions in syntect.

use super::class::{Class, Token};
use super::generic_languages::Language;
use super::generic_rules::Rules;
use super::scan::{self, blank_end, is_name, line_end, name_end};

/// Appends the tokens of `code`.
pub fn lex(language: &Language, code: &str, tokens: &mut Vec<Token>) {
    let mut lexer = Lexer {
        language,
        rules: language.rules,
        src: code.as_bytes(),
        at: 0,
        value: false,
        named: None,
        typed: false,
        fields: Vec::new(),
        tokens,
    };
    while lexer.at < lexer.src.len() {
        lexer.step();
    }
}

pub(super) struct Lexer<'a> {
    language: &'a Language,
    pub(super) rules: Rules,
    pub(super) src: &'a [u8],
    pub(super) at: usize,
    /// Whether a value has just ended, so that a slash divides.
    pub(super) value: bool,
    /// What the next name is the definition of.
    named: Option<Class>,
    /// Whether a name has just ended that may be a type.
    typed: bool,
    /// Braces open within each template's field.
    pub(super) fields: Vec<usize>,
    pub(super) tokens: &'a mut Vec<Token>,
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

    fn step(&mut self) {
        let byte = self.peek(0);
        if byte.is_ascii_whitespace() {
            self.at += 1;
        } else if byte.is_ascii_digit() || (byte == b'.' && self.peek(1).is_ascii_digit()) {
            self.number();
        } else if is_name(byte) || (byte == b'$' && self.rules.dollar_names) {
            self.word();
        } else if !self.comment() {
            let value = std::mem::take(&mut self.value);
            self.typed = false;
            self.symbol(byte, value);
        }
    }

    fn comment(&mut self) -> bool {
        let rest = &self.src[self.at..];
        let start = self.at;
        if self
            .language
            .line_comments
            .iter()
            .any(|mark| rest.starts_with(mark))
        {
            self.at = line_end(self.src, start);
        } else if self.rules.block_comments && rest.starts_with(b"/*") {
            let mut depth = 1_usize;
            self.at += 2;
            while self.at < self.src.len() && depth > 0 {
                match (self.peek(0), self.peek(1)) {
                    (b'*', b'/') => {
                        depth -= 1;
                        self.at += 2;
                    }
                    (b'/', b'*') if self.rules.nested_comments => {
                        depth += 1;
                        self.at += 2;
                    }
                    _ => self.at += 1,
                }
            }
            self.at = self.at.min(self.src.len());
        } else {
            return false;
        }
        self.push(Class::Comment, start, self.at);
        true
    }

    fn symbol(&mut self, byte: u8, value: bool) {
        let rules = self.rules;
        match byte {
            b'"' if rules.text_blocks && self.peek(1) == b'"' && self.peek(2) == b'"' => {
                self.at += 3;
                self.text(b'"', self.at - 3, true);
            }
            b'"' => self.string(),
            b'\'' if rules.lifetimes => self.quote(),
            b'\'' if rules.single_quotes => self.string(),
            b'`' if rules.templates => {
                self.at += 1;
                self.template(self.at - 1);
            }
            b'`' if rules.raw_backticks => {
                let start = self.at;
                let end = scan::end_of(self.src, start + 1, |b| b != b'`');
                self.at = self.src.len().min(end + 1);
                self.push(Class::String, start, self.at);
            }
            b'/' if rules.regexes && !value => self.regex(),
            b'{' => {
                if let Some(depth) = self.fields.last_mut() {
                    *depth += 1;
                }
                self.at += 1;
                self.named = None;
            }
            b'}' => {
                self.at += 1;
                match self.fields.last_mut() {
                    Some(0) => {
                        self.fields.pop();
                        self.push(Class::Interpolation, self.at - 1, self.at);
                        self.template(self.at);
                    }
                    Some(depth) => *depth -= 1,
                    None => {}
                }
            }
            b'@' if rules.annotations && is_name(self.peek(1)) => {
                let start = self.at;
                self.at = scan::end_of(self.src, start + 1, |b| is_name(b) || b == b'.');
                // `@interface` defines an annotation.
                let keyword = &self.src[start..self.at] == b"@interface";
                let class = if keyword {
                    Class::Keyword
                } else {
                    Class::Decorator
                };
                self.named = keyword.then_some(Class::Type);
                self.push(class, start, self.at);
            }
            b'#' if rules.directives => self.directive(),
            b'#' if rules.attributes && matches!(self.peek(1), b'[' | b'!') => {
                let start = self.at;
                let name = scan::end_of(self.src, start + 1, |b| b == b'!' || b == b'[');
                self.at = scan::end_of(self.src, name, |b| is_name(b) || b == b':');
                self.push(Class::Decorator, start, self.at);
            }
            b')' | b']' => {
                self.at += 1;
                self.value = true;
            }
            _ => self.at += 1,
        }
    }

    fn word(&mut self) {
        let (src, start) = (self.src, self.at);
        let dollar = self.rules.dollar_names;
        self.at = scan::end_of(src, start, |b| is_name(b) || (dollar && b == b'$'));
        let word = &src[start..self.at];
        let quote = self.peek(0);
        if matches!(quote, b'"' | b'\'' | b'#') && self.prefixed(word, start) {
            return;
        }
        let member = start > 0 && src[start - 1] == b'.';
        let typed = std::mem::replace(&mut self.typed, !member);
        let next = blank_end(src, self.at);
        let next = src.get(next).copied().unwrap_or(0);
        let class = self.language.word(word).filter(|_| !member);
        let class = class.filter(|_| !self.rules.templates || is_reserved(word, next));
        self.value = class != Some(Class::Keyword);
        let class = match (class, self.named.take()) {
            (Some(class), _) => {
                self.named = if class == Class::Keyword {
                    self.language.names(word)
                } else {
                    None
                };
                self.typed = self.rules.typed_functions && self.language.is_type(word);
                Some(class)
            }
            (None, Some(class)) => Some(class),
            (None, None) if typed && next == b'(' && self.rules.typed_functions => {
                Some(Class::Function)
            }
            (None, None) if self.peek(0) == b'!' && self.peek(1) != b'=' && self.rules.macros => {
                self.at += 1;
                Some(Class::Builtin)
            }
            (None, None) => None,
        };
        if let Some(class) = class {
            self.push(class, start, self.at);
        }
    }

    fn number(&mut self) {
        let start = self.at;
        let hex = self.peek(0) == b'0' && self.peek(1) | 0x20 == b'x';
        loop {
            let byte = self.peek(0);
            let fraction = byte == b'.'
                && (self.peek(1).is_ascii_digit()
                    || !(is_name(self.peek(1)) || self.peek(1) == b'.'));
            let sign = matches!(byte, b'+' | b'-')
                && self.at > start
                && self.src[self.at - 1] | 0x20 == if hex { b'p' } else { b'e' }
                && self.peek(1).is_ascii_digit();
            let separator =
                byte == b'\'' && self.rules.directives && self.peek(1).is_ascii_alphanumeric();
            if self.at > start && !(is_name(byte) || fraction || sign || separator) {
                break;
            }
            self.at += 1;
        }
        self.value = true;
        self.typed = false;
        self.push(Class::Number, start, self.at);
    }

    fn directive(&mut self) {
        let start = self.at;
        let name = blank_end(self.src, start + 1);
        self.at = name_end(self.src, name);
        self.push(Class::Keyword, start, self.at);
        let path = blank_end(self.src, self.at);
        if &self.src[name..self.at] == b"include" && self.src.get(path) == Some(&b'<') {
            let end = scan::end_of(self.src, path, |b| b != b'>' && b != b'\n');
            self.at = end + usize::from(self.src.get(end) == Some(&b'>'));
            self.push(Class::String, path, self.at);
        } else if matches!(&self.src[name..self.at], b"error" | b"warning") {
            self.at = line_end(self.src, self.at); // prose
        }
    }
}

/// Whether a keyword of JavaScript's is one before `next`: many serve as names.
fn is_reserved(word: &[u8], next: u8) -> bool {
    match word {
        b"as" | b"declare" | b"from" | b"get" | b"is" | b"module" | b"namespace" | b"of"
        | b"set" | b"type" => !b"(=,).;:?[<".contains(&next),
        b"default" => true,
        _ => next != b':',
    }
}
