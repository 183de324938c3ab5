//! What a scanner calls by its grammar's names, in the words of people who write pages.

use crate::diag::Span;

/// A slip, where it is, and the way out.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Slip {
    pub span: Span,
    pub message: String,
    pub help: String,
}

impl Slip {
    fn new(span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            help: help.into(),
        }
    }
}

/// A line of YAML: `  - key: value`, any part of which may be missing.
struct Line<'t> {
    text: &'t str,
    start: usize,
    /// Where its first sign stands.
    first: usize,
    /// Where the value begins, after `- ` and `key: `.
    value: usize,
    key: Option<&'t str>,
}

impl<'t> Line<'t> {
    fn new(text: &'t str, start: usize) -> Self {
        let first = text.len() - text.trim_start().len();
        let mut value = first;
        while let Some(rest) = text[value..].strip_prefix("- ") {
            value = text.len() - rest.trim_start().len();
        }
        let mut key = None;
        if let Some((name, rest)) = text[value..].split_once(':')
            && is_name(name)
            && (rest.is_empty() || rest.starts_with(' '))
        {
            key = Some(name);
            value = text.len() - rest.trim_start().len();
        }
        Self {
            text: text.trim_end(),
            start,
            first,
            value: value.min(text.trim_end().len()),
            key,
        }
    }

    fn value(&self) -> &'t str {
        &self.text[self.value..]
    }

    fn value_span(&self) -> Span {
        self.start + self.value..self.start + self.text.len()
    }

    /// The quote that its value begins with and that the line does not close.
    fn open_quote(&self) -> Option<char> {
        let quote = self.value().chars().next()?;
        let rest = &self.value()[1..];
        (matches!(quote, '"' | '\'') && !rest.ends_with(quote)).then_some(quote)
    }
}

fn is_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    !name.is_empty() && name.bytes().all(plain) && !name.starts_with('-')
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let start = at;
            at += line.len();
            Line::new(line.trim_end_matches('\n'), start)
        })
        .collect()
}

/// What the scanner's complaint `words` about byte `at` is most likely to come from.
pub(super) fn slip(text: &str, at: usize, words: &str) -> Option<Slip> {
    let lines = lines(text);
    let number = lines
        .partition_point(|line| line.start <= at)
        .checked_sub(1)?;
    let line = lines.get(number)?;
    let says = |part: &str| words.contains(part);
    if says("tab") {
        return lines.iter().skip(number).take(3).find_map(tab);
    }
    if says("multiline quoted") || says("quoted scalar, found unexpected end") {
        let mut above = lines[..=number].iter().rev();
        return above.find_map(|line| open_quote(line, at));
    }
    if says("trailing content after") {
        return after_quote(line);
    }
    if says("expected ',' or ']'") {
        return Some(Slip::new(
            entry_around(text, at),
            "an entry of this list has brackets of its own",
            "put it between quotes, or each entry on a line of its own after `- `",
        ));
    }
    if says("unclosed bracket") {
        let (open, close) = match text[at..].chars().next()? {
            '{' => ('{', '}'),
            _ => ('[', ']'),
        };
        return Some(Slip::new(
            at..at + 1,
            format!("this `{open}` is not closed"),
            format!("write `{close}` where it ends, or quote a text that begins with `{open}`"),
        ));
    }
    if says("block scalar") {
        return begins_with(line, &['|', '>']);
    }
    if says("simple key expected") {
        return no_field(line);
    }
    if says("did not find expected") {
        let value = line.start + line.value;
        if at > value
            && let Some(slip) = begins_with(line, &['[', '{'])
        {
            return Some(slip);
        }
        return line.text[line.first..].starts_with('-').then(|| {
            let dash = line.start + line.first;
            Slip::new(
                dash..dash + 1,
                "this entry is not indented as the others of its list",
                "give every `-` of a list the same indentation",
            )
        });
    }
    if says("mapping values are not allowed") {
        return indented_field(&lines, number, at);
    }
    None
}

fn tab(line: &Line<'_>) -> Option<Slip> {
    let indentation = &line.text[..line.first.min(line.text.len())];
    let at = line.start + indentation.find('\t')?;
    let end = line.start + indentation.rfind('\t')? + 1;
    Some(Slip::new(
        at..end,
        "this line is indented with a tab",
        "indent with spaces",
    ))
}

