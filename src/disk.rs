//! The one door to the file system.
//!
//! 1. [`walk`] finds a handbook's files: in one order everywhere, with every problem as a value.
//! 2. [`read`] takes a file's bytes, never more than asked for.
//! 3. [`write_new`], [`copy`], [`write_atomic`] and [`create_dir`] make new ones.
//! 4. [`swap`], [`try_lock`] and [`remove_dir_all`] serve the output folder's all or nothing.
//!
//! Every [`Error`] names its path. `clippy.toml` closes the other doors.

#![allow(
    clippy::disallowed_methods,
    reason = "this is the door that the others are sent to"
)]

use std::ffi::OsString;
use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use rayon::prelude::*;
use walkdir::WalkDir;

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

/// A file or folder that [`walk`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where to read it.
    pub path: PathBuf,
    /// The path from the walked folder, with `/` between its parts on every system.
    pub relative: String,
    pub is_dir: bool,
    /// Bytes; of a folder, whatever the system says.
    pub len: u64,
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

fn walk_at_most(limit: usize, dir: &Path) -> Vec<std::result::Result<Entry, WalkError>> {
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
    let len = step
        .metadata()
        .map_err(|error| walk_error(dir, error))?
        .len();
    Ok(Entry {
        path: path.to_owned(),
        relative,
        is_dir: kind.is_dir(),
        len,
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

/// Writes a file that must not exist yet.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    File::create_new(path)
        .and_then(|mut file| file.write_all(bytes))
        .map_err(|error| Error::new("write", path, error))
}

/// Writes a file so that readers find the old bytes or the new ones, never a part. Makes the folder
/// if need be.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<()> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let mut made_folder = false;
    let beside = loop {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let mut name = OsString::from(".");
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
    fs::rename(&beside, path).map_err(|error| {
        let _ = fs::remove_file(&beside);
        Error::new("write", path, error)
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

fn swap_by_renames(new: &Path, place: &Path, spare: &Path) -> Result<()> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    fn make(dir: &Path, path: &str, text: &str) {
        let path = dir.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// One line an entry: its path, what it is, why not.
    fn walked(dir: &Path) -> Vec<String> {
        walk(dir)
            .into_iter()
            .map(|found| match found {
                Ok(Entry {
                    relative,
                    is_dir,
                    leaves,
                    ..
                }) => {
                    let slash = if is_dir { "/" } else { "" };
                    let leaves = if leaves { " leaves" } else { "" };
                    format!("{relative}{slash}{leaves}")
                }
                Err(error) => format!("{}: {}", error.relative, error.reason),
            })
            .collect()
    }

    #[test]
    fn walk_sorts_by_the_bytes_of_the_whole_path() {
        let dir = folder();
        for path in ["b.md", "a/z.md", "a.md", "a/Z.md", "a-b/c.md", "é.md"] {
            make(dir.path(), path, "text");
        }
        assert_eq!(
            walked(dir.path()),
            [
                "a/", "a-b/", "a-b/c.md", "a.md", "a/Z.md", "a/z.md", "b.md", "é.md"
            ]
        );
    }

    #[test]
    fn walk_tells_the_length_and_the_path_to_read() {
        let dir = folder();
        make(dir.path(), "a/b.md", "12345");
        let found = walk(dir.path()).pop().unwrap().unwrap();
        assert_eq!(found.len, 5);
        assert_eq!(fs::read(found.path).unwrap(), b"12345");
    }

    #[test]
    fn walk_skips_hidden_names_but_not_a_hidden_root() {
        let dir = folder();
        let root = dir.path().join(".root");
        make(&root, ".git/config", "");
        make(&root, "a/.b.md.swp", "");
        make(&root, "a/b.md", "");
        assert_eq!(walked(&root), ["a/", "a/b.md"]);
    }

    #[test]
    fn walk_of_what_is_no_folder_is_one_error() {
        let dir = folder();
        make(dir.path(), "file", "");
        assert_eq!(walked(&dir.path().join("file")), [": is not a folder"]);
        let missing = walked(&dir.path().join("missing"));
        assert!(missing[0].starts_with(": can't be read: "), "{missing:?}");
        assert_eq!(missing.len(), 1);
    }

    #[test]
    fn walk_gives_up_on_too_many_entries() {
        let dir = folder();
        for name in ["a", "b", "c"] {
            make(dir.path(), name, "");
        }
        assert_eq!(walk_at_most(3, dir.path()).len(), 3);
        let found = walk_at_most(2, dir.path());
        let [Err(error)] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert!(matches!(error.reason, WalkReason::TooMany(2)));
    }

    #[cfg(unix)]
    #[test]
    fn walk_follows_links_inside_and_marks_links_that_leave() {
        use std::os::unix::fs::symlink;
        let outside = folder();
        make(outside.path(), "secret/key.md", "");
        let dir = folder();
        make(dir.path(), "shared/a.md", "");
        symlink("../shared", {
            make(dir.path(), "guide/index.md", "");
            dir.path().join("guide/inside")
        })
        .unwrap();
        symlink(outside.path().join("secret"), dir.path().join("out-dir")).unwrap();
        symlink(
            outside.path().join("secret/key.md"),
            dir.path().join("out.md"),
        )
        .unwrap();
        // By two steps: the first link stays, its target leaves.
        symlink("out.md", dir.path().join("two-steps.md")).unwrap();
        assert_eq!(
            walked(dir.path()),
            [
                "guide/",
                "guide/index.md",
                "guide/inside/",
                "guide/inside/a.md",
                "out-dir/ leaves",
                "out.md leaves",
                "shared/",
                "shared/a.md",
                "two-steps.md leaves",
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn walk_from_a_linked_root_finds_that_nothing_leaves() {
        use std::os::unix::fs::symlink;
        let dir = folder();
        make(dir.path(), "real/a.md", "");
        symlink("a.md", dir.path().join("real/b.md")).unwrap();
        symlink("real", dir.path().join("link")).unwrap();
        assert_eq!(walked(&dir.path().join("link")), ["a.md", "b.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn walk_reports_loops_and_dangling_links_and_goes_on() {
        use std::os::unix::fs::symlink;
        let dir = folder();
        make(dir.path(), "a/z.md", "");
        symlink("..", dir.path().join("a/loop")).unwrap();
        symlink("nowhere", dir.path().join("a/dangling")).unwrap();
        symlink("user@host.1:2", dir.path().join("a/.#z.md")).unwrap();
        symlink("self", dir.path().join("a/self")).unwrap();
        let found = walked(dir.path());
        assert_eq!(
            found[..2],
            ["a/", "a/dangling: is a symbolic link to nothing"]
        );
        assert_eq!(
            found[2],
            "a/loop: is a symbolic link to a folder that contains it"
        );
        assert!(found[3].starts_with("a/self: can't be read: "), "{found:?}");
        assert_eq!(found[4..], ["a/z.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn special_files_are_never_opened() {
        use std::os::unix::net::UnixListener;
        let dir = folder();
        make(dir.path(), "a.md", "");
        let socket = dir.path().join("socket.md");
        let _listener = UnixListener::bind(&socket).unwrap();
        let fifo = dir.path().join("fifo.md");
        let made = std::process::Command::new("mkfifo").arg(&fifo).status();
        assert!(made.unwrap().success());
        std::os::unix::fs::symlink("/dev/zero", dir.path().join("zero.md")).unwrap();
        assert_eq!(
            walked(dir.path()),
            [
                "a.md",
                "fifo.md: is not a regular file",
                "socket.md: is not a regular file",
                "zero.md: is not a regular file",
            ]
        );
        for special in [&fifo, &socket, Path::new("/dev/zero"), dir.path()] {
            let error = read(special, 10).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("can't read {}", special.display())
            );
            assert_eq!(error.reason().to_string(), "it is not a regular file");
            copy(special, &dir.path().join("copy")).unwrap_err();
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn walk_reports_names_that_are_not_utf8_and_does_not_go_below() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let dir = folder();
        make(dir.path(), "a.md", "");
        let bad = dir.path().join(OsStr::from_bytes(b"b\xff"));
        make(&bad, "inside.md", "");
        make(dir.path(), "c.md", "");
        assert_eq!(
            walked(dir.path()),
            ["a.md", "b\u{fffd}: has a name that is not UTF-8", "c.md"]
        );
    }

    #[cfg(unix)]
    #[test]
    fn walk_reports_an_unreadable_folder_and_goes_on() {
        use std::os::unix::fs::PermissionsExt;
        let dir = folder();
        make(dir.path(), "a/b.md", "");
        make(dir.path(), "c.md", "");
        let closed = dir.path().join("a");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o0)).unwrap();
        let found = walked(dir.path());
        let is_root = fs::read_dir(&closed).is_ok();
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
        if !is_root {
            assert_eq!(found[0], "a/");
            assert!(found[1].starts_with("a: can't be read: "), "{found:?}");
            assert_eq!(found[2..], ["c.md"]);
        }
    }

    #[test]
    fn read_takes_one_byte_more_than_the_limit_at_most() {
        let dir = folder();
        make(dir.path(), "a", "12345");
        let path = dir.path().join("a");
        assert_eq!(read(&path, 5).unwrap(), b"12345");
        assert_eq!(read(&path, 4).unwrap(), b"12345");
        assert_eq!(read(&path, 3).unwrap(), b"1234");
        assert_eq!(read(&path, u64::MAX).unwrap(), b"12345");
    }

    #[test]
    fn errors_name_their_path_and_carry_the_reason() {
        let dir = folder();
        let path = dir.path().join("missing");
        let error = read(&path, 1).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert_eq!(error.path(), path);
        let chain = format!("{:#}", anyhow::Error::from(error));
        let start = format!("can't read {}: ", path.display());
        assert!(chain.starts_with(&start), "{chain}");
    }

    #[test]
    fn write_new_leaves_an_existing_file_alone() {
        let dir = folder();
        let path = dir.path().join("a");
        write_new(&path, b"first").unwrap();
        let error = write_new(&path, b"second").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"first");
    }

    #[test]
    fn write_atomic_makes_the_folder_replaces_and_leaves_nothing_beside() {
        let dir = folder();
        let path = dir.path().join("cache/deep/file");
        write_atomic(&path, b"first").unwrap();
        write_atomic(&path, b"second").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(list(path.parent().unwrap()).unwrap().len(), 1);
    }

    #[test]
    fn write_atomic_that_fails_leaves_nothing_beside() {
        let dir = folder();
        let path = dir.path().join("a");
        fs::create_dir(&path).unwrap();
        write_atomic(&path, b"text").unwrap_err();
        assert_eq!(list(dir.path()).unwrap().len(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn remove_dir_all_takes_links_and_leaves_their_targets() {
        use std::os::unix::fs::symlink;
        let dir = folder();
        make(dir.path(), "kept/file", "");
        make(dir.path(), "gone/a/b/c/file", "");
        make(dir.path(), "gone/d/.hidden", "");
        symlink("../kept", dir.path().join("gone/dir-link")).unwrap();
        symlink("../kept/file", dir.path().join("gone/file-link")).unwrap();
        symlink("kept", dir.path().join("link")).unwrap();
        remove_dir_all(&dir.path().join("gone")).unwrap();
        remove_dir_all(&dir.path().join("link")).unwrap_err();
        assert_eq!(
            remove_dir_all(&dir.path().join("gone")).unwrap_err().kind(),
            ErrorKind::NotFound
        );
        assert_eq!(
            walked(dir.path()),
            ["kept/", "kept/file", "link/", "link/file"]
        );
    }

    type Swap = fn(&Path, &Path, &Path) -> Result<()>;

    #[test]
    fn both_swaps_replace_a_folder_and_fill_a_gap() {
        for swap in [swap as Swap, swap_by_renames] {
            let dir = folder();
            let (new, place) = (dir.path().join("new"), dir.path().join("place"));
            for text in ["first", "second"] {
                make(&new, "file", text);
                swap(&new, &place, &dir.path().join("spare")).unwrap();
                assert_eq!(fs::read_to_string(place.join("file")).unwrap(), text);
            }
            let olds = ["new", "spare"].map(|old| dir.path().join(old).join("file"));
            let olds: Vec<_> = olds.iter().filter_map(|old| fs::read(old).ok()).collect();
            assert_eq!(olds, [b"first"]);
        }
    }

    #[test]
    fn both_swaps_that_fail_change_nothing() {
        for swap in [swap as Swap, swap_by_renames] {
            let dir = folder();
            let place = dir.path().join("place");
            make(&place, "file", "kept");
            let (new, spare) = (dir.path().join("missing"), dir.path().join("spare"));
            swap(&new, &place, &spare).unwrap_err();
            assert_eq!(walked(dir.path()), ["place/", "place/file"]);
        }
    }

    #[test]
    fn a_lock_is_busy_until_it_is_dropped() {
        let dir = folder();
        let path = dir.path().join("lock");
        let held = try_lock(&path).unwrap();
        assert!(matches!(held, Lock::Held(_)));
        assert!(matches!(try_lock(&path).unwrap(), Lock::Busy));
        drop(held);
        assert!(matches!(try_lock(&path).unwrap(), Lock::Held(_)));
    }
}
