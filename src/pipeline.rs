//! From a folder to a planned site: what every command shares.
//!
//! 1. Load the folder.
//! 2. Parse its pages, in parallel; pages that did not change are taken from [`Memo`].
//! 3. Validate them into one handbook, in one edition.
//! 4. Prepare the theme and plan the site.

mod patch;
mod reading;
mod session;
mod snapshot;

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::diag::render::Texts;
use crate::diag::{self, Diagnostic, rules};
use crate::highlight::Highlighter;
use crate::load::{self, AssetKind, CONFIG, CONTENT, Folder, Source};
use crate::model::{Config, Synonyms};
use crate::parse::{self, Parsed};
use crate::plan::{self, Site};
use crate::published::Published;
use crate::theme;
use crate::validate::{self, Facts, Index, Options};

pub use session::{Changes, Session, Update};
pub use snapshot::Snapshot;

/// What is wanted of a run.
#[derive(Debug, Clone)]
pub struct Request {
    pub options: Options,
    /// Instead of handbook.yaml's.
    pub base_url: Option<url::Url>,
    /// What was published before, all of whose addresses are to be there still.
    pub against: Option<Arc<Published>>,
}

/// What a run came to.
#[derive(Debug)]
pub struct Run {
    /// `None` when an error was found.
    pub site: Option<Site>,
    pub diagnostics: Vec<Diagnostic>,
    /// What the diagnostics point into.
    pub texts: Texts,
    pub timings: Timings,
    /// Questions, kits and pages that were read, broken ones included.
    pub pages: Vec<Arc<Parsed>>,
    /// `None` when handbook.yaml is missing or broken.
    pub config: Option<Arc<Config>>,
}

