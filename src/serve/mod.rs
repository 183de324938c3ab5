//! The site in memory, for the one who writes it.
//!
//! 1. [`watch`] notices changes, [`desk`] holds the handbook and acts on them: at once where what it
//!    reads holds together, after a moment of quiet where it does not.
//! 2. [`live`] is what is served at the moment: a site, what is wrong with it, a version. Routes are
//!    rendered when a browser asks for them.
//! 3. [`judge`] asks the rules that look at every page, on a thread of its own. While the content has
//!    errors, the last good site is served.
//! 4. [`http`] listens, [`guard`] refuses whom it should, [`respond`] answers as the published site
//!    would, and [`preview`] talks to `client/preview.js` in open tabs.

mod body;
mod desk;
mod editor;
mod files;
mod guard;
mod http;
mod judge;
mod live;
mod preview;
mod problems;
mod respond;
mod watch;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant, SystemTime};

use anyhow::Context as _;
use tokio::task::JoinHandle;

use crate::diag::Diagnostic;
use crate::diag::render::Texts;
use crate::disk;
use crate::highlight::Highlighter;
use crate::pipeline::{Request, Session};

use desk::Desk;
use live::Live;
use watch::Watch;

/// What is served, and where.
#[derive(Debug)]
pub struct Settings {
    pub root: PathBuf,
    pub request: Request,
    pub address: SocketAddr,
    /// How many ports after the address's are tried when it is taken.
    pub other_ports: u16,
    pub open: bool,
    /// How to open an editor, as `VIVA_EDITOR` or `VISUAL` say it.
    pub editor: Option<String>,
}

/// What the one who writes is told.
#[derive(Debug)]
pub enum News<'n> {
    /// The server listens.
    Serving {
        url: &'n str,
        /// The port that was asked for, if it was taken.
        taken: Option<u16>,
    },
    /// What changed is served from now on.
    Changed {
        paths: &'n BTreeSet<Arc<str>>,
        took: Duration,
    },
    /// What changed has errors: the last good site is served.
    Refused { paths: &'n BTreeSet<Arc<str>> },
    /// What is wrong now and was not before, and how much there is of it in all.
    Problems {
        new: &'n [Diagnostic],
        /// Warnings that are new too, and too many to tell.
        left_out: usize,
        texts: &'n Texts,
        errors: usize,
        warnings: usize,
    },
    /// Something went wrong that is no matter of content.
    Failed(&'n anyhow::Error),
}

/// Tells news.
pub type Tell = Arc<dyn Fn(&News<'_>) + Send + Sync>;

/// Threads that read a handbook at first: more than cores, since a disk is waited for, and answers many
/// at once sooner than one after the other.
const READERS: usize = 16;

/// Serves until Ctrl-C. False when there is no handbook to serve.
///
/// # Errors
/// When the folder can't be read or watched, or the address can't be listened on.
pub fn run(settings: &Settings, highlighter: Highlighter, tell: &Tell) -> anyhow::Result<bool> {
    use_small_memory_pages();
    let highlighter = Arc::new(highlighter);
    let root = disk::canonicalize(&settings.root)?;
    let (send, messages) = mpsc::channel();
    let (start, began) = (Instant::now(), SystemTime::now());
    // Threads of their own take with them what they needed to parse everything.
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = rayon::ThreadPoolBuilder::new()
        .num_threads(cores.max(READERS))
        .build()
        .context("can't start the server")?;
    let open = || {
        Session::open(
            root.clone(),
            settings.request.clone(),
            Arc::clone(&highlighter),
        )
    };
    let (mut session, update) = threads.install(open)?;
    drop(threads);
    if !session.has_config() {
        let diagnostics = session.snapshot().judge(&|| false);
        let texts = session.texts(&diagnostics);
        problems::Known::default().tell(tell, &diagnostics, &texts);
        return Ok(false);
    }
    let base_path = session
        .site()
        .map_or_else(|| "/".to_owned(), |site| site.base_path().to_owned());
    let live = Arc::new(Live::new(
        root.clone(),
        highlighter,
        settings.editor.clone(),
        base_path,
    ));
    let desk = Desk::new(session, Arc::clone(&live), Arc::clone(tell), send.clone())?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        // Pages are made by these: more than cores, so that a large one does not hold up the others.
        .max_blocking_threads(16)
        .enable_all()
        .build()
        .context("can't start the server")?;
    std::thread::Builder::new()
        .name("desk".to_owned())
        .spawn(move || desk.work(update, start, &messages))
        .context("can't start the server")?;
    // The first page need not wait for it, and reading would have been an event for each file.
    let watch = runtime.spawn_blocking(move || watch::start(&root, began, send));
    let served = runtime.block_on(async {
        tokio::select! {
            served = http::serve(settings, live, tell) => served,
            error = failed(watch) => Err(error),
        }
    });
    // Whoever still waits for a page has gone, or will see that the server has.
    runtime.shutdown_timeout(Duration::from_millis(300));
    served.map(|()| true)
}

/// Watches until that fails.
async fn failed(watch: JoinHandle<anyhow::Result<Watch>>) -> anyhow::Error {
    match watch.await {
        Ok(Ok(_watch)) => std::future::pending().await,
        Ok(Err(error)) => error,
        Err(error) => error.into(),
    }
}

/// Huge pages of memory are made for programs that fill them. This one waits all day, and would hold
/// a tenth more of the machine's memory than it needs.
fn use_small_memory_pages() {
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}
