//! Problems in content, as values.
//!
//! 1. Every stage returns [`Diagnostic`]s beside its result and prints none.
//! 2. [`rules`] is the table of all that can be wrong: code, name, default severity, explanation.
//! 3. [`render`] turns a finished list into text for people, JSON lines or GitHub annotations.

mod position;
pub mod render;
pub mod rules;

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

pub use position::{LineIndex, Position};
pub use rules::Rule;

/// A byte range of a file's text.
pub type Span = Range<usize>;

/// How much a problem matters. An error fails the run, a warning does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
}

impl Severity {
    /// The word that machines and people read.
    pub const fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// A place in the diagnostic's file and what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    /// May be empty: then the place is underlined without words.
    pub text: String,
}

/// A file other than the diagnostic's own that has a part in the problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    pub path: Arc<str>,
    pub span: Option<Span>,
    pub text: String,
}

/// One problem, with the place where it stands and the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub rule: &'static Rule,
    pub severity: Severity,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// Relative to the root, with `/` between its parts.
    pub path: Arc<str>,
    /// The place. `None` when the file as a whole is meant, as when it can't be read.
    pub primary: Option<Label>,
    pub secondary: Vec<Label>,
    pub related: Vec<Related>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A problem of a whole file.
    pub fn of_file(rule: &'static Rule, path: &Arc<str>, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity,
            message: message.into(),
            path: Arc::clone(path),
            primary: None,
            secondary: Vec::new(),
            related: Vec::new(),
            help: None,
        }
    }

    /// A problem at a place.
    pub fn at(
        rule: &'static Rule,
        path: &Arc<str>,
        span: Span,
        message: impl Into<String>,
    ) -> Self {
        let mut diagnostic = Self::of_file(rule, path, message);
        diagnostic.primary = Some(Label {
            span,
            text: String::new(),
        });
        diagnostic
    }

    /// Words beside the underline.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        if let Some(primary) = &mut self.primary {
            primary.text = text.into();
        }
        self
    }

    /// A second place in the same file.
    #[must_use]
    pub fn secondary(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// A place in another file.
    #[must_use]
    pub fn related(mut self, path: &Arc<str>, span: Option<Span>, text: impl Into<String>) -> Self {
        self.related.push(Related {
            path: Arc::clone(path),
            span,
            text: text.into(),
        });
        self
    }

    /// The way out.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// "did you mean" for the nearest of `names`, or else `otherwise`.
    #[must_use]
    pub fn suggest<'n>(
        self,
        wrong: &str,
        names: impl IntoIterator<Item = &'n str>,
        otherwise: impl FnOnce() -> Option<String>,
    ) -> Self {
        match nearest(wrong, names) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => match otherwise() {
                Some(text) => self.help(text),
                None => self,
            },
        }
    }

    fn order(&self) -> (&str, usize, &str, &str) {
        let start = self.primary.as_ref().map_or(0, |label| label.span.start);
        (&self.path, start, self.rule.code, &self.message)
    }
}

/// By file, then place, so that output does not depend on the order of work.
impl Ord for Diagnostic {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order().cmp(&other.order())
    }
}

impl PartialOrd for Diagnostic {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Sorted, and without exact repetitions.
pub fn tidy(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort();
    diagnostics.dedup();
}

/// Whether any of these fails the run.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// The one of `names` that `wrong` was most likely meant to be, if any is near enough.
pub fn nearest<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    // As in rustc: a third of the longer word's letters may differ.
    let wrong_folded = wrong.to_lowercase();
    names
        .into_iter()
        .filter_map(|name| {
            let distance = strsim::damerau_levenshtein(&wrong_folded, &name.to_lowercase());
            let longer = wrong.chars().count().max(name.chars().count());
            (distance <= longer.div_ceil(3)).then_some((distance, name))
        })
        .min()
        .map(|(_, name)| name)
}

/// Names for a help text: `a`, `b` and `c`, at most eight of them.
pub fn listing<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    const SHOWN: usize = 8;
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => "none".to_owned(),
        [one] => one.clone(),
        all if all.len() > SHOWN => {
            format!("{} and {} more", all[..SHOWN].join(", "), all.len() - SHOWN)
        }
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
