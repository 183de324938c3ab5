//! Noticing changes, and opening a browser.

use std::path::{Component, Path};
use std::process::{Command, Stdio};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use anyhow::Context as _;
use notify::event::{CreateKind, ModifyKind};
use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::desk::Message;
use crate::disk;
use crate::pipeline::Changes;

/// The folders that hold a handbook.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// How often a folder is watched anew in which something goes just then.
const TRIES: usize = 8;

/// Watches as long as it lives.
pub struct Watch {
    _watcher: Arc<Mutex<RecommendedWatcher>>,
}

/// Times of files are coarser than the clock: two seconds on the coarsest file system, FAT.
const COARSENESS: Duration = Duration::from_secs(2);

/// Sends what changes below `content/` and `themes/`, be they there already or not, and what changed since
/// they were read.
///
/// # Errors
/// When the system can't watch so many folders, or none at all.
pub fn start(root: &Path, read: SystemTime, send: Sender<Message>) -> anyhow::Result<Watch> {
    let (found, appeared) = std::sync::mpsc::channel::<()>();
    let below = root.to_owned();
    let watched = send.clone();
    let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        let is_folder = event.as_ref().is_ok_and(brings_folder);
        let changes = match event {
            Ok(event) => changes(&below, &event),
            // What went unseen is looked for.
            Err(_) => Changes::all(),
        };
        if changes
            .paths
            .iter()
            .any(|path| FOLDERS.contains(&path.as_str()))
        {
            let _ = found.send(());
        }
        if !changes.is_empty() {
            let _ = watched.send(Message::Changed(changes));
        }
        if is_folder {
            let _ = watched.send(Message::Folder);
        }
    })
    .context("can't watch for changes")?;
    let watcher = Arc::new(Mutex::new(watcher));
    // The root itself, for folders of ours that come and go; what else lies in it may be anything.
    look(&watcher, root, RecursiveMode::NonRecursive)?;
    look_below(&watcher, root)?;
    let missed = since(root, read.checked_sub(COARSENESS).unwrap_or(read));
    if !missed.is_empty() {
        let _ = send.send(Message::Changed(missed));
    }
    // A folder that is new can't be watched from within the watcher's own thread.
    let (root, weak) = (root.to_owned(), Arc::downgrade(&watcher));
    std::thread::Builder::new()
        .name("folders".to_owned())
        .spawn(move || {
            while appeared.recv().is_ok() {
                let Some(watcher) = weak.upgrade() else {
                    return;
                };
                let message = match look_below(&watcher, &root) {
                    Ok(()) => Message::Changed(Changes::all()),
                    Err(error) => Message::Blind(error),
                };
                let _ = send.send(message);
            }
        })
        .context("can't watch for changes")?;
    Ok(Watch { _watcher: watcher })
}

fn look_below(watcher: &Mutex<RecommendedWatcher>, root: &Path) -> anyhow::Result<()> {
    for folder in FOLDERS.map(|folder| root.join(folder)) {
        if disk::is_dir(&folder) {
            look(watcher, &folder, RecursiveMode::Recursive)?;
        }
    }
    Ok(())
}

fn look(
    watcher: &Mutex<RecommendedWatcher>,
    folder: &Path,
    mode: RecursiveMode,
) -> anyhow::Result<()> {
    let mut watcher = watcher.lock().unwrap_or_else(PoisonError::into_inner);
    let mut left = TRIES;
    loop {
        match watcher.watch(folder, mode) {
            // Something in it went meanwhile, and the rest is not watched yet; or it did itself, which is
            // a change like any other.
            Err(error) if is_gone(&error.kind) && left > 0 => left -= 1,
            Err(error) if is_gone(&error.kind) && !disk::is_dir(folder) => return Ok(()),
            watched => {
                let context = || format!("can't watch {} for changes", folder.display());
                return watched.with_context(context);
            }
        }
    }
}

