//! All processes that come of this one.
//!
//! Only Linux tells them all, also those that left their group: elsewhere a program that makes a
//! session of its own can outlive its sample.

use std::path::Path;

use rustix::process::{Pid, Signal, WaitOptions, kill_process, kill_process_group};

/// What the descendants take together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Family {
    pub processes: usize,
    /// In bytes; what two of them share counts twice.
    pub memory: u64,
}

/// Makes processes whose parent ended this one's children.
pub fn adopt_orphans() {
    #[cfg(target_os = "linux")]
    {
        let itself = Some(rustix::process::getpid());
        let _ = rustix::process::set_child_subreaper(itself);
    }
}

/// What the descendants take now. Where there are more of them than `most`, there is no time to
/// look at all.
pub fn measure(most: usize) -> Family {
    let page = rustix::param::page_size() as u64;
    let mut family = Family::default();
    for process in descendants(most.saturating_add(1)) {
        family.processes += 1;
        let statm = read(&format!("/proc/{process}/statm"));
        let resident = statm
            .split(' ')
            .nth(1)
            .and_then(|pages| pages.parse::<u64>().ok());
        family.memory += resident.unwrap_or(0) * page;
    }
    family
}

/// Tasks of all users on this system, as far as it tells.
pub fn everybody() -> Option<u64> {
    let load = read("/proc/loadavg");
    load.split(' ').nth(3)?.split('/').nth(1)?.parse().ok()
}

/// Kills the group of a child, and on Linux whoever left it.
///
/// `apart`: this is the first process of a world of its own, in which nobody else is to be spared.
pub fn kill(group: u32, apart: bool) {
    if let Some(group) = pid(group) {
        let _ = kill_process_group(group, Signal::KILL);
    }
    if apart && rustix::process::getpid() == Pid::INIT {
        // Everybody at once, so that nobody has the time to make others.
        let _ = kill_process_group(Pid::INIT, Signal::KILL);
        return;
    }
    // Who is held makes no others while these are looked for.
    for signal in [Signal::STOP, Signal::KILL] {
        for process in descendants(usize::MAX).into_iter().filter_map(pid) {
            let _ = kill_process(process, signal);
        }
    }
}

/// Buries children that ended; whether any goes on.
pub fn bury() -> bool {
    // Whoever makes others without end would keep this busy as long.
    for _ in 0..1000 {
        match rustix::process::wait(WaitOptions::NOHANG) {
            Ok(Some(_)) | Err(rustix::io::Errno::INTR) => {}
            Ok(None) => return true,
            Err(_) => return false,
        }
    }
    true
}

/// Whether a process was ended for the time that it worked.
pub fn is_out_of_time(signal: i32) -> bool {
    signal == Signal::XCPU.as_raw()
}

/// Whether a process was interrupted: Python ends itself so after `KeyboardInterrupt`.
pub fn is_interrupt(signal: i32) -> bool {
    signal == Signal::INT.as_raw()
}

/// Whether a process was ended for the size of a file.
pub fn is_out_of_room(signal: i32) -> bool {
    signal == Signal::XFSZ.as_raw()
}

fn pid(number: u32) -> Option<Pid> {
    i32::try_from(number).ok().and_then(Pid::from_raw)
}

/// Children, their children, and so on, as `/proc` counts them, but not more than `most`.
fn descendants(most: usize) -> Vec<u32> {
    let mut found = children(Path::new("/proc/self/task"));
    let mut next = 0;
    while found.len() < most
        && let Some(process) = found.get(next)
    {
        let theirs = children(Path::new(&format!("/proc/{process}/task")));
        found.extend(theirs);
        next += 1;
    }
    found.truncate(most);
    found
}

/// Each thread has its own.
fn children(tasks: &Path) -> Vec<u32> {
    let tasks_found = crate::disk::list(tasks).unwrap_or_default();
    tasks_found
        .iter()
        .flat_map(|task| {
            let children = tasks.join(&task.name).join("children");
            read(&children.to_string_lossy())
                .split_whitespace()
                .filter_map(|process| process.parse().ok())
                .collect::<Vec<_>>()
        })
        .collect()
}

/// A file of `/proc`; nothing where there is none.
pub fn read(path: &str) -> String {
    let bytes = crate::disk::read(Path::new(path), 1 << 20).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}
