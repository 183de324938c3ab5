//! Mending a file by the edits that its diagnostics bring.
//!
//! 1. Diagnostics tell places of the text as it was loaded: without byte-order mark, lines ended by
//!    a line feed alone. [`apply`] finds them in the file's own bytes.
//! 2. An edit is made where its file has what the edit expects, and within one line. Of two that
//!    overlap, the first is made; the other finds its chance when the file is looked at again.
//! 3. Every other byte stays as it is.

use std::fmt::Write as _;
use std::ops::Range;

use crate::diag::Fix;

/// Lines around a change that are shown with it.
const CONTEXT: usize = 2;

/// The file's text with its edits, and how many were made.
pub fn apply<'f>(file: &str, fixes: impl IntoIterator<Item = &'f Fix>) -> (String, usize) {
    let mut fixes: Vec<&Fix> = fixes.into_iter().collect();
    fixes.sort_by(|a, b| order(a).cmp(&order(b)));
    fixes.dedup();
    let mut places = Places::new(file);
    let mut out = String::with_capacity(file.len());
    let (mut copied, mut made) = (0, 0);
    for fix in fixes {
        let place = places.at(fix.span.start)..places.at(fix.span.end);
        let Some(place) = expected(file, place, fix) else {
            continue;
        };
        if place.start < copied {
            continue;
        }
        let before = match &file[copied..place.start] {
            "" => out.as_str(),
            kept => kept,
        };
        // Two ends of lines would become one.
        let is_seam = before.ends_with('\r') && file[place.end..].starts_with('\n');
        if is_seam && fix.replacement.is_empty() {
            continue;
        }
        out.push_str(&file[copied..place.start]);
        out.push_str(&fix.replacement);
        copied = place.end;
        made += 1;
    }
    out.push_str(&file[copied..]);
    (out, made)
}

fn order(fix: &Fix) -> (usize, usize, &str) {
    (fix.span.start, fix.span.end, &fix.replacement)
}

/// Where the edit's text stands, be it between quotes. `None` if something else stands there.
fn expected(file: &str, place: Range<usize>, fix: &Fix) -> Option<Range<usize>> {
    let found = file.get(place.clone())?;
    let is_line = |text: &str| !text.contains(['\n', '\r']);
    if fix.original.is_empty() || !is_line(&fix.original) || !is_line(&fix.replacement) {
        return None;
    }
    if found == fix.original {
        return Some(place);
    }
    ['"', '\'']
        .iter()
        .any(|&quote| {
            found
                .strip_prefix(quote)
                .and_then(|rest| rest.strip_suffix(quote))
                == Some(&fix.original)
        })
        .then(|| place.start + 1..place.end - 1)
}

/// Offsets of the loaded text as offsets of the file. They are asked for in ascending order, up to
/// the ends of edits that overlap.
struct Places<'f> {
    file: &'f str,
    loaded: usize,
    own: usize,
}

impl<'f> Places<'f> {
    fn new(file: &'f str) -> Self {
        let mark = file.len() - file.trim_start_matches('\u{feff}').len();
        Self {
            file,
            loaded: 0,
            // One mark is taken off, a second one is text.
            own: mark.min('\u{feff}'.len_utf8()),
        }
    }

    fn at(&mut self, offset: usize) -> usize {
        if offset < self.loaded {
            *self = Self::new(self.file);
        }
        let bytes = self.file.as_bytes();
        while self.loaded < offset && self.own < bytes.len() {
            let pair = bytes[self.own] == b'\r' && bytes.get(self.own + 1) == Some(&b'\n');
            self.own += 1 + usize::from(pair);
            self.loaded += 1;
        }
        self.own
    }
}

