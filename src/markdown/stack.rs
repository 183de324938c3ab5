//! What is open, and how it is closed.

use std::mem;

use super::raw::Raw;
use super::walk::Walker;
use crate::diag::{Span, rules};

/// No reader follows deeper, and browsers flatten not far beyond.
const DEEPEST: usize = 40;

/// An element that is open.
#[derive(Debug)]
pub(super) struct Frame {
    pub kind: Kind,
    /// Where it stands in the text; of raw HTML, its start tag.
    pub range: Span,
}

#[derive(Debug)]
pub(super) enum Kind {
    /// Nothing is written at its end.
    Bare,
    /// Closed by this, and no deeper than what holds it.
    Plain(&'static str),
    /// Closed by this, and one container deeper.
    Nested(&'static str),
    Paragraph(&'static str),
    Item,
    Heading(u8),
    Link,
    Cell(&'static str),
    Head,
    Table,
    Footnote,
    Raw(Raw),
}

impl Kind {
    fn is_container(&self) -> bool {
        matches!(
            self,
            Kind::Nested(_) | Kind::Item | Kind::Link | Kind::Footnote | Kind::Raw(_)
        )
    }
}

impl Walker<'_, '_> {
    /// Writes a start tag, if there is room for one more container.
    pub fn open(&mut self, html: &str, kind: Kind, range: Span) {
        if kind.is_container() && !self.may_nest(&range) {
            self.skipping = 1;
            return;
        }
        self.out.push(html);
        self.push_frame(kind, range);
    }

    /// Whether one more container may be opened; reports the first that may not.
    pub fn may_nest(&mut self, range: &Span) -> bool {
        if self.depth < DEEPEST {
            return true;
        }
        if !mem::replace(&mut self.too_deep, true) {
            let fault = self
                .report
                .at(
                    &rules::NESTING,
                    self.first_line(range),
                    format!("this is nested deeper than {DEEPEST} levels"),
                )
                .help("write it flat");
            self.report.add(fault);
        }
        false
    }

    pub fn push_frame(&mut self, kind: Kind, range: Span) {
        self.depth += usize::from(kind.is_container());
        self.stack.push(Frame { kind, range });
    }

    pub fn pop_frame(&mut self) -> Option<Frame> {
        let frame = self.stack.pop()?;
        self.depth -= usize::from(frame.kind.is_container());
        // What begins anew can be too deep anew.
        self.too_deep &= self.depth > 0;
        Some(frame)
    }

    /// The end of Markdown's innermost element.
    pub fn end(&mut self) {
        self.close_raw(|_| true);
        let Some(frame) = self.pop_frame() else {
            return;
        };
        match frame.kind {
            Kind::Bare | Kind::Raw(_) => {}
            Kind::Plain(html) | Kind::Nested(html) => self.out.push(html),
            Kind::Paragraph(html) => {
                self.out.push(html);
                self.excerpt.close();
                self.check_neighbours();
                self.within_word = false;
            }
            Kind::Item => {
                self.out.push("</li>");
                self.within_word = false;
            }
            Kind::Link => {
                self.out.push("</a>");
                self.links_open -= 1;
                self.check_link_text(&frame.range);
            }
            Kind::Heading(level) => self.end_heading(level, &frame.range),
            Kind::Cell(html) => {
                self.out.push(html);
                self.within_word = false;
            }
            Kind::Head => self.out.push("</tr></thead>"),
            Kind::Table => self.end_table(),
            Kind::Footnote => self.end_footnote(),
        }
    }
}
