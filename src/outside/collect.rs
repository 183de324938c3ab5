//! Which addresses of other sites a handbook names, and where.

use std::collections::BTreeMap;
use std::sync::Arc;

use url::{Host, Url};

use crate::diag::Span;
use crate::markdown::{self, Link};
use crate::model::Config;
use crate::parse::Parsed;

/// Names that lead to nobody in particular. <https://www.rfc-editor.org/rfc/rfc6761>
const RESERVED: [&str; 5] = [
    "example",
    "example.com",
    "example.net",
    "example.org",
    "invalid",
];

/// An address, asked once however often it is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Without its fragment.
    pub url: Url,
    /// By path, then place.
    pub mentions: Vec<Mention>,
}

/// A place that names an address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    pub path: Arc<str>,
    pub start: usize,
    pub end: usize,
    /// Which part of the page is meant.
    pub fragment: Option<String>,
}

impl Mention {
    /// Where it stands.
    pub const fn span(&self) -> Span {
        self.start..self.end
    }
}

impl Target {
    /// The parts that are meant of it, each once.
    pub fn fragments(&self) -> Vec<&str> {
        let mut fragments: Vec<&str> = self
            .mentions
            .iter()
            .filter_map(|mention| mention.fragment.as_deref())
            .collect();
        fragments.sort_unstable();
        fragments.dedup();
        fragments
    }
}

/// The addresses of all pages and of the footer, sorted. Left out are drafts unless they are asked
/// for, names that are reserved for examples, this machine, and what the handbook publishes itself.
pub fn collect(pages: &[Arc<Parsed>], config: Option<&Config>, drafts: bool) -> Vec<Target> {
    let mut found: BTreeMap<Url, Vec<Mention>> = BTreeMap::new();
    let mut add = |path: &Arc<str>, address: &str, span: &Span| {
        let Ok(mut url) = Url::parse(address) else {
            return;
        };
        if !is_asked(&url) || config.is_some_and(|config| is_own(&url, &config.base_url)) {
            return;
        }
        let fragment = url.fragment().filter(|part| names_a_part(part));
        let fragment = fragment.map(str::to_owned);
        url.set_fragment(None);
        found.entry(url).or_default().push(Mention {
            path: Arc::clone(path),
            start: span.start,
            end: span.end,
            fragment,
        });
    };
    let mut add_link = |path: &Arc<str>, link: &Link| {
        if let markdown::Target::External(address) = &link.target {
            add(path, address, &link.span);
        }
    };
    if let Some(config) = config {
        for link in config.footer.iter().flat_map(|footer| &footer.links) {
            add_link(&config.path, link);
        }
    }
    let shown = pages.iter().filter(|page| drafts || !page.outline.draft);
    for page in shown.clone() {
        for link in &page.outline.links {
            add_link(&page.path, link);
        }
    }
    for page in shown {
        for reference in &page.outline.references {
            add(&page.path, &reference.value, &reference.span);
        }
    }
    found
        .into_iter()
        .map(|(url, mut mentions)| {
            mentions.sort();
            mentions.dedup();
            Target { url, mentions }
        })
        .collect()
}

fn is_asked(url: &Url) -> bool {
    let reserved = url.domain().is_none_or(|domain| {
        !RESERVED
            .iter()
            .any(|name| is_below(domain.trim_end_matches('.'), name))
    });
    matches!(url.scheme(), "http" | "https") && reserved && !is_local(url)
}

/// Whether only the machine itself, or what it is plugged into, has this address.
pub fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => is_below(name.trim_end_matches('.'), "localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback() || ip.is_unspecified() || ip.is_link_local(),
        Some(Host::Ipv6(ip)) => match ip.to_ipv4_mapped() {
            Some(ip) => ip.is_loopback() || ip.is_unspecified() || ip.is_link_local(),
            None => ip.is_loopback() || ip.is_unspecified() || ip.is_unicast_link_local(),
        },
        None => true,
    }
}

fn is_below(name: &str, parent: &str) -> bool {
    name.strip_suffix(parent)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// A page that is new is not published yet, and the usual check knows whether it will be.
fn is_own(url: &Url, base: &Url) -> bool {
    url.host() == base.host()
        && url.port_or_known_default() == base.port_or_known_default()
        && url.path().starts_with(base.path())
}

/// Whether a fragment is an id of the page. Browsers and scripts have other uses for some.
fn names_a_part(fragment: &str) -> bool {
    let lines = fragment.strip_prefix('L').is_some_and(|rest| {
        let ends = rest
            .bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_digit());
        ends && rest
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"LC-".contains(&byte))
    });
    !(fragment.is_empty()
        || fragment.eq_ignore_ascii_case("top")
        // A text: <https://wicg.github.io/scroll-to-text-fragment/>
        || fragment.contains(":~:")
        // A page within a page, `page=3` of a document, a line of code.
        || fragment.starts_with(['!', '/'])
        || fragment.contains('=')
        || lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn nobody_is_asked_for_examples_and_for_the_readers_own_machine() {
        for address in [
            "http://localhost:4173/",
            "http://api.localhost/",
            "http://127.0.0.1/",
            "http://127.1.2.3/",
            "http://0.0.0.0:80/",
            "http://169.254.169.254/latest/meta-data/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[fe80::1]/",
            "https://example.org/",
            "https://www.example.com/",
            "https://shop.example/",
            "https://no.invalid/",
            "ftp://ftp.debian.org/",
        ] {
            assert!(!is_asked(&url(address)), "{address}");
        }
        for address in [
            "https://docs.python.org/3/",
            "https://myexample.org/",
            "https://localhost.com/",
            "http://10.0.0.7/wiki",
            "http://[2001:db8::1]/",
        ] {
            assert!(is_asked(&url(address)), "{address}");
        }
    }

    #[test]
    fn what_the_handbook_publishes_is_its_own() {
        let own = |address| is_own(&url(address), &url("https://we.dev/guide/"));
        assert!(own("https://we.dev/guide/python/"));
        assert!(own("http://we.dev:443/guide/"));
        assert!(!own("https://we.dev/jobs/"));
        assert!(!own("https://we.dev:8443/guide/"));
        assert!(!own("https://they.dev/guide/"));
    }

    #[test]
    fn fragments_that_are_no_ids_are_not_looked_for() {
        for fragment in [
            "",
            "top",
            "Top",
            "!/users",
            "/users",
            "page=3",
            "L10",
            "L1-L20",
            ":~:text=a",
        ] {
            assert!(!names_a_part(fragment), "{fragment}");
        }
        for fragment in ["list.sort", "L", "Lists", "L10n", "section-3.2", "%C3%BC"] {
            assert!(names_a_part(fragment), "{fragment}");
        }
    }
}
