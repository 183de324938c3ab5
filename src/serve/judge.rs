//! The rules that look at every page, on a thread of their own.
//!
//! They take a tenth of a second at ten thousand questions: no page waits for them, and they leave the
//! other cores to whoever asks for one. A handbook that is out of date is not judged to its end.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use anyhow::Context as _;

use super::desk::Message;
use crate::pipeline::Snapshot;

/// A handbook to judge.
struct Case {
    number: u64,
    handbook: Snapshot,
    /// How long to wait whether a newer one comes.
    delay: Duration,
}

/// Asks the rules, the newest question first and alone.
pub struct Judge {
    cases: Sender<Case>,
    newest: Arc<AtomicU64>,
}

impl Judge {
    /// # Errors
    /// When the system has no thread for it.
    pub fn start(verdicts: Sender<Message>) -> anyhow::Result<Self> {
        let (cases, waiting) = mpsc::channel();
        let newest = Arc::new(AtomicU64::new(0));
        let known = Arc::clone(&newest);
        std::thread::Builder::new()
            .name("cases".to_owned())
            .spawn(move || work(&waiting, &known, &verdicts))
            .context("can't start the judge")?;
        Ok(Self { cases, newest })
    }

    /// Has a handbook judged.
    pub fn ask(&self, number: u64, handbook: Snapshot, delay: Duration) {
        self.newest.store(number, Ordering::Release);
        // It works as long as the desk does.
        let _ = self.cases.send(Case {
            number,
            handbook,
            delay,
        });
    }
}

/// Runs on a thread of its own, which takes with it all the memory that it needed.
pub fn apart<T: Send>(run: impl FnOnce() -> T + Send) -> T {
    let thread = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .thread_name(|_| "judge".to_owned())
        .build();
    match thread {
        Ok(thread) => thread.install(run),
        Err(_) => run(),
    }
}

impl Judge {
    /// Whatever was asked before this number is not wanted any more.
    pub fn forget(&self, number: u64) {
        self.newest.store(number, Ordering::Release);
    }
}

fn work(waiting: &Receiver<Case>, newest: &AtomicU64, verdicts: &Sender<Message>) {
    while let Ok(mut case) = waiting.recv() {
        while let Ok(newer) = waiting.recv_timeout(case.delay) {
            case = newer;
        }
        let Case {
            number, handbook, ..
        } = case;
        let stopped = || newest.load(Ordering::Acquire) != number;
        let found = apart(|| handbook.judge(&stopped));
        if !stopped() && verdicts.send(Message::Judged(number, found)).is_err() {
            return;
        }
    }
}
