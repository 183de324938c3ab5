//! From a request's path to a response.

use axum::body::Body;
use axum::http::{Method, Response, StatusCode, header};

use crate::disk;
use crate::highlight::Highlighter;
use crate::model::Address;
use crate::plan::{Route, Site};
use crate::render::{Output, POLICY, Renderer};

/// Larger than anything that a page shows: 256 MiB.
const FILE_LIMIT: u64 = 256 * 1024 * 1024;

/// The published site's answer to this path.
pub fn to(site: &Site, highlighter: &Highlighter, method: &Method, path: &str) -> Response<Body> {
    if !matches!(*method, Method::GET | Method::HEAD) {
        let mut refusal = text(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD\n");
        let allowed = header::HeaderValue::from_static("GET, HEAD");
        refusal.headers_mut().insert(header::ALLOW, allowed);
        return refusal;
    }
    let Some(path) = below_base(site, path) else {
        return redirect(site.base_path());
    };
    let address = Address::from_path(&path);
    match site.routes.get_key_value(&address) {
        Some((_, Route::Redirect(target))) => redirect(&site.href(target)),
        Some((address, route)) => rendered(site, highlighter, address, route, StatusCode::OK),
        None if path.starts_with("/search/") => {
            match site.search_parts().find(|(part, _)| *part == address) {
                Some((_, bytes)) => response(StatusCode::OK, "application/json", bytes.to_vec()),
                None => text(StatusCode::NOT_FOUND, "no such part of the index\n"),
            }
        }
        None => {
            let folder = Address::from_path(&format!("{path}/"));
            if site.routes.contains_key(&folder) {
                return redirect(&site.href(&folder));
            }
            let missing = Address::file("404.html");
            rendered(
                site,
                highlighter,
                &missing,
                &Route::NotFound,
                StatusCode::NOT_FOUND,
            )
        }
    }
}

/// What is said when a page could not be made.
pub fn failed() -> Response<Body> {
    text(
        StatusCode::INTERNAL_SERVER_ERROR,
        "the page could not be made\n",
    )
}

/// The path without the base address's, decoded. `None` when it is not below it.
fn below_base(site: &Site, path: &str) -> Option<String> {
    let rest = path.strip_prefix(site.base_path().trim_end_matches('/'))?;
    let decoded = percent_encoding::percent_decode_str(rest)
        .decode_utf8()
        .ok()?;
    decoded.starts_with('/').then(|| decoded.into_owned())
}

fn rendered(
    site: &Site,
    highlighter: &Highlighter,
    address: &Address,
    route: &Route,
    status: StatusCode,
) -> Response<Body> {
    let bytes = match Renderer::new(site, highlighter).render(address, route) {
        Ok(Output::Bytes(bytes)) => bytes,
        Ok(Output::File(file)) => match disk::read(&file, FILE_LIMIT) {
            Ok(bytes) => bytes,
            Err(error) => return text(StatusCode::NOT_FOUND, &format!("{error}\n")),
        },
        Err(problem) => {
            let words = format!("{}: {}\n", problem.path, problem.message);
            return text(StatusCode::INTERNAL_SERVER_ERROR, &words);
        }
    };
    response(status, content_type(&address.output_path()), bytes)
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
    let mut response = response(StatusCode::FOUND, "text/plain; charset=utf-8", Vec::new());
    if let Ok(location) = to.parse() {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

fn text(status: StatusCode, words: &str) -> Response<Body> {
    response(
        status,
        "text/plain; charset=utf-8",
        words.as_bytes().to_vec(),
    )
}

fn response(status: StatusCode, content_type: &'static str, bytes: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, content_type),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (header::CACHE_CONTROL, "no-cache"),
    ] {
        headers.insert(name, header::HeaderValue::from_static(value));
    }
    response
}
