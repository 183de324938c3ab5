//! Where things stand in the site.

use std::fmt;

/// An address in the site: begins with `/`; a page's ends with `/`, a file's does not. Without the
/// path of the base address.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address(String);

/// First parts of addresses that the site needs for itself: no guide or page may have such a name.
pub const FIXED: [&str; 7] = [
    "assets",
    "kit",
    "practice",
    "questions",
    "schema",
    "search",
    "tags",
];

/// Second parts that a guide needs for itself, beside the levels' ids.
pub const FIXED_IN_GUIDE: [&str; 3] = ["topics", "kits", "all"];

impl Address {
    /// The home page.
    pub fn home() -> Self {
        Self("/".to_owned())
    }

    /// A page below the home page: one part for each folder.
    pub fn page<'p>(parts: impl IntoIterator<Item = &'p str>) -> Self {
        let mut address = String::from("/");
        for part in parts {
            address.push_str(part);
            address.push('/');
        }
        Self(address)
    }

    /// A file by its path in the site, without the leading slash.
    pub fn file(path: &str) -> Self {
        Self(format!("/{path}"))
    }

    /// A file of the content folder, which keeps its place.
    pub fn asset(path: &str) -> Self {
        Self::file(path.strip_prefix("content/").unwrap_or(path))
    }

    /// A former address as its page writes it: a slug beside the page, or a path.
    pub fn alias(alias: &str, guide: Option<&str>) -> Self {
        match alias.strip_prefix('/') {
            Some(path) if path.ends_with('/') || has_extension(path) => Self(alias.to_owned()),
            Some(_) => Self(format!("{alias}/")),
            None => Self::page(guide.into_iter().chain([alias])),
        }
    }

    /// The address that a request's path names.
    pub fn from_path(path: &str) -> Self {
        Self(path.to_owned())
    }

    /// As written in links, before the base address's path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file in the output folder.
    pub fn output_path(&self) -> String {
        let path = &self.0[1..];
        if path.is_empty() || path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_owned()
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn has_extension(path: &str) -> bool {
    path.rsplit('/')
        .next()
        .is_some_and(|name| name.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_folders_and_files_are_files() {
        for (address, file) in [
            (Address::home(), "index.html"),
            (Address::page(["python", "gil"]), "python/gil/index.html"),
            (Address::file("feed.xml"), "feed.xml"),
            (
                Address::asset("content/python/mid/a.png"),
                "python/mid/a.png",
            ),
            (
                Address::alias("gil", Some("python")),
                "python/gil/index.html",
            ),
            (
                Address::alias("/old/gil", Some("python")),
                "old/gil/index.html",
            ),
            (Address::alias("/old/gil.html", None), "old/gil.html"),
            (Address::alias("about", None), "about/index.html"),
        ] {
            assert_eq!(address.output_path(), file, "{address}");
        }
    }
}
