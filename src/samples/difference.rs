//! Two texts, line by line.

use similar::{ChangeTag, TextDiff};

/// Lines around a change.
const CONTEXT: usize = 2;

/// Lines that people read before they look themselves.
const SHOWN: usize = 40;

/// Characters of a line.
const WIDTH: usize = 120;

/// Where two texts begin to differ, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The first line, from 0, that is not the same.
    pub line: usize,
    /// Lines that begin with a space, `-` (the first text's) or `+` (the second's).
    pub text: String,
}

/// Compares two texts that are not the same.
pub fn difference(old: &str, new: &str) -> Difference {
    let line = old
        .lines()
        .zip(new.lines())
        .take_while(|(old, new)| old == new)
        .count();
    let diff = TextDiff::from_lines(old, new);
    let mut lines = Vec::new();
    for (number, group) in diff.grouped_ops(CONTEXT).iter().enumerate() {
        if number > 0 {
            lines.push("  …".to_owned());
        }
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            lines.push(match change.tag() {
                ChangeTag::Equal => format!("  {}", cut(ended(change.value()).trim_end(), WIDTH)),
                ChangeTag::Delete => format!("- {}", visible(ended(change.value()), WIDTH)),
                ChangeTag::Insert => format!("+ {}", visible(ended(change.value()), WIDTH)),
            });
        }
    }
    if lines.len() > SHOWN {
        let more = lines.len() - SHOWN;
        lines.truncate(SHOWN);
        lines.push(format!("  … {more} more lines"));
    }
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    Difference {
        line,
        text: lines.join("\n"),
    }
}

fn ended(value: &str) -> &str {
    value.trim_end_matches('\n')
}

/// A line of which people see all that may be what differs: spaces at its end, and characters
/// without a width or with that of another.
pub fn visible(line: &str, width: usize) -> String {
    let words = line.trim_end_matches([' ', '\t']);
    let mut text = String::with_capacity(line.len());
    for c in words.chars() {
        if is_unseen(c) {
            text.extend(c.escape_unicode());
        } else {
            text.push(c);
        }
    }
    let mut text = cut(&text, width);
    if !text.ends_with('…') || words.ends_with('…') {
        let end = line[words.len()..].chars().take(width);
        text.extend(end.map(|c| if c == ' ' { '·' } else { '→' }));
    }
    text
}

/// The first characters of a line.
pub fn cut(line: &str, width: usize) -> String {
    let mut text: String = line.chars().take(width).collect();
    if text.len() < line.len() {
        text.push('…');
    }
    text
}

/// Characters that look like nothing, or like a space.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'
            ..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
    ) || c.is_whitespace() && !matches!(c, ' ' | '\t' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_lines_stand_with_those_around_them() {
        let found = difference("1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\nfive\n6\n7\n");
        assert_eq!(found.line, 4);
        assert_eq!(found.text, "  3\n  4\n- 5\n+ five\n  6\n+ 7");
    }

    #[test]
    fn spaces_at_the_end_are_seen_where_they_differ() {
        assert_eq!(difference("a\n", "a \t\n").text, "- a\n+ a·→");
    }

    #[test]
    fn characters_that_nobody_sees_are_told() {
        assert_eq!(
            visible("a\u{200b}b\u{a0}\tc \t", 60),
            "a\\u{200b}b\\u{a0}\tc·→"
        );
        assert_eq!(visible("", 60), "");
        assert_eq!(visible("   ", 60), "···");
        assert_eq!(visible("abcd ", 3), "abc…");
    }

    #[test]
    fn nothing_is_no_line() {
        assert_eq!(
            difference("", "a\n"),
            Difference {
                line: 0,
                text: "+ a".to_owned()
            }
        );
        assert_eq!(
            difference("a\n", ""),
            Difference {
                line: 0,
                text: "- a".to_owned()
            }
        );
    }

    #[test]
    fn much_is_cut() {
        let long = "x".repeat(500);
        let found = difference("", &format!("{long}\n").repeat(100));
        assert_eq!(found.text.lines().count(), 41);
        assert!(found.text.ends_with("  … 60 more lines"), "{}", found.text);
        assert!(found.text.chars().count() < 41 * 125);
    }
}
