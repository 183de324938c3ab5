//! A handbook at one moment, and what its rules say of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diag::{self, Diagnostic};
use crate::highlight::Highlighter;
use crate::load::Asset;
use crate::model::{Config, Synonyms};
use crate::parse::Parsed;
use crate::published::Published;
use crate::validate::{self, Facts, Index, Options};

/// A handbook at one moment, for rules that look at every page.
pub struct Snapshot {
    /// What was found before the rules.
    pub(super) told: Vec<Diagnostic>,
    /// The same, of what has its severity by the configuration.
    pub(super) adjusted: Vec<Diagnostic>,
    pub(super) config: Option<Arc<Config>>,
    pub(super) pages: Vec<Arc<Parsed>>,
    pub(super) assets: Arc<BTreeMap<Arc<str>, Asset>>,
    pub(super) unreadable: BTreeSet<Arc<str>>,
    pub(super) highlighter: Arc<Highlighter>,
    pub(super) options: Options,
    pub(super) against: Option<Arc<Published>>,
    pub(super) synonyms: Arc<Synonyms>,
}

impl Snapshot {
    /// Everything that is wrong with the handbook. Worth nothing once `stopped` has said so.
    pub fn judge(self, stopped: &(dyn Fn() -> bool + Sync)) -> Vec<Diagnostic> {
        let facts = Facts {
            config: self.config.as_ref(),
            settings: self.config.as_ref(),
            pages: &self.pages,
            assets: &self.assets,
            knows_language: &|language| self.highlighter.knows(language),
            index: Index::new(&self.pages, &self.unreadable),
            options: self.options,
            against: self.against.as_deref(),
            synonyms: &self.synonyms,
        };
        let mut diagnostics = validate::check(&facts, self.told, stopped);
        diagnostics.extend(self.adjusted);
        diag::tidy(&mut diagnostics);
        diagnostics
    }
}
