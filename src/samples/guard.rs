//! The process that stands between Viva and one program: it makes the folder, watches, stops,
//! removes.
//!
//! 1. Viva starts itself anew as a guard, if it can with process numbers and a network of its own.
//! 2. The guard starts itself anew as a [`cell`](super::cell), which takes limits upon itself and
//!    becomes the program.
//! 3. When the program has ended or has taken too much, or Viva is gone, all that came of it is
//!    killed, and the folder removed.

use std::io::{self, BufRead, Read};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::cell::Cell;
use super::family;
use super::folder::{self, Folder};
use super::job::{Ended, How, Job, Stop};
use crate::disk;

/// The argument by which Viva is a guard, or with a [`Cell`] after it a cell.
pub const COMMAND: &str = "run-sample";

/// How often processes and memory are looked at.
const TICK: Duration = Duration::from_millis(5);

/// What a program's helpers have for their end when it has ended.
const GRACE: Duration = Duration::from_millis(250);

/// What the system has for the end of what was killed.
const BURIAL: Duration = Duration::from_secs(2);

enum Event {
    /// The program; `None` when it can't be told how.
    Ended(Option<ExitStatus>),
    /// One of its outputs.
    Closed,
    /// It printed too much.
    Flooded,
    /// Nobody waits for the result any more.
    Alone,
}

/// Does the job of the first line of `orders`. When they end, so does the job.
pub fn guard(mut orders: impl BufRead + Send + 'static) -> Ended {
    let mut line = String::new();
    let job: Job = match orders.read_line(&mut line) {
        Ok(_) => match serde_json::from_str(&line) {
            Ok(job) => job,
            Err(error) => return Ended::failed(format!("the job can't be read: {error}")),
        },
        Err(error) => return Ended::failed(format!("the job can't be read: {error}")),
    };
    let (sender, events) = mpsc::channel();
    let alone = sender.clone();
    thread::spawn(move || {
        let _ = io::copy(&mut orders, &mut io::sink());
        let _ = alone.send(Event::Alone);
    });
    let folder = folder::make(&job);
    let made = folder.as_ref().ok();
    let ended = match made {
        Some(folder) => run(&job, folder, &sender, &events),
        None => Err(anyhow::anyhow!("there is no folder for it")),
    };
    // Whoever was in there is gone by now.
    let removed = folder::remove(&job, made).map_err(anyhow::Error::from);
    let ended = folder.map_err(anyhow::Error::from).and(ended);
    match (ended, removed) {
        (Ok(ended), Ok(())) => ended,
        (Err(error), _) | (_, Err(error)) => Ended::failed(format!("{error:#}")),
    }
}

fn run(
    job: &Job,
    folder: &Folder,
    sender: &Sender<Event>,
    events: &Receiver<Event>,
) -> anyhow::Result<Ended> {
    family::adopt_orphans();
    let work = &folder.work;
    let mut child = start(job, folder)?;
    let group = child.id();
    let stdout = child.stdout.take().map(|pipe| listen(pipe, job, sender));
    let stderr = child.stderr.take().map(|pipe| listen(pipe, job, sender));
    let ended = sender.clone();
    thread::spawn(move || {
        let status = child.wait().ok();
        let _ = ended.send(Event::Ended(status));
    });
    let mut open = 2;
    let (mut how, reaped) = watch(job, events, &mut open);
    if reaped {
        let deadline = Instant::now() + GRACE;
        while family::bury() {
            if Instant::now() > deadline {
                how = How::Stopped(Stop::LeftBehind);
                break;
            }
            thread::sleep(TICK / 2);
        }
    }
    family::kill(group, job.apart);
    let deadline = Instant::now() + BURIAL;
    if !reaped {
        wait_for(events, &mut open, deadline, |event| {
            matches!(event, Event::Ended(_))
        });
    }
    while family::bury() && Instant::now() < deadline {
        family::kill(group, job.apart);
        thread::sleep(TICK / 2);
    }
    while open > 0
        && wait_for(events, &mut open, deadline, |event| {
            matches!(event, Event::Closed)
        })
    {}
    let result = job.result.as_ref().and_then(|name| {
        let bytes = disk::read(&work.join(name), job.limits.file).ok()?;
        String::from_utf8(bytes).ok()
    });
    let heard = |output: Option<Heard>| {
        output.map_or_else(Vec::new, |heard| {
            std::mem::take(&mut *heard.lock().unwrap_or_else(PoisonError::into_inner))
        })
    };
    Ok(Ended {
        how,
        stdout: heard(stdout),
        stderr: heard(stderr),
        result,
        closed: folder.closed,
    })
}

