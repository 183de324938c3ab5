//! Footnotes: numbered by first reference, collected at the end of the part that needs them.

use std::mem;

use pulldown_cmark::CowStr;
use rustc_hash::FxHashMap;

use super::text::Run;
use super::walk::{Kind, Walker};
use super::write::Buffer;
use super::{Mark, Part, Word};
use crate::diag::{Span, nearest, rules};

/// The footnotes of one text.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// By label in lower case.
    by_label: FxHashMap<String, usize>,
    notes: Vec<Note>,
    /// The definitions that are open; `None` is one that is left out.
    open: Vec<Option<usize>>,
    /// What stands in definitions, until it is known which part they belong to.
    owned: Vec<(usize, Owned)>,
    undefined: Vec<(Span, String)>,
}

/// All that is known of a label.
#[derive(Debug, Default)]
struct Note {
    label: String,
    definition: Option<Span>,
    body: Buffer,
    referenced: bool,
    /// From 1; 0 while not reached.
    number: usize,
    part: Option<Part>,
    /// References in the part that has the note, each with a link back.
    backs: usize,
    /// References written so far.
    written: usize,
}

#[derive(Debug, Clone, Copy)]
enum Owned {
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

    fn note(&mut self, label: &str) -> usize {
        let notes = &mut self.notes;
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

    fn own(&mut self, owned: Owned) {
        if let Some(Some(note)) = self.open.last() {
            self.owned.push((*note, owned));
        }
    }

    /// Numbers the notes that a part needs and counts its references. Gives them in order.
    fn reach(&mut self, part: Part, buffer: &Buffer, next: &mut usize) -> Vec<usize> {
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
        visit(&mut self.notes, &buffer.references, &mut order);
        let mut at = 0;
        while let Some(&index) = order.get(at) {
            let body = mem::take(&mut self.notes[index].body);
            visit(&mut self.notes, &body.references, &mut order);
            self.notes[index].body = body;
            at += 1;
        }
        order
    }

    /// Copies `from` with its references written out.
    fn fill(&mut self, from: &Buffer, to: &mut Buffer) {
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
            let note = &mut self.notes[index];
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

    fn section(&mut self, order: &[usize], to: &mut Buffer) {
        let Some(&first) = order.first() else {
            return;
        };
        to.push("<section class=\"footnotes\" aria-label=\"");
        to.mark(Mark::Word(Word::Footnotes));
        match self.notes[first].number {
            1 => to.push("\"><ol>"),
            number => {
                to.push("\"><ol start=\"");
                to.push(&number.to_string());
                to.push("\">");
            }
        }
        for &index in order {
            let number = self.notes[index].number;
            to.id("<li id=\"");
            to.push("fn-");
            to.push(&number.to_string());
            to.push("\">");
            let body = mem::take(&mut self.notes[index].body);
            self.fill(&body, to);
            let paragraph = to.html.ends_with("</p>");
            if paragraph {
                to.html.truncate(to.html.len() - "</p>".len());
            } else {
                to.push("<p>");
            }
            for back in 1..=self.notes[index].backs {
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
        to.push("</ol></section>");
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

impl Walker<'_, '_> {
    pub fn own_link(&mut self) {
        self.notes.own(Owned::Link(self.walked.links.len()));
    }

    pub fn own_image(&mut self) {
        self.notes.own(Owned::Image(self.walked.images.len()));
    }

    pub fn own_block(&mut self) {
        self.notes.own(Owned::Block(self.walked.blocks.len()));
    }

    pub fn own_heading(&mut self) {
        self.notes.own(Owned::Heading(self.walked.headings.len()));
    }

    pub fn footnote_reference(&mut self, label: &CowStr<'_>) {
        let note = self.notes.note(label);
        self.notes.notes[note].referenced = true;
        // A link can't hold another.
        if self.links_open == 0 {
            self.out.reference(note);
        }
    }

    pub fn start_footnote(&mut self, label: &CowStr<'_>, range: Span) {
        if !self.may_nest(&range) {
            return self.open("", Kind::Footnote, range);
        }
        let place = range.start..range.start + "[^]:".len() + label.len();
        let place = place.start..self.text.floor_char_boundary(place.end);
        let index = self.notes.note(label);
        let note = &mut self.notes.notes[index];
        if let Some(first) = note.definition.clone() {
            let first = self.report.span(first);
            let fault = self
                .report
                .at(
                    &rules::FOOTNOTE_TWICE,
                    place,
                    format!("the footnote `{label}` is defined a second time"),
                )
                .secondary(first, "the first definition is here")
                .help("give it another name");
            self.report.add(fault);
            self.notes.open.push(None);
        } else {
            note.definition = Some(place);
            self.notes.open.push(Some(index));
        }
        self.suspended.push(mem::take(&mut self.out));
        self.push_frame(Kind::Footnote, range);
    }

    pub fn end_footnote(&mut self) {
        let outer = self.suspended.pop().unwrap_or_default();
        let body = mem::replace(&mut self.out, outer);
        if let Some(Some(note)) = self.notes.open.pop() {
            self.notes.notes[note].body = body;
        }
    }

    /// The parser gives references without a definition as text.
    pub fn undefined_footnotes(&mut self, run: &Run) {
        let mut from = 0;
        while let Some(found) = run.text[from..].find("[^") {
            let start = from + found;
            from = start + "[^".len();
            let rest = &run.text[from..];
            let Some(length) = rest.find([']', '[', '\n']) else {
                return;
            };
            if length == 0 || rest.as_bytes()[length] != b']' {
                continue;
            }
            let label = &rest[..length];
            let place = run.source(&(start..from + length + 1));
            // `\[^1]` and `&#91;^1]` are meant as text.
            let before = &self.text[..place.start];
            let escapes = before.bytes().rev().take_while(|&b| b == b'\\').count();
            if self.text[place.start..].starts_with('[') && escapes % 2 == 0 {
                self.notes.undefined.push((place, label.to_owned()));
            }
        }
    }

    /// Numbers the footnotes and writes them after the parts.
    pub fn finish_notes(&mut self, shown: &mut Buffer, answer: Option<&mut Buffer>) {
        self.report_undefined();
        if self.notes.notes.is_empty() {
            return;
        }
        let mut next = 1;
        for (part, buffer) in [(Part::Shown, Some(shown)), (Part::Answer, answer)] {
            let Some(buffer) = buffer else {
                continue;
            };
            let order = self.notes.reach(part, buffer, &mut next);
            if buffer.references.is_empty() {
                continue;
            }
            let mut filled = Buffer::for_text(buffer.html.len() * 2);
            self.notes.fill(buffer, &mut filled);
            self.notes.section(&order, &mut filled);
            *buffer = filled;
        }
        self.report_unused();
        self.give_owned();
    }

    fn report_undefined(&mut self) {
        for (place, label) in mem::take(&mut self.notes.undefined) {
            // A fence that is left open has taken the definition, and is the mistake.
            if self.swallowed.contains(format_args!("[^{label}]:")) {
                continue;
            }
            let fault = self.report.at(
                &rules::FOOTNOTE_UNDEFINED,
                place,
                format!("the footnote `{label}` is not defined"),
            );
            let labels = self
                .notes
                .notes
                .iter()
                .take(if self.report.is_calm() { 100 } else { 0 })
                .filter(|note| note.definition.is_some());
            let fault = match nearest(&label, labels.map(|note| note.label.as_str())) {
                Some(name) => fault.help(format!("did you mean `{name}`?")),
                None => fault.help(format!(
                    "write `[^{label}]: text` on a line of its own; if this is code, put it \
                     between backticks"
                )),
            };
            self.report.add(fault);
        }
    }

    fn report_unused(&mut self) {
        for note in &self.notes.notes {
            if let (Some(definition), false) = (&note.definition, note.referenced) {
                let fault = self
                    .report
                    .at(
                        &rules::FOOTNOTE_UNUSED,
                        definition.clone(),
                        format!("the footnote `{}` is not used", note.label),
                    )
                    .help(format!(
                        "write `[^{}]` where it belongs, or remove it",
                        note.label
                    ));
                self.report.add(fault);
            }
        }
    }

    fn give_owned(&mut self) {
        // What is not shown must not be taken for what candidates read.
        let nowhere = self.part();
        for (note, owned) in mem::take(&mut self.notes.owned) {
            let part = self.notes.notes[note].part.unwrap_or(nowhere);
            match owned {
                Owned::Link(at) => self.walked.links[at].part = part,
                Owned::Image(at) => self.walked.images[at].part = part,
                Owned::Block(at) => self.walked.blocks[at].part = part,
                Owned::Heading(at) => self.walked.headings[at].part = part,
            }
        }
    }
}
