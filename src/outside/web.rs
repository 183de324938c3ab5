//! One request to the network, one answer. The HTTP client stays in here.

use std::io::{self, ErrorKind, Read as _};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use rustls::CertificateError;
use ureq::http::{HeaderMap, Response, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body, Timeout};

use super::anchors::Ids;
use super::collect::is_local;
use super::probe::{Answer, Failure, Method, Reply, Request};
use super::{Ask, Settings};

/// More of a page is not read: 2 MiB.
const PAGE: u64 = 2 << 20;

/// The network, as this machine is connected to it: through the proxy that the environment names,
/// with the certificates that the system trusts.
#[derive(Debug)]
pub struct Web {
    system: Agent,
    /// For systems without certificates, such as small containers.
    own: OnceLock<Agent>,
    bare: AtomicBool,
    settings: Settings,
}

impl Web {
    /// With these limits of time.
    pub fn new(settings: &Settings) -> Self {
        Self {
            system: agent(settings, RootCerts::PlatformVerifier),
            own: OnceLock::new(),
            bare: AtomicBool::new(false),
            settings: settings.clone(),
        }
    }

    fn agent(&self, bare: bool) -> &Agent {
        if bare {
            self.own
                .get_or_init(|| agent(&self.settings, RootCerts::WebPki))
        } else {
            &self.system
        }
    }

    fn send(&self, request: &Request, bare: bool) -> Result<Response<Body>, ureq::Error> {
        let agent = self.agent(bare);
        let url = request.url.as_str();
        let call = match request.method {
            Method::Head => agent.head(url),
            Method::Get => agent.get(url),
        };
        if is_local(&request.url) {
            // A proxy has a machine of its own.
            return call.config().proxy(None).build().call();
        }
        call.call()
    }
}

fn agent(settings: &Settings, roots: RootCerts) -> Agent {
    let name = concat!(
        "Mozilla/5.0 (compatible; viva/",
        env!("CARGO_PKG_VERSION"),
        "; checks links)"
    );
    Agent::config_builder()
        .user_agent(name)
        .accept("text/html,application/xhtml+xml,*/*;q=0.8")
        .http_status_as_error(false)
        // The probe follows them, so that each host is asked in its turn.
        .max_redirects(0)
        .timeout_resolve(Some(settings.connect))
        .timeout_connect(Some(settings.connect))
        .timeout_global(Some(settings.whole))
        .tls_config(TlsConfig::builder().root_certs(roots).build())
        .build()
        .into()
}

impl Ask for Web {
    fn ask(&self, request: &Request) -> Answer {
        let bare = self.bare.load(Ordering::Relaxed);
        let mut result = self.send(request, bare);
        // What a server does wrong comes as an error of input and output: this one is the system's.
        if let Err(ureq::Error::Rustls(rustls::Error::General(_))) = &result
            && !bare
        {
            self.bare.store(true, Ordering::Relaxed);
            result = self.send(request, true);
        }
        match result {
            Ok(response) => Answer::Reply(reply(response, request.reads)),
            Err(error) => {
                let config = self.system.config();
                let proxied = config.proxy().is_some_and(|proxy| {
                    let uri = request.url.as_str().parse();
                    !is_local(&request.url) && uri.is_ok_and(|uri| !proxy.is_no_proxy(&uri))
                });
                Answer::Failed(failure(&error, proxied))
            }
        }
    }
}

fn reply(response: Response<Body>, reads: bool) -> Reply {
    let headers = response.headers();
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let is_html = text(header::CONTENT_TYPE).is_some_and(is_html);
    Reply {
        status: response.status().as_u16(),
        location: location(headers),
        retry_after: text(header::RETRY_AFTER).and_then(|text| wait(text, Timestamp::now())),
        ids: (reads && is_html && response.status().is_success())
            .then(|| ids(response.into_body()))
            .flatten(),
    }
}

/// Some servers send it in UTF-8, which browsers accept.
fn location(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::LOCATION)?;
    std::str::from_utf8(value.as_bytes())
        .ok()
        .map(str::to_owned)
}

fn is_html(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim();
    ["text/html", "application/xhtml+xml"]
        .iter()
        .any(|html| kind.eq_ignore_ascii_case(html))
}

/// `None` where the page can't be read to its end.
fn ids(body: Body) -> Option<Ids> {
    let mut bytes = Vec::new();
    let mut reader = body.into_with_config().limit(PAGE + 1).reader();
    reader
        .by_ref()
        .take(PAGE + 1)
        .read_to_end(&mut bytes)
        .ok()?;
    let whole = u64::try_from(bytes.len()).is_ok_and(|length| length <= PAGE);
    whole.then(|| Ids::of(&String::from_utf8_lossy(&bytes)))
}

