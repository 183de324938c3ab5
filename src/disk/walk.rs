//! Finding files: in one order everywhere, with every problem as a value.

#![allow(
    clippy::disallowed_methods,
    reason = "this is the door that the others are sent to"
)]

use std::fmt;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use walkdir::WalkDir;

/// A file or folder that [`walk`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where to read it.
    pub path: PathBuf,
    /// The path from the walked folder, with `/` between its parts on every system.
    pub relative: String,
    pub is_dir: bool,
    /// It is a symbolic link to a place outside of the walked folder. Nothing below it is walked.
    pub leaves: bool,
}

/// Something that [`walk`] could not take, with the reason.
#[derive(Debug)]
pub struct WalkError {
    pub path: PathBuf,
    /// As in [`Entry`]; what is not UTF-8 in it is replaced. Empty for the walked folder itself.
    pub relative: String,
    pub reason: WalkReason,
}

/// Why [`walk`] left something out. Shown, it goes on from the path: "a.md is not a regular file".
#[derive(Debug)]
pub enum WalkReason {
    /// A symbolic link to a folder that it stands in.
    Loop,
    /// A symbolic link to nothing.
    Dangling,
    NotUtf8,
    /// A FIFO, a socket, a device. Opening one may block for ever, so nobody does.
    NotRegular,
    /// The walked folder is none.
    NotFolder,
    /// More entries than a handbook can have. Symbolic links can make a few folders endless.
    TooMany(usize),
    Io(io::Error),
}

impl fmt::Display for WalkReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Loop => f.write_str("is a symbolic link to a folder that contains it"),
            Self::Dangling => f.write_str("is a symbolic link to nothing"),
            Self::NotUtf8 => f.write_str("has a name that is not UTF-8"),
            Self::NotRegular => f.write_str("is not a regular file"),
            Self::NotFolder => f.write_str("is not a folder"),
            Self::TooMany(limit) => write!(f, "holds more than {limit} files and folders"),
            Self::Io(error) => write!(f, "can't be read: {error}"),
        }
    }
}

impl fmt::Display for WalkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.path.display(), self.reason)
    }
}

impl std::error::Error for WalkError {}

/// Far above any handbook, far below what would exhaust the memory.
const MAX_ENTRIES: usize = 250_000;

/// Everything below `dir` whose name doesn't begin with a dot, sorted by the bytes of `relative`.
/// Follows symbolic links. A problem is an entry of its own and the walk goes on.
pub fn walk(dir: &Path) -> Vec<std::result::Result<Entry, WalkError>> {
    walk_at_most(MAX_ENTRIES, dir)
}

pub(super) fn walk_at_most(limit: usize, dir: &Path) -> Vec<std::result::Result<Entry, WalkError>> {
    let root = match fs::canonicalize(dir) {
        Ok(root) if root.is_dir() => root,
        Ok(_) => return vec![Err(unwalkable(dir, dir, WalkReason::NotFolder))],
        Err(error) => return vec![Err(unwalkable(dir, dir, WalkReason::Io(error)))],
    };
    let mut found = Vec::new();
    let mut steps = WalkDir::new(dir)
        .follow_links(true)
        .min_depth(1)
        .into_iter()
        .filter_entry(|step| step.depth() == 0 || !is_hidden(step.path()));
    while let Some(step) = steps.next() {
        if found.len() == limit {
            return vec![Err(unwalkable(dir, dir, WalkReason::TooMany(limit)))];
        }
        match step {
            Ok(step) => {
                let entry = look_at(dir, &root, &step);
                let closed = entry.as_ref().map_or(true, |entry| entry.leaves);
                if closed && step.file_type().is_dir() {
                    steps.skip_current_dir();
                }
                found.push(entry);
            }
            // Editors leave dangling links with hidden names beside the files that they edit.
            Err(error) if error.depth() > 0 && error.path().is_some_and(is_hidden) => {}
            Err(error) => found.push(Err(walk_error(dir, error))),
        }
    }
    found.sort_by(|a, b| sort_key(a).cmp(sort_key(b)));
    found
}

