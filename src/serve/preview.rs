//! What the preview has beside the site: `client/preview.js` in every page, and what it asks for.
//!
//! | path | |
//! |---|---|
//! | `/__viva/preview.js`, `.css` | the script, and the style of what it shows |
//! | `/__viva/events` | server-sent events: a state now, and one after each change |
//! | `/__viva/page?path=…` | the fingerprint of what a tab would be shown |
//! | `/__viva/problems` | what is wrong |
//! | `/__viva/open` | POST: opens a place in the editor |
//!
//! None of it is in a build. No page of another site can read it: there is no header that would let
//! it, and whoever asks from elsewhere is refused.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use http_body_util::{BodyExt as _, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use serde::Serialize;
use tokio::sync::mpsc;

use super::body::Body;
use super::editor::{self, Place};
use super::guard;
use super::live::{Live, Now, Wrong};
use super::respond;

/// Where all of it stands. No page of a handbook has such an address.
pub const FOLDER: &str = "/__viva/";

const SCRIPT: &str = include_str!("client/preview.js");
const STYLE: &str = include_str!("client/preview.css");

/// Tabs that are told of changes at a time.
const LISTENERS: usize = 128;

/// So often a sign of life is sent, which tells both ends of a broken connection.
const BEAT: Duration = Duration::from_secs(15);

/// More than any place takes.
const PLACE_BYTES: usize = 4096;
const PLACE_TIME: Duration = Duration::from_secs(5);

/// The element that loads the script into a page.
pub fn element(fingerprint: &str) -> String {
    format!(
        "<script type=\"module\" src=\"{FOLDER}preview.js\" data-preview=\"{fingerprint}\"></script>\n"
    )
}

/// Answers what the script asks for.
pub async fn answer(request: Request<Incoming>, live: &Arc<Live>) -> Response<Body> {
    if !guard::is_from_here(&request) {
        return respond::refused("this is for the preview's own pages\n");
    }
    let name = request.uri().path().trim_start_matches(FOLDER).to_owned();
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    match (name.as_str(), is_read) {
        ("open", false) => open(request, live).await,
        ("preview.js", true) => respond::script(SCRIPT),
        ("preview.css", true) => {
            let style = Bytes::from_static(STYLE.as_bytes()).into();
            respond::response(StatusCode::OK, "text/css; charset=utf-8", style)
        }
        ("events", true) => events(live),
        ("page", true) => page(&request, live).await,
        ("problems", true) => {
            let now = live.now();
            json(&Problems {
                version: now.version,
                editor: live.editor.is_some(),
                wrong: &now.wrong,
            })
        }
        ("open" | "preview.js" | "preview.css" | "events" | "page" | "problems", _) => {
            respond::text(StatusCode::METHOD_NOT_ALLOWED, "not this way\n")
        }
        _ => respond::text(StatusCode::NOT_FOUND, "the preview has no such part\n"),
    }
}

#[derive(Serialize)]
struct Problems<'w> {
    version: u64,
    /// Whether places can be opened.
    editor: bool,
    #[serde(flatten)]
    wrong: &'w Wrong,
}

/// What tabs are told of a state.
#[derive(Serialize)]
struct State<'s> {
    instance: &'s str,
    token: &'s str,
    version: u64,
    /// The style sheet's address.
    style: Option<String>,
    errors: usize,
    warnings: usize,
}

fn event(live: &Live, now: &Now) -> Bytes {
    let state = State {
        instance: &live.instance,
        token: &live.token,
        version: now.version,
        style: now
            .site
            .as_ref()
            .map(|site| site.href(&site.theme.style.address)),
        errors: now.wrong.errors,
        warnings: now.wrong.warnings,
    };
    let mut event = String::from("event: state\ndata: ");
    // JSON has no line breaks of its own.
    let _ = write!(
        event,
        "{}\n\n",
        serde_json::to_string(&state).unwrap_or_default()
    );
    event.into()
}