fn is_gone(kind: &ErrorKind) -> bool {
    match kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

/// What may have changed since a moment.
fn since(root: &Path, moment: SystemTime) -> Changes {
    let mut changes = Changes::default();
    for folder in FOLDERS {
        let dir = root.join(folder);
        if !disk::is_dir(&dir) {
            // It may have been there.
            changes.all |= folder == "content";
            continue;
        }
        match disk::touched_since(&dir, moment) {
            Some(touched) => {
                let paths = touched.iter().filter_map(|path| path_in(root, path));
                changes.paths.extend(paths);
            }
            None => changes.all = true,
        }
    }
    changes
}

/// Whether there is a new folder, in which files may be that nobody told of.
fn brings_folder(event: &Event) -> bool {
    match event.kind {
        EventKind::Create(CreateKind::Folder) => true,
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)) => {
            event.paths.iter().any(|path| disk::is_dir(path))
        }
        _ => false,
    }
}

/// What of a handbook an event is about.
fn changes(root: &Path, event: &Event) -> Changes {
    if event.need_rescan() {
        return Changes::all();
    }
    // Reading a file is an event too: acting on it would go on for ever.
    if matches!(event.kind, EventKind::Access(_)) {
        return Changes::default();
    }
    let paths = event.paths.iter().filter_map(|path| path_in(root, path));
    Changes {
        paths: paths.collect(),
        all: false,
    }
}

/// The path from the root, if it is one that a handbook may have.
fn path_in(root: &Path, path: &Path) -> Option<String> {
    let mut parts = Vec::new();
    for part in path.strip_prefix(root).ok()?.components() {
        let Component::Normal(part) = part else {
            return None;
        };
        parts.push(part.to_str()?);
    }
    let (first, last) = (parts.first()?, parts.last()?);
    let ours = FOLDERS.contains(first)
        && !parts.iter().any(|part| part.starts_with('.'))
        && !is_backup(last);
    ours.then(|| parts.join("/"))
}

/// Names that editors give to copies and to files that they try a folder with.
fn is_backup(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || name == "4913"
        || name.ends_with("___jb_tmp___")
        || name.ends_with("___jb_old___")
        || ["swp", "swo", "swx", "tmp", "bak", "crdownload", "part"].contains(&extension)
}

/// Asks the system to open an address. What comes of it is not the server's business.
pub fn open_browser(url: &str) {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let child = Command::new(program)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if let Ok(mut child) = child {
        std::thread::spawn(move || child.wait());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_since_it_was_read_is_told() {
        let root = tempfile::tempdir().unwrap();
        let page = root.path().join("content/python/a.md");
        disk::create_dir_all(page.parent().unwrap()).unwrap();
        let (send, messages) = std::sync::mpsc::channel();
        let read = SystemTime::now();
        disk::write_new(&page, b"text").unwrap();
        let _watch = start(root.path(), read, send).unwrap();
        let Ok(Message::Changed(changes)) = messages.try_recv() else {
            panic!("nothing is told");
        };
        assert!(changes.paths.contains("content/python/a.md"), "{changes:?}");
    }

    #[test]
    fn a_handbook_that_is_gone_is_a_change() {
        let (send, messages) = std::sync::mpsc::channel();
        let root = tempfile::tempdir().unwrap().path().join("gone");
        let _watch = start(&root, SystemTime::now(), send).unwrap();
        assert!(matches!(messages.try_recv(), Ok(Message::Changed(changes)) if changes.all));
    }

    #[test]
    fn what_no_handbook_has_is_no_change() {
        let root = Path::new("/handbook");
        for (path, found) in [
            ("content/python/mid/a.md", Some("content/python/mid/a.md")),
            ("content", Some("content")),
            ("themes/own/css/a.css", Some("themes/own/css/a.css")),
            ("public/index.html", None),
            ("content/.git/index", None),
            ("content/a/.#b.md", None),
            ("content/a/b.md~", None),
            ("content/a/.b.md.swp", None),
            ("content/a/#b.md#", None),
            ("content/a/4913", None),
            ("content/a/b.md.bak", None),
            ("contents/a.md", None),
            ("", None),
        ] {
            let path = root.join(path);
            assert_eq!(path_in(root, &path).as_deref(), found, "{}", path.display());
        }
        assert_eq!(path_in(root, Path::new("/elsewhere/content/a.md")), None);
    }
}
