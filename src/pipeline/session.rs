//! A handbook that stays in memory while its files change.
//!
//! 1. [`Session::update`] reads and parses what changed, and nothing else.
//! 2. The handbook is assembled of all documents each time: there is no graph of dependencies that
//!    could be wrong. Its plan is the last one where nothing changed that addresses depend on.
//! 3. Rules that look at every page follow on another thread: [`Snapshot::judge`].

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::patch::{Exchange, patched};
use super::{Memo, Request, configuration, synonyms, texts};
use crate::diag::render::Texts;
use crate::diag::{self, Diagnostic};
use crate::highlight::Highlighter;
use crate::load::{self, Asset, CONFIG, Folder, Reread, SYNONYMS, Source};
use crate::model::{Config, Synonyms};
use crate::parse::{self, Parsed};
use crate::plan::{self, Site};
use crate::published::Published;
use crate::theme::{self, Theme};
use crate::validate::{self, Facts, Index, Options};

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
    root: PathBuf,
    request: Request,
    highlighter: Arc<Highlighter>,
    memo: Memo,
    folder: Folder,
    /// Of `folder.sources`, in the same order; then those that can't be read.
    pages: Vec<Arc<Parsed>>,
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

/// What was read.
#[derive(Default)]
struct Read {
    changed: BTreeSet<Arc<str>>,
    /// Pages that are new or not as they were, or gone, each with the hash that it had.
    pages: Vec<(Arc<str>, Option<u128>)>,
    config: bool,
    themes: bool,
    lost: Vec<Arc<str>>,
    /// Pages that were there and are there, of which single files were read.
    exchanged: Vec<Exchange>,
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
            root,
            request,
            highlighter,
            memo: Memo::default(),
            folder: Folder::default(),
            pages: Vec::new(),
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
        session.folder = folder;
        session.configure();
        let folder = std::mem::take(&mut session.folder);
        let read = session.take(folder);
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
        !self.folder.diagnostics.is_empty()
    }

    /// Whether there is a handbook.yaml.
    pub fn has_config(&self) -> bool {
        self.folder.config.is_some()
    }

    /// Brings everything up to date that these changes may concern.
    ///
    /// # Errors
    /// When the root is no folder any more.
    pub fn update(&mut self, changes: &Changes) -> anyhow::Result<Update> {
        let some = (!changes.all)
            .then(|| self.read_some(&changes.paths))
            .flatten();
        let read = match some {
            Some(read) => read,
            None => {
                let folder = load::load(&self.root)?;
                self.take(folder)
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
        let mut texts = texts(&self.folder);
        texts.retain(|path, _| named.contains(&**path));
        texts
    }

    /// Everything that the rules look at, as it is now.
    pub fn snapshot(&self) -> Snapshot {
        let mut told = self.folder.diagnostics.clone();
        told.extend_from_slice(&self.of_config);
        let mut adjusted = self.of_theme.clone();
        if let Some((_, problems)) = self.planned.as_ref().filter(|_| self.is_planned) {
            adjusted.extend_from_slice(problems);
        }
        Snapshot {
            told,
            adjusted,
            config: self.config.clone(),
            pages: self.pages.clone(),
            assets: Arc::clone(&self.folder.assets),
            unreadable: self.folder.unreadable.clone(),
            highlighter: Arc::clone(&self.highlighter),
            options: self.request.options,
            against: self.request.against.clone(),
            synonyms: Arc::clone(&self.synonyms),
        }
    }

    /// Takes a folder that was read anew for the present one.
    fn take(&mut self, folder: Folder) -> Read {
        let before = std::mem::replace(&mut self.folder, folder);
        let mut read = Read {
            themes: before.themes != self.folder.themes,
            ..Read::default()
        };
        for (path, before, now) in [
            (CONFIG, &before.config, &self.folder.config),
            (SYNONYMS, &before.synonyms, &self.folder.synonyms),
        ] {
            if before != now {
                read.config = true;
                read.changed.insert(Arc::from(path));
            }
        }
        self.pages = self.memo.parse(&self.folder.sources);
        let old: BTreeMap<&str, u128> = before
            .sources
            .iter()
            .map(|source| (&*source.path, source.hash))
            .collect();
        for source in &self.folder.sources {
            if old.get(&*source.path) != Some(&source.hash) {
                read.changed.insert(Arc::clone(&source.path));
                let before = old.get(&*source.path).copied();
                read.pages.push((Arc::clone(&source.path), before));
            }
        }
        let new: BTreeSet<&str> = self
            .folder
            .sources
            .iter()
            .map(|source| &*source.path)
            .collect();
        let gone = before
            .sources
            .iter()
            .filter(|source| !new.contains(&*source.path));
        for source in gone {
            read.lost.push(Arc::clone(&source.path));
            read.pages
                .push((Arc::clone(&source.path), Some(source.hash)));
        }
        for (path, asset) in before.assets.iter() {
            let now = self.folder.assets.get(path);
            if now.is_none() {
                read.lost.push(Arc::clone(path));
            }
            if now != Some(asset) {
                read.changed.insert(Arc::clone(path));
            }
        }
        read.changed.extend(read.lost.iter().cloned());
        for path in self.folder.assets.keys() {
            if !before.assets.contains_key(path) {
                read.changed.insert(Arc::clone(path));
            }
        }
        if read.themes {
            read.changed.extend(differing(&before, &self.folder));
        }
        if before.diagnostics != self.folder.diagnostics {
            let told = before.diagnostics.iter().chain(&self.folder.diagnostics);
            read.changed
                .extend(told.map(|diagnostic| Arc::clone(&diagnostic.path)));
        }
        let unread = self.folder.unreadable.iter().filter_map(parse::unread);
        self.pages.extend(unread.map(Arc::new));
        read
    }

    /// Reads single files. `None` where only reading everything tells what became of them.
    fn read_some(&mut self, paths: &BTreeSet<String>) -> Option<Read> {
        if !self.folder.diagnostics.is_empty() {
            return None;
        }
        let mut found = Vec::new();
        let mut themes = false;
        for path in paths {
            if path.starts_with("themes") {
                themes = true;
                continue;
            }
            let reread = load::reread(&self.root, path);
            match reread {
                Reread::Unclear => return None,
                Reread::Gone if self.has_below(path) => return None,
                _ => found.push((path, reread)),
            }
        }
        let mut read = Read::default();
        if themes {
            let themes = load::themes(&self.root)?;
            if themes != self.folder.themes {
                let before = std::mem::replace(&mut self.folder.themes, themes);
                let before = Folder {
                    themes: before,
                    ..Folder::default()
                };
                read.themes = true;
                let differing = differing(&before, &self.folder);
                let gone = differing.iter().filter(|path| !self.has(path));
                read.lost.extend(gone.cloned());
                read.changed.extend(differing);
            }
        }
        for (path, reread) in found {
            match reread {
                Reread::Page(source) if path == CONFIG || path == SYNONYMS => {
                    let place = if path == CONFIG {
                        &mut self.folder.config
                    } else {
                        &mut self.folder.synonyms
                    };
                    if place.as_ref() != Some(&source) {
                        read.changed.insert(Arc::clone(&source.path));
                        read.config = true;
                        *place = Some(source);
                    }
                }
                Reread::Page(source) => self.put_page(source, &mut read),
                Reread::Asset(asset) => {
                    if self.folder.assets.get(&asset.path) != Some(&asset) {
                        read.changed.insert(Arc::clone(&asset.path));
                        if asset.len == 0 {
                            read.lost.push(Arc::clone(&asset.path));
                        }
                        Arc::make_mut(&mut self.folder.assets)
                            .insert(Arc::clone(&asset.path), asset);
                    }
                }
                Reread::Gone => self.take_away(path, &mut read),
                Reread::Unclear => {}
            }
        }
        Some(read)
    }

    /// Whether there were files in this folder.
    fn has_below(&self, folder: &str) -> bool {
        let start = format!("{folder}/");
        let sources = &self.folder.sources;
        let at = sources.partition_point(|source| *source.path < *start);
        sources
            .get(at)
            .is_some_and(|source| source.path.starts_with(&start))
            || self
                .folder
                .assets
                .range(Arc::from(start.as_str())..)
                .next()
                .is_some_and(|(path, _)| path.starts_with(&start))
    }

    fn place(&self, path: &str) -> Result<usize, usize> {
        self.folder
            .sources
            .binary_search_by(|source| (*source.path).cmp(path))
    }

    fn put_page(&mut self, source: Source, read: &mut Read) {
        let place = self.place(&source.path);
        let before = place.ok().map(|at| &self.folder.sources[at]);
        if before.is_some_and(|before| before.hash == source.hash) {
            return;
        }
        let hash = before.map(|before| before.hash);
        let page = self.memo.parse_one(&source, before);
        read.changed.insert(Arc::clone(&source.path));
        read.pages.push((Arc::clone(&source.path), hash));
        match place {
            Ok(at) => {
                let before = std::mem::replace(&mut self.pages[at], Arc::clone(&page));
                self.folder.sources[at] = source;
                read.exchanged.push((before, page));
            }
            Err(at) => {
                self.folder.sources.insert(at, source);
                self.pages.insert(at, page);
            }
        }
    }

    fn take_away(&mut self, path: &str, read: &mut Read) {
        let gone = if path == CONFIG || path == SYNONYMS {
            let place = if path == CONFIG {
                &mut self.folder.config
            } else {
                &mut self.folder.synonyms
            };
            read.config |= place.is_some();
            place.take().map(|source| source.path)
        } else if let Ok(at) = self.place(path) {
            self.pages.remove(at);
            let source = self.folder.sources.remove(at);
            self.memo.forget(&source);
            read.pages
                .push((Arc::clone(&source.path), Some(source.hash)));
            Some(source.path)
        } else {
            Arc::make_mut(&mut self.folder.assets)
                .remove(path)
                .map(|asset| asset.path)
        };
        read.lost.extend(gone.clone());
        read.changed.extend(gone);
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
            let (theme, mut problems) = theme::prepare(config, &self.folder.themes);
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
            .filter(|path| self.has(path))
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
            let place = self.place(path).ok()?;
            Some(self.folder.sources[place].hash)
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
        let (mut config, mut diagnostics) = configuration(&self.folder);
        if let (Some(config), Some(base_url)) = (&mut config, &self.request.base_url) {
            config.base_url = base_url.clone();
        }
        self.synonyms = synonyms(&self.folder, config.as_ref(), &mut diagnostics);
        self.config = config.map(Arc::new);
        self.of_config = diagnostics;
    }

    /// Whether there is a file of this path, with anything in it.
    fn has(&self, path: &str) -> bool {
        let mut themes = self.folder.themes.values();
        self.place(path).is_ok()
            || self
                .folder
                .assets
                .get(path)
                .is_some_and(|asset| asset.len > 0)
            || (path == CONFIG && self.has_config())
            || (path == SYNONYMS && self.folder.synonyms.is_some())
            || themes.any(|files| {
                let mut files = files.values();
                files.any(|file| *file.path == *path && !file.bytes.is_empty())
            })
    }

    /// Whether pages that changed, or what all pages stand on, have an error of their own.
    fn is_wrong(&self) -> bool {
        let pages: Vec<Arc<Parsed>> = self
            .unsettled
            .keys()
            .filter_map(|path| Some(Arc::clone(&self.pages[self.place(path).ok()?])))
            .collect();
        let mut own = self.folder.diagnostics.clone();
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
            pages: &self.pages,
            assets: &self.folder.assets,
            knows_language: &|_| true,
            index: Index::new(&self.pages, &self.folder.unreadable),
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
        let assets = Arc::clone(&self.folder.assets);
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

/// The theme files that are not the same in both.
fn differing(before: &Folder, now: &Folder) -> BTreeSet<Arc<str>> {
    let files = |folder: &Folder| -> BTreeMap<Arc<str>, Vec<u8>> {
        let files = folder.themes.values().flat_map(|files| files.values());
        files
            .map(|file| (Arc::clone(&file.path), file.bytes.clone()))
            .collect()
    };
    let (before, now) = (files(before), files(now));
    let paths = before.keys().chain(now.keys());
    paths
        .filter(|path| before.get(*path) != now.get(*path))
        .cloned()
        .collect()
}

/// A handbook at one moment, for rules that look at every page.
pub struct Snapshot {
    /// What was found before the rules.
    told: Vec<Diagnostic>,
    /// The same, of what has its severity by the configuration.
    adjusted: Vec<Diagnostic>,
    config: Option<Arc<Config>>,
    pages: Vec<Arc<Parsed>>,
    assets: Arc<BTreeMap<Arc<str>, Asset>>,
    unreadable: BTreeSet<Arc<str>>,
    highlighter: Arc<Highlighter>,
    options: Options,
    against: Option<Arc<Published>>,
    synonyms: Arc<Synonyms>,
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
