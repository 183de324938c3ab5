//! Which job may ask its host now. Pure: the time is an argument, counted from the start.

use std::collections::BTreeMap;
use std::time::Duration;

use super::probe::Answer;

/// After so many jobs of a host that got no answer in time, the others are not tried.
const TIMEOUTS: u32 = 2;

/// Jobs that wait for their hosts.
#[derive(Debug)]
pub struct Schedule {
    hosts: BTreeMap<String, Host>,
    per_host: usize,
    pause: Duration,
}

#[derive(Debug, Default)]
struct Host {
    /// When it may be done, whether it is new, and the job.
    waiting: Vec<(Duration, bool, usize)>,
    running: usize,
    not_before: Duration,
    timeouts: u32,
    /// What everybody gets who would ask.
    closed: Option<Answer>,
}

/// How a request ended, as far as its host is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// Somebody is there.
    Answered,
    /// There was no answer in time, and nobody asks for the address again.
    GivenUp(Answer),
    Otherwise,
}

/// What a worker does next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// Ask for this job; [`Schedule::finished`] must be told.
    Ask(usize),
    /// The host is left alone: this is the job's answer.
    Closed(usize, Answer),
    /// Come back after this time, or when another job has finished.
    Wait(Duration),
    /// Come back when another job has finished.
    Rest,
    /// Nothing is left.
    Over,
}

impl Schedule {
    /// At most so many requests to a host at the same time, with a pause between two.
    pub fn new(per_host: usize, pause: Duration) -> Self {
        Self {
            hosts: BTreeMap::new(),
            per_host: per_host.max(1),
            pause,
        }
    }

    /// Puts a job in, to be done in its turn.
    pub fn add(&mut self, host: &str, job: usize) {
        self.host(host).waiting.push((Duration::ZERO, true, job));
    }

    /// Puts a job in that goes on at this time, before any new one.
    pub fn again(&mut self, host: &str, job: usize, at: Duration) {
        self.host(host).waiting.push((at, false, job));
    }

    /// Takes a job out.
    pub fn next(&mut self, now: Duration) -> Turn {
        let mut best: Option<(usize, &mut Host)> = None;
        let mut wake: Option<Duration> = None;
        let mut over = true;
        for host in self.hosts.values_mut() {
            over &= host.waiting.is_empty() && host.running == 0;
            if let Some(answer) = &host.closed {
                if let Some((_, _, job)) = host.waiting.pop() {
                    return Turn::Closed(job, answer.clone());
                }
                continue;
            }
            let Some(&(at, ..)) = host.waiting.iter().min() else {
                continue;
            };
            if host.running >= self.per_host {
                continue;
            }
            let at = at.max(host.not_before);
            if at > now {
                wake = Some(wake.map_or(at, |wake| wake.min(at)));
            } else if best
                .as_ref()
                .is_none_or(|(waiting, _)| host.waiting.len() > *waiting)
            {
                // The longest queue says how long all of this takes.
                best = Some((host.waiting.len(), host));
            }
        }
        if let Some((_, host)) = best {
            let ready = (0..host.waiting.len()).filter(|&at| host.waiting[at].0 <= now);
            let first = ready.min_by_key(|&at| {
                let (_, is_new, job) = host.waiting[at];
                (is_new, job)
            });
            if let Some(first) = first {
                let (_, _, job) = host.waiting.swap_remove(first);
                host.running += 1;
                host.not_before = now + self.pause;
                return Turn::Ask(job);
            }
        }
        match wake {
            Some(at) => Turn::Wait(at.saturating_sub(now)),
            None if over => Turn::Over,
            None => Turn::Rest,
        }
    }

    /// A request to the host has ended.
    pub fn finished(&mut self, host: &str, how: Ended) {
        let host = self.host(host);
        host.running = host.running.saturating_sub(1);
        match how {
            Ended::Answered => host.timeouts = 0,
            Ended::GivenUp(answer) => {
                host.timeouts += 1;
                if host.timeouts >= TIMEOUTS {
                    host.closed.get_or_insert(answer);
                }
            }
            Ended::Otherwise => {}
        }
    }

    /// Nobody asks the host before this time.
    pub fn hold(&mut self, host: &str, until: Duration) {
        let host = self.host(host);
        host.not_before = host.not_before.max(until);
    }

