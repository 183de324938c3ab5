//! What a session reads: everything, or the files that may have changed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::Memo;
use super::patch::Exchange;
use crate::load::{self, CONFIG, Folder, Reread, SYNONYMS, Source};
use crate::parse::{self, Parsed};

/// What was read.
#[derive(Default)]
pub struct Read {
    /// Paths whose content is not what it was.
    pub changed: BTreeSet<Arc<str>>,
    /// Pages that are new or not as they were, or gone, each with the hash that it had.
    pub pages: Vec<(Arc<str>, Option<u128>)>,
    pub config: bool,
    pub themes: bool,
    pub lost: Vec<Arc<str>>,
    /// Pages that were there and are there, of which single files were read.
    pub exchanged: Vec<Exchange>,
}

/// A handbook's files, read and parsed.
pub struct Files {
    pub root: PathBuf,
    pub folder: Folder,
    /// Of `folder.sources`, in the same order; then those that can't be read.
    pub pages: Vec<Arc<Parsed>>,
    memo: Memo,
}

impl Files {
    /// Nothing is read yet.
    pub fn new(root: PathBuf) -> Self {
        Self {
            root,
            folder: Folder::default(),
            pages: Vec::new(),
            memo: Memo::default(),
        }
    }

    /// Whether there is a handbook.yaml.
    pub fn has_config(&self) -> bool {
        self.folder.config.is_some()
    }

    /// Takes a folder that was read anew for the present one.
    pub fn take(&mut self, folder: Folder) -> Read {
        let before = std::mem::replace(&mut self.folder, folder);
        let mut read = Read {
            themes: before.themes != self.folder.themes,
            ..Read::default()
        };
        for (path, before, now) in [
            (CONFIG, &before.config, &self.folder.config),
            (SYNONYMS, &before.synonyms, &self.folder.synonyms),
        ] {
            if before != now {
                read.config = true;
                read.changed.insert(Arc::from(path));
            }
        }
        self.pages = self.memo.parse(&self.folder.sources);
        let old: BTreeMap<&str, u128> = before
            .sources
            .iter()
            .map(|source| (&*source.path, source.hash))
            .collect();
        for source in &self.folder.sources {
            if old.get(&*source.path) != Some(&source.hash) {
                read.changed.insert(Arc::clone(&source.path));
                let before = old.get(&*source.path).copied();
                read.pages.push((Arc::clone(&source.path), before));
            }
        }
        let new: BTreeSet<&str> = self
            .folder
            .sources
            .iter()
            .map(|source| &*source.path)
            .collect();
        let gone = before
            .sources
            .iter()
            .filter(|source| !new.contains(&*source.path));
        for source in gone {
            read.lost.push(Arc::clone(&source.path));
            read.pages
                .push((Arc::clone(&source.path), Some(source.hash)));
        }
        for (path, asset) in before.assets.iter() {
            let now = self.folder.assets.get(path);
            if now.is_none() {
                read.lost.push(Arc::clone(path));
            }
            if now != Some(asset) {
                read.changed.insert(Arc::clone(path));
            }
        }
        read.changed.extend(read.lost.iter().cloned());
        for path in self.folder.assets.keys() {
            if !before.assets.contains_key(path) {
                read.changed.insert(Arc::clone(path));
            }
        }
        if read.themes {
            read.changed.extend(differing(&before, &self.folder));
        }
        if before.diagnostics != self.folder.diagnostics {
            let told = before.diagnostics.iter().chain(&self.folder.diagnostics);
            read.changed
                .extend(told.map(|diagnostic| Arc::clone(&diagnostic.path)));
        }
        let unread = self.folder.unreadable.iter().filter_map(parse::unread);
        self.pages.extend(unread.map(Arc::new));
        read
    }

