//! The handbook's folder, read once.
//!
//! 1. [`crate::disk`] walks `content/` and the themes in byte order of their paths.
//! 2. Markdown and YAML become [`Source`]s: UTF-8, without byte-order mark, with line feeds alone.
//! 3. Other files of the content become [`Asset`]s, of which only size and kind are kept.
//! 4. What can't be read is a diagnostic, and the others go on.

mod asset;
mod theme;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use anyhow::bail;
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use crate::diag::{Diagnostic, rules};
use crate::disk;

pub use asset::{Asset, AssetKind};
pub use theme::{ThemeFile, ThemeFiles};

/// The content folder from the root, with the slash.
pub const CONTENT: &str = "content/";

/// The configuration from the root.
pub const CONFIG: &str = "content/handbook.yaml";

/// Other words for the same thing, from the root.
pub const SYNONYMS: &str = "content/synonyms.yaml";

/// Larger than any page that a person wrote: 2 MiB.
pub const TEXT_LIMIT: u64 = 2 * 1024 * 1024;

/// A text file of the content folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// From the root, with `/` between its parts.
    pub path: Arc<str>,
    /// Without byte-order mark; lines end with a line feed.
    pub text: Arc<str>,
    /// Of path and text.
    pub hash: u128,
}

impl Source {
    /// A source as if it had been read.
    pub fn new(path: &str, text: &str) -> Self {
        let text = normalised(text);
        Self {
            hash: xxh3_128(text.as_bytes()) ^ xxh3_128(path.as_bytes()).rotate_left(1),
            path: Arc::from(path),
            text: Arc::from(text.as_ref()),
        }
    }
}