    /// Nobody asks the host any more.
    pub fn close(&mut self, host: &str, answer: Answer) {
        self.host(host).closed.get_or_insert(answer);
    }

    fn host(&mut self, name: &str) -> &mut Host {
        self.hosts.entry(name.to_owned()).or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::probe::Failure;
    use super::*;

    const REFUSED: Answer = Answer::Failed(Failure::Refused);

    fn ms(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    fn with(jobs: &[&str]) -> Schedule {
        let mut schedule = Schedule::new(2, ms(100));
        for (number, host) in jobs.iter().enumerate() {
            schedule.add(host, number);
        }
        schedule
    }

    #[test]
    fn a_host_gets_two_requests_at_once_and_a_pause_between_them() {
        let mut schedule = with(&["a", "a", "a", "b"]);
        assert_eq!(schedule.next(ms(0)), Turn::Ask(0));
        assert_eq!(schedule.next(ms(0)), Turn::Ask(3));
        assert_eq!(schedule.next(ms(30)), Turn::Wait(ms(70)));
        assert_eq!(schedule.next(ms(100)), Turn::Ask(1));
        // Two are on their way, so the third waits for one of them.
        assert_eq!(schedule.next(ms(500)), Turn::Rest);
        schedule.finished("a", Ended::Answered);
        assert_eq!(schedule.next(ms(500)), Turn::Ask(2));
        for host in ["a", "a", "b"] {
            assert_eq!(schedule.next(ms(900)), Turn::Rest);
            schedule.finished(host, Ended::Answered);
        }
        assert_eq!(schedule.next(ms(900)), Turn::Over);
    }

    #[test]
    fn a_job_waits_for_its_time_and_a_host_for_its_own() {
        let mut schedule = Schedule::new(2, ms(0));
        schedule.again("a", 0, ms(300));
        schedule.add("a", 1);
        schedule.hold("a", ms(200));
        assert_eq!(schedule.next(ms(50)), Turn::Wait(ms(150)));
        assert_eq!(schedule.next(ms(200)), Turn::Ask(1));
        assert_eq!(schedule.next(ms(200)), Turn::Wait(ms(100)));
        // Nobody makes the time shorter.
        schedule.hold("a", ms(0));
        assert_eq!(schedule.next(ms(300)), Turn::Ask(0));
    }

    #[test]
    fn who_asks_again_goes_before_who_is_new() {
        let mut schedule = Schedule::new(1, ms(0));
        schedule.add("a", 0);
        schedule.again("a", 1, ms(100));
        schedule.hold("a", ms(100));
        assert_eq!(schedule.next(ms(0)), Turn::Wait(ms(100)));
        assert_eq!(schedule.next(ms(100)), Turn::Ask(1));
    }

    #[test]
    fn nobody_asks_a_closed_host() {
        let mut schedule = with(&["a", "a", "b"]);
        assert_eq!(schedule.next(ms(0)), Turn::Ask(0));
        schedule.finished("a", Ended::Answered);
        schedule.close("a", REFUSED);
        assert_eq!(schedule.next(ms(0)), Turn::Closed(1, REFUSED));
        // Nor does who comes later, by a redirect.
        schedule.again("a", 7, ms(999));
        assert_eq!(schedule.next(ms(0)), Turn::Closed(7, REFUSED));
        assert_eq!(schedule.next(ms(0)), Turn::Ask(2));
    }

    #[test]
    fn a_host_that_never_answers_is_closed() {
        let late = || Ended::GivenUp(Answer::Failed(Failure::TimedOut));
        let mut schedule = with(&["a", "a", "a", "a", "a"]);
        schedule.next(ms(0));
        schedule.finished("a", late());
        // An answer in between, and the count begins anew.
        schedule.next(ms(100));
        schedule.finished("a", Ended::Answered);
        schedule.next(ms(200));
        schedule.finished("a", late());
        assert_eq!(schedule.next(ms(300)), Turn::Ask(3));
        schedule.finished("a", late());
        assert_eq!(
            schedule.next(ms(300)),
            Turn::Closed(4, Answer::Failed(Failure::TimedOut))
        );
    }
}
