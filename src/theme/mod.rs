//! Templates, styles, words: the embedded theme with the handbook's own files laid over it.
//!
//! 1. [`files`] lays the handbook's theme folder file by file over the embedded one.
//! 2. [`strings`] reads the words of the interface in the handbook's language.
//! 3. [`style`] makes one style sheet of all, with the handbook's accent.
//! 4. [`scripts`] gives scripts names that change with their content, also where one imports another.
//! 5. [`painter`] takes the fonts for the pictures of link previews.
//! 6. Templates are compiled once; a mistake in one is a diagnostic with its place.

mod colour;
mod files;
mod mistakes;
mod painter;
mod scripts;
mod strings;
mod style;

use std::collections::BTreeMap;

use tera::Tera;

use crate::diag::{self, Diagnostic, rules};
use crate::load::ThemeFiles;
use crate::model::{Address, Config};
use crate::picture::Painter;

pub use strings::{Strings, Text};

/// A theme that can render.
#[derive(Debug)]
pub struct Theme {
    pub templates: Tera,
    pub strings: Strings,
    pub style: ThemeAsset,
    /// By their name in the theme's `scripts/`.
    pub scripts: BTreeMap<String, ThemeAsset>,
    /// Icons and fonts by their name in the theme's `assets/`.
    pub assets: BTreeMap<String, ThemeAsset>,
    pub painter: Painter,
    /// Where each template comes from, for messages.
    sources: mistakes::Sources,
}

/// A file that the theme brings, under a name that changes with its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeAsset {
    pub address: Address,
    pub bytes: Vec<u8>,
}

impl ThemeAsset {
    fn new(name: &str, bytes: Vec<u8>) -> Self {
        let hash = xxhash_rust::xxh3::xxh3_64(&bytes);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
        Self {
            address: Address::file(&format!("assets/{stem}.{hash:016x}.{extension}")),
            bytes,
        }
    }
}

/// Makes the handbook's theme ready, or says what is wrong with it.
pub fn prepare(
    config: &Config,
    themes: &BTreeMap<String, ThemeFiles>,
) -> (Option<Theme>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let Some(files) = files::overlaid(config, themes, &mut diagnostics) else {
        return (None, diagnostics);
    };
    let strings = strings::read(config, &files, &mut diagnostics);
    let style = style::sheet(config, &files, &mut diagnostics);
    let painter = painter::painter(&files, &style.bytes, &mut diagnostics);
    let (templates, sources) = templates(&files, &strings, &mut diagnostics);
    let scripts = scripts::named(&files, &mut diagnostics);
    let assets = files
        .iter()
        .filter_map(|(name, file)| {
            let name = name.strip_prefix("assets/")?;
            Some((name.to_owned(), ThemeAsset::new(name, file.bytes.to_vec())))
        })
        .collect();
    let theme = painter
        .filter(|_| !diag::has_errors(&diagnostics))
        .map(|painter| Theme {
            templates,
            strings,
            style,
            scripts,
            assets,
            painter,
            sources,
        });
    (theme, diagnostics)
}

fn templates(
    files: &files::Files,
    strings: &Strings,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Tera, mistakes::Sources) {
    let mut sources = BTreeMap::new();
    for (name, file) in files {
        if let Some(name) = name.strip_prefix("templates/")
            && has_extension(name, "html")
        {
            sources.insert(name.to_owned(), file.clone());
        }
    }
    let mut tera = Tera::default();
    strings.register(&mut tera);
    let texts: Vec<(&str, &str)> = sources
        .iter()
        .filter_map(|(name, file)| match std::str::from_utf8(&file.bytes) {
            Ok(text) => Some((name.as_str(), text)),
            Err(_) => {
                diagnostics.push(Diagnostic::of_file(
                    &rules::FILE_ENCODING,
                    &file.path,
                    format!("`{}` is not UTF-8", file.path),
                ));
                None
            }
        })
        .collect();
    if let Err(error) = tera.add_raw_templates(texts) {
        diagnostics.extend(mistakes::of_templates(&sources, &error));
    }
    (tera, sources)
}

fn has_extension(name: &str, extension: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, end)| end == extension)
}

impl Theme {
    /// The text of a template, by its path from the root.
    pub fn source(&self, path: &str) -> Option<&str> {
        let source = self.sources.values().find(|file| *file.path == *path)?;
        std::str::from_utf8(&source.bytes).ok()
    }

    /// A mistake that shows when a template is rendered, as a diagnostic.
    pub fn problem(&self, template: &str, error: &tera::Error) -> Diagnostic {
        mistakes::of_rendering(&self.sources, template, error)
    }
}
