//! The shell's strings, variables, redirections and here-documents.

use super::class::Class;
use super::scan::{self, blank_end, is_name, line_end};
use super::shell::{Bracket, Shell, is_meta};

impl Shell<'_> {
    pub(super) fn redirect(&mut self) {
        let here = self.peek(0) == b'<' && self.peek(1) == b'<' && self.peek(2) != b'<';
        if !here {
            while matches!(self.peek(0), b'<' | b'>' | b'&') {
                self.at += 1;
            }
            if self.peek(0) == b'(' {
                return; // a process's output as a file
            }
            // A file's name, not a command's.
            let command = self.command;
            self.at = blank_end(self.src, self.at);
            if self.at < self.src.len() && !is_meta(self.peek(0)) {
                self.command = false;
                self.word();
            }
            self.command = command;
            return;
        }
        self.at += 2 + usize::from(self.peek(2) == b'-');
        self.at = blank_end(self.src, self.at);
        let quote = self.peek(0);
        let start = self.at + usize::from(matches!(quote, b'"' | b'\''));
        let end = scan::name_end(self.src, start);
        if end > start {
            self.here.push(&self.code[start..end]);
        }
        self.at = end + usize::from(start > self.at && self.src.get(end) == Some(&quote));
    }

    /// The lines of a document up to the line that is its end.
    pub(super) fn document(&mut self, end: &str) {
        let start = self.at;
        while self.at < self.src.len() {
            let from = self.at;
            let to = line_end(self.src, from);
            self.at = self.src.len().min(to + 1);
            if self.code[from..to].trim() == end {
                self.push(Class::String, start, from);
                return;
            }
        }
        self.push(Class::String, start, self.at);
    }

    pub(super) fn quoted(&mut self) {
        let start = self.at;
        self.at += 1;
        if self.src[start] == b'"' {
            return self.double(start);
        }
        let rest = &self.src[self.at..];
        let len = rest
            .iter()
            .position(|&b| b == b'\'')
            .map_or(rest.len(), |n| n + 1);
        self.at += len;
        self.push(Class::String, start, self.at);
    }

    /// The text of a string in double quotes, coloured from `start`.
    pub(super) fn double(&mut self, mut start: usize) {
        while self.at < self.src.len() {
            match self.peek(0) {
                b'"' => {
                    self.at += 1;
                    break;
                }
                b'\\' if matches!(self.peek(1), b'"' | b'\\' | b'$' | b'`') => {
                    self.push(Class::String, start, self.at);
                    self.push(Class::Escape, self.at, self.at + 2);
                    self.at += 2;
                    start = self.at;
                }
                b'$' => {
                    self.push(Class::String, start, self.at);
                    start = self.at;
                    let inner = self.open.len();
                    self.dollar(true);
                    if self.open.len() > inner {
                        return;
                    }
                    if self.at > start + 1 {
                        start = self.at;
                    }
                }
                _ => self.at += 1,
            }
        }
        self.push(Class::String, start, self.at);
    }

    /// A variable, or the opening of `$(…)`.
    pub(super) fn dollar(&mut self, in_string: bool) {
        let start = self.at;
        self.at += 1;
        match self.peek(0) {
            b'(' => {
                self.push(Class::Interpolation, start, self.at + 1);
                self.at += 1;
                self.open.push(if in_string {
                    Bracket::SubstitutionInString
                } else {
                    Bracket::Substitution
                });
                self.begin();
                if self.peek(0) == b'(' {
                    self.at += 1; // arithmetic
                    self.open.push(Bracket::Plain);
                    self.command = false;
                }
                return;
            }
            b'{' => {
                let mut depth = 0_usize;
                while self.at < self.src.len() && self.peek(0) != b'\n' {
                    depth += usize::from(self.peek(0) == b'{');
                    let closes = self.peek(0) == b'}';
                    self.at += 1;
                    if closes {
                        depth -= 1;
                        if depth == 0 {
                            break;
                        }
                    }
                }
            }
            b'@' | b'*' | b'#' | b'?' | b'$' | b'!' | b'-' | b'0'..=b'9' => self.at += 1,
            b'\'' if !in_string => {
                self.quoted();
                return;
            }
            b if is_name(b) => self.at = scan::name_end(self.src, self.at),
            _ => return,
        }
        self.push(Class::Variable, start, self.at);
        if !in_string {
            self.command = false;
        }
    }
}
