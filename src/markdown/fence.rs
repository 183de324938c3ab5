//! The words after a code fence's language.

use super::FenceOptions;
use super::report::Report;
use crate::diag::{Diagnostic, Span, rules};

const WORDS: [&str; 4] = ["norun", "raises", "continues", "requires"];
const ALL_WORDS: &str =
    "the words are `norun=\"reason\"`, `raises=Name`, `continues` and `requires=\"python>=3.12\"`";

/// Reads the text after a fence's backticks, which stands at `at` of the walked text. Gives the
/// range of the language in that text.
pub(super) fn read(info: &str, at: usize, report: &mut Report<'_, '_>) -> (Span, FenceOptions) {
    let mut options = FenceOptions::default();
    let mut words = Words { info, at: 0 };
    let start = info.len() - info.trim_start().len();
    let end = info[start..]
        .find(char::is_whitespace)
        .map_or(info.len(), |length| start + length);
    let language = at + start..at + end;
    let first = &info[start..end];
    let name = first.split('=').next().unwrap_or_default();
    if WORDS.contains(&name) {
        let fault = report
            .at(
                &rules::FENCE_WORD,
                language.clone(),
                format!("the language is missing before `{name}`"),
            )
            .help(format!("write it first, as in `python {name}`"));
        report.add(fault);
        return (language.start..language.start, options);
    }
    words.at = end;
    while let Some(word) = words.next_word() {
        let place = at + word.range.start..at + word.range.end;
        if let Err(fault) = apply(&word, &mut options) {
            let diagnostic = fault(report, place);
            report.add(diagnostic);
        }
    }
    (language, options)
}

struct Word<'t> {
    range: Span,
    name: &'t str,
    /// `None` without `=`.
    value: Option<&'t str>,
    /// The value's quotes are open, or something follows them.
    broken: bool,
}

struct Words<'t> {
    info: &'t str,
    at: usize,
}

impl<'t> Words<'t> {
    fn next_word(&mut self) -> Option<Word<'t>> {
        let info = self.info;
        let rest = &info[self.at..];
        let start = self.at + (rest.len() - rest.trim_start().len());
        let rest = &info[start..];
        if rest.is_empty() {
            return None;
        }
        let until_space = |from: usize| {
            info[from..]
                .find(char::is_whitespace)
                .map_or(info.len(), |length| from + length)
        };
        let end = until_space(start);
        let Some(equals) = info[start..end].find('=').map(|length| start + length) else {
            self.at = end;
            return Some(Word {
                range: start..end,
                name: &info[start..end],
                value: None,
                broken: false,
            });
        };
        let name = &info[start..equals];
        let value_start = equals + 1;
        let (value, end, broken) = if info[value_start..].starts_with('"') {
            let open = value_start + 1;
            match info[open..].find('"').map(|length| open + length) {
                Some(close) => {
                    let end = until_space(close + 1);
                    (&info[open..close], end, end > close + 1)
                }
                None => (&info[open..], info.len(), true),
            }
        } else {
            (&info[value_start..end], end, false)
        };
        self.at = end;
        Some(Word {
            range: start..end,
            name,
            value: Some(value.trim()),
            broken,
        })
    }
}

type MakeFault = Box<dyn FnOnce(&Report<'_, '_>, Span) -> Diagnostic>;

fn fault(message: String, help: &'static str) -> MakeFault {
    Box::new(move |report, place| report.at(&rules::FENCE_WORD, place, message).help(help))
}

fn apply(word: &Word<'_>, options: &mut FenceOptions) -> Result<(), MakeFault> {
    let name = word.name;
    if !WORDS.contains(&name) {
        let name = name.to_owned();
        return Err(Box::new(move |report, place| {
            report
                .at(
                    &rules::FENCE_WORD,
                    place,
                    format!("`{name}` is not a word of a code fence"),
                )
                .suggest(&name, WORDS, || Some(ALL_WORDS.to_owned()))
        }));
    }
    if word.broken {
        return Err(fault(
            format!("the quotes after `{name}=` are not a pair around the whole value"),
            ALL_WORDS,
        ));
    }
    if name == "continues" {
        if word.value.is_some() {
            return Err(fault("`continues` takes no value".to_owned(), ALL_WORDS));
        }
        if std::mem::replace(&mut options.continues, true) {
            return Err(twice(name));
        }
        return Ok(());
    }
    let (slot, missing, help) = match name {
        "norun" => (
            &mut options.norun,
            "`norun` has no reason",
            "write why the sample is not run, as in `norun=\"needs a network\"`",
        ),
        "raises" => (
            &mut options.raises,
            "`raises` names no exception",
            "write its name, as in `raises=ValueError`",
        ),
        _ => (
            &mut options.requires,
            "`requires` names no version",
            "write it, as in `requires=\"python>=3.12\"`",
        ),
    };
    let Some(value) = word.value.filter(|value| !value.is_empty()) else {
        return Err(fault(missing.to_owned(), help));
    };
    if slot.is_some() {
        return Err(twice(name));
    }
    *slot = Some(value.to_owned());
    Ok(())
}

fn twice(name: &str) -> MakeFault {
    fault(format!("`{name}` is given twice"), "keep one of them")
}
