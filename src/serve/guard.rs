//! Whom the server talks to.
//!
//! A page of another site can send requests to this machine. It is kept from reading or starting
//! anything by three questions: does the request name this server and not another site that leads
//! here (DNS rebinding), does it come from a page of this server, does it know what only such a page
//! can know.

use std::net::IpAddr;

use hyper::header::{self, HeaderMap};
use hyper::{Request, Version};

/// The names under which the server may be asked.
#[derive(Debug, Clone, Copy)]
pub struct Guard {
    /// Where it listens.
    host: IpAddr,
}

impl Guard {
    pub fn new(host: IpAddr) -> Self {
        Self { host }
    }

    /// Whether a request names this server.
    pub fn knows<B>(&self, request: &Request<B>) -> bool {
        let Some(host) = host_of(request.headers()) else {
            return false;
        };
        // A proxy's kind of request names the server twice.
        let named_alike = request
            .uri()
            .authority()
            .is_none_or(|authority| authority.as_str().eq_ignore_ascii_case(host));
        named_alike && request.version() >= Version::HTTP_10 && self.is_own(host)
    }

    /// Whether this is a name of the server: never one that somebody else's name server gives out.
    fn is_own(self, host: &str) -> bool {
        let Some(name) = name_of(host) else {
            return false;
        };
        if name.eq_ignore_ascii_case("localhost") {
            return true;
        }
        let Ok(address) = name.parse::<IpAddr>() else {
            return false;
        };
        // Whoever listens on all addresses is asked by any of them: a number is nobody's name.
        address.is_loopback() || address == self.host || self.host.is_unspecified()
    }
}

/// Whether a request comes from a page of this server, or from none.
pub fn is_from_here<B>(request: &Request<B>) -> bool {
    let headers = request.headers();
    let site = headers
        .get("sec-fetch-site")
        .map(hyper::header::HeaderValue::as_bytes);
    if site.is_some_and(|site| site != b"same-origin" && site != b"none") {
        return false;
    }
    match headers.get(header::ORIGIN) {
        None => true,
        Some(_) => is_own_origin(headers),
    }
}

/// Whether a request says that it comes from a page of this server.
pub fn is_own_origin(headers: &HeaderMap) -> bool {
    let origin = headers
        .get(header::ORIGIN)
        .and_then(|origin| origin.to_str().ok());
    let host = host_of(headers);
    origin
        .and_then(|origin| origin.strip_prefix("http://"))
        .zip(host)
        .is_some_and(|(origin, host)| origin.eq_ignore_ascii_case(host))
}

/// The one `Host` of a request.
fn host_of(headers: &HeaderMap) -> Option<&str> {
    let mut hosts = headers.get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().ok(),
        _ => None,
    }
}

/// The name before the port, without an IPv6 address's brackets.
fn name_of(host: &str) -> Option<&str> {
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => host.split_once(':').map_or((host, ""), |(name, port)| {
            (name, &host[host.len() - port.len() - 1..])
        }),
    };
    let digits = port.strip_prefix(':').unwrap_or(port);
    let is_port = port.is_empty() || (port.len() > 1 && digits.bytes().all(|b| b.is_ascii_digit()));
    is_port.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard(host: &str) -> Guard {
        Guard::new(host.parse().unwrap())
    }

    #[test]
    fn loopback_has_its_own_names_alone() {
        for host in [
            "localhost:4173",
            "LOCALHOST",
            "127.0.0.1:4173",
            "127.0.0.1",
            "[::1]:4173",
            "127.9.9.9:1",
        ] {
            assert!(guard("127.0.0.1").is_own(host), "{host}");
        }
        for host in [
            "",
            "evil.example:4173",
            "localhost.evil.example",
            "evil.localhost.example:4173",
            "127.0.0.1.evil.example",
            "127.0.0.1:4173@evil.example",
            "127.0.0.1:port",
            "127.0.0.1:",
            "[::1",
            "[::1]x",
            "::1",
            "192.168.0.2:4173",
            "0.0.0.0",
            "localhost.",
            "2130706433",
        ] {
            assert!(!guard("127.0.0.1").is_own(host), "{host}");
        }
    }

    #[test]
    fn all_addresses_are_asked_by_number() {
        assert!(guard("0.0.0.0").is_own("192.168.0.2:4173"));
        assert!(guard("::").is_own("[fe80::1]:4173"));
        assert!(guard("192.168.0.2").is_own("192.168.0.2:4173"));
        assert!(!guard("192.168.0.2").is_own("192.168.0.3:4173"));
        assert!(!guard("0.0.0.0").is_own("evil.example:4173"));
    }
}
