//! `viva check --links`: the addresses of other sites are still there.
//!
//! 1. [`collect`] finds them in pages that are parsed already.
//! 2. [`Kept`] says which were there not long ago: those are not asked again.
//! 3. A [`probe`] follows one address: what to ask next, by what came back.
//! 4. A [`schedule`] says which may be asked now, so that no host gets more than it should.
//! 5. [`web`] asks: one request, one answer. The only part that touches the network.
//! 6. [`diagnostics`] says what is wrong with what came of it.
//!
//! A false alarm costs more than a dead link that is found a week later: what may be the fault of
//! the moment, of a server's dislike for programs or of this machine is [`Outcome::Unsure`].

mod anchors;
mod cache;
mod collect;
mod probe;
mod run;
mod schedule;
mod verdict;
mod web;

use std::time::Duration;

pub use anchors::Ids;
pub use cache::Kept;
pub use collect::{Mention, Target, collect};
pub use probe::{Answer, End, Failure, Method, Outcome, Reply, Request, Why};
pub use run::{Checked, check};
pub use verdict::diagnostics;
pub use web::Web;

/// How patient and how polite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Requests at the same time.
    pub workers: usize,
    /// Requests to one host at the same time.
    pub per_host: usize,
    /// Between two requests to one host.
    pub pause: Duration,
    /// How often is asked again when the answer may be the moment's fault.
    pub retries: u32,
    /// Before the first of them; before each further one, thrice as long as before.
    pub backoff: Duration,
    /// The longest time that a server may ask us to wait.
    pub patience: Duration,
    /// For a connection.
    pub connect: Duration,
    /// For a request and its answer.
    pub whole: Duration,
    /// How long an address that was there is not asked again.
    pub keep: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            workers: 16,
            per_host: 2,
            pause: Duration::from_millis(100),
            retries: 2,
            backoff: Duration::from_secs(1),
            patience: Duration::from_mins(1),
            connect: Duration::from_secs(10),
            whole: Duration::from_secs(20),
            keep: Duration::from_hours(7 * 24),
        }
    }
}

/// Asks the web, or plays it in a test.
pub trait Ask: Sync {
    /// Makes one request.
    fn ask(&self, request: &Request) -> Answer;
}