fn open_quote(line: &Line<'_>, at: usize) -> Option<Slip> {
    let quote = line.open_quote()?;
    (line.start + line.value < at).then(|| {
        Slip::new(
            line.value_span(),
            "this text begins with a quote and does not end with one",
            format!("write {quote} at its end"),
        )
    })
}

fn after_quote(line: &Line<'_>) -> Option<Slip> {
    let help = match line.value().chars().next()? {
        '\'' => {
            "write an apostrophe within single quotes as '', or take double quotes around all of it"
        }
        '"' => "put all of it between single quotes: 'like this'",
        _ => return None,
    };
    Some(Slip::new(
        line.value_span(),
        "this text goes on after its quotes",
        help,
    ))
}

fn begins_with(line: &Line<'_>, signs: &[char]) -> Option<Slip> {
    let sign = line.value().chars().next()?;
    signs.contains(&sign).then(|| {
        Slip::new(
            line.value_span(),
            format!("a text that begins with `{sign}` means something else in YAML"),
            "put all of it between single quotes: 'like this'",
        )
    })
}

/// From the bracket or comma before a place to the one after it.
fn entry_around(text: &str, at: usize) -> Span {
    let line_start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let before = text[line_start..at].rfind(['[', ',']);
    let start = before.map_or(line_start, |sign| line_start + sign + 1);
    let blank = text[start..].len() - text[start..].trim_start().len();
    let end = text[at..]
        .find([',', '\n'])
        .map_or(text.len(), |end| at + end);
    start + blank..end.max(start + blank)
}

fn no_field(line: &Line<'_>) -> Option<Slip> {
    let words = &line.text[line.first..];
    let start = line.start + line.first;
    if let Some(rest) = words.strip_prefix('-') {
        return (!rest.starts_with([' ', '-'])).then(|| {
            Slip::new(
                start..start + 1,
                "there is no space after this `-`",
                "an entry of a list begins with `- `",
            )
        });
    }
    if let Some((name, value)) = words.split_once(':')
        && is_name(name)
        && !value.is_empty()
    {
        return Some(Slip::new(
            start..start + name.len() + 1,
            "there is no space after this colon",
            format!("write `{name}: …`"),
        ));
    }
    let name = words.split(' ').next().unwrap_or_default();
    if is_name(name) && name.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Some(Slip::new(
            start..start + name.len(),
            format!("there is no colon after `{name}`"),
            format!("write `{name}: …`; a text that goes on is indented below its field"),
        ));
    }
    Some(Slip::new(
        start..line.start + line.text.len(),
        "this line is neither a field nor an entry of a list",
        "write `name: value`; a text that goes on is indented below its field",
    ))
}

/// A field that is indented below one with a value.
fn indented_field(lines: &[Line<'_>], number: usize, at: usize) -> Option<Slip> {
    let line = lines.get(number)?;
    let key = line.key?;
    let above = lines[..number]
        .iter()
        .rev()
        .find(|line| !line.text.is_empty())?;
    let start = line.start + line.first;
    (at == start + key.len() && line.first > above.first && !above.value().is_empty()).then(|| {
        Slip::new(
            start..start + key.len(),
            "this field is indented further than the one above",
            "begin both in the same column; quote a text that contains `: `",
        )
    })
}

/// Lines of a text without quotes that begin like entries of a list: they were meant to be such.
pub(super) fn swallowed_entries(raw: &str) -> impl Iterator<Item = usize> {
    let mut at = 0;
    raw.split_inclusive('\n')
        .enumerate()
        .filter_map(move |(number, line)| {
            let indentation = line.len() - line.trim_start().len();
            let start = at + indentation;
            at += line.len();
            (number > 0 && line.trim_start().starts_with("- ")).then_some(start)
        })
}

/// Whether the text before a value is the first line of a block: `key: >-`.
pub(super) fn opens_block(before: &str) -> bool {
    let line = before.trim_end().rsplit('\n').next().unwrap_or_default();
    let words = line.split(" #").next().unwrap_or_default().trim_end();
    let header = words.rsplit([' ', '\t']).next().unwrap_or_default();
    header.starts_with(['|', '>'])
        && header[1..]
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-'))
        && before.trim_end_matches([' ', '\t']).ends_with('\n')
}
