//! Problems in content, as values.
//!
//! 1. Every stage returns [`Diagnostic`]s beside its result and prints none.
//! 2. [`rules`] is the table of all that can be wrong: code, name, default severity, explanation.
//! 3. [`render`] turns a finished list into text for people, JSON lines or GitHub annotations.

mod excerpt;
mod position;
pub mod render;
pub mod rules;
mod shown;

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

pub use position::{LineIndex, Position};
pub use rules::Rule;
pub use shown::{SHOWN, shown};

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

/// An edit of the diagnostic's file that mends the problem, and whose result is certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    pub span: Span,
    /// What is replaced: it stands at the place, or between quotes there.
    pub original: String,
    pub replacement: String,
}

impl Fix {
    /// An edit at `span`, where `original` stands.
    pub fn new(span: Span, original: &str, replacement: &str) -> Self {
        Self {
            span,
            original: original.to_owned(),
            replacement: replacement.to_owned(),
        }
    }
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
    /// More to see, in lines of its own.
    pub note: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
    pub fix: Option<Fix>,
    /// How many others like it were left out.
    pub more: usize,
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
            note: None,
            help: None,
            fix: None,
            more: 0,
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

    /// More to see, such as a difference line by line.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.note = Some(text.into());
        self
    }

    /// The way out.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// The edit that mends it.
    #[must_use]
    pub fn fix(mut self, span: Span, original: &str, replacement: &str) -> Self {
        self.fix = Some(Fix::new(span, original, replacement));
        self
    }

    /// The edit that writes the one of `names` that `wrong` is a slip in, if it is one.
    #[must_use]
    pub fn fix_slip<'n>(mut self, wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Self {
        if let (Some(name), Some(label)) = (slip(wrong, names), &self.primary) {
            self.fix = Some(Fix::new(label.span.clone(), wrong, name));
        }
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
    let wrong = Wrong::new(wrong);
    names
        .into_iter()
        .filter_map(|name| Some((wrong.distance(name)?, name)))
        .min()
        .map(|(_, name)| name)
}

/// The one of `names` that `wrong` can only be a slip in: no other is near, and nearly all letters
/// are the same.
pub fn slip<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let wrong = Wrong::new(wrong);
    let mut near = names
        .into_iter()
        .filter_map(|name| Some((wrong.distance(name)?, name)));
    let (distance, name) = near.next()?;
    let alone = near.all(|(_, other)| other == name);
    (alone && wrong.is_slip(name, distance) && is_plain(name)).then_some(name)
}

/// Whether YAML takes a word for a text, with or without quotes around it.
pub fn is_plain(word: &str) -> bool {
    let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        && !words.contains(&word.to_ascii_lowercase().as_str())
}

/// As [`nearest`], of paths: what is alike in the folders alone says nothing, and a file that was
/// moved keeps its name.
pub fn nearest_path<'n>(wrong: &str, paths: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let name = Wrong::new(last_part(wrong));
    paths
        .into_iter()
        .filter_map(|path| {
            let distance = name.distance(last_part(path))?;
            Some((distance, strsim::levenshtein(wrong, path), path))
        })
        .min()
        .map(|(_, _, path)| path)
}

/// A file's name without its ending, so that a shared one makes nothing alike.
fn last_part(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A name that does not exist.
struct Wrong {
    folded: String,
    length: usize,
}

impl Wrong {
    fn new(name: &str) -> Self {
        Self {
            folded: name.to_lowercase(),
            length: name.chars().count(),
        }
    }

    /// How far a name is from this one, if it is near enough: a third of the longer word's letters
    /// may differ, as in rustc, and no more than one of words that begin in another way.
    fn distance(&self, name: &str) -> Option<usize> {
        let length = name.chars().count();
        let longer = length.max(self.length);
        let first = |word: &str| word.chars().next().map(|c| c.to_ascii_lowercase());
        let other = name.to_lowercase();
        // `level` for `by_level`
        let is_part = length.min(self.length) > 3
            && (self.folded.contains(&other) || other.contains(&self.folded));
        let limit = if is_part || first(&self.folded) == first(name) {
            longer.div_ceil(3)
        } else {
            (longer / 3).min(1)
        };
        if length.abs_diff(self.length) > limit {
            return None;
        }
        let distance = strsim::damerau_levenshtein(&self.folded, &other);
        (distance <= limit).then_some(distance)
    }

    /// Whether nobody can have meant another word. Words begin with the letter that was meant; in a
    /// short one, another letter in the place of one makes another word (`node`, `code`).
    fn is_slip(&self, name: &str, distance: usize) -> bool {
        let folded = name.to_lowercase();
        let (ours, theirs) = (self.length, name.chars().count());
        let most = match ours.max(theirs) {
            0..=3 => 0,
            4..=8 => 1,
            _ => 2,
        };
        let replaced = ours == theirs && distance == 1 && {
            let differ = |(a, b): &(char, char)| a != b;
            let pairs = self.folded.chars().zip(folded.chars());
            pairs.filter(differ).count() == 1
        };
        distance <= most
            && self.folded.chars().next() == folded.chars().next()
            && !(replaced && ours < 6)
    }
}

/// Names for a help text: `a`, `b` and `c`, at most eight of them.
pub fn listing<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    joined("and", names)
}

/// Names of which one is to be taken: `a`, `b` or `c`.
pub fn choices<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    joined("or", names)
}

fn joined<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> String {
    const SHOWN: usize = 8;
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => "none".to_owned(),
        [one] => one.clone(),
        all if all.len() > SHOWN => {
            let more = all.len() - SHOWN;
            format!("{} {word} {more} more", all[..SHOWN].join(", "))
        }
        [most @ .., last] => format!("{} {word} {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_nearly_the_word_and_nearly_no_other() {
        let names = [
            "concurrency",
            "language",
            "io",
            "logo",
            "junior",
            "title",
            "code",
            "tags",
        ];
        for (wrong, name) in [
            ("concurency", "concurrency"),
            ("concurrnecy", "concurrency"),
            ("langauge", "language"),
            ("titel", "title"),
            ("Title", "title"),
            ("tag", "tags"),
            ("juniour", "junior"),
        ] {
            assert_eq!(slip(wrong, names), Some(name), "{wrong}");
        }
        for wrong in [
            "senior",
            "go",
            "foo",
            "node",
            "bags",
            "lang",
            "itle",
            "languorous",
        ] {
            assert_eq!(slip(wrong, names), None, "{wrong}");
        }
        // Near to two.
        assert_eq!(slip("thread", ["threads", "threaded"]), None);
    }
}
