//! All documents to one handbook: names are looked up, links followed, rules of judgment asked.
//!
//! 1. [`Index`] says what exists, broken pages included.
//! 2. Each rule is a file with a `check`, which reports what it finds and changes nothing.
//! 3. [`levels`] applies what handbook.yaml and the pages' exceptions say of the rules.
//! 4. [`assemble`] makes the [`Handbook`], if nothing that it needs is missing.

mod aliases;
mod assemble;
mod files;
mod follow_ups;
mod freshness;
mod gone;
mod headings;
mod index;
mod kits;
mod languages;
mod levels;
mod links;
mod minutes;
mod names;
mod near_duplicate;
mod outputs;
mod places;
mod red_flags;
mod slugs;
mod strong_answers;
mod structure;
mod tags;
mod topics;
mod unused_files;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::diag::{self, Diagnostic};
use crate::load::Asset;
use crate::model::{Config, Edition, Handbook, Synonyms};
use crate::parse::Parsed;
use crate::published::Published;

pub use index::Index;
pub use levels::adjust;
pub use near_duplicate::COMMON as COMMON_WORDS;

/// What the command line decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    pub edition: Edition,
    /// Whether drafts are pages.
    pub drafts: bool,
    /// What "long ago" is told from.
    pub today: Date,
}

/// What the rules look at.
pub struct Facts<'f> {
    /// `None` when handbook.yaml is missing or broken: what needs it is not checked then.
    pub config: Option<&'f Arc<Config>>,
    /// The same, also where its levels or topics are broken.
    pub settings: Option<&'f Arc<Config>>,
    pub pages: &'f [Arc<Parsed>],
    pub assets: &'f BTreeMap<Arc<str>, Asset>,
    /// Whether a fence's language is highlighted.
    pub knows_language: &'f (dyn Fn(&str) -> bool + Sync),
    pub index: Index<'f>,
    pub options: Options,
    /// What was published before.
    pub against: Option<&'f Published>,
    /// What the search takes for the same.
    pub synonyms: &'f Arc<Synonyms>,
}

impl Facts<'_> {
    /// Whether the site has this page: drafts are left out until they are asked for.
    fn is_shown(&self, page: &Parsed) -> bool {
        !page.outline.draft || self.options.drafts
    }
}

/// After so many problems of a kind the nearest name is not looked for any more: it takes a look at
/// every page for each, and so many have one cause.
const CALM: usize = 20;

/// A rule: reports what it finds and changes nothing.
type Check = fn(&Facts<'_>, &mut Vec<Diagnostic>);

/// Checks everything. The handbook is there when no error is.
pub fn validate(facts: &Facts<'_>, diagnostics: Vec<Diagnostic>) -> Outcome {
    let diagnostics = check(facts, diagnostics, &|| false);
    let handbook = match facts.config {
        Some(config) if !diag::has_errors(&diagnostics) => Some(handbook(config, facts)),
        _ => None,
    };
    Outcome {
        handbook,
        diagnostics,
    }
}

/// The handbook as this edition shows it. What is wrong, or names what is not there, is left out.
pub fn handbook(config: &Arc<Config>, facts: &Facts<'_>) -> Handbook {
    assemble::handbook(config, facts).in_edition(facts.options.edition)
}

/// What is wrong with single pages: their own problems, and names and files that they get wrong.
/// Little beside [`check`], which alone says everything.
pub fn check_pages(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for page in facts.pages {
        diagnostics.extend_from_slice(&page.diagnostics);
    }
    let checks: [Check; 4] = [names::check, kits::check, files::check, links::check_files];
    for check in checks {
        check(facts, &mut diagnostics);
    }
    diagnostics.retain(|diagnostic| facts.pages.iter().any(|page| page.path == diagnostic.path));
    if let Some(config) = facts.config {
        adjust(config, &mut diagnostics);
    }
    diagnostics
}

/// Everything that is wrong, adjusted and in order. What is found when `stopped` says so is worth
/// nothing: nobody wants it any more.
pub fn check(
    facts: &Facts<'_>,
    mut diagnostics: Vec<Diagnostic>,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Vec<Diagnostic> {
    for page in facts.pages {
        diagnostics.extend_from_slice(&page.diagnostics);
    }
    let checks: [Check; 20] = [
        structure::check,
        slugs::check,
        aliases::check,
        gone::check,
        names::check,
        kits::check,
        files::check,
        links::check,
        languages::check,
        outputs::check,
        follow_ups::check,
        freshness::check,
        strong_answers::check,
        red_flags::check,
        minutes::check,
        headings::check,
        tags::check,
        topics::check,
        unused_files::check,
        near_duplicate::check,
    ];
    let found: Vec<Vec<Diagnostic>> = checks
        .into_par_iter()
        .map(|check| {
            let mut found = Vec::new();
            if !stopped() {
                check(facts, &mut found);
            }
            found
        })
        .collect();
    diagnostics.extend(found.into_iter().flatten());
    levels::apply(facts, &mut diagnostics);
    diag::tidy(&mut diagnostics);
    diagnostics
}

/// The handbook, if it can be built, and what is wrong with it.
#[derive(Debug)]
pub struct Outcome {
    pub handbook: Option<Handbook>,
    pub diagnostics: Vec<Diagnostic>,
}
