//! What is told of a page with very many mistakes of one kind: they have one cause, and what counts
//! is how many there are.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::Diagnostic;

/// So many of a rule and a page are told one by one.
pub const SHOWN: usize = 200;

/// The first of each rule and page. The last of them says how many more there are.
pub fn shown(diagnostics: &[Diagnostic]) -> Vec<Cow<'_, Diagnostic>> {
    let mut seen: FxHashMap<(&str, &str), (usize, usize)> = FxHashMap::default();
    let mut shown: Vec<Cow<'_, Diagnostic>> = Vec::new();
    for diagnostic in diagnostics {
        let key = (&*diagnostic.path, diagnostic.rule.code);
        let (count, last) = seen.entry(key).or_default();
        *count += 1;
        if *count <= SHOWN {
            *last = shown.len();
            shown.push(Cow::Borrowed(diagnostic));
        }
    }
    let mut more: FxHashMap<usize, usize> = FxHashMap::default();
    for diagnostic in diagnostics {
        let key = (&*diagnostic.path, diagnostic.rule.code);
        if let Some(&(_, last)) = seen.get(&key)
            && diagnostic.more > 0
        {
            *more.entry(last).or_default() += diagnostic.more;
        }
    }
    for (count, last) in seen.into_values() {
        if count > SHOWN {
            *more.entry(last).or_default() += count - SHOWN;
        }
    }
    for (last, more) in more {
        if let Some(diagnostic) = shown.get_mut(last) {
            let diagnostic = diagnostic.to_mut();
            let words = format!("and {} more of this on the page", grouped(more));
            diagnostic.note = Some(match diagnostic.note.take() {
                Some(note) => format!("{note}\n{words}"),
                None => words,
            });
        }
    }
    shown
}

/// `19,900`
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diag::rules;

    #[test]
    fn large_numbers_are_grouped() {
        assert_eq!(
            [7, 999, 1000, 19_900, 1_234_567].map(grouped).join(" "),
            "7 999 1,000 19,900 1,234,567"
        );
    }

    #[test]
    fn each_page_and_rule_is_counted_apart() {
        let many = |path: &str, rule, count| {
            let path: Arc<str> = Arc::from(path);
            (0..count).map(move |at| Diagnostic::at(rule, &path, at..at, format!("{at}")))
        };
        let mut all: Vec<Diagnostic> = many("a", &rules::TODO, SHOWN + 1500)
            .chain(many("a", &rules::LINK_TEXT, SHOWN))
            .chain(many("b", &rules::TODO, 1))
            .collect();
        all[0].more = 7;
        let told = shown(&all);
        assert_eq!(told.len(), 2 * SHOWN + 1);
        let notes: Vec<(usize, &str)> = told
            .iter()
            .enumerate()
            .filter_map(|(at, one)| Some((at, one.note.as_deref()?)))
            .collect();
        assert_eq!(notes, [(SHOWN - 1, "and 1,507 more of this on the page")]);
    }
}