/// The files and folders below `dir`, itself included, that were touched since a moment: written, renamed,
/// or a folder in which something came or went. `None` when not all of it can be looked at.
pub fn touched_since(dir: &Path, moment: SystemTime) -> Option<Vec<PathBuf>> {
    let mut touched = Vec::new();
    let steps = WalkDir::new(dir).follow_links(true).into_iter();
    for step in steps.filter_entry(|step| step.depth() == 0 || !is_hidden(step.path())) {
        let step = match step {
            Ok(step) => step,
            Err(error) if error.path().is_some_and(is_hidden) => continue,
            Err(_) => return None,
        };
        let found = step.metadata().ok()?;
        let written = found.modified().ok();
        if written.max(changed(&found)) >= Some(moment) {
            touched.push(step.into_path());
        }
    }
    Some(touched)
}

/// When anything of it changed, its name and place included, where the system keeps that.
#[cfg(unix)]
fn changed(found: &fs::Metadata) -> Option<SystemTime> {
    use std::os::unix::fs::MetadataExt as _;
    use std::time::Duration;

    let seconds = u64::try_from(found.ctime()).ok()?;
    let parts = u32::try_from(found.ctime_nsec()).ok()?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::new(seconds, parts))
}

#[cfg(not(unix))]
fn changed(_: &fs::Metadata) -> Option<SystemTime> {
    None
}

/// A file as [`walk`] of `dir` would find it, by its path there. `None` if it is anything but a plain
/// file that no link leads to: only a walk knows what to make of that.
pub fn plain_file(dir: &Path, relative: &str) -> Option<Entry> {
    let path = dir.join(relative);
    if path
        .ancestors()
        .any(|part| part != dir && part.starts_with(dir) && part.is_symlink())
    {
        return None;
    }
    let found = fs::symlink_metadata(&path).ok()?;
    found.is_file().then(|| Entry {
        path,
        relative: relative.to_owned(),
        is_dir: false,
        leaves: false,
    })
}

fn sort_key(found: &std::result::Result<Entry, WalkError>) -> &str {
    match found {
        Ok(entry) => &entry.relative,
        Err(error) => &error.relative,
    }
}

fn look_at(
    dir: &Path,
    root: &Path,
    step: &walkdir::DirEntry,
) -> std::result::Result<Entry, WalkError> {
    let path = step.path();
    let Some(relative) = slashed(dir, path) else {
        return Err(unwalkable(dir, path, WalkReason::NotUtf8));
    };
    let kind = step.file_type();
    if !kind.is_dir() && !kind.is_file() {
        return Err(unwalkable(dir, path, WalkReason::NotRegular));
    }
    let leaves = step.path_is_symlink()
        && !fs::canonicalize(path)
            .map_err(|error| unwalkable(dir, path, WalkReason::Io(error)))?
            .starts_with(root);
    Ok(Entry {
        path: path.to_owned(),
        relative,
        is_dir: kind.is_dir(),
        leaves,
    })
}

fn walk_error(dir: &Path, error: walkdir::Error) -> WalkError {
    let path = error.path().unwrap_or(dir).to_owned();
    let reason = if error.loop_ancestor().is_some() {
        WalkReason::Loop
    } else {
        match error.into_io_error() {
            Some(error) if error.kind() == ErrorKind::NotFound && path.is_symlink() => {
                WalkReason::Dangling
            }
            Some(error) => WalkReason::Io(error),
            None => WalkReason::Loop,
        }
    };
    unwalkable(dir, &path, reason)
}

fn unwalkable(dir: &Path, path: &Path, reason: WalkReason) -> WalkError {
    let below = path.strip_prefix(dir).unwrap_or(path);
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    WalkError {
        path: path.to_owned(),
        relative: parts.join("/"),
        reason,
    }
}

/// `None` if a part is not UTF-8.
fn slashed(dir: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(dir).unwrap_or(path);
    let parts: Option<Vec<_>> = below.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}

fn is_hidden(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}
