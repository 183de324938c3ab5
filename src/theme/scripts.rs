//! Scripts under names that change with their content.
//!
//! 1. An import such as `"./keys.js"` names a script of the same folder.
//! 2. What a script imports is named first, and written into it under that name. So a script's own
//!    name changes with everything that it loads.

use std::collections::BTreeMap;

use super::files::{File, Files};
use super::{ThemeAsset, has_extension};
use crate::diag::{Diagnostic, Span, rules};

/// The scripts of `scripts/`, by their name there.
pub fn named(files: &Files, diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, ThemeAsset> {
    let scripts: BTreeMap<&str, &File> = files
        .iter()
        .filter_map(|(name, file)| Some((name.strip_prefix("scripts/")?, file)))
        .filter(|(name, _)| has_extension(name, "js"))
        .collect();
    let mut naming = Naming {
        scripts: &scripts,
        named: BTreeMap::new(),
        open: Vec::new(),
        diagnostics,
    };
    for name in scripts.keys() {
        naming.name(name);
    }
    naming.named
}

struct Naming<'f, 'd> {
    scripts: &'f BTreeMap<&'f str, &'f File>,
    named: BTreeMap<String, ThemeAsset>,
    /// Scripts that wait for what they import.
    open: Vec<&'f str>,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'f> Naming<'f, '_> {
    /// Names a script and all that it imports.
    fn name(&mut self, name: &'f str) {
        let Some(file) = self.scripts.get(name) else {
            return;
        };
        if self.named.contains_key(name) {
            return;
        }
        let Ok(text) = std::str::from_utf8(&file.bytes) else {
            self.diagnostics.push(Diagnostic::of_file(
                &rules::FILE_ENCODING,
                &file.path,
                format!("`{}` is not UTF-8", file.path),
            ));
            return;
        };
        self.open.push(name);
        let mut script = String::with_capacity(text.len() + 64);
        let mut from = 0;
        for span in imports(text) {
            let imported = &text[span.clone()];
            script.push_str(&text[from..span.start]);
            script.push_str(&self.imported(file, imported, &span));
            from = span.end;
        }
        script.push_str(&text[from..]);
        self.open.pop();
        let asset = ThemeAsset::new(&format!("scripts/{name}"), script.into_bytes());
        self.named.insert(name.to_owned(), asset);
    }

    /// The name under which an imported script is served.
    fn imported(&mut self, file: &File, imported: &str, span: &Span) -> String {
        let known = self.scripts.get_key_value(imported);
        let problem =
            |message| Diagnostic::at(&rules::SCRIPT_IMPORT, &file.path, span.clone(), message);
        let Some((&imported, _)) = known else {
            let names = self.scripts.keys().copied();
            self.diagnostics
                .push(problem(format!("there is no script `{imported}`")).suggest(
                    imported,
                    names,
                    || None,
                ));
            return imported.to_owned();
        };
        if self.open.contains(&imported) {
            self.diagnostics.push(
                problem(format!("`{imported}` imports this script in turn"))
                    .help("move what both need into a script of its own"),
            );
            return imported.to_owned();
        }
        self.name(imported);
        let served = self.named.get(imported).map(|asset| asset.address.as_str());
        served
            .and_then(|address| address.rsplit('/').next())
            .unwrap_or(imported)
            .to_owned()
    }
}

/// Where a script names others of its folder: what stands between `"./` and `"`.
fn imports(text: &str) -> Vec<Span> {
    const SIGN: &str = "\"./";
    text.match_indices(SIGN)
        .filter_map(|(at, _)| {
            let start = at + SIGN.len();
            let length = text[start..].find(['"', '\n'])?;
            let name = &text[start..start + length];
            has_extension(name, "js").then_some(start..start + length)
        })
        .collect()
}
