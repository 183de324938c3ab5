//! The handbook's own theme files, which lie over the embedded ones.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::diag::{Diagnostic, rules};
use crate::disk;

use super::Folder;

/// A theme file by its path in the theme's folder.
pub type ThemeFiles = BTreeMap<String, ThemeFile>;

/// Larger than any template or style, and than a font with all letters of Chinese: 32 MiB.
const FILE_LIMIT: u64 = 32 * 1024 * 1024;

/// One file of a theme folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeFile {
    /// From the root.
    pub path: Arc<str>,
    pub bytes: Vec<u8>,
}

/// Reads `themes/*/`.
pub fn read_all(root: &Path, folder: &mut Folder) {
    let themes = root.join("themes");
    if !disk::is_dir(&themes) {
        return;
    }
    for entry in disk::walk(&themes) {
        let (relative, read) = match entry {
            Ok(entry) if entry.is_dir => {
                if !entry.relative.contains('/') {
                    folder.themes.entry(entry.relative).or_default();
                }
                continue;
            }
            Ok(entry) if entry.leaves => (
                entry.relative,
                Err("leads out of the themes folder".to_owned()),
            ),
            Ok(entry) => {
                let read = disk::read(&entry.path, FILE_LIMIT)
                    .map_err(|error| format!("can't be read: {}", error.reason()));
                (entry.relative, read)
            }
            Err(error) => (error.relative, Err(error.reason.to_string())),
        };
        let path: Arc<str> = Arc::from(format!("themes/{relative}"));
        match read {
            Ok(bytes) if bytes.len() as u64 > FILE_LIMIT => {
                folder.diagnostics.push(Diagnostic::of_file(
                    &rules::FILE_TOO_LARGE,
                    &path,
                    format!("`{path}` is larger than {} MiB", FILE_LIMIT >> 20),
                ));
            }
            Ok(bytes) => {
                if let Some((theme, name)) = relative.split_once('/') {
                    folder
                        .themes
                        .entry(theme.to_owned())
                        .or_default()
                        .insert(name.to_owned(), ThemeFile { path, bytes });
                }
            }
            Err(why) => folder.diagnostics.push(Diagnostic::of_file(
                &rules::FILE_UNREADABLE,
                &path,
                format!("`{path}` {why}"),
            )),
        }
    }
}
