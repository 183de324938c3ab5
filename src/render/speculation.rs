//! speculation-rules.json: which pages browsers may fetch before they are asked for.
//!
//! Only the header in `_headers` leads to it. The policy would refuse the same rules in a page; and
//! `viva serve` sends no such header, because a writer must see each page as it is now.

use serde_json::json;

use crate::plan::Site;

/// Pages of this site, when the pointer rests on a link to them.
/// <https://html.spec.whatwg.org/multipage/speculative-loading.html>
pub fn rules(site: &Site) -> Vec<u8> {
    let base = literal(site.base_path());
    let rules = json!({
        "prefetch": [{
            "source": "document",
            "eagerness": "moderate",
            "where": { "and": [
                { "href_matches": format!("{base}*") },
                // Files: pages' addresses have no endings.
                { "not": { "href_matches": format!("{base}*.*") } },
                // Places on the page itself.
                { "not": { "selector_matches": "[href^='#']" } },
            ] },
        }],
    });
    rules.to_string().into_bytes()
}

/// A path as a pattern of nothing else. <https://urlpattern.spec.whatwg.org/#pattern-strings>
fn literal(path: &str) -> String {
    let mut pattern = String::with_capacity(path.len());
    for character in path.chars() {
        if "\\:*+?(){}".contains(character) {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_of_a_path_is_a_pattern() {
        assert_eq!(literal("/a/"), "/a/");
        assert_eq!(literal("/c++/(x)*/:y/"), r"/c\+\+/\(x\)\*/\:y/");
    }
}
