//! All addresses, on several threads.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

use url::Url;

use super::cache::Kept;
use super::collect::Target;
use super::probe::{Answer, Failure, Next, Outcome, Probe, Request, Wait};
use super::schedule::{Ended, Schedule, Turn};
use super::{Ask, Settings};

/// Addresses that were there before, asked when nothing else answers.
const WITNESSES: usize = 2;

/// What came of all addresses.
#[derive(Debug)]
pub struct Checked {
    /// One for each target, in their order.
    pub outcomes: Vec<Outcome>,
    /// For the next run.
    pub kept: Kept,
    /// How many were not asked.
    pub known: usize,
    /// Hosts that were asked, none of which could be reached. Empty if any could.
    pub offline: Vec<String>,
}

/// Asks for every address that `kept` does not know to be there at the time `now`, in seconds since
/// 1970. `step` is called for each address, when it is done.
pub fn check(
    targets: &[Target],
    kept: &Kept,
    now: u64,
    settings: &Settings,
    web: &dyn Ask,
    step: &(dyn Fn() + Sync),
) -> Checked {
    let known: Vec<Option<Outcome>> = targets
        .iter()
        .map(|target| kept.outcome(target, now, settings.keep))
        .collect();
    let asked: Vec<usize> = (0..targets.len())
        .filter(|&at| known[at].is_none())
        .collect();
    for _ in asked.len()..targets.len() {
        step();
    }
    let probes = asked
        .iter()
        .map(|&at| Probe::new(&targets[at].url, !targets[at].fragments().is_empty()))
        .collect();
    let found = all(probes, settings, web, step);
    let offline = !found.is_empty() && found.iter().all(Outcome::is_offline) && {
        let witnesses = targets
            .iter()
            .zip(&known)
            .filter(|(_, known)| known.is_some());
        !witnesses
            .take(WITNESSES)
            .any(|(target, _)| answers(web, &target.url))
    };
    let offline = if offline {
        let mut hosts: Vec<String> = asked.iter().map(|&at| host_of(&targets[at].url)).collect();
        hosts.sort();
        hosts.dedup();
        hosts
    } else {
        Vec::new()
    };
    let mut found = found.into_iter();
    let outcomes: Vec<Outcome> = known
        .into_iter()
        .filter_map(|known| known.or_else(|| found.next()))
        .collect();
    Checked {
        kept: kept.with(targets, &outcomes, now, settings.keep),
        known: targets.len() - asked.len(),
        outcomes,
        offline,
    }
}

/// Whether a host that was there before can be reached.
fn answers(web: &dyn Ask, url: &Url) -> bool {
    let probe = Probe::new(url, false);
    let answer = web.ask(&probe.request());
    !probe.end(&answer).is_offline()
}

/// What all workers share.
struct Shared<'s> {
    state: Mutex<State>,
    /// Something has finished.
    changed: Condvar,
    start: Instant,
    settings: &'s Settings,
    web: &'s dyn Ask,
    step: &'s (dyn Fn() + Sync),
}

struct State {
    schedule: Schedule,
    probes: Vec<Probe>,
    outcomes: Vec<Option<Outcome>>,
}

fn all(
    probes: Vec<Probe>,
    settings: &Settings,
    web: &dyn Ask,
    step: &(dyn Fn() + Sync),
) -> Vec<Outcome> {
    let mut schedule = Schedule::new(settings.per_host, settings.pause);
    for (job, probe) in probes.iter().enumerate() {
        schedule.add(&host_of(probe.at()), job);
    }
    let workers = settings.workers.clamp(1, probes.len().max(1));
    let shared = Shared {
        state: Mutex::new(State {
            schedule,
            outcomes: vec![None; probes.len()],
            probes,
        }),
        changed: Condvar::new(),
        start: Instant::now(),
        settings,
        web,
        step,
    };
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| shared.work());
        }
    });
    let state = shared
        .state
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    let State {
        probes, outcomes, ..
    } = state;
    probes
        .iter()
        .zip(outcomes)
        // Workers stop when every probe has ended.
        .map(|(probe, outcome)| {
            outcome.unwrap_or_else(|| probe.end(&Answer::Failed(Failure::Closed)))
        })
        .collect()
}

impl Shared<'_> {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) {
        let mut state = self.lock();
        loop {
            match state.schedule.next(self.start.elapsed()) {
                Turn::Ask(job) => {
                    let request = state.probes[job].request();
                    drop(state);
                    let answer = self.web.ask(&request);
                    state = self.lock();
                    self.take(&mut state, job, &request, answer);
                    self.changed.notify_all();
                }
                Turn::Closed(job, answer) => {
                    let outcome = state.probes[job].end(&answer);
                    self.done(&mut state, job, outcome);
                }
                Turn::Wait(time) => {
                    let woken = self.changed.wait_timeout(state, time);
                    state = woken.unwrap_or_else(PoisonError::into_inner).0;
                }
                Turn::Rest => {
                    let woken = self.changed.wait(state);
                    state = woken.unwrap_or_else(PoisonError::into_inner);
                }
                Turn::Over => {
                    self.changed.notify_all();
                    return;
                }
            }
        }
    }

    fn take(&self, state: &mut State, job: usize, request: &Request, answer: Answer) {
        let host = host_of(&request.url);
        let now = self.start.elapsed();
        let State {
            schedule, probes, ..
        } = state;
        let probe = &mut probes[job];
        let next = probe.take(answer.clone(), self.settings);
        let ended = match (&answer, &next) {
            (Answer::Reply(_), _) => Ended::Answered,
            (Answer::Failed(Failure::TimedOut), Next::Done { .. }) => {
                Ended::GivenUp(answer.clone())
            }
            _ => Ended::Otherwise,
        };
        schedule.finished(&host, ended);
        match next {
            Next::Ask(wait) => {
                let at = match wait {
                    Wait::Nothing => now,
                    Wait::Time(time) => now + time,
                    Wait::Host(time) => {
                        schedule.hold(&host, now + time);
                        now + time
                    }
                };
                schedule.again(&host_of(probe.at()), job, at);
            }
            Next::Done { outcome, closes } => {
                if closes {
                    schedule.close(&host, answer);
                }
                self.done(state, job, outcome);
            }
        }
    }

    fn done(&self, state: &mut State, job: usize, outcome: Outcome) {
        state.outcomes[job] = Some(outcome);
        (self.step)();
    }
}

/// Who is spared: name and port.
fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}
