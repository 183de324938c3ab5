//! From a request's path to a response: what the published site would answer, and in its pages one
//! element more, which loads the preview's script.

use std::sync::Arc;

use hyper::body::Bytes;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::body::Body;
use super::files::{self, Part};
use super::live::{Live, Now, Problem};
use super::preview;
use crate::diag::render::Texts;
use crate::disk;
use crate::model::Address;
use crate::plan::{Route, Site};
use crate::render::{self, Output, POLICY, Renderer};

/// Ends every service worker that asks for its script: one that was left by another site which had
/// this port, and the site's own, which would show stale pages.
const NO_WORKER: &str = "\
self.addEventListener(\"install\", () => self.skipWaiting());
self.addEventListener(\"activate\", async () => {
  await self.registration.unregister();
  for (const client of await self.clients.matchAll()) client.navigate(client.url);
});
";

/// Of the headers that the published site has: these would keep pages that are about to change, or
/// show a draft to other sites.
const NOT_HERE: [&str; 3] = [
    "Cache-Control",
    "Speculation-Rules",
    "Access-Control-Allow-Origin",
];

/// What a request asks for.
pub struct Asked {
    method: Method,
    path: String,
    headers: HeaderMap,
}

impl Asked {
    pub fn of<B>(request: &Request<B>) -> Self {
        Self {
            method: request.method().clone(),
            path: request.uri().path().to_owned(),
            headers: request.headers().clone(),
        }
    }

