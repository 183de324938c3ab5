//! A handbook that stays in memory while its files change.
//!
//! 1. [`Session::update`] reads and parses what changed, and nothing else.
//! 2. The handbook is assembled of all documents each time: there is no graph of dependencies that
//!    could be wrong. Its plan is the last one where nothing changed that addresses depend on.
//! 3. Rules that look at every page follow on another thread: [`Snapshot::judge`].

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::patch::patched;
use super::reading::{Files, Read};
use super::snapshot::Snapshot;
use super::{Request, configuration, synonyms, texts};
use crate::diag::render::Texts;
use crate::diag::{self, Diagnostic};
use crate::highlight::Highlighter;
use crate::load;
use crate::model::{Config, Synonyms};
use crate::parse::Parsed;
use crate::plan::{self, Site};
use crate::theme::{self, Theme};
use crate::validate::{self, Facts, Index};

/// From so many changed pages on, it is no save: all rules together are asked instead of some first.
const MANY: usize = 50;

/// Paths from the root that may have changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    pub paths: BTreeSet<String>,
    /// Nobody knows what else changed.
    pub all: bool,
}

impl Changes {
    /// Everything may have changed.
    pub fn all() -> Self {
        Self {
            all: true,
            ..Self::default()
        }
    }

    /// Adds other changes to these.
    pub fn add(&mut self, other: Self) {
        self.paths.extend(other.paths);
        self.all |= other.all;
    }

    pub fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.all
    }
}

/// What became of an update.
#[derive(Debug)]
pub struct Update {
    /// Paths whose content is not what it was.
    pub changed: BTreeSet<Arc<str>>,
    /// The site as it is now, unless what changed has an error. Rules that look at every page have
    /// not been asked.
    pub site: Option<Arc<Site>>,
    /// Whether a file is missing that was there when it was settled last: it may be on its way to
    /// another place.
    pub lost: bool,
    /// Whether all is as it was when it was settled last.
    pub undone: bool,
}

/// A handbook in memory.
pub struct Session {
    request: Request,
    highlighter: Arc<Highlighter>,
    files: Files,
    config: Option<Arc<Config>>,
    synonyms: Arc<Synonyms>,
    /// Of handbook.yaml and synonyms.yaml.
    of_config: Vec<Diagnostic>,
    theme: Option<Arc<Theme>>,
    of_theme: Vec<Diagnostic>,
    /// The last plan, and what it had to say.
    planned: Option<(Arc<Site>, Vec<Diagnostic>)>,
    /// Whether the plan is that of the present files.
    is_planned: bool,
    /// Since [`Session::settle`]: pages that changed, with the hash that they had; whether other files
    /// did; files that went, or lost all that was in them.
    unsettled: BTreeMap<Arc<str>, Option<u128>>,
    others_unsettled: bool,
    lost: BTreeSet<Arc<str>>,
}

impl Session {
    /// Reads a handbook.
    ///
    /// # Errors
    /// When `root` is no folder.
    pub fn open(
        root: PathBuf,
        request: Request,
        highlighter: Arc<Highlighter>,
    ) -> anyhow::Result<(Self, Update)> {
        let folder = load::load(&root)?;
        let mut session = Self {
            request,
            highlighter,
            files: Files::new(root),
            config: None,
            synonyms: Arc::default(),
            of_config: Vec::new(),
            theme: None,
            of_theme: Vec::new(),
            planned: None,
            is_planned: false,
            unsettled: BTreeMap::new(),
            others_unsettled: false,
            lost: BTreeSet::new(),
        };
        session.files.folder = folder;
        session.configure();
        let folder = std::mem::take(&mut session.files.folder);
        let read = session.files.take(folder);
        let update = session.remade(read);
        Ok((session, update))
    }

    /// What is there now is what is meant: from here on, changes are told anew.
    pub fn settle(&mut self) {
        self.unsettled.clear();
        self.others_unsettled = false;
        self.lost.clear();
    }

