//! Noticing changes, and opening a browser.

use std::path::{Component, Path};
use std::process::{Command, Stdio};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context as _;
use notify::event::{CreateKind, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::desk::Message;
use crate::disk;
use crate::pipeline::Changes;

/// The folders that hold a handbook.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// Watches as long as it lives.
pub struct Watch {
    _watcher: Arc<Mutex<RecommendedWatcher>>,
}

/// Sends what changes below `content/` and `themes/`, be they there already or not.
///
/// # Errors
/// When the system can't watch so many folders, or none at all.
pub fn start(root: &Path, send: Sender<Message>) -> anyhow::Result<Watch> {
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
    watcher
        .watch(folder, mode)
        .with_context(|| format!("can't watch {} for changes", folder.display()))
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
