//! Marks that git leaves where two changes of the same lines met.

use std::sync::Arc;

use crate::diag::{Diagnostic, Span, rules};
use crate::load::Source;

const OURS: &str = "<<<<<<<";
const BASE: &str = "|||||||";
const MIDDLE: &str = "=======";
const THEIRS: &str = ">>>>>>>";

/// The source as if the upper half of each conflict had been kept, with as many bytes, and a report
/// of each. `None` where there is none, as nearly always.
pub fn resolved(source: &Source) -> Option<(Source, Vec<Diagnostic>)> {
    if !source.text.contains(OURS) && !source.text.contains(THEIRS) {
        return None;
    }
    let mut found = Vec::new();
    let mut blank: Vec<Span> = Vec::new();
    let lines = lines(&source.text);
    let mut fence: Option<&str> = None;
    let mut number = 0;
    while let Some((span, line)) = lines.get(number) {
        number += 1;
        // A page about git shows them as code.
        if let Some(open) = fence {
            if line.trim().starts_with(open) {
                fence = None;
            }
            continue;
        }
        fence = ["```", "~~~"]
            .into_iter()
            .find(|signs| line.trim_start().starts_with(signs));
        let begins = is_mark(line, OURS);
        if !begins && !is_mark(line, THEIRS) {
            continue;
        }
        found.push(
            Diagnostic::at(
                &rules::MERGE_CONFLICT,
                &source.path,
                span.start..span.start + line.trim_end().len(),
                "a merge conflict is not resolved",
            )
            .help("keep what is right, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`"),
        );
        blank.push(span.clone());
        let rest = &lines[number..];
        let position = |mark: &str| rest.iter().position(|(_, line)| is_mark(line, mark));
        if let (true, Some(middle), Some(end)) = (begins, position(MIDDLE), position(THEIRS))
            && middle < end
        {
            let from = position(BASE)
                .filter(|base| *base < middle)
                .unwrap_or(middle);
            blank.push(rest[from].0.start..rest[end].0.end);
            number += end + 1;
        }
    }
    if found.is_empty() {
        return None;
    }
    let mut bytes = source.text.as_bytes().to_vec();
    for byte in blank.into_iter().flatten() {
        if bytes[byte] != b'\n' {
            bytes[byte] = b' ';
        }
    }
    let text = String::from_utf8(bytes).ok()?;
    let source = Source {
        path: Arc::clone(&source.path),
        text: Arc::from(text),
        hash: source.hash,
    };
    Some((source, found))
}

fn is_mark(line: &str, mark: &str) -> bool {
    line.strip_prefix(mark)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

fn lines(text: &str) -> Vec<(Span, &str)> {
    let mut at = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let start = at;
            at += line.len();
            let line = line.trim_end_matches('\n');
            (start..start + line.len(), line)
        })
        .collect()
}
