//! The folder that a program runs in.

use std::path::{Path, PathBuf};

use super::job::{Closed, Job};
#[cfg(target_os = "linux")]
use super::world;
use crate::disk::{self, Error};

/// How samples and pages know the folder, wherever it is. There is such a folder where mounts are the
/// guard's own; elsewhere what is printed is told so.
pub const SEEN: &str = "/run/sample";

/// Where a program runs, and what is closed to it there.
#[derive(Debug)]
pub struct Folder {
    pub work: PathBuf,
    pub closed: Closed,
    /// Whether it vanishes with the guard.
    pub vanishes: bool,
}

/// Where it is if mounts are everybody's: not the scratch folder itself, so that `../file` is no
/// file of anybody else's.
pub fn scratch(job: &Job) -> PathBuf {
    job.scratch.join("work")
}

/// Makes it, with its files. Where mounts are the guard's own, it is a file system of limited size,
/// as is the memory that processes share by names.
pub fn make(job: &Job) -> Result<Folder, Error> {
    let folder = match own(job) {
        Some(closed) => Folder {
            work: PathBuf::from(SEEN),
            closed,
            vanishes: true,
        },
        None => {
            disk::create_private_dir(&job.scratch)?;
            let work = scratch(job);
            disk::create_dir(&work)?;
            Folder {
                work,
                closed: Closed::default(),
                vanishes: false,
            }
        }
    };
    for (name, text) in &job.files {
        disk::write_new(&folder.work.join(name), text.as_bytes())?;
    }
    Ok(folder)
}

/// Removes it with all that is in it.
pub fn remove(job: &Job, folder: Option<&Folder>) -> Result<(), Error> {
    if folder.is_some_and(|folder| folder.vanishes) {
        return Ok(());
    }
    disk::remove_scratch(&job.scratch)
}

#[cfg(target_os = "linux")]
fn own(job: &Job) -> Option<Closed> {
    job.mounts.then(|| world::make(job)).flatten()
}

#[cfg(not(target_os = "linux"))]
fn own(_: &Job) -> Option<Closed> {
    None
}

/// What a program printed, with the folder's own name in it.
pub fn renamed(printed: Vec<u8>, work: &Path) -> Vec<u8> {
    let name = work.as_os_str().as_encoded_bytes();
    if name.is_empty() || name == SEEN.as_bytes() || printed.len() < name.len() {
        return printed;
    }
    let mut renamed = Vec::with_capacity(printed.len());
    let mut rest = printed.as_slice();
    while let Some(at) = rest.windows(name.len()).position(|window| window == name) {
        renamed.extend_from_slice(&rest[..at]);
        renamed.extend_from_slice(SEEN.as_bytes());
        rest = &rest[at + name.len()..];
    }
    renamed.extend_from_slice(rest);
    renamed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_renamed_wherever_it_stands() {
        let renamed = |text: &str| {
            let bytes = renamed(text.as_bytes().to_vec(), Path::new("/tmp/a-1/run"));
            String::from_utf8(bytes).unwrap()
        };
        assert_eq!(
            renamed("File \"/tmp/a-1/run/sample.py\", /tmp/a-1/run\n"),
            "File \"/run/sample/sample.py\", /run/sample\n"
        );
        assert_eq!(renamed("/tmp/a-2/run"), "/tmp/a-2/run");
        assert_eq!(renamed(""), "");
    }
}
