//! Footnotes as the walk meets them, and what is wrong with them.

use std::mem;

use pulldown_cmark::CowStr;

use super::Part;
use super::notes::Owned;
use super::stack::Kind;
use super::text::Run;
use super::walk::Walker;
use super::write::Buffer;
use crate::diag::{Span, nearest, rules};

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
        self.notes.all[note].referenced = true;
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
        let note = &mut self.notes.all[index];
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
            self.hidden.notes.push((index, range.clone()));
            self.notes.open.push(Some(index));
        }
        self.suspended.push(mem::take(&mut self.out));
        self.push_frame(Kind::Footnote, range);
    }

    pub fn end_footnote(&mut self) {
        let outer = self.suspended.pop().unwrap_or_default();
        let body = mem::replace(&mut self.out, outer);
        if let Some(Some(note)) = self.notes.open.pop() {
            self.notes.all[note].body = body;
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
        if self.notes.all.is_empty() {
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
                .all
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
        for note in &self.notes.all {
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
            let part = self.notes.all[note].part.unwrap_or(nowhere);
            match owned {
                Owned::Link(at) => self.walked.links[at].part = part,
                Owned::Image(at) => self.walked.images[at].part = part,
                Owned::Block(at) => self.walked.blocks[at].part = part,
                Owned::Heading(at) => self.walked.headings[at].part = part,
            }
        }
    }
}
