//! The one door to the file system.
//!
//! 1. [`walk`] finds a handbook's files: in one order everywhere, with every problem as a value.
//! 2. [`read`] takes a file's bytes, never more than asked for.
//! 3. [`write_new`], [`copy`], [`link`], [`write_atomic`] and [`create_dir`] make new ones,
//!    [`replace`] changes one.
//! 4. [`swap`], [`try_lock`] and [`remove_dir_all`] serve the output folder's all or nothing.
//! 5. [`scratch_path`], [`create_private_dir`] and [`remove_scratch`] serve folders of a moment.
//!
//! Every [`Error`] names its path. `clippy.toml` closes the other doors.

#![allow(
    clippy::disallowed_methods,
    reason = "this is the door that the others are sent to"
)]

mod folder;
mod scratch;
#[cfg(test)]
mod tests;
mod walk;

use std::fmt;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

pub use folder::{Listed, Lock, list, remove_dir_all, swap, try_lock};
pub use scratch::{create_private_dir, remove_scratch, scratch_path};
pub use walk::{Entry, WalkError, WalkReason, plain_file, touched_since, walk};

/// The shorthand of this module's functions.
pub type Result<T> = std::result::Result<T, Error>;

/// Something that the file system refused, with the path that it was about.
#[derive(Debug)]
pub struct Error {
    doing: String,
    path: PathBuf,
    source: io::Error,
}

impl Error {
    fn new(verb: &str, path: &Path, source: io::Error) -> Self {
        Self {
            doing: format!("can't {verb} {}", path.display()),
            path: path.to_owned(),
            source,
        }
    }

    fn between(verb: &str, from: &Path, to: &Path, source: io::Error) -> Self {
        Self {
            doing: format!("can't {verb} {} to {}", from.display(), to.display()),
            path: to.to_owned(),
            source,
        }
    }

    /// What kind of refusal it was.
    pub fn kind(&self) -> ErrorKind {
        self.source.kind()
    }

    /// The path that it was about; of two, the one that was to be made.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The system's own words, without the path.
    pub fn reason(&self) -> &io::Error {
        &self.source
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.doing)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// A file's bytes, at most `limit` and one more: the caller sees that there is too much without
/// holding all of it. Nothing but a regular file is opened.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>> {
    let read = || {
        let found = fs::metadata(path)?;
        if !found.is_file() {
            return Err(io::Error::new(
                ErrorKind::InvalidInput,
                "it is not a regular file",
            ));
        }
        let most = limit.saturating_add(1);
        let room = usize::try_from(found.len().min(limit)).unwrap_or(0);
        let mut bytes = Vec::with_capacity(room.saturating_add(1));
        File::open(path)?.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(|error| Error::new("read", path, error))
}

/// A part of a file's bytes; less where it ends sooner.
pub fn read_part(path: &Path, from: u64, length: usize) -> Result<Vec<u8>> {
    let read = || {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(from))?;
        let mut bytes = Vec::with_capacity(length);
        file.take(length as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(|error| Error::new("read", path, error))
}

/// What tells whether a regular file changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// Bytes.
    pub len: u64,
    /// Where the system says so.
    pub modified: Option<std::time::SystemTime>,
}

/// The stamp of a regular file.
pub fn stamp(path: &Path) -> Result<Stamp> {
    let look = || {
        let found = fs::metadata(path)?;
        if !found.is_file() {
            return Err(io::Error::new(
                ErrorKind::InvalidInput,
                "it is not a regular file",
            ));
        }
        Ok(Stamp {
            len: found.len(),
            modified: found.modified().ok(),
        })
    };
    look().map_err(|error| Error::new("read", path, error))
}

/// Writes a file that must not exist yet.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    File::create_new(path)
        .and_then(|mut file| file.write_all(bytes))
        .map_err(|error| Error::new("write", path, error))
}

/// Writes a file so that readers find the old bytes or the new ones, never a part. Makes the folder
/// if need be.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<()> {
    write_beside(path, bytes, |_| Ok(()))
}

