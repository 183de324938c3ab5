//! The inside of Python's strings: escapes, and the fields of f- and t-strings.

use super::class::Class;
use super::python::Lexer;

/// How a string was opened.
#[derive(Clone, Copy)]
pub struct Quote {
    byte: u8,
    /// How many such bytes open and close it.
    len: usize,
    raw: bool,
    bytes: bool,
    format: bool,
}

impl Quote {
    pub fn new(prefix: &[u8], opening: [u8; 3]) -> Self {
        let has = |letter: u8| prefix.iter().any(|b| b | 0x20 == letter);
        Self {
            byte: opening[0],
            len: if opening == [opening[0]; 3] { 3 } else { 1 },
            raw: has(b'r'),
            bytes: has(b'b'),
            format: has(b'f') || has(b't'),
        }
    }

    pub fn len(self) -> usize {
        self.len
    }
}

/// A replacement field that is open.
#[derive(Clone, Copy)]
pub struct Frame {
    quote: Quote,
    /// How many format specifications the field lies in: `{x:{width}}`.
    spec: u32,
    /// Brackets open outside the field.
    pub depth: u32,
}

impl Lexer<'_> {
    /// Reads a string's text from `at`, which is coloured from `start`, until
    /// its end or its next field.
    pub(super) fn text(&mut self, quote: Quote, mut start: usize, mut spec: u32) {
        while let Some(&byte) = self.src.get(self.at) {
            match byte {
                b'\\' => {
                    let len = if quote.raw { 0 } else { self.escape(quote) };
                    if len > 0 {
                        self.push(Class::String, start, self.at);
                        self.push(Class::Escape, self.at, self.at + len);
                        self.at += len;
                        start = self.at;
                    } else {
                        // Even in a raw string it shields a quote or a line end.
                        self.at += 1;
                        self.at += usize::from(self.peek(0) == b'\r' && self.peek(1) == b'\n');
                        let shields = matches!(self.peek(0), b'\\' | b'\n' | b'"' | b'\'');
                        self.at += usize::from(shields);
                    }
                }
                b'\n' if quote.len == 1 => break,
                b'{' if quote.format => {
                    self.push_text(&mut start);
                    if spec == 0 && self.peek(1) == b'{' {
                        self.push(Class::Escape, start, start + 2);
                        self.at += 2;
                        start = self.at;
                    } else {
                        self.push(Class::Interpolation, start, start + 1);
                        self.at += 1;
                        let depth = self.depth;
                        self.frames.push(Frame { quote, spec, depth });
                        return;
                    }
                }
                b'}' if quote.format && spec > 0 => {
                    self.push_text(&mut start);
                    self.push(Class::Interpolation, start, start + 1);
                    self.at += 1;
                    start = self.at;
                    spec -= 1;
                }
                b'}' if quote.format && self.peek(1) == b'}' => {
                    self.push_text(&mut start);
                    self.push(Class::Escape, start, start + 2);
                    self.at += 2;
                    start = self.at;
                }
                _ if byte == quote.byte && (quote.len == 1 || self.is_tripled(byte)) => {
                    self.at += quote.len();
                    break;
                }
                _ => self.at += 1,
            }
        }
        self.push(Class::String, start, self.at);
    }

    fn push_text(&mut self, start: &mut usize) {
        self.push(Class::String, *start, self.at);
        *start = self.at;
    }

    fn is_tripled(&self, byte: u8) -> bool {
        self.peek(1) == byte && self.peek(2) == byte
    }

    /// Whether this `:` or `!` ends a field's expression.
    pub(super) fn field_ends_with(&self, byte: u8) -> bool {
        self.frames.last().is_some_and(|f| f.depth == self.depth)
            && (byte == b':' || self.peek(1) != b'=')
    }

    /// Goes on behind a field's expression: with `!r`, with its format, or with
    /// the string's text.
    pub(super) fn after_field(&mut self, byte: u8) {
        let start = self.at;
        self.at += 1;
        if byte == b'!' {
            self.at += usize::from(self.peek(0).is_ascii_alphabetic());
            return self.push(Class::Interpolation, start, self.at);
        }
        self.push(Class::Interpolation, start, self.at);
        if let Some(frame) = self.frames.pop() {
            let spec = frame.spec + u32::from(byte == b':');
            self.text(frame.quote, self.at, spec);
        }
    }

    /// The length of the escape at `at`, 0 if it is none.
    fn escape(&self, quote: Quote) -> usize {
        let hex = |digits: usize| {
            let all = (0..digits).all(|i| self.peek(2 + i).is_ascii_hexdigit());
            if all { 2 + digits } else { 0 }
        };
        match self.peek(1) {
            b'\\' | b'\'' | b'"' | b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v' => 2,
            b'0'..=b'7' => {
                2 + (2..4)
                    .take_while(|&i| matches!(self.peek(i), b'0'..=b'7'))
                    .count()
            }
            b'x' => hex(2),
            b'u' if !quote.bytes => hex(4),
            b'U' if !quote.bytes => hex(8),
            b'N' if !quote.bytes && self.peek(2) == b'{' => {
                let name = &self.src[self.at + 3..];
                let end = name
                    .iter()
                    .position(|b| !(b.is_ascii_alphanumeric() || b" -".contains(b)));
                match end {
                    Some(n) if n > 0 && name[n] == b'}' => n + 4,
                    _ => 0,
                }
            }
            _ => 0,
        }
    }
}
