//! What the output folder needs to be replaced as a whole.

#![allow(
    clippy::disallowed_methods,
    reason = "this is the door that the others are sent to"
)]

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Error, Result, rename};

/// Removes a folder and everything in it, on all threads. Links in it go, what they lead to stays.
/// Goes on after a failure, so that as much as possible is gone, and returns the first.
pub fn remove_dir_all(dir: &Path) -> Result<()> {
    match fs::symlink_metadata(dir) {
        Ok(found) if found.is_dir() => {}
        Ok(_) => {
            let error = io::Error::from(ErrorKind::NotADirectory);
            return Err(Error::new("remove", dir, error));
        }
        Err(error) => return Err(Error::new("remove", dir, error)),
    }
    let mut failure = None;
    let mut levels = vec![vec![dir.to_owned()]];
    while let Some(level) = levels.last().filter(|level| !level.is_empty()) {
        let emptied: Vec<_> = level.par_iter().map(|dir| remove_files(dir)).collect();
        let mut below = Vec::new();
        for (dirs, failed) in emptied {
            below.extend(dirs);
            failure = failure.or(failed);
        }
        levels.push(below);
    }
    for level in levels.iter().rev() {
        let failed = level.par_iter().find_map_first(|dir| {
            fs::remove_dir(dir)
                .map_err(|error| Error::new("remove", dir, error))
                .err()
        });
        failure = failure.or(failed);
    }
    failure.map_or(Ok(()), Err)
}

/// Removes what is no folder in `dir`; returns its folders.
fn remove_files(dir: &Path) -> (Vec<PathBuf>, Option<Error>) {
    let found = match list(dir) {
        Ok(found) => found,
        Err(error) => return (Vec::new(), Some(error)),
    };
    let mut below = Vec::new();
    let mut failure = None;
    for Listed { name, is_dir } in found {
        let path = dir.join(name);
        if is_dir {
            below.push(path);
        } else if let Err(error) = fs::remove_file(&path) {
            failure = failure.or(Some(Error::new("remove", &path, error)));
        }
    }
    (below, failure)
}

/// A name that [`list`] found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    pub name: OsString,
    /// A folder, and not a link to one.
    pub is_dir: bool,
}

/// The names in one folder, hidden ones too, in no order.
pub fn list(dir: &Path) -> Result<Vec<Listed>> {
    let list = || -> io::Result<Vec<Listed>> {
        fs::read_dir(dir)?
            .map(|entry| {
                let entry = entry?;
                Ok(Listed {
                    is_dir: entry.file_type()?.is_dir(),
                    name: entry.file_name(),
                })
            })
            .collect()
    };
    list().map_err(|error| Error::new("read the folder", dir, error))
}

/// What [`try_lock`] found.
#[derive(Debug)]
pub enum Lock {
    /// Ours for as long as this lives; the system lets go of it when the process dies.
    Held(File),
    /// A living process has it.
    Busy,
    /// This file system has no locks.
    Unsupported,
}

/// Locks a file, which is made if it is missing. Never waits.
pub fn try_lock(path: &Path) -> Result<Lock> {
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(|error| Error::new("lock", path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(Lock::Held(file)),
        Err(TryLockError::WouldBlock) => Ok(Lock::Busy),
        Err(TryLockError::Error(_)) => Ok(Lock::Unsupported),
    }
}

/// Puts the folder `new` where `place` is. The folder that was there ends as `new` or as `spare`,
/// which must not exist, for the caller to remove. On failure nothing has changed.
///
/// On Linux `place` is never missing in between, if the file system can exchange two names.
pub fn swap(new: &Path, place: &Path, spare: &Path) -> Result<()> {
    match exchange(new, place) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => match rename(new, place) {
            // Another process filled the gap in this moment.
            Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty => swap(new, place, spare),
            moved => moved,
        },
        Err(error) if error.kind() == ErrorKind::Unsupported => swap_by_renames(new, place, spare),
        Err(error) => Err(Error::between("move", new, place, error)),
    }
}

pub(super) fn swap_by_renames(new: &Path, place: &Path, spare: &Path) -> Result<()> {
    match rename(place, spare) {
        Err(error) if error.kind() == ErrorKind::NotFound => return rename(new, place),
        put_aside => put_aside?,
    }
    rename(new, place).inspect_err(|_| {
        let _ = fs::rename(spare, place);
    })
}

#[cfg(target_os = "linux")]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;

    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).map_err(|errno| match errno {
        // Old kernels and many network file systems.
        Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP => ErrorKind::Unsupported.into(),
        other => other.into(),
    })
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}