/// Seconds, or a date. <https://www.rfc-editor.org/rfc/rfc9110#field.retry-after>
fn wait(text: &str, now: Timestamp) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    Some(Duration::try_from(date.duration_since(now)).unwrap_or_default())
}

fn failure(error: &ureq::Error, proxied: bool) -> Failure {
    match error {
        ureq::Error::Io(error) => of_io(error, proxied),
        ureq::Error::Timeout(Timeout::Resolve) => Failure::Lookup,
        ureq::Error::Timeout(_) => Failure::TimedOut,
        ureq::Error::HostNotFound if proxied => Failure::Proxy,
        ureq::Error::HostNotFound => Failure::NoHost,
        ureq::Error::ConnectProxyFailed(_) | ureq::Error::InvalidProxyUrl => Failure::Proxy,
        ureq::Error::ConnectionFailed => Failure::Unreachable,
        ureq::Error::Tls(_) | ureq::Error::TlsRequired => Failure::Handshake,
        ureq::Error::Rustls(error) => of_tls(error),
        _ => Failure::Unreadable,
    }
}

fn of_io(error: &io::Error, proxied: bool) -> Failure {
    let inner = error.get_ref();
    if let Some(error) = inner.and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        return of_tls(error);
    }
    let text = error.to_string();
    // The standard library has no kind for these.
    if text.starts_with("failed to lookup address information") {
        let for_now = ["Temporary failure", "Try again"]
            .iter()
            .any(|words| text.contains(words));
        return match (proxied, for_now) {
            (true, _) => Failure::Proxy,
            (_, true) => Failure::Lookup,
            _ => Failure::NoHost,
        };
    }
    match error.kind() {
        ErrorKind::ConnectionRefused if proxied => Failure::Proxy,
        ErrorKind::ConnectionRefused => Failure::Refused,
        ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::NetworkDown
        | ErrorKind::AddrNotAvailable
        | ErrorKind::PermissionDenied => Failure::Unreachable,
        ErrorKind::TimedOut | ErrorKind::WouldBlock => Failure::TimedOut,
        ErrorKind::InvalidData => Failure::Unreadable,
        _ => Failure::Closed,
    }
}

fn of_tls(error: &rustls::Error) -> Failure {
    let rustls::Error::InvalidCertificate(error) = error else {
        return Failure::Handshake;
    };
    match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            Failure::Certificate("has expired")
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            Failure::Certificate("is another host's")
        }
        CertificateError::Revoked => Failure::Certificate("was revoked"),
        // Servers often leave out a link of the chain, which browsers find.
        _ => Failure::Untrusted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_says_how_long_to_wait_in_seconds_or_by_a_date() {
        let now: Timestamp = "2026-11-20T08:00:00Z".parse().unwrap();
        let wait = |text| wait(text, now).map(|wait| wait.as_secs());
        assert_eq!(wait("120"), Some(120));
        assert_eq!(wait(" 0 "), Some(0));
        assert_eq!(wait("Fri, 20 Nov 2026 08:01:30 GMT"), Some(90));
        assert_eq!(
            wait("Thu, 19 Nov 2026 08:00:00 GMT"),
            Some(0),
            "over already"
        );
        assert_eq!(wait("soon"), None);
        assert_eq!(wait("-1"), None);
    }

    #[test]
    fn certificates_that_no_browser_accepts_are_told_from_doubtful_ones() {
        let of = |error| {
            let tls = rustls::Error::InvalidCertificate(error);
            // As the client passes it on.
            of_io(&io::Error::new(ErrorKind::InvalidData, tls), false)
        };
        assert_eq!(
            of(CertificateError::Expired),
            Failure::Certificate("has expired")
        );
        assert_eq!(
            of(CertificateError::NotValidForName),
            Failure::Certificate("is another host's")
        );
        assert_eq!(of(CertificateError::UnknownIssuer), Failure::Untrusted);
        assert_eq!(
            of_tls(&rustls::Error::HandshakeNotComplete),
            Failure::Handshake
        );
    }

    #[test]
    fn the_proxys_faults_are_not_the_hosts() {
        let refused = io::Error::from(ErrorKind::ConnectionRefused);
        assert_eq!(of_io(&refused, false), Failure::Refused);
        assert_eq!(of_io(&refused, true), Failure::Proxy);
        let unknown = "failed to lookup address information: Name or service not known";
        assert_eq!(of_io(&io::Error::other(unknown), false), Failure::NoHost);
        assert_eq!(of_io(&io::Error::other(unknown), true), Failure::Proxy);
        let busy = "failed to lookup address information: Temporary failure in name resolution";
        assert_eq!(of_io(&io::Error::other(busy), false), Failure::Lookup);
    }
}