/// Writes a file beside, prepares it, and gives it the name.
fn write_beside(
    path: &Path,
    bytes: &[u8],
    prepare: impl FnOnce(&Path) -> io::Result<()>,
) -> Result<()> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let mut made_folder = false;
    let beside = loop {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let mut name = std::ffi::OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(format!(".{}-{count}.tmp", std::process::id()));
        let beside = path.with_file_name(name);
        match write_new(&beside, bytes) {
            Ok(()) => break beside,
            // Left by a dead process that had our number.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) if error.kind() == ErrorKind::NotFound && !made_folder => {
                made_folder = true;
                create_dir_all(path.parent().unwrap_or(Path::new("")))?;
            }
            Err(error) => {
                let _ = fs::remove_file(&beside);
                return Err(error);
            }
        }
    };
    prepare(&beside)
        .and_then(|()| fs::rename(&beside, path))
        .map_err(|error| {
            let _ = fs::remove_file(&beside);
            Error::new("write", path, error)
        })
}

/// Gives a file other bytes as [`write_atomic`] does, and leaves its permissions, and the links that
/// lead to it, as they are.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let path = canonicalize(path)?;
    let permissions = fs::metadata(&path)
        .map_err(|error| Error::new("read", &path, error))?
        .permissions();
    if permissions.readonly() {
        let error = io::Error::from(ErrorKind::PermissionDenied);
        return Err(Error::new("write", &path, error));
    }
    write_beside(&path, bytes, |beside| {
        fs::set_permissions(beside, permissions.clone())
    })
}

/// Copies a regular file's bytes, not its permissions, to a file that must not exist yet.
pub fn copy(from: &Path, to: &Path) -> Result<u64> {
    let copy = || {
        if !fs::metadata(from)?.is_file() {
            return Err(io::Error::new(
                ErrorKind::InvalidInput,
                "it is not a regular file",
            ));
        }
        let mut from = File::open(from)?;
        io::copy(&mut from, &mut File::create_new(to)?)
    };
    copy().map_err(|error| Error::between("copy", from, to, error))
}

/// Gives a file a second name, which must not exist yet. Both must be in one file system.
pub fn link(from: &Path, to: &Path) -> Result<()> {
    fs::hard_link(from, to).map_err(|error| Error::between("link", from, to, error))
}

/// Removes a file, or a link.
pub fn remove_file(path: &Path) -> Result<()> {
    fs::remove_file(path).map_err(|error| Error::new("remove", path, error))
}

/// Makes one folder, whose parent must exist.
pub fn create_dir(path: &Path) -> Result<()> {
    fs::create_dir(path).map_err(|error| Error::new("make the folder", path, error))
}

/// Makes a folder and all above it that are missing.
pub fn create_dir_all(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|error| Error::new("make the folder", path, error))
}

/// Moves a file or folder within its file system.
pub fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).map_err(|error| Error::between("move", from, to, error))
}

/// Whether there is anything, be it a link to nothing.
pub fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Whether it is a folder, or a link to one.
pub fn is_dir(path: &Path) -> bool {
    path.is_dir()
}

/// Whether it is a regular file, or a link to one.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Whether it is a regular file, or a link to one, that may be run.
pub fn is_executable(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::metadata(path)
            .is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
    }
    #[cfg(not(unix))]
    path.is_file()
}

/// The path without links, `.` and `..`. It must exist.
pub fn canonicalize(path: &Path) -> Result<PathBuf> {
    fs::canonicalize(path).map_err(|error| Error::new("find", path, error))
}

/// The path from the root of the file system. Whether it exists doesn't matter.
pub fn absolute(path: &Path) -> Result<PathBuf> {
    std::path::absolute(path).map_err(|error| Error::new("find", path, error))
}

/// The folder that the program was started in.
pub fn current_dir() -> Result<PathBuf> {
    std::env::current_dir().map_err(|error| Error::new("find", Path::new("."), error))
}

/// When a folder last got or lost a name. `None` if it is missing, or the system doesn't say.
pub fn modified(path: &Path) -> Option<std::time::SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}