    /// Reads single files. `None` where only reading everything tells what became of them.
    pub fn read_some(&mut self, paths: &BTreeSet<String>) -> Option<Read> {
        if !self.folder.diagnostics.is_empty() {
            return None;
        }
        let mut found = Vec::new();
        let mut themes = false;
        for path in paths {
            if path.starts_with("themes") {
                themes = true;
                continue;
            }
            let reread = load::reread(&self.root, path);
            match reread {
                Reread::Unclear => return None,
                Reread::Gone if self.has_below(path) => return None,
                _ => found.push((path, reread)),
            }
        }
        let mut read = Read::default();
        if themes {
            let themes = load::themes(&self.root)?;
            if themes != self.folder.themes {
                let before = std::mem::replace(&mut self.folder.themes, themes);
                let before = Folder {
                    themes: before,
                    ..Folder::default()
                };
                read.themes = true;
                let differing = differing(&before, &self.folder);
                let gone = differing.iter().filter(|path| !self.has(path));
                read.lost.extend(gone.cloned());
                read.changed.extend(differing);
            }
        }
        for (path, reread) in found {
            match reread {
                Reread::Page(source) if path == CONFIG || path == SYNONYMS => {
                    let place = if path == CONFIG {
                        &mut self.folder.config
                    } else {
                        &mut self.folder.synonyms
                    };
                    if place.as_ref() != Some(&source) {
                        read.changed.insert(Arc::clone(&source.path));
                        read.config = true;
                        *place = Some(source);
                    }
                }
                Reread::Page(source) => self.put_page(source, &mut read),
                Reread::Asset(asset) => {
                    if self.folder.assets.get(&asset.path) != Some(&asset) {
                        read.changed.insert(Arc::clone(&asset.path));
                        if asset.len == 0 {
                            read.lost.push(Arc::clone(&asset.path));
                        }
                        Arc::make_mut(&mut self.folder.assets)
                            .insert(Arc::clone(&asset.path), asset);
                    }
                }
                Reread::Gone => self.take_away(path, &mut read),
                Reread::Unclear => {}
            }
        }
        Some(read)
    }

    /// Whether there were files in this folder.
    fn has_below(&self, folder: &str) -> bool {
        let start = format!("{folder}/");
        let sources = &self.folder.sources;
        let at = sources.partition_point(|source| *source.path < *start);
        sources
            .get(at)
            .is_some_and(|source| source.path.starts_with(&start))
            || self
                .folder
                .assets
                .range(Arc::from(start.as_str())..)
                .next()
                .is_some_and(|(path, _)| path.starts_with(&start))
    }

    pub fn place(&self, path: &str) -> Result<usize, usize> {
        self.folder
            .sources
            .binary_search_by(|source| (*source.path).cmp(path))
    }

    fn put_page(&mut self, source: Source, read: &mut Read) {
        let place = self.place(&source.path);
        let before = place.ok().map(|at| &self.folder.sources[at]);
        if before.is_some_and(|before| before.hash == source.hash) {
            return;
        }
        let hash = before.map(|before| before.hash);
        let page = self.memo.parse_one(&source, before);
        read.changed.insert(Arc::clone(&source.path));
        read.pages.push((Arc::clone(&source.path), hash));
        match place {
            Ok(at) => {
                let before = std::mem::replace(&mut self.pages[at], Arc::clone(&page));
                self.folder.sources[at] = source;
                read.exchanged.push((before, page));
            }
            Err(at) => {
                self.folder.sources.insert(at, source);
                self.pages.insert(at, page);
            }
        }
    }

    fn take_away(&mut self, path: &str, read: &mut Read) {
        let gone = if path == CONFIG || path == SYNONYMS {
            let place = if path == CONFIG {
                &mut self.folder.config
            } else {
                &mut self.folder.synonyms
            };
            read.config |= place.is_some();
            place.take().map(|source| source.path)
        } else if let Ok(at) = self.place(path) {
            self.pages.remove(at);
            let source = self.folder.sources.remove(at);
            self.memo.forget(&source);
            read.pages
                .push((Arc::clone(&source.path), Some(source.hash)));
            Some(source.path)
        } else {
            Arc::make_mut(&mut self.folder.assets)
                .remove(path)
                .map(|asset| asset.path)
        };
        read.lost.extend(gone.clone());
        read.changed.extend(gone);
    }

    /// Whether there is a file of this path, with anything in it.
    pub fn has(&self, path: &str) -> bool {
        let mut themes = self.folder.themes.values();
        self.place(path).is_ok()
            || self
                .folder
                .assets
                .get(path)
                .is_some_and(|asset| asset.len > 0)
            || (path == CONFIG && self.has_config())
            || (path == SYNONYMS && self.folder.synonyms.is_some())
            || themes.any(|files| {
                let mut files = files.values();
                files.any(|file| *file.path == *path && !file.bytes.is_empty())
            })
    }
}

/// The theme files that are not the same in both.
fn differing(before: &Folder, now: &Folder) -> BTreeSet<Arc<str>> {
    let files = |folder: &Folder| -> BTreeMap<Arc<str>, Vec<u8>> {
        let files = folder.themes.values().flat_map(|files| files.values());
        files
            .map(|file| (Arc::clone(&file.path), file.bytes.clone()))
            .collect()
    };
    let (before, now) = (files(before), files(now));
    let paths = before.keys().chain(now.keys());
    paths
        .filter(|path| before.get(*path) != now.get(*path))
        .cloned()
        .collect()
}
