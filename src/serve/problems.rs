//! What is wrong, told once.

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::Xxh3;

use super::{News, Tell};
use crate::diag::render::Texts;
use crate::diag::{self, Diagnostic, Severity};

/// As many warnings are told at a time.
const WARNINGS: usize = 20;

/// What was told last. A handbook can have thousands of warnings: of each there is a number alone.
#[derive(Debug, Default)]
pub struct Known {
    problems: FxHashSet<u64>,
    failed: bool,
}

impl Known {
    /// Whether an error is among them.
    pub fn failed(&self) -> bool {
        self.failed
    }

    /// Tells the problems that were not known before, and knows these from now on.
    pub fn tell(&mut self, tell: &Tell, all: &[Diagnostic], texts: &Texts) {
        let mut problems = FxHashSet::default();
        let mut new = Vec::new();
        let (mut warnings, mut left_out) = (0, 0);
        for diagnostic in all {
            let key = key(diagnostic);
            problems.insert(key);
            if self.problems.contains(&key) {
                continue;
            }
            warnings += usize::from(diagnostic.severity == Severity::Warning);
            if diagnostic.severity == Severity::Error || warnings <= WARNINGS {
                new.push(diagnostic.clone());
            } else {
                left_out += 1;
            }
        }
        let as_many = problems.len() == self.problems.len();
        self.problems = problems;
        self.failed = diag::has_errors(all);
        // Fewer than before are worth a word too.
        if new.is_empty() && as_many {
            return;
        }
        tell(&News::Problems {
            new: &new,
            left_out,
            texts,
            errors: count(all, Severity::Error),
            warnings: count(all, Severity::Warning),
        });
    }
}

/// What makes a problem the same one while the text around it changes.
fn key(diagnostic: &Diagnostic) -> u64 {
    let mut hash = Xxh3::new();
    for part in [
        &*diagnostic.path,
        diagnostic.rule.code,
        diagnostic.severity.as_str(),
        &diagnostic.message,
    ] {
        hash.update(part.as_bytes());
        hash.update(b"\0");
    }
    hash.digest()
}

/// How many have this severity.
pub fn count(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == severity)
        .count()
}
