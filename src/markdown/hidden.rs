//! What of a part nobody sees who reads that part alone: comments, and definitions above
//! `## Answer` that the answer alone uses. The Markdown that is published goes without it.

use super::notes::Notes;
use super::{Part, Span, Walked};

/// Noted during the walk; offsets of the text.
#[derive(Debug, Default)]
pub(super) struct Hidden {
    pub comments: Vec<Span>,
    /// Definitions of footnotes, by the note's number.
    pub notes: Vec<(usize, Span)>,
    /// All definitions of links.
    pub definitions: Vec<Span>,
    /// Definitions of links that something uses.
    pub uses: Vec<(Span, Use)>,
}

/// What uses a definition: its position in the lists of [`Walked`].
#[derive(Debug, Clone, Copy)]
pub(super) enum Use {
    Link(usize),
    Image(usize),
}

impl Hidden {
    /// What is to be left out before the border of the two parts, and what after it, in order.
    pub fn around(self, border: usize, notes: &Notes, walked: &Walked) -> (Vec<Span>, Vec<Span>) {
        let shown = |user: &Use| {
            let part = match *user {
                Use::Link(index) => walked.links.get(index).map(|link| link.part),
                Use::Image(index) => walked.images.get(index).map(|image| image.part),
            };
            part == Some(Part::Shown)
        };
        let footnotes = self
            .notes
            .into_iter()
            .filter(|(note, _)| notes.all[*note].part != Some(Part::Shown))
            .map(|(_, span)| span);
        let uses = &self.uses;
        let definitions = self.definitions.into_iter().filter(|definition| {
            !uses
                .iter()
                .any(|(used, user)| used == definition && shown(user))
        });
        let (comments, mut after): (Vec<Span>, Vec<Span>) = self
            .comments
            .into_iter()
            .partition(|span| span.start < border);
        let mut before: Vec<Span> = footnotes
            .chain(definitions)
            .filter(|span| span.start < border)
            .chain(comments)
            .collect();
        before.sort_by_key(|span| span.start);
        after.sort_by_key(|span| span.start);
        (before, after)
    }
}