/// A stream of events, the present state first.
fn events(live: &Arc<Live>) -> Response<Body> {
    static OPEN: AtomicUsize = AtomicUsize::new(0);
    if OPEN.fetch_add(1, Ordering::AcqRel) >= LISTENERS {
        OPEN.fetch_sub(1, Ordering::AcqRel);
        return respond::text(StatusCode::SERVICE_UNAVAILABLE, "too many listen already\n");
    }
    let (send, pieces) = mpsc::channel(4);
    let live = Arc::clone(live);
    tokio::spawn(async move {
        tell(&live, &send).await;
        OPEN.fetch_sub(1, Ordering::AcqRel);
    });
    respond::response(StatusCode::OK, "text/event-stream", Body::Pieces(pieces))
}

async fn tell(live: &Live, send: &mpsc::Sender<Bytes>) {
    const RETRY: &[u8] = b"retry: 300\n\n";
    const SIGN_OF_LIFE: &[u8] = b"event: beat\ndata:\n\n";
    let mut states = live.subscribe();
    // The present one is news to whoever has just come.
    states.mark_changed();
    let mut next = Bytes::from_static(RETRY);
    while send.send(next).await.is_ok() {
        next = tokio::select! {
            () = send.closed() => return,
            changed = states.changed() => {
                if changed.is_err() {
                    return;
                }
                let now = Arc::clone(&states.borrow_and_update());
                event(live, &now)
            }
            () = tokio::time::sleep(BEAT) => Bytes::from_static(SIGN_OF_LIFE),
        };
    }
}

/// What a tab's page is now.
async fn page(request: &Request<Incoming>, live: &Arc<Live>) -> Response<Body> {
    #[derive(Serialize)]
    struct Page {
        page: String,
    }
    let query = request.uri().query().unwrap_or_default();
    let Some(path) = url::form_urlencoded::parse(query.as_bytes())
        .find_map(|(name, value)| (name == "path").then(|| value.into_owned()))
    else {
        return respond::text(StatusCode::BAD_REQUEST, "which page?\n");
    };
    let live = Arc::clone(live);
    let made = tokio::task::spawn_blocking(move || respond::fingerprint_of(&live, &path)).await;
    match made {
        Ok(page) => json(&Page { page }),
        Err(_) => respond::failed(),
    }
}

/// Opens a place in the editor, for a page of this server that knows the token.
async fn open(request: Request<Incoming>, live: &Arc<Live>) -> Response<Body> {
    let headers = request.headers();
    let token = headers.get("x-viva-token").map(HeaderValue::as_bytes);
    if *request.method() != Method::POST
        || !guard::is_own_origin(headers)
        || token != Some(live.token.as_bytes())
    {
        return respond::refused("only the preview's own pages open places\n");
    }
    let Some(editor) = live.editor.clone() else {
        return respond::text(StatusCode::NOT_FOUND, "no editor is named\n");
    };
    let body = Limited::new(request.into_body(), PLACE_BYTES).collect();
    let place = match tokio::time::timeout(PLACE_TIME, body).await {
        Ok(Ok(body)) => serde_json::from_slice::<Place>(&body.to_bytes()).ok(),
        _ => None,
    };
    let Some(place) = place else {
        return respond::text(StatusCode::BAD_REQUEST, "that is no place\n");
    };
    let live = Arc::clone(live);
    let opened =
        tokio::task::spawn_blocking(move || editor::open(&live.root, &editor, &place)).await;
    match opened {
        Ok(Ok(())) => respond::text(StatusCode::NO_CONTENT, ""),
        Ok(Err(error)) => respond::text(StatusCode::BAD_REQUEST, &format!("{error:#}\n")),
        Err(_) => respond::failed(),
    }
}

fn json(value: &impl Serialize) -> Response<Body> {
    let text = serde_json::to_string(value).unwrap_or_default();
    let mut response =
        respond::response(StatusCode::OK, "application/json", Bytes::from(text).into());
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
