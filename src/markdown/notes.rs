//! Footnotes: numbered by first reference, collected at the end of the part that needs them.

use std::mem;

use rustc_hash::FxHashMap;

use super::write::Buffer;
use super::{Mark, Part, Word};
use crate::diag::Span;

/// The footnotes of one text.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// By label in lower case.
    by_label: FxHashMap<String, usize>,
    pub all: Vec<Note>,
    /// The definitions that are open; `None` is one that is left out.
    pub open: Vec<Option<usize>>,
    /// What stands in definitions, until it is known which part they belong to.
    pub owned: Vec<(usize, Owned)>,
    pub undefined: Vec<(Span, String)>,
}

/// All that is known of a label.
#[derive(Debug, Default)]
pub(super) struct Note {
    pub label: String,
    pub definition: Option<Span>,
    pub body: Buffer,
    pub referenced: bool,
    /// From 1; 0 while not reached.
    number: usize,
    pub part: Option<Part>,
    /// References in the part that has the note, each with a link back.
    backs: usize,
    /// References written so far.
    written: usize,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Owned {
    Link(usize),
    Image(usize),
    Block(usize),
    Heading(usize),
}

impl Notes {
    /// Whether a definition is being walked.
    pub fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    pub fn note(&mut self, label: &str) -> usize {
        let notes = &mut self.all;
        *self
            .by_label
            .entry(label.to_lowercase())
            .or_insert_with(|| {
                notes.push(Note {
                    label: label.to_owned(),
                    ..Note::default()
                });
                notes.len() - 1
            })
    }

    pub fn own(&mut self, owned: Owned) {
        if let Some(Some(note)) = self.open.last() {
            self.owned.push((*note, owned));
        }
    }

    /// Numbers the notes that a part needs and counts its references. Gives them in order.
    pub fn reach(&mut self, part: Part, buffer: &Buffer, next: &mut usize) -> Vec<usize> {
        let mut order = Vec::new();
        let mut visit = |notes: &mut [Note], references: &[(u32, usize)], order: &mut Vec<_>| {
            for &(_, index) in references {
                let note = &mut notes[index];
                if note.definition.is_none() {
                    continue;
                }
                if note.part.is_none() {
                    note.part = Some(part);
                    note.number = *next;
                    *next += 1;
                    order.push(index);
                }
                if note.part == Some(part) {
                    note.backs += 1;
                }
            }
        };
        visit(&mut self.all, &buffer.references, &mut order);
        let mut at = 0;
        while let Some(&index) = order.get(at) {
            let body = mem::take(&mut self.all[index].body);
            visit(&mut self.all, &body.references, &mut order);
            self.all[index].body = body;
            at += 1;
        }
        order
    }

    /// Copies `from` with its references written out.
    pub fn fill(&mut self, from: &Buffer, to: &mut Buffer) {
        let mut marks = from.marks.iter().peekable();
        let mut at = 0;
        let mut copy = |to: &mut Buffer, until: usize| {
            while let Some(&&(place, mark)) = marks.peek()
                && place as usize <= until
            {
                to.push(&from.html[at..place as usize]);
                to.mark(mark);
                at = place as usize;
                marks.next();
            }
            to.push(&from.html[at..until]);
            at = until;
        };
        for &(place, index) in &from.references {
            copy(to, place as usize);
            let note = &mut self.all[index];
            if note.number == 0 {
                continue;
            }
            note.written += 1;
            let number = note.number.to_string();
            to.id("<sup class=\"footnote-ref\"><a href=\"#");
            to.push("fn-");
            to.push(&number);
            to.id("\" id=\"");
            reference_id(note.number, note.written, to);
            to.push("\">");
            to.push(&number);
            to.push("</a></sup>");
        }
        copy(to, from.html.len());
        to.words += from.words;
    }

    pub fn section(&mut self, order: &[usize], to: &mut Buffer) {
        let Some(&first) = order.first() else {
            return;
        };
        // No landmark: a question can have two of these, and the page of all questions many.
        to.push("<div class=\"footnotes\"><p class=\"footnotes-title\">");
        to.mark(Mark::Word(Word::Footnotes));
        match self.all[first].number {
            1 => to.push("</p><ol>"),
            number => {
                to.push("</p><ol start=\"");
                to.push(&number.to_string());
                to.push("\">");
            }
        }
        for &index in order {
            let number = self.all[index].number;
            to.id("<li id=\"");
            to.push("fn-");
            to.push(&number.to_string());
            to.push("\">");
            let body = mem::take(&mut self.all[index].body);
            self.fill(&body, to);
            let paragraph = to.html.ends_with("</p>");
            if paragraph {
                to.html.truncate(to.html.len() - "</p>".len());
            } else {
                to.push("<p>");
            }
            for back in 1..=self.all[index].backs {
                to.push(if paragraph || back > 1 { " " } else { "" });
                to.id("<a class=\"footnote-back\" href=\"#");
                reference_id(number, back, to);
                to.push("\" aria-label=\"");
                to.mark(Mark::Word(Word::FootnoteBack));
                if back > 1 {
                    to.push(&format!(" ({back})"));
                }
                to.push("\">↩</a>");
            }
            to.push("</p></li>");
        }
        to.push("</ol></div>");
    }
}

/// `fnref-1`, `fnref-1-2`.
fn reference_id(number: usize, time: usize, to: &mut Buffer) {
    to.push("fnref-");
    to.push(&number.to_string());
    if time > 1 {
        to.push("-");
        to.push(&time.to_string());
    }
}
