//! A hidden folder beside the output folder, for as long as a build lives.
//!
//! ```text
//! public/                       the output folder
//! .public.viva-<process>-<n>/
//!   lock                        locked while the process lives
//!   site/                       the site in the making; after an exchange the one of before
//!   spare/                      the site of before, where names can't be exchanged
//! ```
//!
//! It stands beside and not in the system's folder for such things because only within one file
//! system a folder can be renamed. A killed build leaves its folder behind, unlocked: the next
//! build tells by the lock that it is dead, and sweeps it away.

use std::ffi::{OsStr, OsString};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Result, bail};

use crate::disk::{self, Lock};

const MARK: &str = ".viva-";

/// The hidden folder, which is removed when this is dropped.
#[derive(Debug)]
pub struct Workspace {
    dir: PathBuf,
    _lock: Lock,
}

impl Workspace {
    /// Sweeps away what dead builds for `place` left, and opens a new one.
    pub fn beside(place: &Path) -> Result<Self> {
        let (Some(parent), Some(name)) = (place.parent(), place.file_name()) else {
            bail!("{} has no name", place.display());
        };
        sweep(parent, name, place);
        for _ in 0..100 {
            if let Some(workspace) = open(&parent.join(fresh_name(name)))? {
                return Ok(workspace);
            }
        }
        bail!(
            "can't keep a folder in {}: it is removed at once",
            parent.display()
        )
    }

    /// The site in the making.
    pub fn site(&self) -> PathBuf {
        self.dir.join("site")
    }

    /// Where the site of before can be put; nothing is there.
    pub fn spare(&self) -> PathBuf {
        spare(&self.dir)
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        // What is left now, the next build sweeps away.
        let _ = disk::remove_dir_all(&self.dir);
    }
}

fn spare(dir: &Path) -> PathBuf {
    dir.join("spare")
}

fn lock(dir: &Path) -> PathBuf {
    dir.join("lock")
}

/// `None` if another process was faster: it has the same name for its own folder, or took ours for
/// dead in the moment before it was locked.
fn open(dir: &Path) -> disk::Result<Option<Workspace>> {
    match disk::create_dir(dir) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(None),
        made => made?,
    }
    let held = match disk::try_lock(&lock(dir)) {
        Ok(Lock::Busy) => return Ok(None),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            let _ = disk::remove_dir_all(dir);
            return Err(error);
        }
        Ok(held) => held,
    };
    // It may be the lock on a file that a sweep removed after we had opened it.
    if !disk::exists(&lock(dir)) {
        return Ok(None);
    }
    let workspace = Workspace {
        dir: dir.to_owned(),
        _lock: held,
    };
    disk::create_dir(&workspace.site())?;
    Ok(Some(workspace))
}

/// Removes the folders of dead builds. What can't be removed harms nobody, so nothing fails.
fn sweep(parent: &Path, name: &OsStr, place: &Path) {
    for found in disk::list(parent).unwrap_or_default() {
        let dir = parent.join(&found.name);
        if !found.is_dir || !is_ours(&found.name, name) {
            continue;
        }
        if let Ok(Lock::Held(_lock)) = disk::try_lock(&lock(&dir)) {
            // Killed between two renames: the last good site is in there.
            if !disk::exists(place) {
                let _ = disk::rename(&spare(&dir), place);
            }
            let _ = disk::remove_dir_all(&dir);
        }
    }
}

fn fresh_name(name: &OsStr) -> OsString {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    // Processes in two containers can have one number and share a folder.
    let moment = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| u64::from(since.subsec_nanos()));
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let mut fresh = OsString::from(".");
    fresh.push(name);
    fresh.push(format!("{MARK}{}-{}", std::process::id(), moment + count));
    fresh
}

/// Whether [`fresh_name`] could have made `found` for the output folder `name`. Strict: what it
/// lets through is removed.
fn is_ours(found: &OsStr, name: &OsStr) -> bool {
    let numbers = found
        .as_encoded_bytes()
        .strip_prefix(b".")
        .and_then(|rest| rest.strip_prefix(name.as_encoded_bytes()))
        .and_then(|rest| rest.strip_prefix(MARK.as_bytes()))
        .and_then(|rest| std::str::from_utf8(rest).ok())
        .and_then(|rest| rest.split_once('-'));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    numbers.is_some_and(|(process, n)| is_number(process) && is_number(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_our_making_are_ours() {
        let is = |found: &str| is_ours(found.as_ref(), "public".as_ref());
        assert!(is_ours(&fresh_name("public".as_ref()), "public".as_ref()));
        assert!(is(".public.viva-1-2"));
        for other in [
            "public",
            ".public",
            ".public.viva-",
            ".public.viva-1",
            ".public.viva-1-",
            ".public.viva--2",
            ".public.viva-1-2x",
            ".public.viva-notes-2",
            ".public.viva-1-2-3",
            ".other.viva-1-2",
            "public.viva-1-2",
        ] {
            assert!(!is(other), "{other}");
        }
    }

    #[test]
    fn names_differ() {
        let name = OsStr::new("public");
        assert_ne!(fresh_name(name), fresh_name(name));
    }
}
