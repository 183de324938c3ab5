//! The process that takes limits upon itself and then becomes the program.

use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

#[cfg(target_os = "linux")]
use rustix::process::Signal;
use rustix::process::{Resource, Rlimit, setrlimit};
use serde::{Deserialize, Serialize};

use super::family;
use super::job::Limits;
use crate::disk;

/// The exit code where the program could not be started, as shells have it.
const NOT_STARTED: u8 = 127;

/// Processes and threads that may come to those that are there, where they can't be counted apart.
const SLACK: u64 = 1000;

/// What the guard tells.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Cell {
    pub command: Vec<String>,
    /// The only folder that it may write to.
    pub work: PathBuf,
    pub limits: Limits,
    pub counted: bool,
}

impl Cell {
    /// Never comes back, unless the program can't be started: the exit code, and why.
    pub fn become_program(&self) -> (u8, String) {
        let Some((program, args)) = self.command.split_first() else {
            return (NOT_STARTED, "there is no program".to_owned());
        };
        if let Err(error) = self.limit() {
            return (NOT_STARTED, format!("limits can't be set: {error}"));
        }
        // Where the system knows no such thing, folders and user rights are what is left.
        let _ = self.fence_in();
        #[cfg(target_os = "linux")]
        {
            // The guard's, over its own namespaces.
            let _ = rustix::thread::clear_ambient_capability_set();
            // Who ends its guard ends itself.
            let _ = rustix::process::set_parent_process_death_signal(Some(Signal::KILL));
        }
        close_inherited();
        let error = Command::new(program).args(args).exec();
        (NOT_STARTED, format!("{program} can't be run: {error}"))
    }

    fn limit(&self) -> io::Result<()> {
        let limits = &self.limits;
        let between = |resource, current: u64, maximum: u64| {
            let limit = Rlimit {
                current: Some(current),
                maximum: Some(maximum),
            };
            setrlimit(resource, limit)
        };
        let at_most = |resource, most| between(resource, most, most);
        // The first one says what it is about, the second one just kills.
        let seconds = u64::from(limits.seconds);
        between(Resource::Cpu, seconds + 1, seconds + 2)?;
        // Not the address space: runtimes reserve much of it that they never use.
        at_most(Resource::Data, limits.memory)?;
        at_most(Resource::Fsize, limits.file)?;
        at_most(Resource::Core, 0)?;
        let processes = match family::everybody() {
            _ if self.counted => Some(u64::from(limits.processes) * 4),
            // Among the user's others, which are not to be disturbed by this limit.
            everybody => everybody.map(|number| number + SLACK),
        };
        if let Some(processes) = processes {
            at_most(Resource::Nproc, processes)?;
        }
        // The guard comes first.
        let _ = rustix::process::nice(5);
        Ok(())
    }

    /// Reads everything, writes to its folder alone, reaches no network and no process outside.
    #[cfg(target_os = "linux")]
    fn fence_in(&self) -> Result<(), landlock::RulesetError> {
        use landlock::{
            ABI, Access as _, AccessFs, AccessNet, Ruleset, RulesetAttr as _,
            RulesetCreatedAttr as _, Scope, path_beneath_rules,
        };

        // Whatever of it an older kernel does not know is left out.
        let abi = ABI::V7;
        Ruleset::default()
            .handle_access(AccessFs::from_write(abi))?
            .handle_access(AccessNet::from_all(abi))?
            .scope(Scope::from_all(abi))?
            .create()?
            .add_rules(path_beneath_rules([&self.work], AccessFs::from_write(abi)))?
            // Python's locks between processes are files there.
            .add_rules(path_beneath_rules(
                ["/dev/null", "/dev/shm"],
                AccessFs::from_write(abi),
            ))?
            .restrict_self()?;
        Ok(())
    }

    #[cfg(not(target_os = "linux"))]
    fn fence_in(&self) -> io::Result<()> {
        Ok(())
    }
}

/// Closes what whoever started Viva left open: a sample has standard input and outputs, no more.
fn close_inherited() {
    let open = disk::list(Path::new("/dev/fd")).unwrap_or_default();
    let numbers = open
        .iter()
        .filter_map(|entry| entry.name.to_str()?.parse().ok());
    for number in numbers.filter(|number: &i32| *number > 2) {
        // The one of the list itself is closed already.
        let _ = nix::unistd::close(number);
    }
}