/// The lines that two texts of as many lines do not share, as people read a difference. What can't
/// be seen is spelled out.
pub fn difference(path: &str, old: &str, new: &str) -> Vec<Line> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let changed: Vec<usize> = (0..old.len().min(new.len()))
        .filter(|&at| old[at] != new[at])
        .collect();
    let mut lines = vec![Line::head(path)];
    let mut shown = 0;
    for group in changed.chunk_by(|a, b| b - a <= 2 * CONTEXT + 1) {
        let (first, last) = (group[0], group[group.len() - 1]);
        let from = first.saturating_sub(CONTEXT).max(shown);
        let to = (last + CONTEXT + 1).min(old.len());
        lines.push(Line::hunk(from, to));
        for at in from..to {
            if old[at] == new[at] {
                lines.push(Line::of(Side::Both, old[at]));
            } else {
                lines.push(Line::of(Side::Old, old[at]));
                lines.push(Line::of(Side::New, new[at]));
            }
        }
        shown = to;
    }
    lines
}

/// A line of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub side: Side,
    /// With its sign.
    pub text: String,
}

/// Which text a line is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Head,
    Both,
    Old,
    New,
}

impl Line {
    fn head(path: &str) -> Self {
        Self {
            side: Side::Head,
            text: format!("--- {path}"),
        }
    }

    fn hunk(from: usize, to: usize) -> Self {
        Self {
            side: Side::Head,
            text: format!("@@ lines {} to {to} @@", from + 1),
        }
    }

    fn of(side: Side, line: &str) -> Self {
        let sign = match side {
            Side::Head => "",
            Side::Both => " ",
            Side::Old => "-",
            Side::New => "+",
        };
        let mut text = String::from(sign);
        let line = line.trim_start_matches('\u{feff}');
        for c in line.trim_end_matches('\r').chars() {
            if c == '\t' || !(c.is_control() || is_hidden(c)) {
                text.push(c);
            } else {
                let _ = write!(text, "<U+{:04X}>", u32::from(c));
            }
        }
        Self { side, text }
    }
}