fn start(job: &Job, folder: &Folder) -> anyhow::Result<Child> {
    let work = &folder.work;
    let program = if folder.vanishes {
        // Its own file may be out of sight.
        PathBuf::from("/proc/self/exe")
    } else {
        std::env::current_exe()?
    };
    let cell = Cell {
        command: job.command.clone(),
        work: work.to_owned(),
        limits: job.limits,
        counted: job.counted,
    };
    Ok(Command::new(program)
        .arg(COMMAND)
        .arg(serde_json::to_string(&cell)?)
        .current_dir(work)
        .env_clear()
        .env("PATH", &job.path)
        .env("LANG", "C.UTF-8")
        .env("HOME", work)
        .env("TMPDIR", work)
        .env("PYTHONHASHSEED", "0")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn()?)
}

/// Until the program has ended or is to be stopped; whether it has ended.
fn watch(job: &Job, events: &Receiver<Event>, open: &mut u32) -> (How, bool) {
    let limits = &job.limits;
    let deadline = Instant::now() + Duration::from_secs(limits.seconds.into());
    loop {
        match events.recv_timeout(TICK) {
            Ok(Event::Ended(status)) => return (ended(status), true),
            Ok(Event::Closed) => *open -= 1,
            Ok(Event::Flooded) => return (How::Stopped(Stop::Output), false),
            Ok(Event::Alone) | Err(RecvTimeoutError::Disconnected) => {
                return (How::Failed("nobody waits for it".to_owned()), false);
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
        if Instant::now() > deadline {
            return (How::Stopped(Stop::Time), false);
        }
        let most = usize::try_from(limits.processes).unwrap_or(usize::MAX);
        let family = family::measure(most);
        if family.processes > most {
            return (How::Stopped(Stop::Processes), false);
        }
        if family.memory > limits.memory {
            return (How::Stopped(Stop::Memory), false);
        }
    }
}

fn ended(status: Option<ExitStatus>) -> How {
    match status.map(|status| (status.code(), status.signal())) {
        Some((Some(code), _)) => How::Exit(code),
        // Its own limit of work came before ours of time.
        Some((None, Some(signal))) if family::is_out_of_time(signal) => How::Stopped(Stop::Time),
        Some((None, Some(signal))) if family::is_out_of_room(signal) => How::Stopped(Stop::File),
        Some((None, Some(signal))) => How::Signal(signal),
        _ => How::Failed("the system does not say how it ended".to_owned()),
    }
}

/// Waits for one event of a kind; whether it came.
fn wait_for(
    events: &Receiver<Event>,
    open: &mut u32,
    deadline: Instant,
    wanted: impl Fn(&Event) -> bool,
) -> bool {
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let Ok(event) = events.recv_timeout(left) else {
            return false;
        };
        if let Event::Closed = event {
            *open -= 1;
        }
        if wanted(&event) {
            return true;
        }
    }
}

type Heard = Arc<Mutex<Vec<u8>>>;

/// Keeps what comes out of a pipe, up to the limit.
fn listen(mut pipe: impl Read + Send + 'static, job: &Job, sender: &Sender<Event>) -> Heard {
    let heard = Heard::default();
    let limit = usize::try_from(job.limits.output).unwrap_or(usize::MAX);
    let (kept, sender) = (Arc::clone(&heard), sender.clone());
    thread::spawn(move || {
        let mut bytes = vec![0; 64 * 1024];
        loop {
            match pipe.read(&mut bytes) {
                Ok(0) => break,
                Ok(length) => {
                    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                    kept.extend_from_slice(&bytes[..length]);
                    if kept.len() > limit {
                        kept.truncate(limit);
                        let _ = sender.send(Event::Flooded);
                        break;
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => break,
            }
        }
        drop(pipe);
        let _ = sender.send(Event::Closed);
    });
    heard
}
