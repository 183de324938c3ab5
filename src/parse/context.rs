//! What all readers of one file share.

use std::mem;
use std::sync::Arc;

use crate::diag::{Diagnostic, Rule, Span};
use crate::load::Source;
use crate::markdown::{self, Input, Part, Walked};
use crate::model::{Body, Excerpt, Place};

use super::Outline;

/// The file, and what was found in it so far.
pub struct Context<'s> {
    pub source: &'s Source,
    pub outline: Outline,
    pub diagnostics: Vec<Diagnostic>,
    within: Within,
}

/// What a value is to the field in which it stands.
#[derive(Debug, Clone, Default)]
pub enum Within {
    /// The field's own value.
    #[default]
    Field,
    /// One of a list.
    Entry,
    /// What stands at this key.
    Key(Span),
}

/// A body's parts.
pub struct Parts {
    pub shown: Body,
    /// The part below `## Answer`, in a question that has one.
    pub answer: Option<Body>,
}

impl<'s> Context<'s> {
    pub fn new(source: &'s Source) -> Self {
        Self {
            source,
            outline: Outline::default(),
            diagnostics: Vec::new(),
            within: Within::Field,
        }
    }

    /// Reads a value that is not, or is again, a field's own.
    pub fn within<T>(&mut self, within: Within, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = mem::replace(&mut self.within, within);
        let value = read(self);
        self.within = outer;
        value
    }

    /// What a message about the value that is being read calls it.
    pub fn subject(&self, name: &str) -> String {
        match &self.within {
            Within::Field => format!("`{name}`"),
            Within::Entry => format!("an entry of `{name}`"),
            Within::Key(span) => {
                let key = &self.source.text[span.clone()];
                format!("`{key}` in `{name}`")
            }
        }
    }

    /// Reports a problem at a place, to be completed by the caller.
    pub fn report(
        &mut self,
        rule: &'static Rule,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.diagnostics
            .push(Diagnostic::at(rule, &self.source.path, span, message));
        let last = self.diagnostics.len() - 1;
        &mut self.diagnostics[last]
    }

    /// Walks the Markdown from this byte on.
    pub fn body(&mut self, place: &Place, start: usize) -> Parts {
        let input = Input {
            path: &self.source.path,
            text: &self.source.text[start..],
            place: markdown::Place::Offset(start),
        };
        let walked = match place {
            Place::Question { .. } => markdown::question(input, &mut self.diagnostics),
            _ => markdown::page(input, &mut self.diagnostics),
        };
        self.note(&walked);
        parts(walked, &self.source.text)
    }

    /// Notes what a text has for the checks that need all pages.
    pub fn note(&mut self, walked: &Walked) {
        let outline = &mut self.outline;
        outline.links.extend_from_slice(&walked.links);
        outline.images.extend_from_slice(&walked.images);
        outline.blocks.extend_from_slice(&walked.blocks);
        outline.headings.extend_from_slice(&walked.headings);
    }
}

/// Gives each part what belongs to it, so that neither edition carries the other's lists.
fn parts(walked: Walked, text: &Arc<str>) -> Parts {
    let (shown, answer) = walked.split();
    let body = |walked: Walked| Body {
        source: Excerpt {
            file: Arc::clone(text),
            span: walked.shown.span.clone(),
            hidden: walked.shown.hidden.clone(),
        },
        content: walked.shown,
        links: walked.links,
        images: walked.images,
        blocks: walked.blocks,
        headings: walked.headings,
    };
    Parts {
        shown: body(shown),
        answer: answer.map(body),
    }
}

/// Fields that are the interviewer's count as such in the outline.
pub fn mark_interviewer(walked: &mut Walked) {
    for link in &mut walked.links {
        link.part = Part::Answer;
    }
    for image in &mut walked.images {
        image.part = Part::Answer;
    }
}
