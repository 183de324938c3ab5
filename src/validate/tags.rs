//! Tags that are the same word: each would have a page with a part of the questions.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Span, rules};
use crate::parse::Parsed;

use super::Facts;

/// Words that have nothing to do with what looks like their plural.
const NO_PLURALS: [&str; 3] = ["https", "news", "ios"];

pub fn check(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut uses: BTreeMap<&str, Vec<(&Parsed, &Span)>> = BTreeMap::new();
    for page in facts.pages {
        for tag in &page.outline.names.tags {
            uses.entry(&tag.value).or_default().push((page, &tag.span));
        }
    }
    for (singular, of_singular) in &uses {
        for plural in plurals(singular) {
            if let Some(of_plural) = uses.get(plural.as_str()) {
                told((singular, of_singular), (&plural, of_plural), diagnostics);
            }
        }
    }
}

fn plurals(word: &str) -> impl Iterator<Item = String> {
    let ending = word.strip_suffix('y').map(|stem| format!("{stem}ies"));
    let s = (!word.ends_with('s')).then(|| format!("{word}s"));
    let es = word
        .ends_with(['s', 'x', 'z', 'h'])
        .then(|| format!("{word}es"));
    [ending, s, es]
        .into_iter()
        .flatten()
        .filter(|plural| plural.len() > 3 && !NO_PLURALS.contains(&plural.as_str()))
}

type Uses<'u> = (&'u str, &'u [(&'u Parsed, &'u Span)]);

/// The rarer one is wrong, wherever it stands; of two that are as frequent, the plural.
fn told(singular: Uses<'_>, plural: Uses<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let ((rare, pages), (common, others)) = if plural.1.len() <= singular.1.len() {
        (plural, singular)
    } else {
        (singular, plural)
    };
    let is_beside = |page: &&Parsed| others.iter().any(|(other, _)| other.path == page.path);
    let used = match others.len() {
        1 => "another question has".to_owned(),
        number => format!("{number} other questions have"),
    };
    for (page, span) in pages {
        let (used, help) = if others.len() == 1 && is_beside(page) {
            ("the page has too".to_owned(), "keep one of them".to_owned())
        } else {
            (
                used.clone(),
                format!("write `{common}` everywhere, or `{rare}`"),
            )
        };
        let mut diagnostic = Diagnostic::at(
            &rules::TAGS_ALIKE,
            &page.path,
            (*span).clone(),
            format!("the tag `{rare}` is nearly the same as `{common}`, which {used}"),
        )
        .help(help);
        if let Some((other, at)) = others.iter().find(|(other, _)| other.path != page.path) {
            diagnostic =
                diagnostic.related(&other.path, Some((*at).clone()), format!("`{common}` here"));
        }
        diagnostics.push(diagnostic);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_of_words_that_have_one() {
        let of = |word: &str| plurals(word).collect::<Vec<_>>().join(" ");
        assert_eq!(of("thread"), "threads");
        assert_eq!(of("query"), "queries querys");
        assert_eq!(of("class"), "classes");
        assert_eq!(of("branch"), "branchs branches");
        assert_eq!(of("weak-reference"), "weak-references");
        for word in ["http", "io", "c", "new"] {
            assert_eq!(of(word), "", "{word}");
        }
    }
}
