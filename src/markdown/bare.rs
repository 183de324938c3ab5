//! Fields that are words and code spans and nothing else, as most are: they need no parser.
//!
//! [`walked`] gives up at whatever might mean more. What it gives is what a walk would come to.

use super::excerpt::{Excerpt, words};
use super::placeholders;
use super::write::{Buffer, escape_text};
use super::{Content, Input, Walked};

/// What a field comes to, if it is so plain.
pub(super) fn walked(input: &Input<'_>) -> Option<Walked> {
    let text = input.text;
    let begins_word = text.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_known = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    let is_tight = !text.ends_with(' ') && !text.contains("  ");
    if !begins_word || !is_known || !is_tight || placeholders::has_word(text) {
        return None;
    }
    let mut out = Buffer {
        html: String::with_capacity(text.len()),
        ..Buffer::default()
    };
    let mut excerpt = Excerpt::default();
    excerpt.open(true);
    let mut within_word = false;
    let mut parts = text.split('`');
    let mut is_code = false;
    while let Some(part) = parts.next() {
        if is_code {
            // The rest of a line, or a longer fence.
            let is_closed = parts.clone().next().is_some();
            if !is_closed || part.is_empty() || part.starts_with(' ') || part.ends_with(' ') {
                return None;
            }
            out.push("<code>");
            escape_text(part, &mut out.html);
            out.push("</code>");
        } else {
            // Between two code spans stands something.
            let is_within = part.is_empty() && !out.html.is_empty();
            if (is_within && parts.clone().next().is_some()) || !part.bytes().all(is_plain) {
                return None;
            }
            if part.contains("://") {
                return None;
            }
            out.push(part);
        }
        out.words += words(part, &mut within_word);
        excerpt.push(part);
        is_code = !is_code;
    }
    let content = Content {
        words: out.words,
        excerpt: excerpt.finish(),
        span: input.place.span(0..text.len()),
        fragment: out.into_fragment(),
        hidden: Vec::new(),
    };
    Some(Walked {
        shown: content,
        ..Walked::default()
    })
}

/// What means nothing to Markdown and HTML within a line.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b' ' | b','
                | b'.'
                | b';'
                | b':'
                | b'?'
                | b'('
                | b')'
                | b'%'
                | b'/'
                | b'\''
                | b'"'
                | b'-'
        )
}
