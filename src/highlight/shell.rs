//! The shell, by hand: fences of commands are many, and syntect takes half a
//! millisecond for each. One pass, no recursion, never failing.

use super::class::{Class, Token};
use super::scan::{self, line_end};
use super::shell_words::{ends_command, is_builtin, is_keyword, takes_command};

/// Appends the tokens of `code`.
pub fn lex(code: &str, tokens: &mut Vec<Token>) {
    let mut shell = Shell {
        code,
        src: code.as_bytes(),
        at: 0,
        command: true,
        expect: Expect::Nothing,
        test: false,
        open: Vec::new(),
        here: Vec::new(),
        tokens,
    };
    while shell.at < shell.src.len() {
        shell.step();
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Expect {
    Nothing,
    /// The name behind `function`.
    Function,
    /// `in`, behind the word of `for` or `case`.
    In {
        case: bool,
    },
    /// The pattern of a `case`.
    Pattern,
}

/// What an open bracket returns to.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Bracket {
    Plain,
    Substitution,
    SubstitutionInString,
}

pub(super) struct Shell<'a> {
    pub(super) code: &'a str,
    pub(super) src: &'a [u8],
    pub(super) at: usize,
    /// Whether the next word is a command's name.
    pub(super) command: bool,
    expect: Expect,
    /// Within `[[ … ]]`, where `&&` begins no command.
    pub(super) test: bool,
    pub(super) open: Vec<Bracket>,
    /// Ends of the documents that begin on the next line.
    pub(super) here: Vec<&'a str>,
    pub(super) tokens: &'a mut Vec<Token>,
}

impl Shell<'_> {
    pub(super) fn push(&mut self, class: Class, start: usize, end: usize) {
        if end > start {
            self.tokens.push(Token { class, start, end });
        }
    }

    pub(super) fn peek(&self, ahead: usize) -> u8 {
        self.src.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn step(&mut self) {
        match self.peek(0) {
            b' ' | b'\t' | b'\r' => self.at += 1,
            b'\n' => {
                self.at += 1;
                self.begin();
                for end in std::mem::take(&mut self.here) {
                    self.document(end);
                }
            }
            b';' => {
                let twice = self.peek(1) == b';';
                self.at += 1 + usize::from(twice);
                self.begin();
                if twice {
                    self.expect = Expect::Pattern;
                }
            }
            b'|' | b'&' => {
                self.at += 1;
                self.begin();
            }
            b'(' | b'`' => {
                let bracket = self.peek(0) == b'(';
                self.at += 1;
                if bracket && self.expect != Expect::Pattern {
                    self.open.push(Bracket::Plain);
                }
                self.begin();
            }
            b')' => self.close(),
            b'<' | b'>' => self.redirect(),
            b'#' if self.begins_word() => {
                let start = self.at;
                self.at = line_end(self.src, start);
                self.push(Class::Comment, start, self.at);
            }
            b'$' => self.dollar(false),
            b'"' | b'\'' => {
                self.command = false;
                self.quoted();
            }
            b'\\' => {
                self.at += 1;
                self.at += usize::from(self.peek(0) == b'\r');
                self.at += usize::from(self.peek(0) != 0 && self.peek(0) < 0x80);
            }
            _ => self.word(),
        }
    }

    fn begins_word(&self) -> bool {
        let before = self.at.checked_sub(1).map(|at| self.src[at]);
        before.is_none_or(|b| b" \t\n;|&()`".contains(&b))
    }

    /// A new command may begin.
    pub(super) fn begin(&mut self) {
        self.command = !self.test;
        if self.expect != Expect::Pattern {
            self.expect = Expect::Nothing;
        }
    }

    fn close(&mut self) {
        self.at += 1;
        if self.expect == Expect::Pattern {
            self.expect = Expect::Nothing;
            self.command = true;
        } else {
            let empty = self.at > 1 && self.src[self.at - 2] == b'(';
            let bracket = self.open.pop();
            // `name()` is followed by the function's body.
            self.command = empty && bracket == Some(Bracket::Plain);
            if matches!(
                bracket,
                Some(Bracket::Substitution | Bracket::SubstitutionInString)
            ) {
                self.push(Class::Interpolation, self.at - 1, self.at);
            }
            if bracket == Some(Bracket::SubstitutionInString) {
                self.double(self.at);
            }
        }
    }

    pub(super) fn word(&mut self) {
        let start = self.at;
        while self.at < self.src.len() && !is_meta(self.peek(0)) {
            self.at += 1;
        }
        let end = self.at;
        if end == start {
            self.at += 1; // nothing else takes it
            return;
        }
        let word = &self.code[start..end];
        match std::mem::replace(&mut self.expect, Expect::Nothing) {
            Expect::Function => {
                self.push(Class::Function, start, end);
                self.command = true;
                return;
            }
            Expect::Pattern => {
                if word == "esac" {
                    self.push(Class::Keyword, start, end);
                    self.command = false;
                } else {
                    self.expect = Expect::Pattern;
                }
                return;
            }
            Expect::In { case } if word == "in" => {
                self.push(Class::Keyword, start, end);
                if case {
                    self.expect = Expect::Pattern;
                }
                return;
            }
            expect @ Expect::In { .. } => self.expect = expect,
            Expect::Nothing => {}
        }
        if !self.command {
            if word == "]" || word == "]]" {
                self.push(Class::Builtin, start, end);
                self.test = false;
            }
            return;
        }
        self.command_word(word, start, end);
    }

    fn command_word(&mut self, word: &str, start: usize, end: usize) {
        let name = scan::name_end(self.src, start);
        let assigns = matches!(self.src.get(name), Some(b'=' | b'[' | b'+'));
        if name > start && assigns && word.contains('=') {
            // A value may follow in quotes; the command is the next word.
            let open = self.open.len();
            while !matches!(self.peek(0), 0 | b' ' | b'\t' | b'\r' | b'\n' | b';' | b')') {
                match self.peek(0) {
                    b'(' => {
                        // A list's items.
                        self.at += 1;
                        self.open.push(Bracket::Plain);
                        self.command = false;
                    }
                    b'"' | b'\'' => self.quoted(),
                    b'$' => self.dollar(false),
                    _ => self.at += 1,
                }
                if self.open.len() > open {
                    return;
                }
            }
            return;
        }
        if matches!(self.peek(0), b'<' | b'>') && word.bytes().all(|b| b.is_ascii_digit()) {
            return; // 2>&1
        }
        if is_keyword(word) {
            self.push(Class::Keyword, start, end);
            self.command = !ends_command(word);
            self.expect = match word {
                "for" | "select" => Expect::In { case: false },
                "case" => Expect::In { case: true },
                "function" => Expect::Function,
                _ => Expect::Nothing,
            };
            return;
        }
        let class = if is_builtin(word) {
            Class::Builtin
        } else if word.starts_with(|c: char| c.is_alphabetic() || "_./~@".contains(c)) {
            Class::Function
        } else {
            Class::Plain // an option of `sudo`
        };
        self.push(class, start, end);
        self.test = word == "[[";
        self.command = takes_command(word) || class == Class::Plain;
    }
}

/// Bytes that end a word.
pub(super) fn is_meta(byte: u8) -> bool {
    matches!(
        byte,
        b' ' | b'\t'
            | b'\r'
            | b'\n'
            | b';'
            | b'|'
            | b'&'
            | b'('
            | b')'
            | b'<'
            | b'>'
            | b'"'
            | b'\''
            | b'$'
            | b'`'
            | b'\\'
    )
}
