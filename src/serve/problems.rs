//! What is wrong, told once.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{News, Tell};
use crate::diag::render::Texts;
use crate::diag::{Diagnostic, Severity};

/// What makes a problem the same one while the text around it changes.
pub type Key = (Arc<str>, &'static str, String);

/// The keys of problems.
pub fn keys(diagnostics: &[Diagnostic]) -> BTreeSet<Key> {
    diagnostics.iter().map(key).collect()
}

fn key(diagnostic: &Diagnostic) -> Key {
    (
        Arc::clone(&diagnostic.path),
        diagnostic.rule.code,
        diagnostic.message.clone(),
    )
}

/// Tells the problems that were not known before.
pub fn tell(tell: &Tell, all: &[Diagnostic], texts: &Texts, known: &BTreeSet<Key>) {
    let new: Vec<Diagnostic> = all
        .iter()
        .filter(|diagnostic| !known.contains(&key(diagnostic)))
        .cloned()
        .collect();
    // Fewer than before are worth a word too.
    if new.is_empty() && all.len() == known.len() {
        return;
    }
    tell(&News::Problems {
        new: &new,
        texts,
        errors: count(all, Severity::Error),
        warnings: count(all, Severity::Warning),
    });
}

/// How many have this severity.
pub fn count(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == severity)
        .count()
}
