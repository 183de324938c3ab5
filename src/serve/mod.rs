//! The site in memory, for the one who writes it.
//!
//! 1. The pipeline runs once; routes are rendered when a browser asks for them.
//! 2. A watcher notes that something changed; the next request runs the pipeline again, with
//!    unchanged pages from its memo.
//! 3. While the content has errors, the last good site is served.

mod respond;
mod watch;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context as _;
use axum::Router;
use axum::extract::{Request as HttpRequest, State};
use axum::response::Response;
use tokio::net::TcpListener;

use crate::highlight::Highlighter;
use crate::pipeline::{self, Memo, Request, Run};
use crate::plan::Site;

/// What is served, and where.
#[derive(Debug)]
pub struct Settings {
    pub root: PathBuf,
    pub request: Request,
    pub address: SocketAddr,
    pub open: bool,
}

type Print = Box<dyn Fn(&Run) + Send + Sync>;

struct Server {
    settings: Settings,
    highlighter: Highlighter,
    memo: Memo,
    print: Print,
    stale: AtomicBool,
    site: Mutex<Arc<Site>>,
}

/// Serves until Ctrl-C. False when the content has errors before there is anything to serve.
///
/// # Errors
/// When the folder can't be read or the address can't be listened on.
pub fn run(settings: Settings, highlighter: Highlighter, print: Print) -> anyhow::Result<bool> {
    let memo = Memo::default();
    let mut run = pipeline::run(&settings.root, &settings.request, &highlighter, &memo)?;
    print(&run);
    let Some(site) = run.site.take() else {
        return Ok(false);
    };
    let server = Arc::new(Server {
        highlighter,
        memo,
        print,
        stale: AtomicBool::new(false),
        site: Mutex::new(Arc::new(site)),
        settings,
    });
    let watched = Arc::clone(&server);
    let _watcher = watch::start(&server.settings.root, move || {
        watched.stale.store(true, Ordering::Release);
    })?;
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("can't start the server")?
        .block_on(listen(server))?;
    Ok(true)
}

async fn listen(server: Arc<Server>) -> anyhow::Result<()> {
    let address = server.settings.address;
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("can't listen on {address}; name another with `--port`"))?;
    let address = listener.local_addr().context("the server has no address")?;
    let url = format!("http://{address}{}", server.site().base_path());
    anstream::eprintln!("serving {url} (Ctrl-C stops)");
    if server.settings.open {
        watch::open_browser(&url);
    }
    let router = Router::new().fallback(answer).with_state(server);
    let service = axum::serve(listener, router);
    tokio::select! {
        served = service => served.context("the server stopped"),
        _ = tokio::signal::ctrl_c() => Ok(()),
    }
}

async fn answer(State(server): State<Arc<Server>>, request: HttpRequest) -> Response {
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let made = tokio::task::spawn_blocking(move || {
        let site = server.fresh_site();
        respond::to(&site, &server.highlighter, &method, &path)
    });
    made.await.unwrap_or_else(|_| respond::failed())
}

impl Server {
    fn site(&self) -> Arc<Site> {
        Arc::clone(&self.site.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The site as it is now, or as it last was without errors.
    fn fresh_site(&self) -> Arc<Site> {
        // The lock is held while the pipeline runs, so that a burst of requests runs it once.
        let mut site = self.site.lock().unwrap_or_else(PoisonError::into_inner);
        if self.stale.swap(false, Ordering::AcqRel) {
            let settings = &self.settings;
            match pipeline::run(
                &settings.root,
                &settings.request,
                &self.highlighter,
                &self.memo,
            ) {
                Ok(mut run) => {
                    (self.print)(&run);
                    if let Some(fresh) = run.site.take() {
                        *site = Arc::new(fresh);
                    }
                }
                Err(error) => anstream::eprintln!("error: {error:#}"),
            }
        }
        Arc::clone(&site)
    }
}
