//! Link text that says where it leads only to those who see what stands around it.

use super::walk::Walker;
use crate::diag::{Span, rules};

/// What can't be told from any other link in a list of a page's links, as screen readers give it.
const EMPTY: [&str; 26] = [
    "click",
    "click here",
    "click this",
    "click this link",
    "details",
    "follow this link",
    "go",
    "go here",
    "here",
    "learn more",
    "link",
    "look here",
    "more",
    "more details",
    "more here",
    "more info",
    "more information",
    "read here",
    "read more",
    "read this",
    "see here",
    "see more",
    "see this",
    "this",
    "this link",
    "this page",
];

/// The link that is open and was written with a text of its own.
#[derive(Debug, Default)]
pub(super) struct LinkText {
    pub words: String,
    /// An image without alternative text is a mistake of its own.
    pub has_image: bool,
}

impl Walker<'_, '_> {
    pub fn check_link_text(&mut self, range: &Span) {
        let Some(LinkText { words, has_image }) = self.link_text.take() else {
            return;
        };
        let text = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let message = if text.is_empty() && !has_image {
            "the link has no text".to_owned()
        } else if is_address(&text) {
            "the link's text is an address".to_owned()
        } else if says_nothing(&text) {
            format!("the link's text `{text}` does not say where it leads")
        } else {
            return;
        };
        let fault = self
            .report
            .at(&rules::LINK_TEXT, self.words_of(range, &text), message)
            .help(
                "link the words that name the target, as in `[how dicts are stored](dict-keys.md)`",
            );
        self.report.add(fault);
    }

    /// The text of the link in its source, or the link's first line where it has markup.
    fn words_of(&self, range: &Span, text: &str) -> Span {
        let start = range.start + 1;
        if !text.is_empty() && self.text[start..range.end].starts_with(text) {
            start..start + text.len()
        } else {
            self.first_line(range)
        }
    }
}

fn says_nothing(text: &str) -> bool {
    let bare = text
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    EMPTY.binary_search(&bare.as_str()).is_ok()
}

fn is_address(text: &str) -> bool {
    ["http://", "https://", "www."].iter().any(|start| {
        text.get(..start.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(start))
    }) && !text.contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_in_the_order_of_the_search() {
        assert!(EMPTY.is_sorted());
    }

    #[test]
    fn words_around_the_empty_ones_say_something() {
        for text in ["here", "Here", "click here.", "(this)", "Read more …"] {
            assert!(says_nothing(text), "{text}");
        }
        for text in [
            "read more on dicts",
            "heap",
            "this page's source",
            "more-itertools",
        ] {
            assert!(!says_nothing(text), "{text}");
        }
    }
}
