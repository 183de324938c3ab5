//! Writing what samples print into their pages' `output` fences.
//!
//! All other bytes of a page stay as they are: its line ends, a byte-order mark, what stands before
//! a fence in a list or a quote.

use crate::diag::{LineIndex, Span};
use crate::load::Source;
use crate::parse;

/// What a fence is to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The fence, in the text of its source.
    pub span: Span,
    pub output: String,
}

/// The page with other outputs. `None` when they can't be written so that they are read again as
/// they are.
pub fn updated(source: &Source, raw: &str, edits: &[Edit]) -> Option<String> {
    // It may have changed since it was read.
    if Source::new(&source.path, raw).text != source.text {
        return None;
    }
    let index = LineIndex::new(&source.text);
    let mut lines: Vec<String> = split(raw).into_iter().map(str::to_owned).collect();
    let mut ordered: Vec<&Edit> = edits.iter().collect();
    ordered.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
    for edit in ordered {
        let block = source.text.get(edit.span.clone())?.trim_end();
        let first = index.position(edit.span.start).line - 1;
        let last = index.position(edit.span.start + block.len()).line - 1;
        let fence = fence(lines.get(first..=last)?, &edit.output)?;
        lines.splice(first..=last, fence);
    }
    let text = lines.concat();
    holds(source, &text, edits).then_some(text)
}

/// Whether each fence now holds what it is to hold, and no other block has changed.
fn holds(source: &Source, text: &str, edits: &[Edit]) -> bool {
    let before = parse::parse(source).outline.blocks;
    let after = parse::parse(&Source::new(&source.path, text))
        .outline
        .blocks;
    before.len() == after.len()
        && before.iter().zip(&after).all(|(before, after)| {
            let edit = edits.iter().find(|edit| edit.span == before.span);
            let wanted = edit.map_or(&*before.code, |edit| &edit.output);
            *after.code == *wanted
        })
}

/// The lines of a fence with another content.
fn fence(lines: &[String], output: &str) -> Option<Vec<String>> {
    let [first, .., last] = lines else {
        return None;
    };
    let sign_at = first
        .find("```")
        .into_iter()
        .chain(first.find("~~~"))
        .min()?;
    let sign = first[sign_at..].chars().next()?;
    let count = |line: &str| line.chars().take_while(|c| *c == sign).count();
    let signs = count(&first[sign_at..]);
    let end_at = last.find(sign)?;
    let closing = count(&last[end_at..]);
    let (body, ending) = split_ending(first);
    let longest = output.lines().map(|line| count(line.trim_start())).max();
    let needed = longest.map_or(0, |longest| longest + 1);
    let longer = |length: usize| sign.to_string().repeat(needed.saturating_sub(length));
    // What stands before the closing signs also stands before each line, without a list's bullet.
    let margin = &last[..end_at];
    let mut fence = vec![format!(
        "{}{}{}{ending}",
        &body[..sign_at],
        longer(signs),
        &body[sign_at..]
    )];
    fence.extend(output.lines().map(|line| {
        if line.is_empty() {
            format!("{}{ending}", margin.trim_end())
        } else {
            format!("{margin}{line}{ending}")
        }
    }));
    fence.push(format!("{margin}{}{}", longer(closing), &last[end_at..]));
    Some(fence)
}

/// Lines with their ends, whichever they are.
fn split(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\n', '\r']) {
        let end = if rest[at..].starts_with("\r\n") {
            at + 2
        } else {
            at + 1
        };
        let (line, others) = rest.split_at(end);
        lines.push(line);
        rest = others;
    }
    lines.push(rest);
    lines
}

fn split_ending(line: &str) -> (&str, &str) {
    line.split_at(line.trim_end_matches(['\n', '\r']).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The page with this output in its only `output` fence.
    fn written(raw: &str, output: &str) -> Option<String> {
        let raw = format!("---\ntitle: x\n---\n{raw}");
        let source = Source::new("content/pages/x.md", &raw);
        let blocks = parse::parse(&source).outline.blocks;
        let block = blocks.iter().find(|block| block.language == "output")?;
        let edit = Edit {
            span: block.span.clone(),
            output: output.to_owned(),
        };
        let text = updated(&source, &raw, &[edit])?;
        Some(text.strip_prefix("---\ntitle: x\n---\n")?.to_owned())
    }

    #[test]
    fn only_the_lines_between_the_signs_change() {
        let page = |output: &str| format!("a  \n\n```output\n{output}```\n\nb\n\n\n");
        assert_eq!(written(&page("1\n"), "2\n3\n"), Some(page("2\n3\n")));
        assert_eq!(written(&page("1\n"), ""), Some(page("")));
        assert_eq!(written(&page(""), "1\n\n2\n"), Some(page("1\n\n2\n")));
        assert_eq!(
            written("```output\n1\n```", "2\n").as_deref(),
            Some("```output\n2\n```")
        );
    }

    #[test]
    fn line_ends_and_byte_order_marks_stay() {
        let page = |output: &str| format!("a\r\n```output\r\n{output}```\r\nb\nc\r");
        assert_eq!(written(&page("1\r\n"), "2\n3\n"), Some(page("2\r\n3\r\n")));
        let raw = "\u{feff}---\ntitle: x\n---\n```output\n1\n```\n";
        let source = Source::new("content/pages/x.md", raw);
        let start = source.text.find("```").unwrap();
        let edit = Edit {
            span: start..source.text.len() - 1,
            output: "2\n".to_owned(),
        };
        assert_eq!(updated(&source, raw, &[edit]), Some(raw.replace('1', "2")));
    }

    #[test]
    fn lists_and_quotes_keep_what_stands_before_their_lines() {
        assert_eq!(
            written("- a\n\n  ```output\n  1\n  ```\n", "2\n\n3\n").as_deref(),
            Some("- a\n\n  ```output\n  2\n\n  3\n  ```\n")
        );
        assert_eq!(
            written("- ```output\n  1\n  ```\n", "2\n").as_deref(),
            Some("- ```output\n  2\n  ```\n")
        );
        assert_eq!(
            written("> ~~~output\n> 1\n> ~~~\n", "2\n\n  3\n").as_deref(),
            Some("> ~~~output\n> 2\n>\n>   3\n> ~~~\n")
        );
    }

    #[test]
    fn a_fence_grows_longer_than_what_it_holds() {
        assert_eq!(
            written("```output\n1\n```\n", "```\nx\n````\n").as_deref(),
            Some("`````output\n```\nx\n````\n`````\n")
        );
    }

    #[test]
    fn what_can_not_be_read_again_is_not_written() {
        assert_eq!(written("```output\n1\n", "2\n"), None, "an open fence");
        assert_eq!(written("```output\n1\n```\n", "a\rb\n"), None);
        let source = Source::new("content/pages/x.md", "---\ntitle: x\n---\n");
        assert_eq!(updated(&source, "changed", &[]), None);
    }
}
