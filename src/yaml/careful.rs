//! Any YAML, with the strictest settings there are, and what is wrong with it.
//!
//! A key given twice is noted and left out, so that the rest can still be read.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::options::{MergeKeyPolicy, NonFiniteFloatPolicy};
use serde_yaml::{Error, Spanned};

use super::{Entry, Node, Value, no_tags, property, slips};
use crate::diag::{Diagnostic, Span, rules};

/// Reads a document that starts at byte `base` of its file. `None` after an error that leaves nothing to
/// go on with.
pub fn read(
    path: &Arc<str>,
    text: &str,
    base: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Node> {
    let mut masked = text.to_owned();
    let mut left_out = BTreeSet::new();
    loop {
        match serde_yaml::from_str_with_options::<Spanned<Raw>>(&masked, options()) {
            Ok(raw) => {
                return Some(raw.into_node(&File {
                    text,
                    base,
                    left_out: &left_out,
                }));
            }
            Err(error) => {
                let span = span_of(&error, &masked);
                if let Error::DuplicateMappingKey { .. } = error.without_snippet()
                    && let Some(unique) = mask(&mut masked, &span, left_out.len())
                {
                    let key = text[span.clone()].to_owned();
                    left_out.insert(span.start);
                    diagnostics.push(duplicate(path, text, base, &key, span));
                    debug_assert_eq!(unique.len(), key.len());
                    continue;
                }
                // A control character has been told of by those who look at the whole file.
                let control = |c: char| c.is_control() && !c.is_whitespace();
                if !masked[span.start..].starts_with(control) {
                    diagnostics.push(syntax_error(path, &error, &masked, base, span));
                }
                return None;
            }
        }
    }
}

/// Strict booleans, no merge keys, aliases or tags, and a budget that no honest page reaches.
fn options() -> serde_yaml::Options {
    serde_yaml::options! {
        strict_booleans: true,
        with_snippet: false,
        merge_keys: MergeKeyPolicy::Error,
        reject_unsupported_tags: true,
        non_finite_float_policy: NonFiniteFloatPolicy::AsString,
        budget: serde_yaml::budget! {
            max_aliases: 0,
            max_anchors: 0,
            max_depth: 16,
            max_events: 100_000,
        },
    }
}

/// Overwrites a second key with one of the same length that nothing else has.
fn mask(text: &mut String, span: &Span, number: usize) -> Option<String> {
    const LIMIT: usize = 32;
    if number >= LIMIT || span.is_empty() || text.get(span.clone()).is_none() {
        return None;
    }
    let length = span.len();
    let unique = (number..number + LIMIT)
        .map(|candidate| format!("{candidate:0>length$}"))
        .take_while(|candidate| candidate.len() == length)
        .find(|candidate| !text.contains(&format!("{candidate}:")))?;
    text.replace_range(span.clone(), &unique);
    Some(unique)
}

fn duplicate(path: &Arc<str>, text: &str, base: usize, key: &str, span: Span) -> Diagnostic {
    let diagnostic = Diagnostic::at(
        &rules::FIELD_DUPLICATE,
        path,
        base + span.start..base + span.end,
        format!("field `{key}` is given twice"),
    )
    .label("given again here")
    .help("keep one of them");
    match first_key(text, key, span.start) {
        Some(first) => {
            diagnostic.secondary(base + first.start..base + first.end, "first given here")
        }
        None => diagnostic,
    }
}

/// The same key earlier, at the same indentation.
fn first_key(text: &str, key: &str, before: usize) -> Option<Span> {
    let indentation = before - text[..before].rfind('\n').map_or(0, |at| at + 1);
    let mut start = 0;
    for line in text[..before].split_inclusive('\n') {
        let at = start + indentation;
        if line.get(indentation..).is_some_and(|rest| {
            rest.strip_prefix(key)
                .is_some_and(|rest| rest.starts_with(':'))
        }) {
            return Some(at..at + key.len());
        }
        start += line.len();
    }
    None
}

fn syntax_error(path: &Arc<str>, error: &Error, text: &str, base: usize, span: Span) -> Diagnostic {
    let error = error.without_snippet();
    let message = error.to_string();
    let words = match message.rfind(" at line ") {
        Some(end) => &message[..end],
        None => message.as_str(),
    };
    let property = property(text, &span).unwrap_or_else(|| span.clone());
    let property = base + property.start..base + property.end;
    let span = base + span.start..base + span.end;
    let feature = |what: &str, help: &str| {
        Diagnostic::at(&rules::YAML_FEATURE, path, property.clone(), what).help(help)
    };
    if words.contains("Anchors") || words.contains("Aliases") || words.contains("alias") {
        return feature(
            "anchors (`&`) and aliases (`*`) are not used here",
            "write the value out; quote a text that begins with `&` or `*`",
        );
    }
    if words.contains("merge key") {
        return feature(
            "merge keys (`<<`) are not used here",
            "write the fields out",
        );
    }
    if words.contains("unsupported tag") {
        return no_tags(path, property);
    }
    let syntax = |what: String| Diagnostic::at(&rules::YAML_SYNTAX, path, span.clone(), what);
    if words.contains("multiple YAML documents") {
        return syntax("a second YAML document begins here".to_owned())
            .help("remove the line `...` or `---` above it");
    }
    if words.contains("budget") || words.contains("recursion limit") || words.contains("depth") {
        return syntax("this YAML is nested or repeated beyond any use".to_owned());
    }
    if words.contains("expected string scalar") {
        return syntax("the name of a field must be a text".to_owned());
    }
    if let Some(slip) = slips::slip(text, span.start - base, words) {
        let span = base + slip.span.start..base + slip.span.end;
        return Diagnostic::at(&rules::YAML_SYNTAX, path, span, slip.message).help(slip.help);
    }
    let diagnostic = syntax(format!("this is not YAML: {words}"));
    if words.contains("mapping values are not allowed") {
        diagnostic.help("quote a text that contains `: `, or check the indentation")
    } else if words.contains("unexpected character")
        || words.contains("sequence entries are not allowed")
        || words.contains("escape")
    {
        diagnostic.help("put the text between single quotes: 'like this'")
    } else if words.contains("tab") {
        diagnostic.help("indent with spaces")
    } else if words.contains("quoted scalar") || words.contains("illegal placement of ':'") {
        diagnostic.help("close the quote or bracket that is open above")
    } else {
        diagnostic
    }
}

/// Scanner errors know no byte offset, only line and column.
fn span_of(error: &Error, text: &str) -> Span {
    let Some(location) = error.location() else {
        return 0..0;
    };
    let span = location.span();
    let start = match span.byte_offset() {
        Some(offset) => usize::try_from(offset).unwrap_or(0),
        None => offset_of(text, location.line(), location.column()),
    };
    let length = span
        .byte_len()
        .unwrap_or_else(|| text.get(start..).map_or(0, first_char_len));
    let start = text.floor_char_boundary(start);
    let end = start + usize::try_from(length).unwrap_or(0);
    start..text.ceil_char_boundary(end)
}

fn first_char_len(text: &str) -> u64 {
    text.chars().next().map_or(0, |c| c.len_utf8() as u64)
}

fn offset_of(text: &str, line: u64, column: u64) -> usize {
    let line = usize::try_from(line.saturating_sub(1)).unwrap_or(0);
    let column = usize::try_from(column.saturating_sub(1)).unwrap_or(0);
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    text[start..]
        .char_indices()
        .nth(column)
        .map_or(text.len(), |(at, _)| start + at)
}

/// What serde hands over, before offsets are made the file's.
enum Raw {
    Scalar(Value),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<String>, Spanned<Raw>)>),
}

