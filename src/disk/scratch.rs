//! Folders that are there for a while.

#![allow(
    clippy::disallowed_methods,
    reason = "this is the door that the others are sent to"
)]

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::{Error, Result};

/// A path in the system's temporary folder where there is nothing yet.
pub fn scratch_path(name: &str) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let temp = std::env::temp_dir();
    let temp = fs::canonicalize(&temp).unwrap_or(temp);
    loop {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = temp.join(format!("{name}-{}-{count}", std::process::id()));
        if fs::symlink_metadata(&path).is_err() {
            return path;
        }
    }
}

/// Makes a folder that must not exist yet, and that no other user sees into.
pub fn create_private_dir(path: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(path)
        .map_err(|error| Error::new("make the folder", path, error))
}

/// Removes a folder whatever is in it and however it is protected. It may be missing.
pub fn remove_scratch(path: &Path) -> Result<()> {
    let missing = |error: &std::io::Error| error.kind() == ErrorKind::NotFound;
    match fs::remove_dir_all(path) {
        Err(error) if !missing(&error) => {}
        _ => return Ok(()),
    }
    unlock(path);
    match fs::remove_dir_all(path) {
        Err(error) if !missing(&error) => Err(Error::new("remove", path, error)),
        _ => Ok(()),
    }
}

/// Makes a folder and those in it open to their owner.
fn unlock(path: &Path) {
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        #[cfg(unix)]
        {
            let open = std::os::unix::fs::PermissionsExt::from_mode(0o700);
            let _ = fs::set_permissions(&folder, open);
        }
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        // Links are not followed.
        let below = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
        folders.extend(below.map(|entry| entry.path()));
    }
}
