//! Markdown to [`Fragment`]s, in one walk.
//!
//! 1. pulldown-cmark gives events with byte ranges; `walk` turns them into HTML with marks and
//!    collects links, images, headings and code. What is open stands on the explicit `stack`.
//! 2. `tokens` reads raw HTML, `raw` admits the few tags of `tags`, `balance` closes them; nothing
//!    of them is passed on as written.
//! 3. `address` tells safe link targets from unsafe ones.
//! 4. `notes` numbers the footnotes at the end and gives each to the part that uses it first.
//! 5. `link_text`, `alternatives`, `code_lines` and `placeholders` are rules of judgment that
//!    need no more than the walk; `characters` and `scripts` look at a whole file.
//! 6. `plain` gives the words of what was made, for the search.
//! 7. What is wrong is returned as diagnostics; the walk itself always ends.

mod address;
mod alerts;
mod alternatives;
mod balance;
mod bare;
mod blocks;
mod characters;
mod code_lines;
mod entities;
mod excerpt;
mod fence;
mod footnotes;
mod fragment;
mod headings;
mod hidden;
mod link_text;
mod links;
mod notes;
pub mod placeholders;
mod plain;
mod raw;
mod report;
mod scripts;
mod slug;
mod stack;
mod tags;
mod text;
mod title;
mod tokens;
mod walk;
mod write;

#[cfg(test)]
#[allow(
    clippy::too_many_lines,
    reason = "a table of cases is as long as the cases are many"
)]
mod tests;

use std::sync::Arc;

use crate::diag::{Diagnostic, Span};

pub use characters::{control_characters, invisible_characters, is_invisible};
pub use fragment::*;
pub use plain::Words;
pub use scripts::mixed_scripts;
pub use slug::{RESERVED_IDS, slug};
pub use title::title;
pub use write::{Fill, escape_attribute, escape_text};

use walk::{Mode, Walker};

/// Which text is walked, and where it stands in its file.
#[derive(Debug, Clone)]
pub struct Input<'a> {
    /// Of the file, from the root: `content/python/senior/x.md`.
    pub path: &'a Arc<str>,
    /// The Markdown, its lines ended by line feeds alone.
    pub text: &'a str,
    /// Maps offsets of `text` to the file.
    pub place: Place,
}

/// Where a text stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// It starts at this byte of the file and is the same from there on.
    Offset(usize),
    /// Escapes or folding lie between: its pieces, in order and without gaps in the text.
    Pieces(Vec<Piece>),
    /// Nothing more is known: every problem is shown at this span.
    Whole(Span),
}

/// A piece of a text and what it is written as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub text: Span,
    pub file: Span,
}

impl Piece {
    /// Whether both are the same, byte by byte.
    pub fn is_exact(&self) -> bool {
        self.text.len() == self.file.len()
    }
}

impl Place {
    /// A range of the text as one of the file.
    pub fn span(&self, range: Span) -> Span {
        match self {
            Place::Offset(offset) => range.start + offset..range.end + offset,
            Place::Pieces(pieces) => {
                let start = byte(pieces, range.start).start;
                if range.is_empty() {
                    start..start
                } else {
                    start..byte(pieces, range.end - 1).end.max(start)
                }
            }
            Place::Whole(span) => span.clone(),
        }
    }
}

/// Where one byte of the text comes from: the byte itself, or the whole of what it was made of.
fn byte(pieces: &[Piece], at: usize) -> Span {
    let index = pieces.partition_point(|piece| piece.text.end <= at);
    match pieces.get(index) {
        Some(piece) if piece.is_exact() => {
            let at = piece.file.start + at - piece.text.start;
            at..at + 1
        }
        Some(piece) => piece.file.clone(),
        None => {
            let end = pieces.last().map_or(0, |last| last.file.end);
            end..end
        }
    }
}

/// A whole page's body. `answer` is `None`.
pub fn page(input: Input<'_>, diagnostics: &mut Vec<Diagnostic>) -> Walked {
    Walker::new(input, Mode::Page, diagnostics).walk()
}

/// A question's body, split at its `## Answer`.
pub fn question(input: Input<'_>, diagnostics: &mut Vec<Diagnostic>) -> Walked {
    Walker::new(input, Mode::Question, diagnostics).walk()
}

/// One field of front matter: its fragment has no `<p>`, and blocks of Markdown are errors.
pub fn inline(input: Input<'_>, diagnostics: &mut Vec<Diagnostic>) -> Walked {
    match bare::walked(&input) {
        Some(walked) => walked,
        None => Walker::new(input, Mode::Inline, diagnostics).walk(),
    }
}
