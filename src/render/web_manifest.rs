//! The web app manifest: name, colours and icons for those who put the site on their home screen.

use serde_json::{Value, json};
use unicode_segmentation::UnicodeSegmentation;

use super::views::direction;
use crate::plan::Site;

/// As `base.html` has it for the light scheme.
const PAPER: &str = "#ffffff";

/// The theme's icons as pixels, and what they may be used for.
const ICONS: [(&str, &str); 3] = [
    ("icon-192.png", "any"),
    ("icon-512.png", "any"),
    ("icon-maskable-512.png", "maskable"),
];

/// <https://www.w3.org/TR/appmanifest/>
pub fn json(site: &Site) -> Vec<u8> {
    let config = &site.handbook.config;
    let base = site.base_path();
    let drawing = icon(
        site,
        "favicon.svg",
        "image/svg+xml",
        |_| Some("any".to_owned()),
        "any",
    );
    let icons: Vec<Value> = ICONS
        .iter()
        .filter_map(|(name, purpose)| icon(site, name, "image/png", pixels, purpose))
        .chain(drawing)
        .collect();
    let manifest = json!({
        "id": base,
        "name": config.title,
        "short_name": short(&config.title),
        "description": config.description,
        "lang": config.language,
        "dir": direction(&site.handbook.config.language),
        "start_url": base,
        "scope": base,
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": icons,
    });
    let mut text = format!("{manifest:#}");
    text.push('\n');
    text.into_bytes()
}

fn icon(
    site: &Site,
    name: &str,
    kind: &str,
    sizes: impl Fn(&[u8]) -> Option<String>,
    purpose: &str,
) -> Option<Value> {
    let asset = site.theme.assets.get(name)?;
    Some(json!({
        "src": site.href(&asset.address),
        "type": kind,
        "sizes": sizes(&asset.bytes)?,
        "purpose": purpose,
    }))
}

/// As it is, for a theme's own icon may have another size.
fn pixels(image: &[u8]) -> Option<String> {
    let size = imagesize::blob_size(image).ok()?;
    Some(format!("{}x{}", size.width, size.height))
}

/// As many whole words as stand below an icon.
/// <https://developer.chrome.com/docs/extensions/reference/manifest/name>
fn short(title: &str) -> String {
    const LONGEST: usize = 12;
    let length = |text: &str| text.graphemes(true).count();
    if length(title) <= LONGEST {
        return title.to_owned();
    }
    let words = title
        .match_indices(' ')
        .map(|(end, _)| title[..end].trim_end_matches([' ', ',', ':', ';', '–', '—', '-']))
        .take_while(|words| length(words) <= LONGEST)
        .last()
        .filter(|words| !words.is_empty());
    match words {
        Some(words) => words.to_owned(),
        None => title.graphemes(true).take(LONGEST).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_are_whole_words() {
        for (title, name) in [
            ("Handbook", "Handbook"),
            ("Go interview", "Go interview"),
            ("The Python Interview Handbook", "The Python"),
            ("Rust: questions and answers", "Rust"),
            ("Vorstellungsgespräche", "Vorstellungs"),
            ("Zwölf Boxkämpfer", "Zwölf"),
        ] {
            assert_eq!(short(title), name);
        }
    }
}
