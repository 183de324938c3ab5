//! What is served at the moment.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use hyper::body::Bytes;
use serde::Serialize;
use tokio::sync::watch;

use super::problems::count;
use crate::diag::render::{self, HumanStyle, Texts};
use crate::diag::{Diagnostic, LineIndex, Severity};
use crate::highlight::Highlighter;
use crate::model::Address;
use crate::plan::Site;

/// Problems that a tab is shown at most; the terminal has all.
const SHOWN: usize = 50;

/// As many bytes of rendered pages are kept as long as nothing changes.
const KEPT: usize = 16 * 1024 * 1024;

/// One state of the site.
pub struct Now {
    /// Grows with every change.
    pub version: u64,
    /// `None` as long as there was none without errors.
    pub site: Option<Arc<Site>>,
    pub wrong: Arc<Wrong>,
    /// Pages that were asked for.
    rendered: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    pages: HashMap<Address, Bytes>,
    bytes: usize,
}

impl Now {
    /// A page that was rendered before, or else rendered now.
    ///
    /// # Errors
    /// Those of `render`.
    pub fn rendered<E>(
        &self,
        address: &Address,
        render: impl FnOnce() -> Result<Vec<u8>, E>,
    ) -> Result<Bytes, E> {
        let kept = || self.rendered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(page) = kept().pages.get(address) {
            return Ok(page.clone());
        }
        let page = Bytes::from(render()?);
        let mut kept = kept();
        if kept.bytes + page.len() <= KEPT {
            kept.bytes += page.len();
            kept.pages.insert(address.clone(), page.clone());
        }
        Ok(page)
    }
}

/// What is wrong, as tabs are told.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Wrong {
    pub errors: usize,
    pub warnings: usize,
    /// Errors first; not all, if there are many.
    pub shown: Vec<Problem>,
}

/// One problem.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    pub severity: &'static str,
    /// From the root.
    pub path: String,
    /// From 1.
    pub line: usize,
    pub column: usize,
    /// As the terminal has it.
    pub text: String,
}

impl Wrong {
    pub fn new(diagnostics: &[Diagnostic], texts: &Texts) -> Self {
        let with = |severity| {
            diagnostics
                .iter()
                .filter(move |diagnostic| diagnostic.severity == severity)
        };
        Self {
            errors: count(diagnostics, Severity::Error),
            warnings: count(diagnostics, Severity::Warning),
            shown: with(Severity::Error)
                .chain(with(Severity::Warning))
                .take(SHOWN)
                .map(|diagnostic| Problem::new(diagnostic, texts))
                .collect(),
        }
    }
}

impl Problem {
    /// A problem with its place.
    pub fn new(diagnostic: &Diagnostic, texts: &Texts) -> Self {
        let place = diagnostic
            .primary
            .as_ref()
            .zip(texts.get(&diagnostic.path))
            .map(|(primary, text)| LineIndex::new(text).position(primary.span.start));
        let plain = HumanStyle { colour: false };
        Self {
            severity: diagnostic.severity.as_str(),
            path: diagnostic.path.to_string(),
            line: place.map_or(1, |place| place.line),
            column: place.map_or(1, |place| place.column),
            text: render::human(std::slice::from_ref(diagnostic), texts, plain)
                .trim_end()
                .to_owned(),
        }
    }
}

/// What the server's parts share.
pub struct Live {
    pub root: PathBuf,
    pub highlighter: Arc<Highlighter>,
    /// How to open an editor.
    pub editor: Option<String>,
    /// Of the site that is to come; see [`Live::base_path`].
    base_path: String,
    /// Tells this server from one that ran before it.
    pub instance: String,
    /// Who has it was served by this server.
    pub token: String,
    now: watch::Sender<Arc<Now>>,
}

impl Live {
    pub fn new(
        root: PathBuf,
        highlighter: Arc<Highlighter>,
        editor: Option<String>,
        base_path: String,
    ) -> Self {
        let (now, _) = watch::channel(Arc::new(Now {
            version: 0,
            site: None,
            wrong: Arc::default(),
            rendered: Mutex::default(),
        }));
        Self {
            root,
            highlighter,
            editor,
            base_path,
            instance: secret(),
            token: secret(),
            now,
        }
    }

    /// The state at this moment.
    pub fn now(&self) -> Arc<Now> {
        Arc::clone(&self.now.borrow())
    }

    /// Hears of every new state.
    pub fn subscribe(&self) -> watch::Receiver<Arc<Now>> {
        self.now.subscribe()
    }

    /// The path of the base address.
    pub fn base_path(&self, now: &Now) -> String {
        now.site
            .as_ref()
            .map_or(&*self.base_path, |site| site.base_path())
            .to_owned()
    }

    /// Serves this from now on; what is wrong stays as it is where nothing is said of it.
    pub fn publish(&self, site: Option<Arc<Site>>, wrong: Option<Wrong>) {
        let before = self.now();
        let wrong = wrong.map_or_else(|| Arc::clone(&before.wrong), Arc::new);
        let same_site = match (&before.site, &site) {
            (Some(before), Some(site)) => Arc::ptr_eq(before, site),
            (None, None) => true,
            _ => false,
        };
        if same_site && before.wrong == wrong && before.version > 0 {
            return;
        }
        let rendered = if same_site {
            std::mem::take(
                &mut *before
                    .rendered
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner),
            )
        } else {
            Kept::default()
        };
        self.now.send_replace(Arc::new(Now {
            version: before.version + 1,
            site,
            wrong,
            rendered: Mutex::new(rendered),
        }));
    }
}

/// What nobody can guess.
fn secret() -> String {
    use std::hash::{BuildHasher as _, RandomState};
    // Each state of the standard library's hasher has keys of the system's random numbers.
    let words = [0, 1].map(|word: u64| RandomState::new().hash_one(word));
    format!("{:016x}{:016x}", words[0], words[1])
}
