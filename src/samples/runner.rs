//! Runs jobs, each under a guard of its own.

use std::io::{Read as _, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::Context as _;

use super::folder;
use super::guard::COMMAND;
use super::job::{Ended, How, Job, Limits};
use crate::disk;
use crate::model::Samples;

/// Beyond a job's own time: what its guard needs to begin and to clear up.
const MARGIN: Duration = Duration::from_secs(20);

/// What unshare (util-linux) is asked for, best first. Whoever is not the system's administrator
/// needs a user namespace to have others.
const APART: [&str; 6] = [
    "--user --map-current-user --keep-caps --mount --ipc --net",
    "--mount --ipc --net",
    "--user --map-current-user --ipc --net",
    "--ipc --net",
    "--user --map-current-user",
    "",
];

/// What it is asked for in any case: all processes end with the first one, which ends with it.
const TOGETHER: &str = "--pid --fork --kill-child";

/// How programs are started on this system.
#[derive(Debug)]
pub struct Runner {
    /// Viva itself.
    program: PathBuf,
    /// The handbook's folder.
    root: PathBuf,
    path: String,
    /// `unshare` and its arguments, where the system permits that.
    apart: Vec<String>,
    /// Whether a sample was kept from writing outside its folder.
    fenced: bool,
    /// Whether one could change modes and times there, or reach the sockets of others.
    changes: AtomicBool,
    sockets: AtomicBool,
}

/// What a program is started with.
#[derive(Debug, Clone)]
pub struct Start {
    pub command: Vec<String>,
    pub files: Vec<(String, String)>,
    pub result: Option<String>,
    pub limits: Limits,
}

impl Runner {
    /// Finds out what the system permits.
    ///
    /// # Errors
    /// When nothing at all can be run.
    pub fn new(root: &Path) -> anyhow::Result<Self> {
        let mut runner = Self {
            program: std::env::current_exe().context("can't find the program itself")?,
            root: disk::canonicalize(root)?,
            path: std::env::var("PATH").unwrap_or_else(|_| "/usr/local/bin:/usr/bin:/bin".into()),
            apart: Vec::new(),
            fenced: false,
            changes: AtomicBool::new(false),
            sockets: AtomicBool::new(false),
        };
        let shell = runner.find("sh").context("can't find `sh`")?;
        let probe = Start {
            command: vec![shell, "-c".into(), "echo > ../probe".into()],
            files: Vec::new(),
            result: None,
            limits: Limits::new(5, Samples::MEMORY),
        };
        if let Some(unshare) = runner.find("unshare") {
            for arguments in APART {
                let arguments = arguments.split_whitespace().chain(TOGETHER.split(' '));
                runner.apart = std::iter::once(unshare.as_str())
                    .chain(arguments)
                    .map(str::to_owned)
                    .collect();
                runner.changes = AtomicBool::new(false);
                runner.sockets = AtomicBool::new(false);
                if let How::Exit(code) = runner.run(&probe).how {
                    runner.fenced = code != 0;
                    return Ok(runner);
                }
            }
            runner.apart.clear();
        }
        match runner.run(&probe).how {
            How::Exit(code) => runner.fenced = code != 0,
            How::Failed(why) => anyhow::bail!("samples can't be run: {why}"),
            other => anyhow::bail!("samples can't be run: {other:?}"),
        }
        Ok(runner)
    }

    /// What of a program's ways out is closed here, in a sentence.
    pub fn describe(&self) -> String {
        let has = |word: &str| self.apart.iter().any(|argument| argument == word);
        let yes_no = |holds: bool| if holds { "yes" } else { "no" };
        format!(
            "samples run with a network of their own: {}, with process numbers of their own: {}, \
             without writing outside their folder: {}, without changing what is there: {}, \
             without others' sockets in /run and /tmp: {}",
            yes_no(has("--net")),
            yes_no(has("--pid")),
            yes_no(self.fenced),
            yes_no(!self.changes.load(Ordering::Relaxed)),
            yes_no(!self.sockets.load(Ordering::Relaxed)),
        )
    }

    /// Where a program is: by its path from the handbook's folder, or by its name.
    pub fn find(&self, program: &str) -> Option<String> {
        let as_text = |path: PathBuf| path.into_os_string().into_string().ok();
        if program.contains('/') {
            let path = self.root.join(program);
            return disk::is_file(&path).then_some(path).and_then(as_text);
        }
        std::env::split_paths(&self.path)
            .filter(|folder| folder.is_absolute())
            .map(|folder| folder.join(program))
            .find(|path| disk::is_executable(path))
            .and_then(as_text)
    }

    /// Runs a program to its end, which it has in any case.
    pub fn run(&self, start: &Start) -> Ended {
        let has = |word: &str| self.apart.iter().any(|argument| argument == word);
        let job = Job {
            command: start.command.clone(),
            files: start.files.clone(),
            result: start.result.clone(),
            scratch: disk::scratch_path("viva-sample"),
            path: self.path.clone(),
            limits: start.limits,
            apart: has("--pid"),
            mounts: has("--mount"),
            counted: has("--user"),
        };
        let mut ended = self
            .watched(&job)
            .unwrap_or_else(|error| Ended::failed(format!("{error:#}")));
        self.changes
            .fetch_or(!ended.closed.changes, Ordering::Relaxed);
        self.sockets
            .fetch_or(!ended.closed.sockets, Ordering::Relaxed);
        let work = folder::scratch(&job);
        ended.stdout = folder::renamed(ended.stdout, &work);
        ended.stderr = folder::renamed(ended.stderr, &work);
        let renamed = |text: String| {
            String::from_utf8(folder::renamed(text.into_bytes(), &work)).unwrap_or_default()
        };
        ended.result = ended.result.map(renamed);
        // A guard that was killed could not.
        let _ = disk::remove_scratch(&job.scratch);
        ended
    }

    fn watched(&self, job: &Job) -> anyhow::Result<Ended> {
        let mut words = self.apart.iter().map(PathBuf::from).collect::<Vec<_>>();
        words.push(self.program.clone());
        let (first, rest) = words.split_first().context("there is no guard")?;
        let mut guard = Command::new(first)
            .args(rest)
            .arg(COMMAND)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // Ctrl+C is for Viva, whose end the guard sees, and clears up.
            .process_group(0)
            .spawn()
            .context("can't start a guard")?;
        let mut orders = guard.stdin.take().context("a guard takes no orders")?;
        let mut answer = guard.stdout.take().context("a guard gives no answer")?;
        let mut order = serde_json::to_vec(job)?;
        order.push(b'\n');
        // A guard that is gone already has no answer, which is told below.
        let _ = orders.write_all(&order);
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || {
            let mut bytes = Vec::new();
            let _ = answer.read_to_end(&mut bytes);
            let _ = sender.send(bytes);
        });
        let patience = Duration::from_secs(job.limits.seconds.into()) + MARGIN;
        let bytes = receiver.recv_timeout(patience).unwrap_or_default();
        if bytes.is_empty() {
            let _ = guard.kill();
        }
        let _ = guard.wait();
        // Only now: their end would end the job.
        drop(orders);
        serde_json::from_slice(&bytes).context("the guard of a sample ended without a word")
    }
}
