//! One address: what to ask next, by what came back.

use std::time::Duration;

use url::Url;

use super::Settings;
use super::anchors::Ids;
use super::collect::is_local;

/// Browsers follow twenty.
const REDIRECTS: usize = 10;

/// How a page is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Head,
    Get,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub url: Url,
    pub method: Method,
    /// Whether the page is to be read.
    pub reads: bool,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Reply(Reply),
    Failed(Failure),
}

/// An answer of a server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    pub location: Option<String>,
    pub retry_after: Option<Duration>,
    /// Of an HTML page that was read to its end.
    pub ids: Option<Ids>,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// There is no such host.
    NoHost,
    /// Whether there is such a host can't be looked up now.
    Lookup,
    Refused,
    /// No way leads there from here.
    Unreachable,
    TimedOut,
    /// The connection was closed before there was an answer.
    Closed,
    /// The answer is not HTTP, or more of it than anybody needs.
    Unreadable,
    /// No browser would show the page: what is wrong with the certificate.
    Certificate(&'static str),
    /// The certificate's authority is not known here. Browsers may know it.
    Untrusted,
    /// No encryption was found that both sides know. Browsers know more.
    Handshake,
    /// The proxy is not there or does not go on.
    Proxy,
}

impl Failure {
    /// Whether it may be over soon.
    const fn passes(self) -> bool {
        matches!(
            self,
            Self::NoHost
                | Self::Lookup
                | Self::Refused
                | Self::Unreachable
                | Self::TimedOut
                | Self::Closed
        )
    }

    /// Whether other addresses of the host would fail in the same way.
    const fn is_of_host(self) -> bool {
        matches!(
            self,
            Self::NoHost
                | Self::Lookup
                | Self::Refused
                | Self::Unreachable
                | Self::Certificate(_)
                | Self::Untrusted
                | Self::Handshake
        )
    }

    /// Whether a machine without a network would see the same.
    const fn is_offline(self) -> bool {
        matches!(
            self,
            Self::NoHost | Self::Lookup | Self::Unreachable | Self::Proxy
        )
    }
}

/// What an address came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Alive {
        /// Where it leads now, for good.
        moved: Option<Url>,
        /// What the page has, if it was read.
        ids: Option<Ids>,
    },
    Dead(End),
    Unsure(End),
}

/// Where the way ended, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// The last address that was asked.
    pub at: Url,
    pub why: Why,
}

/// Why an address is not known to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    Status(u16),
    Failed(Failure),
    /// It leads to itself again, or always further.
    Circles,
    /// It leads to no address of the web, or to the asking machine.
    Astray,
}

impl Outcome {
    /// Whether a machine without a network would see the same.
    pub const fn is_offline(&self) -> bool {
        matches!(
            self,
            Self::Dead(End { why: Why::Failed(failure), .. })
            | Self::Unsure(End { why: Why::Failed(failure), .. })
                if failure.is_offline()
        )
    }
}

/// What comes after an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// The probe asks again.
    Ask(Wait),
    Done {
        outcome: Outcome,
        /// Whether the host is to be left alone from now on.
        closes: bool,
    },
}

/// What the next request waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    Nothing,
    Time(Duration),
    /// And all others to the host with it.
    Host(Duration),
}

/// An address on its way.
#[derive(Debug, Clone)]
pub struct Probe {
    start: Url,
    /// Everything that was asked, the last one last.
    way: Vec<Url>,
    method: Method,
    reads: bool,
    tries: u32,
    /// Where permanent redirects led from the start on.
    moved: Option<Url>,
    /// Whether a redirect was for now only: what comes after it may change again.
    strays: bool,
}

impl Probe {
    /// Begins at an address. `reads` where its ids are wanted.
    pub fn new(url: &Url, reads: bool) -> Self {
        Self {
            start: url.clone(),
            way: vec![url.clone()],
            method: if reads { Method::Get } else { Method::Head },
            reads,
            tries: 0,
            moved: None,
            strays: false,
        }
    }

    /// Where it is.
    pub fn at(&self) -> &Url {
        self.way.last().unwrap_or(&self.start)
    }

    /// What is to be asked now.
    pub fn request(&self) -> Request {
        Request {
            url: self.at().clone(),
            method: self.method,
            reads: self.reads,
        }
    }

    /// Takes the answer to [`request`](Self::request).
    pub fn take(&mut self, answer: Answer, settings: &Settings) -> Next {
        match answer {
            Answer::Reply(reply) => self.reply(reply, settings),
            Answer::Failed(failure) => {
                // Some servers have never heard of the method.
                let head = self.method == Method::Head;
                if matches!(
                    failure,
                    Failure::TimedOut | Failure::Closed | Failure::Unreadable
                ) {
                    self.method = Method::Get;
                }
                if head && failure == Failure::Unreadable {
                    return Next::Ask(Wait::Nothing);
                }
                if failure.passes() && self.tries < settings.retries {
                    let wait = self.try_again(settings);
                    // As long as it is not known whether anybody is there, nobody else tries.
                    return Next::Ask(match failure {
                        Failure::Closed => Wait::Time(wait),
                        _ => Wait::Host(wait),
                    });
                }
                self.done(Why::Failed(failure), failure.is_of_host())
            }
        }
    }

