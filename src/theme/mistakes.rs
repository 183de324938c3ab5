//! A template's mistakes, at their places in its file.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::ErrorKind;

use super::files::File;
use crate::diag::{Diagnostic, Label, Span, rules};

/// Where each template comes from, by its name.
pub type Sources = BTreeMap<String, File>;

/// What is wrong with the templates before one is rendered.
pub fn of_templates(sources: &Sources, error: &tera::Error) -> Vec<Diagnostic> {
    if let ErrorKind::Msg(text) = error.kind() {
        let reports = text.split("error: ");
        let found: Vec<Diagnostic> = reports
            .filter_map(|report| reported(sources, report))
            .collect();
        if !found.is_empty() {
            return found;
        }
    }
    vec![of_rendering(sources, "base.html", error)]
}

/// What is wrong with a template, or with one that it uses.
pub fn of_rendering(sources: &Sources, template: &str, error: &tera::Error) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => at(
            sources,
            report.filename(),
            report.message(),
            Some(report.span().range.clone()),
        ),
        ErrorKind::MissingParent { current, parent } => at(
            sources,
            current,
            &format!("there is no template `{parent}`"),
            quoted(sources, current, parent),
        ),
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            at(sources, tpl, &error.to_string(), None)
        }
        _ => at(sources, template, &error.to_string(), None),
    }
}

fn at(sources: &Sources, name: &str, message: &str, span: Option<Span>) -> Diagnostic {
    let path = sources.get(name).map_or_else(
        || Arc::from(format!("themes/default/templates/{name}")),
        |file| Arc::clone(&file.path),
    );
    let mut diagnostic = Diagnostic::of_file(&rules::TEMPLATE, &path, lower_first(message));
    diagnostic.primary = span.map(|span| Label {
        span,
        text: String::new(),
    });
    diagnostic
}

/// Where a template names another one.
fn quoted(sources: &Sources, template: &str, name: &str) -> Option<Span> {
    let text = std::str::from_utf8(&sources.get(template)?.bytes).ok()?;
    let start = text.find(name)?;
    Some(start..start + name.len())
}

/// Names that nothing has are told as text alone: a message, then ` --> file:line:column`, the line
/// and a line of `^` below what is meant.
fn reported(sources: &Sources, report: &str) -> Option<Diagnostic> {
    let mut lines = report.lines();
    let message = lines.next()?;
    let place = lines.next()?.trim_start().strip_prefix("--> ")?;
    let mut numbers = place.rsplitn(3, ':');
    let column: usize = numbers.next()?.parse().ok()?;
    let line: usize = numbers.next()?.parse().ok()?;
    let name = numbers.next()?;
    let text = std::str::from_utf8(&sources.get(name)?.bytes).ok()?;
    let before: usize = text
        .split_inclusive('\n')
        .take(line - 1)
        .map(str::len)
        .sum();
    let length = |text: &str, characters: usize| {
        text.chars()
            .take(characters)
            .map(char::len_utf8)
            .sum::<usize>()
    };
    let start = before + length(&text[before..], column - 1);
    let marks = lines.nth(2).map_or(1, |marks| marks.matches('^').count());
    let end = start + length(&text[start..], marks);
    Some(at(sources, name, message, Some(start..end)))
}

fn lower_first(text: &str) -> String {
    let mut characters = text.trim_end_matches('.').chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => String::new(),
    }
}
