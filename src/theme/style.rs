//! One style sheet of all: the first paint needs one request beside the page's.

use super::colour::Colour;
use super::files::{File, Files};
use super::{ThemeAsset, has_extension};
use crate::diag::{Diagnostic, rules};
use crate::model::Config;

/// What a reader needs to tell text from its background.
/// <https://www.w3.org/TR/WCAG22/#contrast-minimum>
const READABLE: f64 = 4.5;

/// The default theme's page backgrounds, as `css/` has them.
pub const LIGHT: Colour = Colour::new(0xff, 0xff, 0xff);
pub const DARK: Colour = Colour::new(0x12, 0x16, 0x1a);

/// `css/*.css` in the order of their names, and the handbook's accent.
pub fn sheet(config: &Config, files: &Files, diagnostics: &mut Vec<Diagnostic>) -> ThemeAsset {
    let mut sheet = Vec::new();
    for (name, file) in files {
        if name.starts_with("css/") && has_extension(name, "css") {
            sheet.extend_from_slice(&file.bytes);
            if !sheet.ends_with(b"\n") {
                sheet.push(b'\n');
            }
        }
    }
    if let Some(accent) = &config.accent {
        match Colour::parse(&accent.value) {
            Some(colour) if colour.contrast(LIGHT) < READABLE => {
                let darker = colour.towards(Colour::new(0, 0, 0), LIGHT, READABLE);
                diagnostics.push(
                    Diagnostic::at(
                        &rules::ACCENT_CONTRAST,
                        &config.path,
                        accent.span.clone(),
                        format!(
                            "the accent has a contrast of {:.1} to white paper, and text needs {READABLE}",
                            colour.contrast(LIGHT)
                        ),
                    )
                    .help(format!("`{darker}` is the nearest that can be read")),
                );
            }
            Some(colour) => {
                let lighter = colour.towards(Colour::new(0xff, 0xff, 0xff), DARK, READABLE);
                let variables =
                    format!(":root {{ --accent-light: {colour}; --accent-dark: {lighter}; }}\n");
                sheet.extend_from_slice(variables.as_bytes());
            }
            None => {}
        }
    }
    ThemeAsset::new("style.css", with_addresses(sheet, files))
}

/// A sheet names the theme's other files as they lie beside it: `url("../assets/own.woff2")`.
fn with_addresses(sheet: Vec<u8>, files: &Files) -> Vec<u8> {
    const FOLDER: &str = "../assets/";
    let Ok(mut text) = String::from_utf8(sheet.clone()) else {
        return sheet;
    };
    if !text.contains(FOLDER) {
        return sheet;
    }
    let mut named: Vec<(&str, &File)> = files
        .iter()
        .filter_map(|(name, file)| Some((name.strip_prefix("assets/")?, file)))
        .collect();
    // A name may begin as another one ends: `own.woff` and `own.woff2`.
    named.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    for (name, file) in named {
        let asset = ThemeAsset::new(name, file.bytes.to_vec());
        // The sheet lies in the same folder of the site.
        let beside = asset.address.as_str().trim_start_matches("/assets/");
        text = text.replace(&format!("{FOLDER}{name}"), beside);
    }
    text.into_bytes()
}
