//! YAML as a tree in which every key and value knows its place.
//!
//! 1. [`parse`] reads one document: what is [`plain`] to see from the parser's events, anything else the
//!    [`careful`] way.
//! 2. [`crate::parse`] turns the tree into types, field by field, and reports every mistake.
//!
//! The crate behind `serde_yaml` is serde-saphyr: the archived original gives no places of keys and
//! values and takes an empty value for an empty string.

mod careful;
mod plain;
mod slips;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::diag::{Diagnostic, Span, rules};

/// A value and where it stands in its file.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// A list's or map's span is its first character alone, an empty value's has no length.
    pub span: Span,
    pub value: Value,
}

/// YAML's kinds of values.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Str(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// One field of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub key: String,
    pub key_span: Span,
    pub value: Node,
}

impl Value {
    /// What people call it.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "nothing",
            Value::Bool(_) => "a boolean",
            Value::Int(_) => "a number",
            Value::Float(_) => "a fraction",
            Value::Str(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a map of fields",
        }
    }
}

/// Reads one YAML document that starts at byte `base` of the file. `None` after an error that
/// leaves nothing to go on with.
pub fn parse(
    path: &Arc<str>,
    text: &str,
    base: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Node> {
    let node = match plain::read(text, base) {
        Some(node) => node,
        None => careful::read(path, text, base, diagnostics)?,
    };
    tags(path, text, base, &node, diagnostics);
    swallowed(path, text, base, &node, diagnostics);
    Some(node)
}

/// The crate reads YAML's own tags, such as `!!binary`, which can hide what a text says.
fn tags(path: &Arc<str>, text: &str, base: usize, node: &Node, found: &mut Vec<Diagnostic>) {
    let here = node.span.start - base..node.span.end - base;
    if let Some(tag) = property(text, &here)
        && text[tag.clone()].starts_with('!')
    {
        found.push(no_tags(path, base + tag.start..base + tag.end));
    }
    match &node.value {
        Value::List(items) => {
            for item in items {
                tags(path, text, base, item, found);
            }
        }
        Value::Map(entries) => {
            for entry in entries {
                tags(path, text, base, &entry.value, found);
            }
        }
        _ => {}
    }
}

/// An entry that is indented too far is a part of the one above, and nobody sees it.
fn swallowed(path: &Arc<str>, text: &str, base: usize, node: &Node, found: &mut Vec<Diagnostic>) {
    match &node.value {
        Value::Str(_) => {
            let start = node.span.start - base;
            let raw = &text[start..node.span.end - base];
            let mut entries = slips::swallowed_entries(raw).peekable();
            // Whether it is a block takes a look at the whole line above: rare texts alone are worth it.
            if entries.peek().is_none()
                || raw.starts_with(['"', '\'', '-'])
                || slips::opens_block(&text[..start])
            {
                return;
            }
            for at in entries {
                let at = node.span.start + at;
                found.push(
                    Diagnostic::at(
                        &rules::YAML_SYNTAX,
                        path,
                        at..at + 1,
                        "this line goes on with the text above, and is no entry of the list",
                    )
                    .help("give every `-` of a list the same indentation"),
                );
            }
        }
        Value::List(items) => {
            for item in items {
                swallowed(path, text, base, item, found);
            }
        }
        Value::Map(entries) => {
            for entry in entries {
                swallowed(path, text, base, &entry.value, found);
            }
        }
        _ => {}
    }
}

fn no_tags(path: &Arc<str>, span: Span) -> Diagnostic {
    Diagnostic::at(
        &rules::YAML_FEATURE,
        path,
        span,
        "tags (`!`) are not used here",
    )
    .help("quote a text that begins with `!`")
}

/// The anchor or tag right before a value, which is what errors about them point at.
fn property(text: &str, value: &Span) -> Option<Span> {
    let before = text.get(..value.start)?.trim_end();
    let start = before.rfind([' ', '\n', '[', '{', ','])? + 1;
    before[start..]
        .starts_with(['&', '!'])
        .then_some(start..before.len())
}
