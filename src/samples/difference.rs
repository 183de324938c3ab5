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
                ChangeTag::Equal => format!("  {}", shown(change.value(), false)),
                ChangeTag::Delete => format!("- {}", shown(change.value(), true)),
                ChangeTag::Insert => format!("+ {}", shown(change.value(), true)),
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

/// A line that people can read to its end, spaces there too if they may be what differs.
fn shown(line: &str, changed: bool) -> String {
    let line = line.trim_end_matches('\n');
    let words = line.trim_end_matches([' ', '\t']);
    let mut text: String = words.chars().take(WIDTH).collect();
    if text.len() < words.len() {
        text.push('…');
    } else if changed {
        text.extend(
            line[words.len()..]
                .chars()
                .map(|c| if c == ' ' { '·' } else { '→' }),
        );
    }
    text
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
