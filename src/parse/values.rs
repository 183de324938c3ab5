//! Readers of values that several kinds of pages have.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::diag::{self, Diagnostic, Fix, Span, nearest, rules, slip};
use crate::markdown::{self, Input, Part, placeholders};
use crate::model::{At, Audience, Inline, Title};
use crate::yaml::{Node, Value};

use super::context::{Context, Within, mark_interviewer};
use super::fields::Map;
use super::scalar;

/// Reports a value of the wrong type.
pub fn wrong_type(context: &mut Context<'_>, name: &str, node: &Node, expected: &str) {
    let kind = node.value.kind();
    let subject = context.subject(name);
    let raw = context.source.text[node.span.clone()].trim();
    let help = match node.value {
        Value::Int(_) | Value::Float(_) | Value::Bool(_) if expected == "a text" => {
            Some(format!("put it between quotes: '{raw}'"))
        }
        Value::Str(_) if expected == "a list" && raw.starts_with('-') => {
            Some("write a space after each `-`".to_owned())
        }
        Value::Str(_) if expected == "a list" => {
            Some("write `[one, two]`, or a line `- …` for each".to_owned())
        }
        Value::Map(_) if expected == "a text" => Some("quote a text that contains `: `".to_owned()),
        _ => None,
    };
    context
        .report(
            &rules::FIELD_TYPE,
            node.span.clone(),
            format!("{subject} must be {expected}, not {kind}"),
        )
        .help = help;
}

/// Reports a value that is not there.
pub fn empty(context: &mut Context<'_>, name: &str, span: Span) {
    let subject = context.subject(name);
    context
        .report(&rules::FIELD_EMPTY, span, format!("{subject} is empty"))
        .help = Some("give it a value, or remove it".to_owned());
}

/// A text that is not blank.
pub fn text(context: &mut Context<'_>, name: &'static str, node: &Node) -> Option<String> {
    let Value::Str(text) = &node.value else {
        wrong_type(context, name, node, "a text");
        return None;
    };
    if text.trim().is_empty() {
        empty(context, name, node.span.clone());
        return None;
    }
    hidden_characters(context, node, text);
    Some(text.trim().to_owned())
}

/// Escapes of YAML can make characters that the file itself does not have.
fn hidden_characters(context: &mut Context<'_>, node: &Node, text: &str) {
    if !context.source.text[node.span.clone()].contains('\\') {
        return;
    }
    let mut found = Vec::new();
    markdown::control_characters(&context.source.path, text, 0, &mut found);
    markdown::invisible_characters(&context.source.path, text, &mut found);
    let place = place_of(&context.source.text, &node.span, text);
    for mut diagnostic in found {
        let Some(primary) = &mut diagnostic.primary else {
            continue;
        };
        primary.span = place.span(primary.span.clone());
        // What stands in the file as it is was told of with the file.
        let is_escape = context.source.text[primary.span.clone()].starts_with('\\');
        diagnostic.fix = None;
        if is_escape || diagnostic.rule != &rules::ZERO_WIDTH {
            context.diagnostics.push(diagnostic);
        }
    }
}

/// A text with its place.
pub fn text_at(context: &mut Context<'_>, name: &'static str, node: &Node) -> Option<At<String>> {
    text(context, name, node).map(|value| At {
        value,
        span: node.span.clone(),
    })
}

/// A text for readers, without markup.
pub fn words(context: &mut Context<'_>, name: &'static str, node: &Node) -> Option<String> {
    let source = text(context, name, node)?;
    placeholders(context, node, &source);
    Some(source)
}

/// A text of one line in which code stands between backticks.
pub fn title(context: &mut Context<'_>, name: &'static str, node: &Node) -> Option<Title> {
    let source = text(context, name, node)?;
    placeholders(context, node, &source);
    let (html, plain) = markdown::title(&source);
    Some(Title {
        source,
        html,
        plain,
        span: node.span.clone(),
    })
}

/// What of a title is still to be written.
fn placeholders(context: &mut Context<'_>, node: &Node, source: &str) {
    let place = place_of(&context.source.text, &node.span, source);
    for word in placeholders::placeholders(source) {
        let span = place.span(word.clone());
        context
            .report(&rules::TODO, span, placeholders::message(&source[word]))
            .help = Some(placeholders::HELP.to_owned());
    }
}

/// Inline Markdown for everybody.
pub fn inline(context: &mut Context<'_>, name: &'static str, node: &Node) -> Option<Inline> {
    walk_inline(context, name, node, Part::Shown)
}