trait IntoNode {
    fn into_node(self, file: &File<'_>) -> Node;
}

/// What a tree is read from.
struct File<'t> {
    text: &'t str,
    /// Where the text begins in its file.
    base: usize,
    /// Keys that are given a second time.
    left_out: &'t BTreeSet<usize>,
}

impl IntoNode for Spanned<Raw> {
    fn into_node(self, file: &File<'_>) -> Node {
        let span = file.span(&self);
        let value = match self.value {
            Raw::Scalar(value) => value,
            Raw::List(items) => {
                Value::List(items.into_iter().map(|item| item.into_node(file)).collect())
            }
            Raw::Map(entries) => Value::Map(
                entries
                    .into_iter()
                    .filter_map(|(key, value)| {
                        let key_span = file.span(&key);
                        (!file.left_out.contains(&key_span.start)).then(|| Entry {
                            key_span: file.within(key_span),
                            key: key.value,
                            value: value.into_node(file),
                        })
                    })
                    .collect(),
            ),
        };
        let span = match value {
            Value::List(_) | Value::Map(_) => {
                let end = file.text.len().min(span.start + 1);
                span.start..file.text.ceil_char_boundary(end)
            }
            _ => span,
        };
        Node {
            span: file.within(span),
            value,
        }
    }
}

impl File<'_> {
    /// On the boundaries of characters, and without the empty lines after a block of text.
    fn span<T>(&self, spanned: &Spanned<T>) -> Span {
        let span = spanned.referenced.span();
        let offset = |number: Option<u64>| usize::try_from(number.unwrap_or(0)).unwrap_or(0);
        let (start, length) = (offset(span.byte_offset()), offset(span.byte_len()));
        let start = self.text.floor_char_boundary(start);
        let end = self.text.len().min(start + length);
        let end = self.text.ceil_char_boundary(end);
        start..start + self.text[start..end].trim_end().len()
    }

    fn within(&self, span: Span) -> Span {
        self.base + span.start..self.base + span.end
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Int(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Scalar(
            // Larger than anything here can be: it only has to stay too large.
            Value::Int(i64::try_from(value).unwrap_or(i64::MAX)),
        ))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Float(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Str(value.to_owned())))
    }

    fn visit_string<E>(self, value: String) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Str(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(Raw::Map(entries))
    }
}