    /// Whether there are files that could not be read.
    pub fn has_unread(&self) -> bool {
        !self.files.folder.diagnostics.is_empty()
    }

    /// Whether there is a handbook.yaml.
    pub fn has_config(&self) -> bool {
        self.files.has_config()
    }

    /// Brings everything up to date that these changes may concern.
    ///
    /// # Errors
    /// When the root is no folder any more.
    pub fn update(&mut self, changes: &Changes) -> anyhow::Result<Update> {
        let some = (!changes.all)
            .then(|| self.files.read_some(&changes.paths))
            .flatten();
        let read = match some {
            Some(read) => read,
            None => {
                let folder = load::load(&self.files.root)?;
                self.files.take(folder)
            }
        };
        Ok(self.remade(read))
    }

    /// The site, whatever is said against it. `None` where there is nothing to make it of.
    pub fn site(&mut self) -> Option<Arc<Site>> {
        if !self.is_planned {
            self.plan();
        }
        self.planned
            .as_ref()
            .filter(|_| self.is_planned)
            .map(|(site, _)| Arc::clone(site))
    }

    /// What diagnostics of the present files point into.
    pub fn texts(&self, diagnostics: &[Diagnostic]) -> Texts {
        let mut named: BTreeSet<&str> = BTreeSet::new();
        for diagnostic in diagnostics {
            named.insert(&diagnostic.path);
            named.extend(diagnostic.related.iter().map(|related| &*related.path));
        }
        let mut texts = texts(&self.files.folder);
        texts.retain(|path, _| named.contains(&**path));
        texts
    }

    /// Everything that the rules look at, as it is now.
    pub fn snapshot(&self) -> Snapshot {
        let mut told = self.files.folder.diagnostics.clone();
        told.extend_from_slice(&self.of_config);
        let mut adjusted = self.of_theme.clone();
        if let Some((_, problems)) = self.planned.as_ref().filter(|_| self.is_planned) {
            adjusted.extend_from_slice(problems);
        }
        Snapshot {
            told,
            adjusted,
            config: self.config.clone(),
            pages: self.files.pages.clone(),
            assets: Arc::clone(&self.files.folder.assets),
            unreadable: self.files.folder.unreadable.clone(),
            highlighter: Arc::clone(&self.highlighter),
            options: self.request.options,
            against: self.request.against.clone(),
            synonyms: Arc::clone(&self.synonyms),
        }
    }

    /// Makes of what was read what it can be without asking every rule.
    fn remade(&mut self, read: Read) -> Update {
        if read.changed.is_empty() {
            let site = self.planned.as_ref().filter(|_| self.is_planned);
            return Update {
                changed: read.changed,
                site: site.map(|(site, _)| Arc::clone(site)),
                lost: !self.lost.is_empty(),
                undone: false,
            };
        }
        let patched = self.patched(&read);
        self.is_planned = false;
        if read.config || self.config.is_none() {
            self.configure();
        }
        if let Some(config) = &self.config
            && (read.config || read.themes || self.theme.is_none())
        {
            let (theme, mut problems) = theme::prepare(config, &self.files.folder.themes);
            validate::adjust(config, &mut problems);
            self.theme = theme.map(Arc::new);
            self.of_theme = problems;
        }
        self.others_unsettled |= read.pages.len() < read.changed.len();
        for (path, hash) in read.pages {
            self.unsettled.entry(path).or_insert(hash);
        }
        self.lost.extend(read.lost);
        let back: Vec<Arc<str>> = self
            .lost
            .iter()
            .filter(|path| self.files.has(path))
            .cloned()
            .collect();
        self.lost.retain(|path| !back.contains(path));
        let site = match patched {
            Some(site) => {
                if let Some((planned, _)) = &mut self.planned {
                    *planned = Arc::clone(&site);
                }
                self.is_planned = true;
                Some(site)
            }
            None if self.is_wrong() => None,
            None => self.site(),
        };
        let site = site.filter(|_| {
            self.planned
                .as_ref()
                .is_some_and(|(_, problems)| !diag::has_errors(problems))
        });
        Update {
            changed: read.changed,
            site,
            lost: !self.lost.is_empty(),
            undone: self.is_undone(),
        }
    }

