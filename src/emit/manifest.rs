//! The list of a site's files, which stands among them: it tells what the next build may replace.

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Result, bail};
use rayon::prelude::*;

use crate::disk;

/// Where the list stands in the site.
pub const NAME: &str = ".viva-files";

const HEADING: &str = "# The files that Viva made here. The next build replaces them all, and \
                       refuses a folder with others in it.";

/// A site of a million files has a shorter list.
const LIMIT: u64 = 256 << 20;

/// What the desktop puts into every folder that someone opens; nobody misses it.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// The list as a file.
pub fn text(mut files: Vec<String>) -> Vec<u8> {
    files.sort_unstable();
    let mut text = String::from(HEADING);
    for file in files {
        text.push('\n');
        text.push_str(&file);
    }
    text.push('\n');
    text.into_bytes()
}

/// Fails if there are files in `out` that the list in it doesn't name. `shown` is `out` in the
/// user's words.
pub fn refuse_foreign(out: &Path, shown: &Path) -> Result<()> {
    // A build beside this one may exchange the folder while we look: then the list of one site is
    // held against the files of the other, so look again.
    let mut looks = 3;
    let foreign = loop {
        looks -= 1;
        match foreign(out) {
            Ok(foreign) if foreign.is_empty() => return Ok(()),
            Ok(foreign) if looks == 0 => break foreign,
            Err(error) if looks == 0 => return Err(error.into()),
            _ => {}
        }
    };
    let named: Vec<_> = foreign
        .iter()
        .take(3)
        .map(|name| format!("{:?}", name.to_string_lossy()))
        .collect();
    let more = if foreign.len() > named.len() {
        ", …"
    } else {
        ""
    };
    bail!(
        "{} holds files that Viva did not make ({}{more}): delete the folder or choose another \
         with --out",
        shown.display(),
        named.join(", ")
    )
}

/// The files that the list doesn't name, sorted: those of the topmost folders that have any, so
/// that a home folder is refused without a walk through all of it.
fn foreign(out: &Path) -> disk::Result<Vec<OsString>> {
    if !disk::exists(out) {
        return Ok(Vec::new());
    }
    let listed = listed(out)?;
    let mut level = vec![OsString::new()];
    while !level.is_empty() {
        let found: Vec<_> = level
            .par_iter()
            .map(|folder| sort_out(out, folder, &listed))
            .collect::<disk::Result<_>>()?;
        let mut foreign: Vec<_> = found
            .iter()
            .flat_map(|found| &found.foreign)
            .cloned()
            .collect();
        if !foreign.is_empty() {
            foreign.sort_unstable();
            return Ok(foreign);
        }
        level = found.into_iter().flat_map(|found| found.folders).collect();
    }
    Ok(Vec::new())
}

struct Found {
    folders: Vec<OsString>,
    foreign: Vec<OsString>,
}

fn sort_out(out: &Path, folder: &OsStr, listed: &HashSet<OsString>) -> disk::Result<Found> {
    let mut found = Found {
        folders: Vec::new(),
        foreign: Vec::new(),
    };
    for disk::Listed { name, is_dir } in disk::list(&out.join(folder))? {
        let mut path = folder.to_owned();
        if !path.is_empty() {
            path.push("/");
        }
        path.push(&name);
        if is_dir {
            found.folders.push(path);
        } else if !listed.contains(&path) && !LITTER.iter().any(|litter| name == *litter) {
            found.foreign.push(path);
        }
    }
    Ok(found)
}

/// What the list in `out` names. Only looked up, never opened or removed by, so that a line which
/// leads elsewhere does nothing.
fn listed(out: &Path) -> disk::Result<HashSet<OsString>> {
    let bytes = match disk::read(&out.join(NAME), LIMIT) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(HashSet::new()),
        Err(error) => return Err(error),
    };
    let text = String::from_utf8_lossy(&bytes);
    let mut listed: HashSet<_> = text.lines().skip(1).map(OsString::from).collect();
    listed.insert(NAME.into());
    Ok(listed)
}
