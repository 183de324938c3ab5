//! Where a walk puts what is wrong.

use std::fmt::{Arguments, Write as _};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Place;
use crate::diag::{Diagnostic, Rule, SHOWN, Span};

/// So many have one cause.
const CALM: usize = 500;

/// The diagnostics of one walk, told in offsets of its text.
#[derive(Debug)]
pub(super) struct Report<'a, 'd> {
    pub path: &'a Arc<str>,
    pub place: Place,
    found: &'d mut Vec<Diagnostic>,
    /// By rule: how many, and where the last one that is kept stands in the list.
    kept: FxHashMap<&'static str, (usize, usize)>,
    total: usize,
}

impl<'a, 'd> Report<'a, 'd> {
    pub fn new(path: &'a Arc<str>, place: Place, found: &'d mut Vec<Diagnostic>) -> Self {
        Self {
            path,
            place,
            found,
            kept: FxHashMap::default(),
            total: 0,
        }
    }

    /// A range of the text as one of the file.
    pub fn span(&self, range: Span) -> Span {
        self.place.span(range)
    }

    /// A problem at a range of the text, to be given to [`Report::add`].
    pub fn at(&self, rule: &'static Rule, range: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::at(rule, self.path, self.span(range), message)
    }

    /// A page of nothing but mistakes must not fill the memory: what is not shown is counted.
    pub fn add(&mut self, diagnostic: Diagnostic) {
        self.total += 1;
        let (count, last) = self.kept.entry(diagnostic.rule.code).or_default();
        *count += 1;
        if *count <= SHOWN {
            *last = self.found.len();
            self.found.push(diagnostic);
        } else if let Some(last) = self.found.get_mut(*last) {
            last.more += 1;
        }
    }

    /// Whether suggestions, which cost time, are still worth it.
    pub fn is_calm(&self) -> bool {
        self.total < CALM
    }
}

/// What fences, comments and scripts that are left open have taken. What seems to be missing may
/// stand there: then the open end is the one mistake.
#[derive(Debug, Default)]
pub(super) struct Swallowed {
    text: String,
    wanted: String,
    /// Bytes that were searched, so that a page of nothing but mistakes takes no hour.
    searched: usize,
}

impl Swallowed {
    const SEARCHED: usize = 64 << 20;

    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub fn contains(&mut self, wanted: Arguments<'_>) -> bool {
        if self.text.is_empty() || self.searched > Self::SEARCHED {
            return false;
        }
        self.searched += self.text.len();
        self.wanted.clear();
        let _ = self.wanted.write_fmt(wanted);
        self.text.contains(&self.wanted)
    }

    pub fn has_line(&self, wanted: &str) -> bool {
        self.text.lines().any(|line| line.trim() == wanted)
    }
}
