//! Where the handbook lies: changes come in, sites go out.
//!
//! 1. A change is read at once. If the files that changed have no error of their own, their site is
//!    served at once too, and [`Judge`] is asked about the whole.
//! 2. If they have, or a file is missing, more is probably on its way: it waits for [`QUIET`] before it
//!    says so. Many files at a time are waited for as well: someone changes branches.
//! 3. When the judge finds an error, the last good site is served again, with what is wrong.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use super::judge::Judge;
use super::live::{Live, Wrong};
use super::problems::Known;
use super::{News, Tell};
use crate::diag::{self, Diagnostic};
use crate::pipeline::{Changes, Session, Update};
use crate::plan::Site;

/// How long nothing must change before what does not hold together is told.
const QUIET: Duration = Duration::from_millis(80);

/// How long it is waited for quiet at most.
const PATIENCE: Duration = Duration::from_secs(1);

/// So many files within [`AT_ONCE`] are no save.
const BURST: usize = 8;
const AT_ONCE: Duration = Duration::from_millis(20);

/// How long after a folder came everything is looked at: by then the system watches it.
const LOOKS: [Duration; 2] = [Duration::from_millis(50), Duration::from_millis(400)];

/// What the desk is told.
#[derive(Debug)]
pub enum Message {
    Changed(Changes),
    /// A folder is new: what came into it before it was watched has to be looked for.
    Folder,
    /// Changes can't be watched any more.
    Blind(anyhow::Error),
    /// Of the handbook of this number, what is wrong with it.
    Judged(u64, Vec<Diagnostic>),
}

/// Holds the handbook.
pub struct Desk {
    session: Session,
    live: Arc<Live>,
    tell: Tell,
    judge: Judge,
    /// Of the present handbook; later ones have higher numbers.
    number: u64,
    /// The last site of which the judge said that it has no error; until he has said so of one, the
    /// first that was served.
    good: Option<Arc<Site>>,
    /// The handbook whose site is served without his word.
    unjudged: Option<u64>,
    /// What was told to be wrong.
    known: Known,
    /// What changed and was not told of yet, since when.
    untold: BTreeSet<Arc<str>>,
    since: Option<Instant>,
    /// Whether the judge's word is waited for before the present handbook is served.
    awaited: bool,
    /// Whether the present handbook is what it was when it was settled last, though it was read anew.
    undone: bool,
}

/// What is waited for.
#[derive(Default)]
struct Waiting {
    /// Changes that were not acted on yet.
    changes: Changes,
    /// When the first of them came, and when the last change of all.
    first: Option<Instant>,
    last: Option<Instant>,
    /// Since when what was read does not hold together.
    doubtful: Option<Instant>,
    /// Whether it has been waited for long enough.
    given_up: bool,
    /// When paths came, as long as it may matter.
    recent: Vec<(Instant, String)>,
    /// When everything is to be looked at, because a folder is new.
    looks: Vec<Instant>,
}

impl Waiting {
    fn add(&mut self, changes: Changes) {
        let now = Instant::now();
        self.last = Some(now);
        self.first.get_or_insert(now);
        self.recent
            .retain(|(then, _)| now.duration_since(*then) < AT_ONCE);
        for path in &changes.paths {
            if !self.recent.iter().any(|(_, recent)| recent == path) {
                self.recent.push((now, path.clone()));
            }
        }
        self.changes.add(changes);
    }

    fn look_again(&mut self) {
        let now = Instant::now();
        self.looks = LOOKS.map(|after| now + after).into();
    }

    /// Takes the looks that are due.
    fn look(&mut self) {
        let now = Instant::now();
        let waiting = self.looks.len();
        self.looks.retain(|look| *look > now);
        if self.looks.len() < waiting {
            self.add(Changes::all());
        }
    }

    fn is_burst(&self) -> bool {
        self.recent.len() >= BURST || self.changes.paths.len() >= BURST
    }

    /// When there is something to do.
    fn due(&self) -> Option<Instant> {
        let look = self.looks.iter().min().copied();
        let due = self
            .last
            .and_then(|last| match (self.first, self.doubtful) {
                (Some(first), _) if self.is_burst() => Some((last + AT_ONCE).min(first + PATIENCE)),
                (Some(first), _) => Some(first),
                (None, Some(since)) => Some((last + QUIET).min(since + PATIENCE)),
                (None, None) => None,
            });
        look.into_iter().chain(due).min()
    }
}

impl Desk {
    /// # Errors
    /// When the system has no thread for the judge.
    pub fn new(
        session: Session,
        live: Arc<Live>,
        tell: Tell,
        send: Sender<Message>,
    ) -> anyhow::Result<Self> {
        Ok(Self {
            session,
            live,
            tell,
            judge: Judge::start(send)?,
            number: 0,
            good: None,
            unjudged: None,
            known: Known::default(),
            untold: BTreeSet::new(),
            since: None,
            awaited: false,
            undone: false,
        })
    }

