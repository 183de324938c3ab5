//! Diagnostics as text: for people, as JSON lines, as GitHub annotations.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer};
use serde::Serialize;

use super::{Diagnostic, Label, LineIndex, Position, Severity, excerpt, shown};

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
    let mut indexes = Indexes::new(texts);
    for diagnostic in shown(diagnostics) {
        let report = report(&diagnostic, &mut indexes);
        for line in renderer.render(&report).split_inclusive('\n') {
            if !is_bare_mark(line) {
                out.push_str(line);
            }
        }
        out.push_str("\n\n");
    }
    out
}

/// The renderer's mark for lines of another file, which it also sets below a place that is told apart
/// from its lines.
fn is_bare_mark(line: &str) -> bool {
    line.contains(":::") && anstream::adapter::strip_str(line).to_string().trim() == ":::"
}

fn report<'d, 't: 'd>(diagnostic: &'d Diagnostic, indexes: &mut Indexes<'t>) -> Vec<Group<'d>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(printable(&diagnostic.message))
        .id(diagnostic.rule.code);
    let path = printable(&diagnostic.path);
    let mut group = match (&diagnostic.primary, indexes.of(&diagnostic.path)) {
        (Some(primary), Some(lines)) => {
            let mut labels = vec![(AnnotationKind::Primary, primary)];
            let others = diagnostic.secondary.iter();
            labels.extend(others.map(|label| (AnnotationKind::Context, label)));
            title.elements(excerpt::elements(lines, &path, &labels))
        }
        _ => title.element(Origin::path(path)),
    };
    if let Some(note) = &diagnostic.note {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    let mut groups = vec![group];
    for related in &diagnostic.related {
        let title = Level::NOTE.secondary_title(printable(&related.text));
        let path = printable(&related.path);
        groups.push(match (&related.span, indexes.of(&related.path)) {
            (Some(span), Some(lines)) => {
                let label = Label {
                    span: span.clone(),
                    text: String::new(),
                };
                let labels = [(AnnotationKind::Context, &label)];
                title.elements(excerpt::elements(lines, &path, &labels))
            }
            _ => title.element(Origin::path(path)),
        });
    }
    groups
}

/// Terminals obey control characters, and names of files can hold them.
fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() {
            clean.extend(c.escape_default());
        } else {
            clean.push(c);
        }
    }
    Cow::Owned(clean)
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
    let mut indexes = Indexes::new(texts);
    for diagnostic in shown(diagnostics) {
        let (start, end) = indexes.range(&diagnostic);
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
    let mut indexes = Indexes::new(texts);
    for diagnostic in shown(diagnostics) {
        let (start, end) = indexes.range(&diagnostic);
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

/// A line index of each text that is pointed into.
struct Indexes<'d> {
    texts: &'d Texts,
    made: HashMap<&'d str, LineIndex<'d>>,
}

impl<'d> Indexes<'d> {
    fn new(texts: &'d Texts) -> Self {
        Self {
            texts,
            made: HashMap::new(),
        }
    }

    fn of(&mut self, path: &str) -> Option<&LineIndex<'d>> {
        let (path, text) = self.texts.get_key_value(path)?;
        let made = self.made.entry(path);
        Some(made.or_insert_with(|| LineIndex::new(text)))
    }

    fn range(&mut self, diagnostic: &Diagnostic) -> (Position, Position) {
        const WHOLE_FILE: Position = Position { line: 1, column: 1 };
        match (&diagnostic.primary, self.of(&diagnostic.path)) {
            (Some(primary), Some(lines)) => lines.range(&primary.span),
            _ => (WHOLE_FILE, WHOLE_FILE),
        }
    }
}
