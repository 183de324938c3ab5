//! The last stage: all bytes become a folder, or nothing does.
//!
//! 1. [`begin`] refuses an output folder that holds what Viva did not make (`manifest`), sweeps
//!    away what killed builds left, and opens a hidden folder beside it (`workspace`).
//! 2. [`Stage::write`], [`Stage::copy`] and [`Stage::share`] fill that folder, from any thread, under paths that
//!    can't leave it (`site_path`).
//! 3. [`Stage::commit`] adds the manifest and exchanges the two folders in one step.
//!
//! A [`Stage`] that is dropped takes its hidden folder along: unfinished work, or after the
//! exchange the site of before.

mod manifest;
mod site_path;
#[cfg(test)]
mod tests;
mod workspace;

use std::collections::HashSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use anyhow::{Context, Result, bail};

use crate::disk;
use workspace::Workspace;

/// What [`Stage::commit`] put in place, the manifest not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    pub files: usize,
    pub bytes: u64,
}

/// A site in the making, beside the folder that it will replace.
#[derive(Debug)]
pub struct Stage {
    /// As the user wrote it, for messages.
    shown: PathBuf,
    /// Where it really is.
    out: PathBuf,
    /// When names last came or went in `out`, as of the check for foreign files.
    checked: Option<SystemTime>,
    workspace: Workspace,
    made: Mutex<Made>,
}

/// A mutex is enough: it is held for a hundredth of the time that a file takes to write.
#[derive(Debug, Default)]
struct Made {
    folders: HashSet<String>,
    files: Vec<String>,
    bytes: u64,
}

/// Opens a stage for the output folder `out`. Nothing in `out` changes before
/// [`Stage::commit`].
pub fn begin(out: &Path) -> Result<Stage> {
    let place = resolve(out)?;
    let checked = disk::modified(&place);
    manifest::refuse_foreign(&place, out)?;
    Ok(Stage {
        shown: out.to_owned(),
        workspace: Workspace::beside(&place)?,
        out: place,
        checked,
        made: Mutex::default(),
    })
}

/// Follows links to the real place of `out`, whose parent exists afterwards.
fn resolve(out: &Path) -> Result<PathBuf> {
    let path = disk::absolute(out)?;
    let place = if disk::exists(&path) {
        if !disk::is_dir(&path) {
            bail!(
                "{} is not a folder: delete it or choose another with --out",
                out.display()
            );
        }
        disk::canonicalize(&path)?
    } else if let (Some(parent), Some(name)) = (path.parent(), path.file_name()) {
        disk::create_dir_all(parent)?;
        disk::canonicalize(parent)?.join(name)
    } else {
        path
    };
    if place.parent().is_none() {
        bail!(
            "{} is the root of the file system: choose another folder with --out",
            out.display()
        );
    }
    Ok(place)
}

impl Stage {
    /// Writes a file of the site. `path` is relative to the site, with `/` between its parts.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let to = self.room_for(path)?;
        disk::write_new(&to, bytes)?;
        self.record(path, bytes.len() as u64);
        Ok(())
    }

    /// Copies a file into the site.
    pub fn copy(&self, path: &str, from: &Path) -> Result<()> {
        let to = self.room_for(path)?;
        let bytes = disk::copy(from, &to)?;
        self.record(path, bytes);
        Ok(())
    }

    /// As [`Self::write`], and gives the file a second name outside of the site, under which a later
    /// build finds it. Where that fails, it finds none.
    pub fn write_and_keep(&self, path: &str, bytes: &[u8], kept: &Path) -> Result<()> {
        self.write(path, bytes)?;
        let file = self.workspace.site().join(path);
        if disk::link(&file, kept).is_err() {
            // What stands there is not what it should be, or the file system has no second names.
            let _ = disk::remove_file(kept);
            if disk::link(&file, kept).is_err() {
                let _ = disk::write_atomic(kept, bytes);
            }
        }
        Ok(())
    }

    /// As [`Self::write`], by a second name of a file with these bytes where that is possible.
    /// Nothing ever writes into a file of a site, so that sites can share one.
    pub fn share(&self, path: &str, bytes: &[u8], kept: &Path) -> Result<()> {
        let to = self.room_for(path)?;
        if disk::link(kept, &to).is_err() {
            disk::write_new(&to, bytes)?;
        }
        self.record(path, bytes.len() as u64);
        Ok(())
    }

    /// Puts the finished site in the place of the one before. Once that has worked, nothing
    /// that goes wrong with the removal of the old one fails the build.
    pub fn commit(self) -> Result<Summary> {
        let made = std::mem::take(&mut *self.made());
        let summary = Summary {
            files: made.files.len(),
            bytes: made.bytes,
        };
        let site = self.workspace.site();
        disk::write_new(&site.join(manifest::NAME), &manifest::text(made.files))?;
        // Someone may have put a file there while the site was rendered. A second look into every
        // folder would cost a third of the writing, so only the top one tells.
        if disk::modified(&self.out) != self.checked {
            manifest::refuse_foreign(&self.out, &self.shown)?;
        }
        disk::swap(&site, &self.out, &self.workspace.spare()).with_context(|| {
            format!(
                "can't put the new site in the place of {}: delete the folder, or if it is a \
                 mount point, choose a folder in it with --out",
                self.shown.display()
            )
        })?;
        Ok(summary)
    }

    /// Where to put the file `path`; its folder is there.
    fn room_for(&self, path: &str) -> Result<PathBuf> {
        site_path::check(path)?;
        if let Some((folder, _)) = path.rsplit_once('/') {
            self.make_folder(folder)?;
        }
        Ok(self.workspace.site().join(path))
    }

    /// Remembers what it made: most calls cost no system call, the others one.
    fn make_folder(&self, folder: &str) -> disk::Result<()> {
        if self.made().folders.contains(folder) {
            return Ok(());
        }
        let path = self.workspace.site().join(folder);
        match (disk::create_dir(&path), folder.rsplit_once('/')) {
            (Ok(()), _) => {}
            // Another thread's work.
            (Err(error), _) if error.kind() == ErrorKind::AlreadyExists => {}
            (Err(error), Some((parent, _))) if error.kind() == ErrorKind::NotFound => {
                self.make_folder(parent)?;
                return self.make_folder(folder);
            }
            (Err(error), _) => return Err(error),
        }
        self.made().folders.insert(folder.to_owned());
        Ok(())
    }

    fn record(&self, path: &str, bytes: u64) {
        let mut made = self.made();
        made.files.push(path.to_owned());
        made.bytes += bytes;
    }

    fn made(&self) -> MutexGuard<'_, Made> {
        // No code panics while it holds the lock, so what it guards is whole.
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
