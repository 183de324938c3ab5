//! Characters that are not shown but change what is.

use std::borrow::Cow;
use std::sync::Arc;

use crate::diag::{Diagnostic, rules};

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
