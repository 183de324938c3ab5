//! From a file's path to what it is.

use std::sync::Arc;

use crate::diag::{Diagnostic, rules};
use crate::load::CONTENT;
use crate::markdown;
use crate::model::Place;

/// The folder of pages beside the guides' folders.
const PAGES: &str = "pages";
/// A guide's folder of kits, beside those of its levels.
const KITS: &str = "kits";

/// What the Markdown file at this path is, or a diagnostic of why it is nothing.
pub fn of(path: &Arc<str>, diagnostics: &mut Vec<Diagnostic>) -> Option<Place> {
    let (name, ending) = path.strip_prefix(CONTENT)?.rsplit_once('.')?;
    let parts: Vec<&str> = name.split('/').collect();
    let before = diagnostics.len();
    let mut end = CONTENT.len();
    for (number, part) in parts.iter().enumerate() {
        end += part.len();
        if number + 1 == parts.len() {
            if !is_slug(part) || ending != "md" {
                diagnostics.push(bad_name(path, part, ".md"));
            }
        } else if !is_slug(part) {
            // A folder is one mistake, however many pages stand in it.
            diagnostics.push(bad_name(&Arc::from(&path[..end]), part, ""));
        }
        end += 1;
    }
    if diagnostics.len() > before {
        return None;
    }
    let owned = |text: &str| text.to_owned();
    match parts.as_slice() {
        ["index"] => Some(Place::Home),
        [PAGES, "index"] => {
            diagnostics.push(misplaced(
                path,
                "the pages folder has no index",
                "the home page lists the pages; put words above the list into `content/index.md`",
            ));
            None
        }
        [PAGES, slug] => Some(Place::Page { slug: owned(slug) }),
        [guide, "index"] => Some(Place::Guide {
            guide: owned(guide),
        }),
        [guide, KITS, "index"] => {
            diagnostics.push(misplaced(
                path,
                "the kits folder has no index",
                &format!("put words about the kits into `content/{guide}/index.md`"),
            ));
            None
        }
        [first, KITS, slug] if *first != PAGES => Some(Place::Kit {
            guide: owned(first),
            slug: owned(slug),
        }),
        [guide, level, "index"] if *guide != PAGES => Some(Place::Level {
            guide: owned(guide),
            level: owned(level),
        }),
        [guide, level, slug] if *guide != PAGES => Some(Place::Question {
            guide: owned(guide),
            level: owned(level),
            slug: owned(slug),
        }),
        [_] => {
            diagnostics.push(misplaced(
                path,
                "a page can't stand here",
                "move it into `content/pages/`, or into a guide's level folder if it is a question",
            ));
            None
        }
        [guide, _] => {
            diagnostics.push(misplaced(
                path,
                "a question stands in the folder of its level",
                &format!("move it into `content/{guide}/<level>/`"),
            ));
            None
        }
        _ => {
            diagnostics.push(misplaced(
                path,
                "this folder is too deep for a page",
                "questions are `content/<guide>/<level>/<slug>.md`, pages `content/pages/<slug>.md`",
            ));
            None
        }
    }
}

/// Whether a name can stand in an address as it is: lower-case ASCII letters, digits and single
/// hyphens between them.
pub fn is_slug(name: &str) -> bool {
    !name.is_empty()
        && name.split('-').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

/// The nearest name that can stand in an address, if anything is left of this one.
pub fn slug_like(name: &str) -> Option<String> {
    if !name.contains(char::is_alphanumeric) {
        return None;
    }
    let slug = markdown::slug(name);
    let words: Vec<&str> = slug
        .split(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit()))
        .filter(|word| !word.is_empty())
        .collect();
    (!words.is_empty()).then(|| words.join("-"))
}

fn bad_name(path: &Arc<str>, part: &str, ending: &str) -> Diagnostic {
    let name = path.rsplit('/').next().unwrap_or(path);
    Diagnostic::of_file(
        &rules::FILE_NAME,
        path,
        format!("`{name}` can't be part of an address"),
    )
    .help(match slug_like(part) {
        Some(slug) => {
            format!("rename it to `{slug}{ending}`: small letters, digits and hyphens")
        }
        None => "rename it: small letters, digits and single hyphens".to_owned(),
    })
}

fn misplaced(path: &Arc<str>, message: &str, help: &str) -> Diagnostic {
    Diagnostic::of_file(&rules::FILE_MISPLACED, path, message).help(help)
}