    /// What it comes to if this is the last answer.
    pub fn end(&self, answer: &Answer) -> Outcome {
        let why = match answer {
            Answer::Reply(reply) => Why::Status(reply.status),
            Answer::Failed(failure) => Why::Failed(*failure),
        };
        self.judge(why)
    }

    fn reply(&mut self, reply: Reply, settings: &Settings) -> Next {
        match (reply.status, reply.location) {
            (status @ 300..=399, Some(location)) => self.redirect(status, &location),
            (200..=299, _) => Next::Done {
                outcome: Outcome::Alive {
                    moved: self.moved.take().filter(|new| is_told(&self.start, new)),
                    ids: reply.ids,
                },
                closes: false,
            },
            (429, _) => self.told_to_wait(429, reply.retry_after, settings),
            (503, _) if reply.retry_after.is_some() => {
                self.told_to_wait(503, reply.retry_after, settings)
            }
            _ if self.method == Method::Head => {
                self.method = Method::Get;
                Next::Ask(Wait::Nothing)
            }
            (408 | 500..=599, _) if self.tries < settings.retries => {
                Next::Ask(Wait::Time(self.try_again(settings)))
            }
            (status, _) => self.done(Why::Status(status), false),
        }
    }

    /// The server has enough of us: all requests to it wait, or end.
    fn told_to_wait(
        &mut self,
        status: u16,
        retry_after: Option<Duration>,
        settings: &Settings,
    ) -> Next {
        let wait = retry_after.unwrap_or_default();
        if self.tries >= settings.retries || wait > settings.patience {
            return self.done(Why::Status(status), true);
        }
        Next::Ask(Wait::Host(wait.max(self.try_again(settings))))
    }

    fn redirect(&mut self, status: u16, location: &str) -> Next {
        let Ok(mut next) = self.at().join(location) else {
            return self.done(Why::Astray, false);
        };
        let local = is_local(&next) && !is_local(&self.start);
        if !matches!(next.scheme(), "http" | "https") || local {
            return self.done(Why::Astray, false);
        }
        self.strays |= !matches!(status, 301 | 308);
        if !self.strays {
            self.moved = Some(next.clone());
        }
        next.set_fragment(None);
        if self.way.contains(&next) || self.way.len() > REDIRECTS {
            return self.done(Why::Circles, false);
        }
        self.way.push(next);
        Next::Ask(Wait::Nothing)
    }

    /// Counts a try; returns how long to wait for it.
    fn try_again(&mut self, settings: &Settings) -> Duration {
        let wait = settings.backoff * 3_u32.saturating_pow(self.tries);
        self.tries += 1;
        wait
    }

    fn done(&self, why: Why, closes: bool) -> Next {
        Next::Done {
            outcome: self.judge(why),
            closes,
        }
    }

    fn judge(&self, why: Why) -> Outcome {
        let end = End {
            at: self.at().clone(),
            why,
        };
        match why {
            Why::Status(404 | 410)
            | Why::Failed(Failure::NoHost | Failure::Refused | Failure::Certificate(_)) => {
                Outcome::Dead(end)
            }
            _ => Outcome::Unsure(end),
        }
    }
}

/// Whether a new address is worth a change of the page. A slash at the end is not, nor is the
/// reader's language, which a writer may well have left open.
fn is_told(old: &Url, new: &Url) -> bool {
    if (old.scheme(), old.host(), old.port(), old.query())
        != (new.scheme(), new.host(), new.port(), new.query())
    {
        return true;
    }
    let parts = |url: &Url| -> Vec<String> {
        let path = url.path().trim_end_matches('/');
        path.split('/').map(str::to_owned).collect()
    };
    let (old, new) = (parts(old), parts(new));
    let without = |at: usize| new[..at].iter().chain(&new[at + 1..]).eq(&old);
    let in_a_language = (0..new.len()).any(|at| is_language(&new[at]) && without(at));
    old != new && !in_a_language
}

/// `en`, `pt-BR`, `zh_CN`.
fn is_language(part: &str) -> bool {
    let mut words = part.split(['-', '_']);
    let is_word = |word: Option<&str>| {
        word.is_some_and(|word| word.len() == 2 && word.bytes().all(|b| b.is_ascii_alphabetic()))
    };
    is_word(words.next()) && matches!(words.next(), word if word.is_none() || is_word(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_slash_or_a_language_more_is_no_new_address() {
        let told = |old, new| is_told(&url(old), &url(new));
        assert!(!told("https://a.dev/x", "https://a.dev/x/"));
        assert!(!told("https://a.dev/x", "https://a.dev/en-US/x"));
        assert!(!told("https://a.dev/docs/x/", "https://a.dev/docs/de/x"));
        assert!(told("http://a.dev/x", "https://a.dev/x"));
        assert!(told("https://a.dev/x", "https://www.a.dev/x"));
        assert!(told("https://a.dev/x", "https://a.dev/3/x"));
        assert!(told("https://a.dev/x", "https://a.dev/"));
        assert!(told("https://a.dev/x", "https://a.dev/x?v=2"));
    }
}
