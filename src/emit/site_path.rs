//! Which paths a file of the site can have: those that stay inside of it on every system.

use std::path::{Component, Path};

use anyhow::{Result, bail};

use super::manifest;

/// Refuses a path that leaves the site, or that the manifest can't hold.
pub fn check(path: &str) -> Result<()> {
    match fault(path) {
        Some(fault) => bail!("can't write {path:?} into the site: {fault}"),
        None => Ok(()),
    }
}

fn fault(path: &str) -> Option<&'static str> {
    if path.contains('\\') {
        return Some("it contains a backslash");
    }
    // The manifest has a line a file.
    if path.contains(char::is_control) {
        return Some("it contains a control character");
    }
    if path.eq_ignore_ascii_case(manifest::NAME) {
        return Some("the name is taken by the list of the site's files");
    }
    if !path.split('/').all(is_plain) {
        return Some("a part of it is empty, `.`, `..` or a drive");
    }
    None
}

/// Whether the system, too, takes the part for a name.
fn is_plain(part: &str) -> bool {
    let mut components = Path::new(part).components();
    components.next() == Some(Component::Normal(part.as_ref())) && components.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_paths_pass() {
        for path in [
            "index.html",
            "python/gil/index.html",
            "a b/ü.png",
            ".well-known/x",
            ".nojekyll",
            "...",
            "a..b/c.",
            "python/.viva-files",
        ] {
            assert_eq!(fault(path), None, "{path}");
        }
    }

    #[test]
    fn paths_that_leave_the_site_are_refused() {
        for path in [
            "",
            "/",
            "/a",
            "a/",
            "a//b",
            ".",
            "./a",
            "a/./b",
            "..",
            "../a",
            "a/..",
            "a/../b",
            "a/../../b",
            "a\\b",
            "..\\a",
            "\\a",
            "a\0b",
            "a\nb",
            "a\u{85}b",
            ".viva-files",
            ".Viva-Files",
        ] {
            assert!(check(path).is_err(), "{path:?}");
        }
    }

    #[test]
    fn the_refusal_names_the_path_without_its_control_characters() {
        assert_eq!(
            check("a/\u{1b}[2J").unwrap_err().to_string(),
            "can't write \"a/\\u{1b}[2J\" into the site: it contains a control character"
        );
    }
}
