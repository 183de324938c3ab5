//! Listening, and who may be connected for how long.
//!
//! A client that sends nothing, or sends its request byte by byte, is given [`HEAD_TIME`]; one that
//! does not take its answer, [`STALL_TIME`]. When there are too many connections, those that wait for
//! a request go first, the oldest ahead: whoever is being answered stays, and who is new gets in.

use std::collections::VecDeque;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use anyhow::Context as _;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;
use tokio::time::{Instant, Sleep};

use super::body::Body;
use super::guard::Guard;
use super::live::Live;
use super::{News, Settings, Tell, preview, respond, watch};

/// Connections at a time: more than browsers open, less than a process may have.
const CONNECTIONS: usize = 256;

/// How long a request's head may take, and how long a connection may wait for the next one.
const HEAD_TIME: Duration = Duration::from_secs(10);

/// How long a client may take nothing of its answer.
const STALL_TIME: Duration = Duration::from_secs(30);

/// Bytes and lines of a request's head.
const HEAD_BYTES: usize = 16 * 1024;
const HEAD_LINES: usize = 64;

/// Serves until Ctrl-C.
///
/// # Errors
/// When the address can't be listened on.
pub async fn serve(settings: &Settings, live: Arc<Live>, tell: &Tell) -> anyhow::Result<()> {
    let (listener, taken) = listen(settings).await?;
    let address = listener.local_addr().context("the server has no address")?;
    let url = format!("http://{}{}", shown(address), live.base_path(&live.now()));
    tell(&News::Serving { url: &url, taken });
    if settings.open {
        watch::open_browser(&url);
    }
    let guard = Guard::new(settings.address.ip());
    let connections = Arc::new(Connections::default());
    let accept = async {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => connections.take(stream, guard, &live),
                // Too many open files, or a client that has gone again.
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    };
    tokio::select! {
        () = accept => Ok(()),
        stopped = stopped() => stopped,
    }
}

/// The address's port, or the next one that is free.
async fn listen(settings: &Settings) -> anyhow::Result<(TcpListener, Option<u16>)> {
    let asked = settings.address;
    let mut address = asked;
    let last = asked.port().saturating_add(settings.other_ports);
    loop {
        match TcpListener::bind(address).await {
            Ok(listener) => {
                let taken = (address != asked).then_some(asked.port());
                return Ok((listener, taken));
            }
            Err(error)
                if error.kind() == io::ErrorKind::AddrInUse
                    && asked.port() != 0
                    && address.port() < last =>
            {
                address.set_port(address.port() + 1);
            }
            Err(error) => {
                return Err(error).with_context(|| {
                    format!("can't listen on {asked}; name another with `--port`")
                });
            }
        }
    }
}

/// An address that a browser can be given.
fn shown(address: SocketAddr) -> SocketAddr {
    let mut shown = address;
    if address.ip().is_unspecified() {
        shown.set_ip(match address {
            SocketAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
        });
    }
    shown
}

#[cfg(unix)]
async fn stopped() -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminated = signal(SignalKind::terminate()).context("can't wait for signals")?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed.context("can't wait for Ctrl-C"),
        _ = terminated.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn stopped() -> anyhow::Result<()> {
    tokio::signal::ctrl_c()
        .await
        .context("can't wait for Ctrl-C")
}

/// The connections that are open.
#[derive(Default)]
struct Connections(Mutex<VecDeque<Connection>>);

struct Connection {
    /// Whether a request is being answered.
    busy: Arc<AtomicBool>,
    task: AbortHandle,
}

impl Connections {
    fn take(self: &Arc<Self>, stream: TcpStream, guard: Guard, live: &Arc<Live>) {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= CONNECTIONS {
            open.retain(|connection| !connection.task.is_finished());
        }
        if open.len() >= CONNECTIONS {
            let waits = |connection: &Connection| !connection.busy.load(Ordering::Acquire);
            match open.iter().position(waits) {
                Some(at) => drop(open.remove(at).map(|oldest| oldest.task.abort())),
                // All are at work: this one is closed, and may try again.
                None => return,
            }
        }
        let busy = Arc::new(AtomicBool::new(false));
        let task = tokio::spawn(talk(stream, guard, Arc::clone(live), Arc::clone(&busy)));
        open.push_back(Connection {
            busy,
            task: task.abort_handle(),
        });
    }
}

/// Answers the requests of one connection.
async fn talk(stream: TcpStream, guard: Guard, live: Arc<Live>, busy: Arc<AtomicBool>) {
    let _ = stream.set_nodelay(true);
    let answer = service_fn(move |request: Request<Incoming>| {
        busy.store(true, Ordering::Release);
        let (live, busy) = (Arc::clone(&live), Arc::clone(&busy));
        async move {
            let answer = answer(request, guard, &live).await;
            // A stream of events is at work as long as it is open.
            busy.store(matches!(answer.body(), Body::Pieces(_)), Ordering::Release);
            Ok::<_, std::convert::Infallible>(answer)
        }
    });
    let io = TokioIo::new(Patient {
        stream,
        stalled: Box::pin(tokio::time::sleep(Duration::ZERO)),
        waits: false,
    });
    // Whatever ends a connection is the client's doing.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEAD_LINES)
        .serve_connection(io, answer)
        .await;
}

async fn answer(request: Request<Incoming>, guard: Guard, live: &Arc<Live>) -> Response<Body> {
    if !guard.knows(&request) {
        return respond::refused("this server is asked by its own address alone\n");
    }
    if request.uri().path().starts_with(preview::FOLDER) {
        return preview::answer(request, live).await;
    }
    let asked = respond::Asked::of(&request);
    let live = Arc::clone(live);
    tokio::task::spawn_blocking(move || respond::to(&live, &asked))
        .await
        .unwrap_or_else(|_| respond::failed())
}

/// A stream that gives up on a client that takes nothing.
struct Patient {
    stream: TcpStream,
    stalled: Pin<Box<Sleep>>,
    waits: bool,
}

impl Patient {
    fn watched<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.waits = false;
            return written;
        }
        if !self.waits {
            self.waits = true;
            self.stalled.as_mut().reset(Instant::now() + STALL_TIME);
        }
        match self.stalled.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.watched(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.watched(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