    /// Whether every page is again what it was when it was settled last, and nothing else changed.
    fn is_undone(&self) -> bool {
        let hash = |path: &str| {
            let place = self.files.place(path).ok()?;
            Some(self.files.folder.sources[place].hash)
        };
        !self.others_unsettled
            && self
                .unsettled
                .iter()
                .all(|(path, before)| hash(path) == *before)
    }

    /// The site with some pages exchanged, where nothing else can have changed.
    fn patched(&self, read: &Read) -> Option<Arc<Site>> {
        let (site, _) = self.planned.as_ref().filter(|_| self.is_planned)?;
        let is_plain = read.exchanged.len() == read.changed.len() && self.lost.is_empty();
        let mut own: Vec<Diagnostic> = Vec::new();
        for (_, page) in &read.exchanged {
            own.extend_from_slice(&page.diagnostics);
        }
        if let Some(config) = &self.config {
            validate::adjust(config, &mut own);
        }
        if !is_plain || diag::has_errors(&own) {
            return None;
        }
        let (handbook, retitled) = patched(&site.handbook, &read.exchanged)?;
        plan::patched(site, handbook, &retitled).map(Arc::new)
    }

    fn configure(&mut self) {
        let (mut config, mut diagnostics) = configuration(&self.files.folder);
        if let (Some(config), Some(base_url)) = (&mut config, &self.request.base_url) {
            config.base_url = base_url.clone();
        }
        self.synonyms = synonyms(&self.files.folder, config.as_ref(), &mut diagnostics);
        self.config = config.map(Arc::new);
        self.of_config = diagnostics;
    }

    /// Whether pages that changed, or what all pages stand on, have an error of their own.
    fn is_wrong(&self) -> bool {
        let pages: Vec<Arc<Parsed>> = self
            .unsettled
            .keys()
            .filter_map(|path| Some(Arc::clone(&self.files.pages[self.files.place(path).ok()?])))
            .collect();
        let mut own = self.files.folder.diagnostics.clone();
        own.extend_from_slice(&self.of_config);
        own.extend_from_slice(&self.of_theme);
        if pages.len() > MANY {
            let diagnostics = pages.iter().flat_map(|page| page.diagnostics.iter());
            own.extend(diagnostics.cloned());
        } else if !pages.is_empty() {
            let facts = Facts {
                pages: &pages,
                ..self.facts()
            };
            own.extend(validate::check_pages(&facts));
        }
        if let Some(config) = &self.config {
            validate::adjust(config, &mut own);
        }
        diag::has_errors(&own)
    }

    fn facts(&self) -> Facts<'_> {
        Facts {
            config: self.config.as_ref(),
            settings: self.config.as_ref(),
            pages: &self.files.pages,
            assets: &self.files.folder.assets,
            knows_language: &|_| true,
            index: Index::new(&self.files.pages, &self.files.folder.unreadable),
            options: self.request.options,
            against: self.request.against.as_deref(),
            synonyms: &self.synonyms,
        }
    }

    fn plan(&mut self) {
        let (Some(config), Some(theme)) = (self.config.clone(), self.theme.clone()) else {
            return;
        };
        let handbook = Arc::new(validate::handbook(&config, &self.facts()));
        let assets = Arc::clone(&self.files.folder.assets);
        let again = self
            .planned
            .as_ref()
            .and_then(|(before, _)| plan::again(before, &handbook, &theme, &assets));
        self.planned = Some(match (again, self.planned.take()) {
            (Some(site), Some((_, problems))) => (Arc::new(site), problems),
            _ => {
                let (site, mut problems) = plan::plan(handbook, theme, assets);
                validate::adjust(&config, &mut problems);
                (Arc::new(site), problems)
            }
        });
        self.is_planned = true;
    }
}
