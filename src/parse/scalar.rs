//! Where in the file each character of a YAML text stands.
//!
//! Quotes, escapes, indentation and folding lie between the two, and all of them leave the order of
//! the characters as it is: so text and source are read side by side.

use crate::markdown::{Piece, Place};

/// Maps offsets of `value` to the file, in which it is written as `raw` from byte `base` on.
pub fn place(raw: &str, value: &str, base: usize) -> Place {
    if raw == value {
        return Place::Offset(base);
    }
    let quote = raw.bytes().next().unwrap_or_default();
    let inner = raw.get(1..raw.len().saturating_sub(1)).unwrap_or_default();
    if matches!(quote, b'"' | b'\'') && inner == value {
        return Place::Offset(base + 1);
    }
    let pieces = Reader::new(raw, 0, Style::Bare)
        .pieces(value)
        .or_else(|| match quote {
            b'"' => Reader::new(raw, 1, Style::Double).pieces(value),
            b'\'' => Reader::new(raw, 1, Style::Single).pieces(value),
            _ => None,
        });
    match pieces {
        Some(mut pieces) => {
            for piece in &mut pieces {
                piece.file = piece.file.start + base..piece.file.end + base;
            }
            Place::Pieces(pieces)
        }
        None => Place::Whole(base..base + raw.len()),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// Without quotes, be it plain or a block.
    Bare,
    Single,
    Double,
}

struct Reader<'r> {
    raw: &'r str,
    at: usize,
    style: Style,
}

impl<'r> Reader<'r> {
    fn new(raw: &'r str, at: usize, style: Style) -> Self {
        Self { raw, at, style }
    }

    /// `None` where source and text say different things.
    fn pieces(mut self, value: &str) -> Option<Vec<Piece>> {
        let mut pieces: Vec<Piece> = Vec::new();
        for (at, c) in value.char_indices() {
            let file = self.next(c)?;
            let end = at + c.len_utf8();
            let exact = file.len() == c.len_utf8();
            match pieces.last_mut() {
                Some(last) if exact && last.is_exact() && last.file.end == file.start => {
                    last.text.end = end;
                    last.file.end = file.end;
                }
                _ => pieces.push(Piece {
                    text: at..end,
                    file,
                }),
            }
        }
        Some(pieces)
    }

    /// Where the next character stands, which is `c`.
    fn next(&mut self, c: char) -> Option<std::ops::Range<usize>> {
        let wanted_space = is_space(c);
        loop {
            let rest = &self.raw[self.at..];
            let found = rest.chars().next()?;
            let start = self.at;
            if self.style == Style::Double && found == '\\' {
                let (decoded, length) = escape(rest)?;
                self.at += length;
                match decoded {
                    // The line goes on.
                    None => continue,
                    Some(decoded) if decoded == c => return Some(start..self.at),
                    Some(_) => return None,
                }
            }
            if self.style == Style::Single && found == '\'' {
                self.at += 2;
                return (c == '\'' && rest.starts_with("''")).then_some(start..self.at);
            }
            self.at += found.len_utf8();
            // A fold is a line feed here and a space there.
            if found == c || (wanted_space && is_space(found)) {
                return Some(start..self.at);
            }
            if wanted_space || !is_space(found) {
                return None;
            }
        }
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n')
}

/// What an escape stands for, and how long it is. `None` within is a line that goes on.
fn escape(rest: &str) -> Option<(Option<char>, usize)> {
    let sign = rest[1..].chars().next()?;
    let digits = match sign {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => 0,
    };
    if digits > 0 {
        let code = u32::from_str_radix(rest.get(2..2 + digits)?, 16).ok()?;
        return Some((Some(char::from_u32(code)?), 2 + digits));
    }
    let decoded = match sign {
        '\n' => {
            let indentation = rest[2..].find(|c| !matches!(c, ' ' | '\t'));
            return Some((None, 2 + indentation.unwrap_or(0)));
        }
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        other => other,
    };
    Some((Some(decoded), 1 + sign.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each word of the text as it stands in the source.
    fn words(raw: &str, value: &str) -> Vec<String> {
        let place = place(raw, value, 0);
        value
            .split_whitespace()
            .map(|word| {
                let at = word.as_ptr() as usize - value.as_ptr() as usize;
                raw[place.span(at..at + word.len())].to_owned()
            })
            .collect()
    }

    #[test]
    fn blocks_and_folds() {
        assert_eq!(
            words("one\n    two\n\n    ü", "one two\nü"),
            ["one", "two", "ü"]
        );
        assert_eq!(
            words("a\n    - b\n  c", "a\n  - b\nc"),
            ["a", "-", "b", "c"]
        );
        assert_eq!(
            words("> quoted\n  'x'", "> quoted 'x'"),
            [">", "quoted", "'x'"]
        );
    }

    #[test]
    fn quotes_and_escapes() {
        assert_eq!(words("'it''s\n   so'", "it's so"), ["it''s", "so"]);
        assert_eq!(
            words(
                "\"\\u65e5\\x41 \\\"b\\\" \\\n   c\n\n d\"",
                "日A \"b\" c\nd"
            ),
            ["\\u65e5\\x41", "\\\"b\\\"", "c", "d"]
        );
        assert_eq!(words("\"plain\"", "plain"), ["plain"]);
    }

    #[test]
    fn what_does_not_fit_is_told_as_a_whole() {
        assert_eq!(place("other", "text", 3), Place::Whole(3..8));
    }
}