/// Characters that have no width, or reorder others.
fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{061C}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}'
            | '\u{FEFF}'
            | '\u{E0020}'..='\u{E007F}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn replace(span: Range<usize>, original: &str, replacement: &str) -> Fix {
        Fix::new(span, original, replacement)
    }

    fn loaded(file: &str) -> String {
        let text = file.strip_prefix('\u{feff}').unwrap_or(file);
        text.replace("\r\n", "\n").replace('\r', "\n")
    }

    /// Edits that replace each of the words where it stands in the loaded text.
    fn replacing(file: &str, words: &[(&str, &str)]) -> Vec<Fix> {
        let text = loaded(file);
        let places = words.iter().flat_map(|(old, new)| {
            let found = text.match_indices(old).map(|(at, _)| at);
            found
                .map(|at| replace(at..at + old.len(), old, new))
                .collect::<Vec<_>>()
        });
        places.collect()
    }

    #[test]
    fn places_are_those_of_the_loaded_text() {
        let file = "\u{feff}a\r\ntopic: langauge\r\nb\rc: GIL\r\n\r\n";
        let fixes = replacing(file, &[("langauge", "language"), ("GIL", "gil")]);
        let (mended, made) = apply(file, &fixes);
        assert_eq!(
            (mended.as_str(), made),
            ("\u{feff}a\r\ntopic: language\r\nb\rc: gil\r\n\r\n", 2)
        );
    }

    #[test]
    fn edits_that_expect_something_else_overlap_or_leave_the_line_are_not_made() {
        let with = |fixes: &[Fix]| apply("one two\nthree", fixes);
        let unchanged = ("one two\nthree".to_owned(), 0);
        assert_eq!(with(&[replace(0..3, "two", "2")]), unchanged);
        assert_eq!(with(&[replace(0..99, "one", "2")]), unchanged);
        assert_eq!(with(&[replace(4..9, "two\nt", "2")]), unchanged);
        assert_eq!(with(&[replace(0..3, "one", "1\n1")]), unchanged);
        assert_eq!(with(&[replace(1..1, "", "x")]), unchanged);
        let overlap = [replace(0..5, "one t", "1 t"), replace(4..7, "two", "2")];
        assert_eq!(with(&overlap), ("1 two\nthree".to_owned(), 1));
        let twice = [replace(0..3, "one", "1"), replace(0..3, "one", "1")];
        assert_eq!(with(&twice), ("1 two\nthree".to_owned(), 1));
    }

    #[test]
    fn lines_of_different_ends_do_not_become_one() {
        let file = "a\rbad\nb\r\n";
        assert_eq!(
            apply(file, &[replace(2..5, "bad", "")]),
            (file.to_owned(), 0)
        );
        let file = "a\r\nbad\r\n";
        assert_eq!(
            apply(file, &[replace(2..5, "bad", "")]),
            ("a\r\n\r\n".to_owned(), 1)
        );
    }

    #[test]
    fn quotes_stay() {
        let file = "a: 'x', b: \"y\", c: 'z";
        let fixes = [
            replace(3..6, "x", "1"),
            replace(11..14, "y", "2"),
            replace(19..21, "z", "3"),
        ];
        assert_eq!(
            apply(file, &fixes),
            ("a: '1', b: \"2\", c: 'z".to_owned(), 2)
        );
    }

    #[test]
    fn a_difference_shows_lines_around_and_what_can_t_be_seen() {
        let old = "1\n2\n3\r\nx\u{200b}y\r\n5\n6\n7\n8\n9\nb\n";
        let new = "1\n2\n3\r\nxy\r\n5\n6\n7\n8\n9\nB\n";
        let shown: Vec<String> = difference("a.md", old, new)
            .into_iter()
            .map(|line| line.text)
            .collect();
        assert_eq!(
            shown.join("|"),
            "--- a.md|@@ lines 2 to 6 @@| 2| 3|-x<U+200B>y|+xy| 5| 6|@@ lines 8 to 10 @@| 8| 9|-b|+B"
        );
    }

    proptest! {
        #[test]
        fn only_what_is_named_changes(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "bad", "worse", "ok ", "\r\n", "\n", "\r", "ü", "\u{feff}", "\u{200b}",
            ]), 0..30)
        ) {
            let file = pieces.concat();
            let words = [("bad", "good"), ("worse", "w"), ("\u{200b}", "")];
            let (mended, made) = apply(&file, &replacing(&file, &words));
            let mut expected = file.clone();
            for (old, new) in words {
                expected = expected.replace(old, new);
            }
            let lines = |text: &str| loaded(text).matches('\n').count();
            prop_assume!(lines(&expected) == lines(&file));
            prop_assert_eq!(&mended, &expected);
            prop_assert_eq!(made, words.iter().map(|(old, _)| file.matches(old).count()).sum::<usize>());
            // Mended once, there is nothing more to mend.
            prop_assert_eq!(apply(&mended, &replacing(&mended, &words)), (mended.clone(), 0));
        }

        #[test]
        fn edits_at_any_places_in_any_order_are_safe(
            file in "[a\r\n\u{feff}ü]{0,12}",
            edits in prop::collection::vec((0_usize..20, 0_usize..20, "[a-c\n]{0,3}"), 0..8)
        ) {
            let text = loaded(&file);
            let fixes: Vec<Fix> = edits
                .iter()
                .map(|(start, length, new)| {
                    let span = *start..start + length;
                    replace(span.clone(), text.get(span).unwrap_or("x"), new)
                })
                .collect();
            let reversed: Vec<Fix> = fixes.iter().rev().cloned().collect();
            let (mended, made) = apply(&file, &fixes);
            prop_assert!(made <= fixes.len());
            prop_assert_eq!(loaded(&mended).matches('\n').count(), text.matches('\n').count());
            prop_assert_eq!(apply(&file, &reversed), (mended, made));
        }
    }
}
