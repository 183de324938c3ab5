//! Character references in raw HTML.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser};
use rustc_hash::FxHashMap;

/// The longest name is `CounterClockwiseContourIntegral`.
const LONGEST: usize = 34;

/// `text` with its character references decoded as Markdown would.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut known: FxHashMap<&str, String> = FxHashMap::default();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(reference) = reference(rest) else {
            decoded.push('&');
            rest = &rest[1..];
            continue;
        };
        decoded.push_str(known.entry(reference).or_insert_with(|| one(reference)));
        rest = &rest[reference.len()..];
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// `&name;` or `&#…;` at the start of `text`.
fn reference(text: &str) -> Option<&str> {
    let end = text
        .bytes()
        .take(LONGEST)
        .skip(1)
        .position(|byte| !byte.is_ascii_alphanumeric() && byte != b'#')?
        + 1;
    (end > 1 && text.as_bytes()[end] == b';').then(|| &text[..=end])
}

/// The parser knows the names and offers no other way to them.
fn one(reference: &str) -> String {
    Parser::new(reference)
        .filter_map(|event| match event {
            Event::Text(text) => Some(text.into_string()),
            _ => None,
        })
        .collect()
}