/// How long each stage took.
#[derive(Debug, Clone, Default)]
pub struct Timings(pub Vec<(&'static str, Duration)>);

impl Timings {
    /// Runs a stage and notes its time.
    pub fn stage<T>(&mut self, name: &'static str, run: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = run();
        self.0.push((name, start.elapsed()));
        result
    }
}

/// Parsed pages of earlier runs, by the hash of path and text.
#[derive(Debug, Default)]
pub struct Memo(Mutex<HashMap<u128, Arc<Parsed>>>);

impl Memo {
    /// As [`Memo::parse`], of one page, which takes the place of another one.
    fn parse_one(&self, source: &Source, before: Option<&Source>) -> Arc<Parsed> {
        let parsed = Arc::new(parse::parse(source));
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = before {
            known.remove(&before.hash);
        }
        known.insert(source.hash, Arc::clone(&parsed));
        parsed
    }

    fn forget(&self, source: &Source) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.remove(&source.hash);
    }

    fn parse(&self, sources: &[Source]) -> Vec<Arc<Parsed>> {
        let known = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let parsed: Vec<Arc<Parsed>> = sources
            .par_iter()
            .map(|source| match known.get(&source.hash) {
                Some(parsed) => Arc::clone(parsed),
                None => Arc::new(parse::parse(source)),
            })
            .collect();
        // Only what is there now: a page that is gone is not kept for ever.
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = sources
            .iter()
            .map(|source| source.hash)
            .zip(parsed.iter().cloned())
            .collect();
        parsed
    }
}

/// Runs the stages from the folder to the plan.
///
/// # Errors
/// When `root` is no folder.
pub fn run(
    root: &Path,
    request: &Request,
    highlighter: &Highlighter,
    memo: &Memo,
) -> anyhow::Result<Run> {
    let mut timings = Timings::default();
    let folder = timings.stage("load", || load::load(root))?;
    let mut pages = timings.stage("parse", || memo.parse(&folder.sources));
    let unread = folder.unreadable.iter().filter_map(parse::unread);
    pages.extend(unread.map(Arc::new));
    let (mut config, mut diagnostics) = settings(&folder);
    if let (Some(config), Some(base_url)) = (&mut config, &request.base_url) {
        config.base_url = base_url.clone();
    }
    let config = config.map(Arc::new);
    let synonyms = synonyms(&folder, config.as_deref(), &mut diagnostics);
    let texts = texts(&folder);
    let Folder {
        assets,
        themes,
        unreadable,
        diagnostics: unloaded,
        ..
    } = folder;
    diagnostics.extend(unloaded);
    let outcome = timings.stage("validate", || {
        let facts = Facts {
            config: config.as_ref().filter(|config| config.sound),
            settings: config.as_ref(),
            pages: &pages,
            assets: &assets,
            knows_language: &|language| highlighter.knows(language),
            index: Index::new(&pages, &unreadable),
            options: request.options,
            against: request.against.as_deref(),
            synonyms: &synonyms,
        };
        validate::validate(&facts, diagnostics)
    });
    let mut diagnostics = outcome.diagnostics;
    let site = timings.stage("plan", || {
        let config = config.as_ref()?;
        let (theme, mut problems) = theme::prepare(config, &themes);
        validate::adjust(config, &mut problems);
        diagnostics.extend(problems);
        let (site, mut problems) = plan::plan(
            Arc::new(outcome.handbook?),
            Arc::new(theme?),
            Arc::clone(&assets),
        );
        validate::adjust(config, &mut problems);
        diagnostics.extend(problems);
        (!diag::has_errors(&diagnostics)).then_some(site)
    });
    diag::tidy(&mut diagnostics);
    Ok(Run {
        site,
        diagnostics,
        texts,
        timings,
        pages,
        config,
    })
}

/// What the folder's handbook.yaml says, if its levels and topics could be read.
pub fn configuration(folder: &Folder) -> (Option<Config>, Vec<Diagnostic>) {
    let (config, diagnostics) = settings(folder);
    (config.filter(|config| config.sound), diagnostics)
}

/// What can be read of the folder's handbook.yaml.
fn settings(folder: &Folder) -> (Option<Config>, Vec<Diagnostic>) {
    let Some(source) = &folder.config else {
        let path = Arc::from(CONFIG);
        let content = CONTENT.trim_end_matches('/');
        if folder.unreadable.contains(&path) || folder.unreadable.contains(content) {
            return (None, Vec::new());
        }
        let other = CONFIG.replace(".yaml", ".yml");
        let help = if folder.assets.contains_key(other.as_str()) {
            format!("rename `{other}`")
        } else {
            "run the command in the folder that contains `content/`, or name it with `--root`"
                .to_owned()
        };
        let missing = Diagnostic::of_file(
            &rules::HANDBOOK_MISSING,
            &path,
            format!("there is no `{CONFIG}`"),
        )
        .help(help);
        return (None, vec![missing]);
    };
    parse::config(source)
}

fn synonyms(
    folder: &Folder,
    config: Option<&Config>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Arc<Synonyms> {
    let (Some(source), Some(config)) = (&folder.synonyms, config) else {
        return Arc::default();
    };
    let (synonyms, found) = parse::synonyms(source, &config.language);
    diagnostics.extend(found);
    Arc::new(synonyms)
}

/// What diagnostics can point into.
pub fn texts(folder: &Folder) -> Texts {
    let mut texts: Texts = folder
        .sources
        .iter()
        .chain(&folder.config)
        .chain(&folder.synonyms)
        .map(|source| (Arc::clone(&source.path), Arc::clone(&source.text)))
        .collect();
    texts.extend(folder.garbled.clone());
    for (path, asset) in folder.assets.iter() {
        if let AssetKind::UnsafeSvg { text, .. } = &asset.kind {
            texts.insert(Arc::clone(path), Arc::clone(text));
        }
    }
    for file in folder.themes.values().flat_map(|files| files.values()) {
        if let Ok(text) = std::str::from_utf8(&file.bytes) {
            texts.insert(Arc::clone(&file.path), Arc::from(text));
        }
    }
    texts
}
