//! What a guard is told, and what it tells.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// One program to run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// A path from the root of the file system, and the arguments.
    pub command: Vec<String>,
    /// Names and texts of what lies in the folder that it runs in.
    pub files: Vec<(String, String)>,
    /// A file that it may leave there and whose text is wanted.
    pub result: Option<String>,
    /// A folder to make, to run in, and to remove.
    pub scratch: PathBuf,
    /// Where the program looks for others.
    pub path: String,
    pub limits: Limits,
    /// Whether the guard and the program have process numbers of their own.
    pub apart: bool,
    /// Whether what they mount is their own.
    pub mounts: bool,
    /// Whether their processes are counted apart from the user's others.
    pub counted: bool,
}

/// How much a program may take before it is stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Of time, and of each process's work.
    pub seconds: u32,
    /// Of all its processes together, in bytes.
    pub memory: u64,
    /// Of what it prints, in bytes.
    pub output: u64,
    /// Of each file that it writes, in bytes.
    pub file: u64,
    /// Of all files in its folder together, in bytes, where the folder can be one of its own kind.
    pub folder: u64,
    /// At the same time.
    pub processes: u32,
}

impl Limits {
    /// What handbook.yaml says, and beyond that more than any sample needs that a person reads in
    /// an interview.
    pub fn new(seconds: u32, mebibytes: u32) -> Self {
        Self {
            seconds,
            memory: u64::from(mebibytes) << 20,
            output: 1 << 20,
            file: 16 << 20,
            folder: 64 << 20,
            processes: 64,
        }
    }
}

/// What came of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    pub how: How,
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
    /// The file that was wanted.
    pub result: Option<String>,
    pub closed: Closed,
}

/// What of the file system was closed to a program.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// Modes, times and whatever else there is of files outside its folder.
    pub changes: bool,
    /// Where others listen: `/run` and `/tmp`.
    pub sockets: bool,
}

/// How a program ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum How {
    /// By itself, with this code.
    Exit(i32),
    /// By a signal.
    Signal(i32),
    /// It was stopped.
    Stopped(Stop),
    /// It could not be run, or not be watched.
    Failed(String),
}

/// Why a program was stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stop {
    Time,
    Memory,
    Output,
    Processes,
    /// A file of its own became too large.
    File,
    /// It ended, and a process that it had started did not.
    LeftBehind,
}

impl Ended {
    /// The end of what never began.
    pub fn failed(why: impl Into<String>) -> Self {
        Self {
            how: How::Failed(why.into()),
            stdout: Vec::new(),
            stderr: Vec::new(),
            result: None,
            closed: Closed::default(),
        }
    }
}
