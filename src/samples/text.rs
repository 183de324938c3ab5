//! What programs print, as text that can stand in a page.

use std::fmt::Write as _;

/// A program's output as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// With a line feed at its end, if there is anything; what is no text is escaped.
    pub text: String,
    /// Whether something is escaped, so that no page can show it.
    pub escaped: bool,
}

/// Reads bytes as UTF-8 in which nothing but tabs and line ends controls anything.
pub fn printed(bytes: &[u8]) -> Printed {
    let mut text = String::with_capacity(bytes.len() + 1);
    let mut escaped = false;
    for chunk in bytes.utf8_chunks() {
        for (at, c) in chunk.valid().char_indices() {
            match c {
                '\n' | '\t' => text.push(c),
                '\r' if chunk.valid()[at + 1..].starts_with('\n') => {}
                c if c.is_control() || is_unseen(c) => {
                    escaped = true;
                    text.extend(c.escape_default());
                }
                c => text.push(c),
            }
        }
        for byte in chunk.invalid() {
            escaped = true;
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    Printed { text, escaped }
}

/// Characters that reorder what is shown: the check refuses them.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What a traceback says, if a program ended with one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raised {
    /// Without the module: `ValueError`.
    pub name: String,
    /// The last line: `ValueError: too many`. Of a group of exceptions, the group's own.
    pub line: String,
    /// The last line of the sample that it names, counted from 1.
    pub at: Option<usize>,
}

/// Reads the last traceback of what Python printed as errors.
pub fn raised(stderr: &str) -> Option<Raised> {
    const HEADS: [&str; 2] = [
        "Traceback (most recent call last):",
        "Exception Group Traceback",
    ];
    let lines: Vec<&str> = stderr.trim_end().lines().collect();
    let last = lines.last()?;
    let head = lines.iter().rposition(|line| {
        HEADS
            .iter()
            .any(|head| line.trim_start_matches([' ', '+', '|']).starts_with(head))
    });
    let group = lines
        .iter()
        .position(|line| line.trim_start().starts_with("+ Exception Group Traceback"));
    let (start, line) = match (group, head) {
        (Some(group), _) => {
            let line = lines[group + 1..]
                .iter()
                .filter_map(|line| line.trim_start().strip_prefix("| "))
                .find(|line| !line.starts_with(' '))?;
            (line, line)
        }
        (None, Some(head)) => {
            let start = lines[head + 1..].iter().find(|line| !line.starts_with(' '));
            (*start.unwrap_or(last), *last)
        }
        // What does not even compile has no traceback, but a place.
        (None, None) if lines.iter().any(|line| line.starts_with("  File \"")) => (*last, *last),
        (None, None) => return None,
    };
    let path = start.split([':', ' ']).next().unwrap_or_default();
    Some(Raised {
        name: path.rsplit('.').next().unwrap_or_default().to_owned(),
        line: line.to_owned(),
        at: lines.iter().rev().find_map(|line| {
            let (_, rest) = line.split_once("sample.py\", line ")?;
            let digits = rest
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(rest.len());
            rest[..digits].parse().ok()
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_as_it_is_and_ends_with_a_line_feed() {
        for (bytes, text) in [
            ("", ""),
            ("a", "a\n"),
            ("a\r\nb\tc\n\n", "a\nb\tc\n\n"),
            ("é 日本 🐍\n", "é 日本 🐍\n"),
        ] {
            let expected = Printed {
                text: text.to_owned(),
                escaped: false,
            };
            assert_eq!(printed(bytes.as_bytes()), expected, "{bytes:?}");
        }
    }

    #[test]
    fn what_no_page_can_show_is_escaped() {
        for (bytes, text) in [
            (&b"a\xff\xfeb"[..], "a\\xff\\xfeb\n"),
            (b"\x1b[31mred", "\\u{1b}[31mred\n"),
            (b"50%\r100%", "50%\\r100%\n"),
            (b"\0", "\\u{0}\n"),
            ("\u{202e}".as_bytes(), "\\u{202e}\n"),
        ] {
            let expected = Printed {
                text: text.to_owned(),
                escaped: true,
            };
            assert_eq!(printed(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn a_traceback_tells_name_line_and_place() {
        let plain = "Traceback (most recent call last):\n  File \"/tmp/x/sample.py\", line 3, in <module>\n    f()\n  File \"/usr/lib/json.py\", line 9, in f\n    raise\njson.decoder.JSONDecodeError: bad: x\n";
        let found = raised(plain).unwrap();
        assert_eq!(
            (found.name.as_str(), found.line.as_str(), found.at),
            (
                "JSONDecodeError",
                "json.decoder.JSONDecodeError: bad: x",
                Some(3)
            )
        );
        let several = "Traceback (most recent call last):\nKeyError: 1\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File \"sample.py\", line 4, in <module>\nValueError: two\nlines\n";
        let found = raised(several).unwrap();
        assert_eq!(
            (found.name.as_str(), found.line.as_str()),
            ("ValueError", "lines")
        );
        let syntax = "  File \"/tmp/sample.py\", line 1\n    x = = 1\n        ^\nSyntaxError: invalid syntax\n";
        let found = raised(syntax).unwrap();
        assert_eq!((found.name.as_str(), found.at), ("SyntaxError", Some(1)));
        let group = "  + Exception Group Traceback (most recent call last):\n  |   File \"sample.py\", line 1, in <module>\n  | ExceptionGroup: both (1 sub-exception)\n  +-+---------------- 1 ----------------\n    | ValueError: 1\n    +------------------------------------\n";
        let found = raised(group).unwrap();
        assert_eq!(
            (found.name.as_str(), found.line.as_str()),
            ("ExceptionGroup", "ExceptionGroup: both (1 sub-exception)")
        );
        assert_eq!(raised("\n"), None);
        assert_eq!(raised("ValueError: what `sys.exit` prints\n"), None);
    }
}