/// Inline Markdown for everybody that no page is described with: without its plain text, of which
/// a large handbook would hold megabytes.
pub fn point(context: &mut Context<'_>, name: &'static str, node: &Node) -> Option<Inline> {
    inline(context, name, node).map(without_excerpt)
}

/// The same for the interviewer.
pub fn interviewer_point(
    context: &mut Context<'_>,
    name: &'static str,
    node: &Node,
) -> Option<Inline> {
    interviewer_inline(context, name, node).map(without_excerpt)
}

fn without_excerpt(mut inline: Inline) -> Inline {
    inline.content.excerpt = String::new();
    inline
}

/// Inline Markdown for the interviewer.
pub fn interviewer_inline(
    context: &mut Context<'_>,
    name: &'static str,
    node: &Node,
) -> Option<Inline> {
    walk_inline(context, name, node, Part::Answer)
}

fn walk_inline(
    context: &mut Context<'_>,
    name: &'static str,
    node: &Node,
    part: Part,
) -> Option<Inline> {
    let source = text(context, name, node)?;
    let place = place_of(&context.source.text, &node.span, &source);
    let input = Input {
        path: &context.source.path,
        text: &source,
        place,
    };
    let mut walked = markdown::inline(input, &mut context.diagnostics);
    if part == Part::Answer {
        mark_interviewer(&mut walked);
    }
    context.note(&walked);
    Some(Inline {
        content: walked.shown,
        links: walked.links,
        images: walked.images,
        source,
    })
}

/// Whether offsets into a YAML text can be told in the file.
fn place_of(file: &str, span: &Span, value: &str) -> markdown::Place {
    scalar::place(&file[span.clone()], value, span.start)
}

/// A whole number within limits.
pub fn number(
    range: std::ops::RangeInclusive<u16>,
) -> impl FnOnce(&mut Context<'_>, &'static str, &Node) -> Option<u16> {
    move |context, name, node| {
        let number = match node.value {
            Value::Int(number) => number,
            Value::Float(_) if is_whole(context.source.text[node.span.clone()].trim()) => -1,
            _ => {
                wrong_type(context, name, node, "a whole number");
                return None;
            }
        };
        let valid = u16::try_from(number)
            .ok()
            .filter(|number| range.contains(number));
        if valid.is_none() {
            // As it was written: the number itself may be beyond what is kept of it.
            let written = context.source.text[node.span.clone()].trim();
            let help = written
                .strip_prefix('0')
                .filter(|digits| is_whole(digits))
                .map(|digits| format!("write `{}`", digits.trim_start_matches('0')));
            context
                .report(
                    &rules::FIELD_VALUE,
                    node.span.clone(),
                    format!(
                        "`{name}` must be from {} to {}, not {written}",
                        range.start(),
                        range.end()
                    ),
                )
                .help = help;
        }
        valid
    }
}