    /// Works until nobody sends messages any more.
    pub fn work(mut self, first: Update, start: Instant, messages: &Receiver<Message>) {
        self.since = Some(start);
        match first.site {
            Some(site) => self.publish(site, true),
            None => self.ask(Duration::ZERO),
        }
        self.untold.clear();
        let mut waiting = Waiting::default();
        while let Ok(message) = next(messages, waiting.due()) {
            match message {
                Some(Message::Changed(changes)) => {
                    self.since.get_or_insert_with(Instant::now);
                    waiting.add(changes);
                    // All that has come is one change.
                    for message in messages.try_iter() {
                        match message {
                            Message::Changed(changes) => waiting.add(changes),
                            Message::Folder => waiting.look_again(),
                            other => self.take(other),
                        }
                    }
                }
                Some(Message::Folder) => waiting.look_again(),
                Some(other) => self.take(other),
                None => {}
            }
            waiting.look();
            if waiting.due().is_some_and(|due| due <= Instant::now()) {
                self.act(&mut waiting);
            }
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Blind(error) => (self.tell)(&News::Failed(&error)),
            Message::Judged(number, found) if number == self.number => self.judged(&found),
            Message::Changed(_) | Message::Folder | Message::Judged(..) => {}
        }
    }

    fn act(&mut self, waiting: &mut Waiting) {
        if waiting.first.take().is_none() {
            // It has been quiet: nothing more is on its way.
            waiting.doubtful = None;
            if self.session.has_unread() {
                // Perhaps it can be read by now.
                waiting.add(Changes::all());
                waiting.given_up = true;
            } else {
                self.ask(Duration::ZERO);
            }
            return;
        }
        let given_up = std::mem::take(&mut waiting.given_up);
        let changes = std::mem::take(&mut waiting.changes);
        let update = match self.session.update(&changes) {
            Ok(update) => update,
            Err(error) => {
                (self.tell)(&News::Failed(&error));
                return;
            }
        };
        if update.changed.is_empty() {
            if given_up {
                self.ask(Duration::ZERO);
            } else if self.untold.is_empty() {
                self.since = None;
            }
            return;
        }
        self.number += 1;
        self.untold.extend(update.changed);
        let was_good = !self.known.failed();
        self.undone = update.undone;
        if update.undone {
            // It was read while it was being written, and is what it was.
            waiting.doubtful = None;
            self.session.settle();
            self.untold.clear();
            self.since = None;
            self.ask(Duration::ZERO);
            return;
        }
        match update.site {
            Some(site) if !update.lost => {
                waiting.doubtful = None;
                if was_good {
                    self.publish(site, false);
                } else {
                    self.ask(Duration::ZERO);
                }
            }
            _ if given_up => self.ask(Duration::ZERO),
            _ => {
                waiting.doubtful.get_or_insert_with(Instant::now);
                self.judge.forget(self.number);
            }
        }
    }

    /// Serves a site, and has it judged.
    fn publish(&mut self, site: Arc<Site>, first: bool) {
        self.session.settle();
        self.good = self.good.take().or_else(|| self.live.now().site.clone());
        self.live.publish(Some(site), None);
        self.unjudged = Some(self.number);
        if !first {
            self.tell_of_change();
        }
        // The next save may come soon, and is more important.
        self.ask(if first {
            Duration::ZERO
        } else {
            Duration::from_millis(40)
        });
        self.awaited = false;
    }

    fn ask(&mut self, delay: Duration) {
        self.awaited = true;
        self.judge.ask(self.number, self.session.snapshot(), delay);
    }

    fn judged(&mut self, found: &[Diagnostic]) {
        self.session.settle();
        let failed = diag::has_errors(found);
        let site = match self.live.now().site.clone() {
            _ if failed => None,
            Some(served) if self.undone => Some(served),
            _ => self.session.site(),
        };
        let texts = self.session.texts(found);
        let wrong = Wrong::new(found, &texts);
        if let Some(site) = site {
            self.good = Some(Arc::clone(&site));
            self.live.publish(Some(site), Some(wrong));
            if self.awaited {
                self.tell_of_change();
            }
        } else {
            // What is served was served without a word against it, unless it is this very site.
            let served = if self.unjudged == Some(self.number) {
                self.good.clone()
            } else {
                self.live.now().site.clone()
            };
            self.live.publish(served, Some(wrong));
            if !self.untold.is_empty() {
                (self.tell)(&News::Refused {
                    paths: &self.untold,
                });
            }
        }
        self.unjudged = None;
        self.untold.clear();
        self.since = None;
        self.awaited = false;
        self.known.tell(&self.tell, found, &texts);
    }

    fn tell_of_change(&mut self) {
        let took = self
            .since
            .take()
            .map_or(Duration::ZERO, |since| since.elapsed());
        if !self.untold.is_empty() {
            (self.tell)(&News::Changed {
                paths: &self.untold,
                took,
            });
        }
        self.untold.clear();
    }
}

/// The next message, or `None` when it is due to act.
fn next(
    messages: &Receiver<Message>,
    due: Option<Instant>,
) -> Result<Option<Message>, mpsc::RecvError> {
    let Some(due) = due else {
        return messages.recv().map(Some);
    };
    match messages.recv_timeout(due.saturating_duration_since(Instant::now())) {
        Ok(message) => Ok(Some(message)),
        Err(RecvTimeoutError::Timeout) => Ok(None),
        Err(RecvTimeoutError::Disconnected) => Err(mpsc::RecvError),
    }
}
