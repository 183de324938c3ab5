//! Diagnostics as text: for people, as JSON lines, as GitHub annotations.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use super::{Diagnostic, LineIndex, Position, Severity};

/// The texts that diagnostics point into, by path.
pub type Texts = HashMap<Arc<str>, Arc<str>>;

/// How wide and in what colours people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HumanStyle {
    pub colour: bool,
}

/// The look of the Rust compiler's messages.
pub fn human(diagnostics: &[Diagnostic], texts: &Texts, style: HumanStyle) -> String {
    let renderer = if style.colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    }
    .decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for diagnostic in diagnostics {
        let report = report(diagnostic, texts);
        out.push_str(&renderer.render(&report));
        out.push_str("\n\n");
    }
    out
}

fn report<'d>(diagnostic: &'d Diagnostic, texts: &'d Texts) -> Vec<Group<'d>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.rule.code);
    let text = texts.get(&diagnostic.path);
    let mut group = match (&diagnostic.primary, text) {
        (Some(primary), Some(text)) => {
            let mut snippet = Snippet::source(text.as_ref())
                .path(diagnostic.path.as_ref())
                .annotation(annotation(
                    AnnotationKind::Primary,
                    visible(text, &primary.span),
                    &primary.text,
                ));
            for label in &diagnostic.secondary {
                snippet = snippet.annotation(annotation(
                    AnnotationKind::Context,
                    visible(text, &label.span),
                    &label.text,
                ));
            }
            title.element(snippet)
        }
        _ => title.element(Origin::path(diagnostic.path.as_ref())),
    };
    if let Some(note) = &diagnostic.note {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let mut groups = vec![group];
    for related in &diagnostic.related {
        let title = Level::NOTE.secondary_title(related.text.as_str());
        groups.push(match (&related.span, texts.get(&related.path)) {
            (Some(span), Some(text)) => title.element(
                Snippet::source(text.as_ref())
                    .path(related.path.as_ref())
                    .annotation(AnnotationKind::Context.span(visible(text, span))),
            ),
            _ => title.element(Origin::path(related.path.as_ref())),
        });
    }
    groups
}

fn annotation(
    kind: AnnotationKind,
    span: Range<usize>,
    label: &str,
) -> annotate_snippets::Annotation<'_> {
    let annotation = kind.span(span);
    if label.is_empty() {
        annotation
    } else {
        annotation.label(label)
    }
}

/// Within the text, on character boundaries, and on one line: a long span would print a page.
fn visible(text: &str, span: &Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(span.start);
    let end = text.ceil_char_boundary(span.end.min(text.len())).max(start);
    let line_end = text[start..end].find('\n').map_or(end, |at| start + at);
    start..line_end.max(start)
}

#[derive(Serialize)]
struct JsonLine<'d> {
    code: &'d str,
    severity: &'d str,
    message: &'d str,
    path: &'d str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'d str>,
    help: Option<&'d str>,
}

/// One object a line, as the command's `--format json` promises.
pub fn json(diagnostics: &[Diagnostic], texts: &Texts) -> String {
    let mut out = String::new();
    let mut places = Places::new(texts);
    for diagnostic in diagnostics {
        let (start, end) = places.of(diagnostic);
        let line = JsonLine {
            code: diagnostic.rule.code,
            severity: diagnostic.severity.as_str(),
            message: &diagnostic.message,
            path: &diagnostic.path,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            note: diagnostic.note.as_deref(),
            help: diagnostic.help.as_deref(),
        };
        // Strings and numbers alone: there is nothing that JSON can't hold.
        out.push_str(&serde_json::to_string(&line).unwrap_or_default());
        out.push('\n');
    }
    out
}

/// Workflow commands, which GitHub shows in the diff.
/// <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>
pub fn github(diagnostics: &[Diagnostic], texts: &Texts) -> String {
    let mut out = String::new();
    let mut places = Places::new(texts);
    for diagnostic in diagnostics {
        let (start, end) = places.of(diagnostic);
        let mut message = diagnostic.message.clone();
        if let Some(note) = &diagnostic.note {
            message.push('\n');
            message.push_str(note);
        }
        if let Some(help) = &diagnostic.help {
            message.push_str("\nhelp: ");
            message.push_str(help);
        }
        let _ = write!(
            out,
            "::{} file={},line={},endLine={},",
            diagnostic.severity.as_str(),
            github_property(&diagnostic.path),
            start.line,
            end.line,
        );
        // GitHub refuses columns on an annotation of several lines.
        if start.line == end.line {
            let _ = write!(out, "col={},endColumn={},", start.column, end.column);
        }
        let _ = writeln!(
            out,
            "title={}::{}",
            github_property(&format!(
                "{} {}",
                diagnostic.rule.code, diagnostic.rule.name
            )),
            github_data(&message),
        );
    }
    out
}

fn github_data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn github_property(text: &str) -> String {
    github_data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Positions, with one line index for each run of diagnostics of the same file.
struct Places<'d> {
    texts: &'d Texts,
    current: Option<(&'d str, LineIndex<'d>)>,
}

impl<'d> Places<'d> {
    fn new(texts: &'d Texts) -> Self {
        Self {
            texts,
            current: None,
        }
    }

    fn of(&mut self, diagnostic: &'d Diagnostic) -> (Position, Position) {
        const WHOLE_FILE: Position = Position { line: 1, column: 1 };
        let (Some(primary), Some(text)) = (&diagnostic.primary, self.texts.get(&diagnostic.path))
        else {
            return (WHOLE_FILE, WHOLE_FILE);
        };
        if self
            .current
            .as_ref()
            .is_none_or(|(path, _)| *path != &*diagnostic.path)
        {
            self.current = Some((&diagnostic.path, LineIndex::new(text)));
        }
        self.current
            .as_ref()
            .map_or((WHOLE_FILE, WHOLE_FILE), |(_, lines)| {
                lines.range(&primary.span)
            })
    }
}
