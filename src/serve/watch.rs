//! Noticing changes, and opening a browser.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Context as _;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// Calls `changed` after every change below `content/` and `themes/`. Stops when dropped.
pub fn start(
    root: &Path,
    changed: impl Fn() + Send + 'static,
) -> anyhow::Result<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Reading a file is an event too: acting on it would go on for ever.
        let only_read = matches!(&event, Ok(event) if matches!(event.kind, EventKind::Access(_)));
        if !only_read {
            changed();
        }
    })
    .context("can't watch for changes")?;
    for folder in ["content", "themes"] {
        let folder = root.join(folder);
        if crate::disk::is_dir(&folder) {
            watcher
                .watch(&folder, RecursiveMode::Recursive)
                .with_context(|| format!("can't watch {}", folder.display()))?;
        }
    }
    Ok(watcher)
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
    let _ = Command::new(program)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
}