/// Everything that the folder holds.
#[derive(Debug, Default)]
pub struct Folder {
    pub config: Option<Source>,
    pub synonyms: Option<Source>,
    /// Pages, by path.
    pub sources: Vec<Source>,
    /// Other files, by path.
    pub assets: Arc<BTreeMap<Arc<str>, Asset>>,
    /// The handbook's own theme files, by theme's folder.
    pub themes: BTreeMap<String, ThemeFiles>,
    /// Pages that are there but can't be read: links to them are not broken.
    pub unreadable: BTreeSet<Arc<str>>,
    /// As much as can be read of those that are no text, for what points into them.
    pub garbled: BTreeMap<Arc<str>, Arc<str>>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the handbook at `root`, the folder that contains `content/`.
///
/// # Errors
/// When `root` is no folder. Everything below it is a matter of diagnostics.
pub fn load(root: &Path) -> anyhow::Result<Folder> {
    if !disk::is_dir(root) {
        bail!("{} is not a folder", root.display());
    }
    let mut folder = Folder::default();
    let content = root.join("content");
    if disk::is_dir(&content) {
        read_content(&content, &mut folder);
    }
    theme::read_all(root, &mut folder);
    Ok(folder)
}

/// What became of one file of the content folder.
#[derive(Debug)]
pub enum Reread {
    Page(Source),
    Asset(Asset),
    Gone,
    /// More than one file changed, or it can't be read: [`load`] tells.
    Unclear,
}

/// Reads one file of the content folder again, by its path from the root.
pub fn reread(root: &Path, path: &str) -> Reread {
    let content = root.join("content");
    let Some(relative) = path.strip_prefix(CONTENT) else {
        return Reread::Unclear;
    };
    match disk::plain_file(&content, relative) {
        Some(entry) => match read_entry(Ok(entry)) {
            Some(Item::Page(source)) => Reread::Page(source),
            Some(Item::Asset(_, asset)) => Reread::Asset(asset),
            Some(Item::Problem(..) | Item::Garbled(..)) | None => Reread::Unclear,
        },
        None if disk::exists(&root.join(path)) => Reread::Unclear,
        None => Reread::Gone,
    }
}

/// Reads the themes again. `None` when a file can't be read: [`load`] tells.
pub fn themes(root: &Path) -> Option<BTreeMap<String, ThemeFiles>> {
    let mut folder = Folder::default();
    theme::read_all(root, &mut folder);
    folder.diagnostics.is_empty().then_some(folder.themes)
}

enum Item {
    Page(Source),
    Asset(Arc<str>, Asset),
    Problem(Box<Diagnostic>, Option<Arc<str>>),
    Garbled(Box<Diagnostic>, Arc<str>),
}

fn read_content(content: &Path, folder: &mut Folder) {
    let items: Vec<Item> = disk::walk(content)
        .into_par_iter()
        .filter_map(read_entry)
        .collect();
    let mut assets = BTreeMap::new();
    for item in items {
        match item {
            Item::Page(source) if &*source.path == CONFIG => {
                folder.config = Some(source);
            }
            Item::Page(source) if &*source.path == SYNONYMS => {
                folder.synonyms = Some(source);
            }
            Item::Page(source) => folder.sources.push(source),
            Item::Asset(path, asset) => {
                assets.insert(path, asset);
            }
            Item::Problem(diagnostic, unreadable) => {
                folder.diagnostics.push(*diagnostic);
                folder.unreadable.extend(unreadable);
            }
            Item::Garbled(diagnostic, text) => {
                let path = Arc::clone(&diagnostic.path);
                folder.unreadable.insert(Arc::clone(&path));
                folder.garbled.insert(path, text);
                folder.diagnostics.push(*diagnostic);
            }
        }
    }
    folder.assets = Arc::new(assets);
}

fn read_entry(entry: Result<disk::Entry, disk::WalkError>) -> Option<Item> {
    let entry = match entry {
        Ok(entry) => entry,
        Err(error) => {
            let path = format!("{CONTENT}{}", error.relative);
            let path: Arc<str> = Arc::from(path.trim_end_matches('/'));
            let diagnostic = Diagnostic::of_file(
                &rules::FILE_UNREADABLE,
                &path,
                format!("`{path}` {}", error.reason),
            );
            return Some(Item::Problem(Box::new(diagnostic), Some(path)));
        }
    };
    let path: Arc<str> = Arc::from(format!("{CONTENT}{}", entry.relative));
    if entry.leaves {
        let diagnostic = Diagnostic::of_file(
            &rules::FILE_OUTSIDE,
            &path,
            format!("`{path}` is a symbolic link out of the content folder"),
        )
        .help("copy what it leads to into the content folder");
        return Some(Item::Problem(Box::new(diagnostic), Some(path)));
    }
    if entry.is_dir {
        return None;
    }
    let problem = |diagnostic| Some(Item::Problem(Box::new(diagnostic), Some(Arc::clone(&path))));
    if !is_text(&path) {
        return match asset::read(&path, &entry) {
            Ok(asset) => Some(Item::Asset(path, asset)),
            Err(error) => problem(unreadable(&path, &error)),
        };
    }
    let bytes = match disk::read(&entry.path, TEXT_LIMIT) {
        Ok(bytes) => bytes,
        Err(error) => return problem(unreadable(&path, &error)),
    };
    if bytes.len() as u64 > TEXT_LIMIT {
        return problem(
            Diagnostic::of_file(
                &rules::FILE_TOO_LARGE,
                &path,
                format!("`{path}` is larger than {} MiB", TEXT_LIMIT >> 20),
            )
            .help("split the page, and keep data in files beside it"),
        );
    }
    match String::from_utf8(bytes) {
        Ok(text) => Some(Item::Page(Source::new(&path, &text))),
        Err(error) => {
            let bytes = error.as_bytes();
            let at = error.utf8_error().valid_up_to();
            let readable = String::from_utf8_lossy(bytes);
            let line = readable[..at].matches('\n').count() + 1;
            let diagnostic = Diagnostic::at(
                &rules::FILE_ENCODING,
                &path,
                at..at + char::REPLACEMENT_CHARACTER.len_utf8(),
                format!("`{path}` is not UTF-8: line {line} has bytes that are no text"),
            )
            .help("save the file again with the encoding UTF-8");
            Some(Item::Garbled(Box::new(diagnostic), Arc::from(readable)))
        }
    }
}

fn unreadable(path: &Arc<str>, error: &disk::Error) -> Diagnostic {
    Diagnostic::of_file(
        &rules::FILE_UNREADABLE,
        path,
        format!("`{path}` can't be read: {}", error.reason()),
    )
}

/// Markdown, handbook.yaml and synonyms.yaml; other YAML is a file like any other.
pub fn is_text(path: &str) -> bool {
    let is_markdown = || {
        path.rsplit_once('.')
            .is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("md"))
    };
    path == CONFIG || path == SYNONYMS || is_markdown()
}

/// Editors on some systems write a byte-order mark and two characters at the end of a line.
fn normalised(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_and_carriage_returns_are_not_part_of_the_text() {
        let source = Source::new("content/index.md", "\u{feff}---\r\ntitle: x\r\n---\r\n");
        assert_eq!(&*source.text, "---\ntitle: x\n---\n");
    }

    #[test]
    fn the_hash_tells_paths_and_texts_apart() {
        let hash = |path, text| Source::new(path, text).hash;
        assert_ne!(hash("a", "x"), hash("b", "x"));
        assert_ne!(hash("a", "x"), hash("a", "y"));
        assert_ne!(hash("a", "b"), hash("b", "a"));
    }
}
