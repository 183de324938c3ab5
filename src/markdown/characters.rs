//! Characters that are not shown but change what is.

use std::borrow::Cow;
use std::sync::Arc;

use crate::diag::{Diagnostic, Span, rules};

/// Reports every control character and every character that reorders text in a file's text,
/// which starts at byte `offset` of the file.
pub fn control_characters(
    path: &Arc<str>,
    text: &str,
    offset: usize,
    diagnostics: &mut Vec<Diagnostic>,
) {
    // All but the three common ones are rare: look at bytes until one may begin a bad character.
    let bytes = text.as_bytes();
    let mut at = 0;
    // Most texts have none at all, which wide instructions find out.
    if !bytes
        .iter()
        .fold(false, |found, &byte| found | may_begin(byte))
    {
        return;
    }
    while let Some(found) = bytes[at..].iter().position(|&byte| may_begin(byte)) {
        at += found;
        let c = text[at..].chars().next().unwrap_or_default();
        if let Some(bad) = Bad::of(c) {
            let span = offset + at..offset + at + c.len_utf8();
            diagnostics
                .push(bad.found(c, |rule, message| Diagnostic::at(rule, path, span, message)));
        }
        at += c.len_utf8();
    }
}

fn may_begin(byte: u8) -> bool {
    matches!(byte, 0..=8 | 11..=31 | 127 | 0xC2 | 0xE2)
}

/// What is wrong with a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bad {
    Reordering,
    Control,
}

impl Bad {
    pub fn of(c: char) -> Option<Self> {
        match c {
            '\n' | '\t' => None,
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Some(Self::Reordering),
            c if c.is_control() => Some(Self::Control),
            _ => None,
        }
    }

    /// The diagnostic for `c`, made by `at` with its place.
    pub fn found(
        self,
        c: char,
        at: impl FnOnce(&'static rules::Rule, String) -> Diagnostic,
    ) -> Diagnostic {
        let code = u32::from(c);
        match self {
            Self::Reordering => at(
                &rules::CONTROL_REORDERING,
                format!("U+{code:04X} reorders the text around it"),
            )
            .help("remove it: what is shown would differ from what is written"),
            Self::Control => at(
                &rules::CONTROL_CHARACTER,
                format!("U+{code:04X} is a control character"),
            )
            .help("remove it"),
        }
    }
}

/// `text` without its bad characters, each of which is told to `found`.
pub(super) fn without_bad(text: &str, mut found: impl FnMut(char, Bad)) -> Cow<'_, str> {
    let mut clean = None;
    for (at, c) in text.char_indices() {
        if let Some(bad) = Bad::of(c) {
            found(c, bad);
            clean.get_or_insert_with(|| text[..at].to_owned());
        } else if let Some(clean) = &mut clean {
            clean.push(c);
        }
    }
    clean.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Reports characters without a width that stand between letters of scripts that need none: they
/// come in by copying, and break searches, code and addresses.
pub fn invisible_characters(path: &Arc<str>, text: &str, diagnostics: &mut Vec<Diagnostic>) {
    let bytes = text.as_bytes();
    let may_begin = |byte: &u8| matches!(byte, 0xC2 | 0xD8 | 0xE1 | 0xE2 | 0xEF | 0xF3);
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(may_begin) {
        let start = at + found;
        let mut end = start;
        let mut first = None;
        for c in text[start..].chars().take_while(|&c| is_invisible(c)) {
            first.get_or_insert(c);
            end += c.len_utf8();
        }
        let Some(first) = first else {
            at = start + text[start..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        at = end;
        if is_needed(first, text, &(start..end)) {
            continue;
        }
        let message = unseen(first, text[start..end].chars().count());
        diagnostics.push(
            Diagnostic::at(&rules::ZERO_WIDTH, path, start..end, message)
                .help("remove it")
                .fix(start..end, &text[start..end], ""),
        );
    }
}

/// Whether a character without a width that stands at a place is one of its neighbours' script.
pub(super) fn is_needed(c: char, text: &str, place: &Span) -> bool {
    let joins = |c: Option<char>| c.is_some_and(uses_joiners);
    // A byte-order mark has no meaning within a text, a soft hyphen none in such scripts.
    !matches!(c, '\u{FEFF}' | '\u{AD}')
        && (joins(text[..place.start].chars().next_back())
            || joins(text[place.end..].chars().next()))
}

/// What is said of characters without a width, the first of which is `first`.
pub(super) fn unseen(first: char, count: usize) -> String {
    let code = u32::from(first);
    match count {
        1 => format!("U+{code:04X} has no width: nobody sees it"),
        _ => format!("{count} characters from U+{code:04X} on have no width: nobody sees them"),
    }
}

/// Whether a character has no width. A soft hyphen has one only where a line ends.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2060}'..='\u{2064}'
            | '\u{061C}'
            | '\u{180E}'
            | '\u{FEFF}'
            | '\u{E0020}'..='\u{E007F}'
    )
}

/// Whether a character is of a script, or an emoji, that such characters shape: all but Latin,
/// Greek and Cyrillic letters and the punctuation between them.
fn uses_joiners(c: char) -> bool {
    !c.is_ascii()
        && !c.is_whitespace()
        && !matches!(
            c,
            '\u{00A0}'..='\u{058F}'
                | '\u{1C80}'..='\u{1C8F}'
                | '\u{1D00}'..='\u{1DBF}'
                | '\u{1E00}'..='\u{1FFF}'
                | '\u{2010}'..='\u{205E}'
                | '\u{2C60}'..='\u{2C7F}'
                | '\u{A640}'..='\u{A69F}'
                | '\u{A720}'..='\u{A7FF}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> usize {
        let mut found = Vec::new();
        invisible_characters(&Arc::from("a.md"), text, &mut found);
        found.len()
    }

    #[test]
    fn between_latin_letters_and_code_they_are_told_of_once_a_run() {
        for text in [
            "a\u{200B}b",
            "x =\u{200B}1",
            "\u{200B}",
            "a\u{200D}\u{200C}\u{200B}b",
            "end.\u{2060}\n",
            "–\u{200E}–",
            "слово\u{200B}слово",
            "日\u{FEFF}本",
            "hyphen\u{AD}ated",
        ] {
            assert_eq!(found(text), 1, "{text:?}");
        }
        assert_eq!(found("a\u{200B}b \u{200B}c"), 2);
    }

    #[test]
    fn scripts_and_emoji_that_need_them_keep_them() {
        for text in [
            "👩\u{200D}💻",
            "🏳\u{FE0F}\u{200D}🌈",
            "می\u{200C}خواهم",
            "ক\u{200D}ষ",
            "ภาษา\u{200B}ไทย",
            "שלום\u{200F}!",
            "“Curly”, – and “more”… ①",
        ] {
            assert_eq!(found(text), 0, "{text:?}");
        }
    }
}