    fn header(&self, name: HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// The answer to a request for a part of the site.
pub fn to(live: &Live, asked: &Asked) -> Response<Body> {
    if !matches!(asked.method, Method::GET | Method::HEAD) {
        let mut refusal = text(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD\n");
        let allowed = HeaderValue::from_static("GET, HEAD");
        refusal.headers_mut().insert(header::ALLOW, allowed);
        return refusal;
    }
    if asked.headers.contains_key("service-worker") {
        return script(NO_WORKER);
    }
    let now = live.now();
    let mut answer = match &now.site {
        Some(site) => found(live, &now, site, asked),
        None => page(
            asked,
            StatusCode::SERVICE_UNAVAILABLE,
            &Bytes::from_static(WAITING.as_bytes()),
            &fingerprint_of_nothing(),
        ),
    };
    if let Some(site) = &now.site {
        for (name, value) in render::headers_of_path(site, &asked.path) {
            let name = HeaderName::try_from(&name);
            let value = HeaderValue::try_from(&value);
            if let (Ok(name), Ok(value)) = (name, value)
                && !NOT_HERE
                    .iter()
                    .any(|not| name.as_str().eq_ignore_ascii_case(not))
            {
                answer.headers_mut().insert(name, value);
            }
        }
    }
    if asked.method == Method::HEAD {
        *answer.body_mut() = Body::empty();
    }
    answer
}

/// What is shown before there is a site: the preview's script shows why there is none.
const WAITING: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
     <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
     <meta name=\"color-scheme\" content=\"light dark\">\n\
     <title>The handbook has errors</title>\n</head>\n<body>\n<main>\n\
     <h1>The handbook has errors</h1>\n<p>This page comes as soon as they are mended.</p>\n\
     </main>\n</body>\n</html>\n";

/// What stands at a path.
enum Place<'s> {
    Redirect(String),
    Route(&'s Address, &'s Route, StatusCode),
    /// One of the index's files, which the plan knows only once the index is made.
    SearchPart(Address),
}

fn place<'s>(site: &'s Site, path: &str, missing: &'s Address) -> Place<'s> {
    let Some(path) = below_base(site, path) else {
        return Place::Redirect(site.base_path().to_owned());
    };
    let address = Address::from_path(&path);
    match site.routes.get_key_value(&address) {
        Some((_, Route::Redirect(target))) => Place::Redirect(site.href(target)),
        Some((address, route)) => Place::Route(address, route, StatusCode::OK),
        None if path.starts_with("/search/") => Place::SearchPart(address),
        None => {
            let folder = Address::from_path(&format!("{path}/"));
            if site.routes.contains_key(&folder) {
                return Place::Redirect(site.href(&folder));
            }
            Place::Route(missing, &Route::NotFound, StatusCode::NOT_FOUND)
        }
    }
}

/// The path without the base address's, decoded once. `None` when it is not below it.
fn below_base(site: &Site, path: &str) -> Option<String> {
    let rest = path.strip_prefix(site.base_path().trim_end_matches('/'))?;
    let decoded = percent_encoding::percent_decode_str(rest)
        .decode_utf8()
        .ok()?;
    decoded.starts_with('/').then(|| decoded.into_owned())
}

fn found(live: &Live, now: &Now, site: &Site, asked: &Asked) -> Response<Body> {
    let missing = Address::file("404.html");
    let (address, route, status) = match place(site, &asked.path, &missing) {
        Place::Redirect(to) => return redirect(&to),
        Place::Route(address, route, status) => (address, route, status),
        Place::SearchPart(address) => {
            match site.search_parts().find(|(part, _)| *part == address) {
                Some((_, bytes)) => {
                    let bytes = Bytes::copy_from_slice(bytes);
                    return whole(asked, StatusCode::OK, "application/json", &bytes);
                }
                None => (&missing, &Route::NotFound, StatusCode::NOT_FOUND),
            }
        }
    };
    if let Route::File(path) = route {
        return file(live, site, path, asked);
    }
    let bytes = match rendered(live, now, site, address, route) {
        Ok(bytes) => bytes,
        Err(problem) => {
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            let fingerprint = fingerprint(site, problem.as_bytes());
            return page(asked, status, &broken(&problem), &fingerprint);
        }
    };
    let kind = content_type(&address.output_path());
    if kind.starts_with("text/html") {
        return page(asked, status, &bytes, &fingerprint(site, &bytes));
    }
    whole(asked, status, kind, &bytes)
}

fn rendered(
    live: &Live,
    now: &Now,
    site: &Site,
    address: &Address,
    route: &Route,
) -> Result<Bytes, String> {
    now.rendered(address, || {
        match Renderer::new(site, &live.highlighter).render(address, route) {
            Ok(Output::Bytes(bytes)) => Ok(bytes),
            Ok(Output::File(_)) => Ok(Vec::new()),
            Err(problem) => Err(Problem::new(&problem, &texts_of(site, &problem.path)).text),
        }
    })
}

/// A template that a rendered page has a mistake of.
fn texts_of(site: &Site, path: &Arc<str>) -> Texts {
    let text = site.theme.source(path);
    text.map(|text| (Arc::clone(path), Arc::from(text)))
        .into_iter()
        .collect()
}

/// What a tab would be shown at a path, as a value that changes with it. A style sheet is no part of
/// it: tabs exchange it where they are.
pub fn fingerprint_of(live: &Live, path: &str) -> String {
    let now = live.now();
    let Some(site) = &now.site else {
        return fingerprint_of_nothing();
    };
    let missing = Address::file("404.html");
    match place(site, path, &missing) {
        Place::Redirect(to) => fingerprint(site, to.as_bytes()),
        Place::Route(address, route, _) => match rendered(live, &now, site, address, route) {
            Ok(bytes) => fingerprint(site, &bytes),
            Err(problem) => fingerprint(site, problem.as_bytes()),
        },
        // Its name is made of what it holds.
        Place::SearchPart(address) => fingerprint(site, site.href(&address).as_bytes()),
    }
}

fn fingerprint_of_nothing() -> String {
    "none".to_owned()
}

fn fingerprint(site: &Site, bytes: &[u8]) -> String {
    let mut hash = Xxh3::new();
    let html = String::from_utf8_lossy(bytes);
    for part in html.split(site.href(&site.theme.style.address).as_str()) {
        hash.update(part.as_bytes());
        hash.update(b"\0");
    }
    // Files that the page shows are none of its bytes.
    for value in html.split(" src=\"").skip(1) {
        let url = value.split('"').next().unwrap_or_default();
        let shown = below_base(site, url).map(|path| Address::from_path(&path));
        if let Some(Route::File(path)) = shown.and_then(|address| site.routes.get(&address))
            && let Some(asset) = site.assets.get(path)
        {
            hash.update(format!("{path} {} {:?}\n", asset.len, asset.modified).as_bytes());
        }
    }
    format!("{:032x}", hash.digest128())
}

/// A page, with the preview's script.
fn page(asked: &Asked, status: StatusCode, bytes: &Bytes, fingerprint: &str) -> Response<Body> {
    let element = preview::element(fingerprint);
    let bytes = with_element(bytes, &element);
    whole(asked, status, "text/html; charset=utf-8", &bytes)
}

/// The page with an element at the end of its head, or before everything else where it has none.
fn with_element(page: &[u8], element: &str) -> Bytes {
    const END: &[u8] = b"</head>";
    let at = page.windows(END.len()).position(|part| part == END);
    let (head, rest) = page.split_at(at.unwrap_or(page.len()));
    [head, element.as_bytes(), rest].concat().into()
}

/// A page that could not be rendered.
fn broken(problem: &str) -> Bytes {
    let mut escaped = String::new();
    crate::markdown::escape_text(problem, &mut escaped);
    WAITING
        .replace("<body>", &format!("<body>\n<pre>{escaped}</pre>\n"))
        .into()
}

/// Bytes that are all in memory.
fn whole(asked: &Asked, status: StatusCode, kind: &'static str, bytes: &Bytes) -> Response<Body> {
    let tag = format!("\"{:032x}\"", xxh3_128(bytes));
    let length = bytes.len() as u64;
    let slice = |range: std::ops::Range<u64>| {
        let place = |at: u64| usize::try_from(at).unwrap_or(bytes.len());
        Body::from(bytes.slice(place(range.start)..place(range.end)))
    };
    let can_be_parted = status == StatusCode::OK && !kind.starts_with("text/html");
    parted(asked, status, kind, &tag, length, can_be_parted, slice)
}

/// A file of the content folder.
fn file(live: &Live, site: &Site, path: &Arc<str>, asked: &Asked) -> Response<Body> {
    let Some(asset) = site.assets.get(path) else {
        return text(StatusCode::NOT_FOUND, "the file is gone\n");
    };
    // It may have become a link to somewhere else since it was looked at.
    let inside = disk::canonicalize(&asset.file).is_ok_and(|file| {
        disk::canonicalize(&live.root.join("content"))
            .is_ok_and(|content| file.starts_with(content))
    });
    let stamp = match disk::stamp(&asset.file) {
        Ok(stamp) if inside => stamp,
        Ok(_) => return text(StatusCode::NOT_FOUND, "the file is elsewhere\n"),
        Err(error) => return text(StatusCode::NOT_FOUND, &format!("{error}\n")),
    };
    let tag = format!("\"{:032x}\"", xxh3_128(format!("{stamp:?}").as_bytes()));
    let stream = |range| files::stream(asset.file.clone(), range);
    let kind = content_type(path);
    parted(asked, StatusCode::OK, kind, &tag, stamp.len, true, stream)
}

/// Something of a known length: all of it, a part, or word that the client has it already.
fn parted(
    asked: &Asked,
    status: StatusCode,
    kind: &'static str,
    tag: &str,
    length: u64,
    can_be_parted: bool,
    body: impl FnOnce(std::ops::Range<u64>) -> Body,
) -> Response<Body> {
    let same = |known: &str| {
        known == "*"
            || known
                .split(',')
                .any(|known| known.trim().trim_start_matches("W/") == tag)
    };
    let has_it = status == StatusCode::OK && asked.header(header::IF_NONE_MATCH).is_some_and(same);
    let whole_wanted = asked
        .header(header::IF_RANGE)
        .is_some_and(|known| known != tag);
    let part = match asked.header(header::RANGE) {
        Some(range) if can_be_parted && !whole_wanted && asked.method == Method::GET => {
            files::part(range, length)
        }
        _ => Part::Whole,
    };
    let (status, range, place) = match part {
        _ if has_it => (StatusCode::NOT_MODIFIED, None, None),
        Part::Whole => (status, Some(0..length), None),
        Part::Of(range) => {
            let place = format!("bytes {}-{}/{length}", range.start, range.end - 1);
            (StatusCode::PARTIAL_CONTENT, Some(range), Some(place))
        }
        Part::Beyond => {
            let place = format!("bytes */{length}");
            (StatusCode::RANGE_NOT_SATISFIABLE, None, Some(place))
        }
    };
    let mut headers: Vec<(HeaderName, String)> = vec![(header::ETAG, tag.to_owned())];
    headers.extend(place.map(|place| (header::CONTENT_RANGE, place)));
    if can_be_parted {
        headers.push((header::ACCEPT_RANGES, "bytes".to_owned()));
    }
    let body = match range {
        Some(range) => {
            headers.push((
                header::CONTENT_LENGTH,
                (range.end - range.start).to_string(),
            ));
            if asked.method == Method::HEAD {
                Body::empty()
            } else {
                body(range)
            }
        }
        None => Body::empty(),
    };
    let mut response = response(status, kind, body);
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("xml") => "application/xml; charset=utf-8",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("txt") => "text/plain; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        _ => mime_guess::from_path(path)
            .first_raw()
            .unwrap_or("application/octet-stream"),
    }
}

fn redirect(to: &str) -> Response<Body> {
    let mut response = response(
        StatusCode::FOUND,
        "text/plain; charset=utf-8",
        Body::empty(),
    );
    if let Ok(location) = to.parse() {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// What is said when a page could not be made.
pub fn failed() -> Response<Body> {
    text(
        StatusCode::INTERNAL_SERVER_ERROR,
        "the page could not be made\n",
    )
}

/// What is said to whom the server does not talk to.
pub fn refused(why: &str) -> Response<Body> {
    text(StatusCode::FORBIDDEN, why)
}

/// A script of the preview's own.
pub fn script(text: &str) -> Response<Body> {
    let body = Bytes::from(text.to_owned());
    response(
        StatusCode::OK,
        "text/javascript; charset=utf-8",
        body.into(),
    )
}

/// A plain text.
pub fn text(status: StatusCode, words: &str) -> Response<Body> {
    let body = Bytes::from(words.to_owned());
    response(status, "text/plain; charset=utf-8", body.into())
}

/// A response with the headers that all have.
pub fn response(status: StatusCode, content_type: &'static str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, content_type),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (header::CACHE_CONTROL, "no-cache"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_element_stands_at_the_end_of_the_head() {
        for (page, with) in [
            ("<head>a</head>b</head>", "<head>a*</head>b</head>"),
            ("no head", "no head*"),
        ] {
            assert_eq!(with_element(page.as_bytes(), "*"), with);
        }
    }
}