/// Whether a number is whole that YAML reads as a fraction: it begins with 0, or is too large.
fn is_whole(written: &str) -> bool {
    let digits = written.trim_start_matches(['-', '+']);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// `true` or `false`.
pub fn boolean(context: &mut Context<'_>, name: &'static str, node: &Node) -> Option<bool> {
    let Value::Bool(value) = node.value else {
        wrong_type(context, name, node, "`true` or `false`");
        return None;
    };
    Some(value)
}

/// A day: `2026-11-20`.
pub fn date(context: &mut Context<'_>, name: &'static str, node: &Node) -> Option<At<Date>> {
    let Value::Str(text) = &node.value else {
        wrong_type(context, name, node, "a date such as 2026-11-20");
        return None;
    };
    // jiff also reads forms that people do not expect here, such as 20261120.
    let shaped = text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
    match text.parse::<Date>() {
        Ok(value) if shaped => Some(At {
            value,
            span: node.span.clone(),
        }),
        _ => {
            context
                .report(
                    &rules::FIELD_VALUE,
                    node.span.clone(),
                    format!("`{text}` is not a date"),
                )
                .help = Some("write year, month and day: 2026-11-20".to_owned());
            None
        }
    }
}

/// One of a few words.
pub fn choice<T: Copy>(
    choices: &[(&'static str, T)],
) -> impl FnOnce(&mut Context<'_>, &'static str, &Node) -> Option<T> {
    move |context, name, node| {
        let value = text(context, name, node)?;
        let found = choices.iter().find(|(word, _)| *word == value);
        if found.is_none() {
            let words = || choices.iter().map(|(word, _)| *word);
            let help = match nearest(&value, words()) {
                Some(word) => format!("did you mean `{word}`?"),
                None => format!("it can be {}", diag::choices(words())),
            };
            let diagnostic = context.report(
                &rules::FIELD_VALUE,
                node.span.clone(),
                format!("unknown {name} `{value}`"),
            );
            diagnostic.help = Some(help);
            diagnostic.fix =
                slip(&value, words()).map(|word| Fix::new(node.span.clone(), &value, word));
        }
        found.map(|(_, choice)| *choice)
    }
}

/// A list of at least `least` values. Values that are wrong are reported and left out.
pub fn list<'n, T>(
    least: usize,
    mut read: impl FnMut(&mut Context<'_>, &'static str, &'n Node) -> Option<T>,
) -> impl FnOnce(&mut Context<'_>, &'static str, &'n Node) -> Option<Vec<T>> {
    move |context, name, node| {
        let Value::List(items) = &node.value else {
            wrong_type(context, name, node, "a list");
            return None;
        };
        if items.is_empty() && least > 0 {
            let noun = if least == 1 { "entry" } else { "entries" };
            context
                .report(
                    &rules::FIELD_EMPTY,
                    node.span.clone(),
                    format!("`{name}` is empty"),
                )
                .help = Some(format!("write at least {least} {noun}"));
        } else if items.len() < least {
            let found = items.len();
            context.report(
                &rules::FIELD_FEW,
                node.span.clone(),
                format!("`{name}` needs at least {least} entries, not {found}"),
            );
        }
        let before = context.diagnostics.len();
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            values.extend(context.within(Within::Entry, |context| {
                if item.value == Value::Null {
                    empty(context, name, item.span.clone());
                    return None;
                }
                read(context, name, item)
            }));
        }
        no_fix_towards_a_neighbour(&mut context.diagnostics[before..], items);
        Some(values)
    }
}

/// A slip in a name that another entry has, or is a slip in too, can't be mended: it would stand
/// there twice.
fn no_fix_towards_a_neighbour(found: &mut [Diagnostic], items: &[Node]) {
    if found.iter().all(|diagnostic| diagnostic.fix.is_none()) {
        return;
    }
    let mut uses: FxHashMap<String, usize> = FxHashMap::default();
    for item in items {
        if let Value::Str(text) = &item.value {
            *uses.entry(text.trim().to_owned()).or_default() += 1;
        }
    }
    let of_entry = |fix: &Fix| items.iter().any(|item| item.span == fix.span);
    let fixes = found.iter().filter_map(|one| one.fix.as_ref());
    for fix in fixes.filter(|fix| of_entry(fix)) {
        *uses.entry(fix.replacement.clone()).or_default() += 1;
    }
    for diagnostic in found {
        let alone = |fix: &Fix| !of_entry(fix) || uses.get(&fix.replacement) == Some(&1);
        diagnostic.fix = diagnostic.fix.take().filter(alone);
    }
}

/// Reports a name that a list has twice, and keeps the first.
pub fn distinct(context: &mut Context<'_>, name: &str, values: &mut Vec<At<String>>) {
    let mut places: FxHashMap<String, Span> = FxHashMap::default();
    let mut seen: Vec<At<String>> = Vec::with_capacity(values.len());
    for value in values.drain(..) {
        if let Some(first) = places.get(&value.value) {
            let first = first.clone();
            let word = &value.value;
            let diagnostic = context.report(
                &rules::NAME_TWICE,
                value.span.clone(),
                format!("`{word}` stands twice in `{name}`"),
            );
            diagnostic.help = Some("remove one of them".to_owned());
            diagnostic.secondary.push(crate::diag::Label {
                span: first,
                text: "first here".to_owned(),
            });
        } else {
            places.insert(value.value.clone(), value.span.clone());
            seen.push(value);
        }
    }
    *values = seen;
}

/// A map of fields as a value.
pub fn map<'n>(context: &mut Context<'_>, name: &str, node: &'n Node) -> Option<Map<'n>> {
    let Value::Map(entries) = &node.value else {
        wrong_type(context, name, node, "a map of fields");
        return None;
    };
    let span = entries
        .first()
        .map_or_else(|| node.span.clone(), |entry| entry.key_span.clone());
    Some(Map { entries, span })
}

/// `audience: interviewer`.
pub fn audience(context: &mut Context<'_>, name: &'static str, node: &Node) -> Option<Audience> {
    choice(&[
        ("interviewer", Audience::Interviewer),
        ("everyone", Audience::Everyone),
    ])(context, name, node)
}
