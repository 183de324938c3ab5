//! The embedded theme with the handbook's own files laid over it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use rust_embed::RustEmbed;

use crate::diag::{Diagnostic, rules};
use crate::load::ThemeFiles;
use crate::model::Config;

/// The theme that comes with the program.
const DEFAULT: &str = "default";

#[derive(RustEmbed)]
#[folder = "themes/default"]
struct Embedded;

/// A theme's files by their path in the theme's folder.
pub type Files = BTreeMap<String, File>;

/// One file of a theme.
#[derive(Debug, Clone)]
pub struct File {
    /// From the root; of an embedded file, where the default theme has it.
    pub path: Arc<str>,
    pub bytes: Cow<'static, [u8]>,
}

/// The theme's files. `None` when handbook.yaml names a theme that is not there.
pub fn overlaid(
    config: &Config,
    themes: &BTreeMap<String, ThemeFiles>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Files> {
    let name = config.theme.value.as_str();
    let own = themes.get(name);
    if own.is_none() && name != DEFAULT {
        let names = themes.keys().map(String::as_str).chain([DEFAULT]);
        diagnostics.push(
            Diagnostic::at(
                &rules::THEME_MISSING,
                &config.path,
                config.theme.span.clone(),
                format!("there is no theme `{name}`"),
            )
            .suggest(name, names, || {
                Some(format!(
                    "a theme is a folder `themes/{name}/` beside `content/`"
                ))
            }),
        );
        return None;
    }
    let mut files: Files = Embedded::iter()
        .filter_map(|name| {
            let bytes = Embedded::get(&name)?.data;
            let path = Arc::from(format!("themes/{DEFAULT}/{name}"));
            Some((name.into_owned(), File { path, bytes }))
        })
        .collect();
    for (name, file) in own.into_iter().flatten() {
        files.insert(
            name.clone(),
            File {
                path: Arc::clone(&file.path),
                bytes: Cow::Owned(file.bytes.clone()),
            },
        );
    }
    Some(files)
}

/// A file as the program brings it.
pub fn embedded(name: &str) -> Cow<'static, [u8]> {
    Embedded::get(name)
        .map(|file| file.data)
        .unwrap_or_default()
}
