//! `_headers` and `_redirects`, as Netlify and Cloudflare Pages read them. The addresses in them are
//! those that readers have: with the path of the base address.

use std::fmt::Write as _;

use crate::plan::{Route, Site};

/// What a page may load and run: its own site's files, and nothing else.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
     worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The same for hosts that send no headers. Browsers ignore `frame-ancestors` there and say so.
/// <https://www.w3.org/TR/CSP3/#meta-element>
pub const META_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
     worker-src 'self'; base-uri 'none'; form-action 'self'";

/// <https://docs.netlify.com/manage/routing/headers/>
pub fn headers(site: &Site) -> Vec<u8> {
    let base = site.base_path();
    format!(
        "{base}*\n  \
         Content-Security-Policy: {POLICY}\n  \
         Referrer-Policy: strict-origin-when-cross-origin\n  \
         X-Content-Type-Options: nosniff\n  \
         Permissions-Policy: camera=(), geolocation=(), microphone=(), browsing-topics=()\n  \
         Cross-Origin-Opener-Policy: same-origin\n  \
         Speculation-Rules: \"{base}speculation-rules.json\"\n\
         {base}assets/*\n  \
         Cache-Control: public, max-age=31536000, immutable\n\
         {base}search/parts/*\n  \
         Cache-Control: public, max-age=31536000, immutable\n\
         {base}manifest.webmanifest\n  \
         Content-Type: application/manifest+json\n\
         {base}questions.json\n  \
         Access-Control-Allow-Origin: *\n\
         {base}schema/*\n  \
         Access-Control-Allow-Origin: *\n\
         {base}speculation-rules.json\n  \
         Content-Type: application/speculationrules+json\n  \
         Cache-Control: public, max-age=86400\n"
    )
    .into_bytes()
}

/// The headers that [`headers`] gives a path, with the base address's path.
pub fn of_path(site: &Site, path: &str) -> Vec<(String, String)> {
    let text = String::from_utf8(headers(site)).unwrap_or_default();
    let mut found: Vec<(String, String)> = Vec::new();
    let mut matches = false;
    for line in text.lines() {
        match line
            .strip_prefix("  ")
            .and_then(|line| line.split_once(": "))
        {
            None => {
                matches = match line.strip_suffix('*') {
                    Some(start) => path.starts_with(start),
                    None => path == line,
                }
            }
            Some((name, value)) if matches => {
                found.retain(|(other, _)| other != name);
                found.push((name.to_owned(), value.to_owned()));
            }
            Some(_) => {}
        }
    }
    found
}

/// <https://docs.netlify.com/manage/routing/redirects/overview/>
pub fn redirects(site: &Site) -> Vec<u8> {
    let mut out = String::new();
    for (address, route) in site.routes.iter() {
        if let Route::Redirect(target) = route {
            let _ = writeln!(out, "{} {} 301!", site.href(address), site.href(target));
        }
    }
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policies_differ_in_the_one_part_that_needs_a_header() {
        assert_eq!(
            POLICY.strip_suffix("; frame-ancestors 'none'"),
            Some(META_POLICY)
        );
    }
}
