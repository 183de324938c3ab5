//! The parts of an HTML page that a fragment can lead to.

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;

/// Fewer ids say nothing: a frame, or a page that a script fills.
const ENOUGH: usize = 3;

/// Elements that scripts are known to fill with the page. What has one of them may have more ids
/// in a browser than in its file.
const MOUNTS: [&str; 8] = [
    "___gatsby",
    "__next",
    "__nuxt",
    "app",
    "app-root",
    "q-app",
    "root",
    "svelte",
];

/// What a fragment can name in a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ids(BTreeSet<String>);

impl Ids {
    /// Reads the whole text of a page.
    pub fn of(html: &str) -> Self {
        let mut ids = BTreeSet::new();
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            rest = &rest[at + 1..];
            if let Some(comment) = rest.strip_prefix("!--") {
                rest = after(comment, "-->");
                continue;
            }
            let name_end = rest
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
                .unwrap_or(rest.len());
            let name = rest[..name_end].to_ascii_lowercase();
            if name.is_empty() {
                continue;
            }
            rest = attributes(&rest[name_end..], |attribute, value| {
                let anchor = name == "a" && attribute.eq_ignore_ascii_case("name");
                if anchor || attribute.eq_ignore_ascii_case("id") {
                    ids.insert(value.replace("&amp;", "&"));
                }
            });
            // What stands in these is no HTML.
            if matches!(&*name, "script" | "style" | "textarea" | "title") {
                rest = after_end_tag(rest, &name);
            }
        }
        ids.remove("");
        Self(ids)
    }

    /// Whether the page has the part, or may have it.
    pub fn may_have(&self, fragment: &str) -> bool {
        if self.0.len() < ENOUGH || MOUNTS.iter().any(|mount| self.0.contains(*mount)) {
            return true;
        }
        let decoded = percent_decode_str(fragment).decode_utf8_lossy();
        [fragment, &decoded].iter().any(|id| {
            // GitHub has this before the ids of what people wrote, and a script that knows.
            self.0.contains(*id) || self.0.contains(&format!("user-content-{id}"))
        })
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// Reads the attributes of a tag; returns what follows its end.
fn attributes(mut rest: &str, mut found: impl FnMut(&str, &str)) -> &str {
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return after;
        }
        if rest.is_empty() {
            return rest;
        }
        // The first character belongs to the name whatever it is, so that this always goes on.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[first..]
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'))
            .map_or(rest.len(), |at| first + at);
        let (name, after_name) = rest.split_at(end);
        rest = after_name.trim_start();
        let Some(value) = rest.strip_prefix('=') else {
            continue;
        };
        let value = value.trim_start();
        let (value, after_value) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            _ => value.split_at(
                value
                    .find(|c: char| c.is_ascii_whitespace() || c == '>')
                    .unwrap_or(value.len()),
            ),
        };
        found(name, value);
        rest = after_value;
    }
}

fn after<'h>(text: &'h str, end: &str) -> &'h str {
    text.split_once(end).map_or("", |(_, rest)| rest)
}

fn after_end_tag<'h>(text: &'h str, name: &str) -> &'h str {
    text.match_indices("</")
        .map(|(at, _)| &text[at + 2..])
        .find(|rest| {
            rest.get(..name.len())
                .is_some_and(|found| found.eq_ignore_ascii_case(name))
        })
        .unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(html: &str) -> Vec<String> {
        Ids::of(html).0.into_iter().collect()
    }

    #[test]
    fn ids_and_named_anchors_however_they_are_written() {
        assert_eq!(
            ids(
                "<h2 id=a>A</h2><p class=x ID = 'b'>B<a\nname=\"c&amp;d\">C</a><br id=\"e\"/><DIV ID=F>"
            ),
            ["F", "a", "b", "c&d", "e"]
        );
        assert_eq!(
            ids("<h2 data-id='a' idx=b><input name=c><p id><p id=''>"),
            [""; 0]
        );
    }

    #[test]
    fn what_is_no_html_has_no_ids() {
        assert_eq!(
            ids("<!-- <p id=a> --><script>'<p id=b>'</SCRIPT><style><p id=c></style><p id=d>"),
            ["d"]
        );
        assert_eq!(ids("<a title='<p id=b>' id=a> 1 < 2 id=c"), ["a"]);
    }

    #[test]
    fn broken_pages_come_to_an_end() {
        for html in [
            "<",
            "<a",
            "<a id",
            "<a id=",
            "<a id='",
            "<a =>",
            "<!--",
            "<script>",
            "<a ü=1 >",
            "</",
        ] {
            assert_eq!(ids(html), [""; 0], "{html}");
        }
    }

    #[test]
    fn a_part_is_missing_only_where_others_are_there() {
        let page = Ids::of("<p id=a><p id=b><p id='ü x'><p id=user-content-c>");
        for there in ["a", "c", "%C3%BC%20x"] {
            assert!(page.may_have(there), "{there}");
        }
        assert!(!page.may_have("d"));
        assert!(!page.may_have("A"));
        assert!(Ids::of("<p id=a><p id=b>").may_have("d"), "too few to tell");
        assert!(
            Ids::of("<div id=root></div><p id=a><p id=b><p id=c>").may_have("d"),
            "filled by a script"
        );
    }
}
