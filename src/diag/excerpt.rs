//! The lines of a text that a message shows, and no more: a text can have a hundred thousand lines,
//! and a line a million characters.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Origin, Snippet};

use super::{Label, LineIndex, Span};

/// Places that are further apart are shown in pieces of their own.
const APART: usize = 30;

/// Bytes of a line that are shown whole.
const WHOLE: usize = 400;

/// Bytes before and after a place on a longer line.
const BEFORE: usize = 60;
const AFTER: usize = 120;

type Labels<'l, 'd> = [(AnnotationKind, &'l Label)];

/// What shows the places, the first of which is the one that the message is about.
pub(super) fn elements<'d>(
    lines: &LineIndex<'d>,
    path: &str,
    labels: &Labels<'_, 'd>,
) -> Vec<Element<'d>> {
    let places: Vec<Place> = labels
        .iter()
        .map(|(kind, label)| Place::new(lines, *kind, label))
        .collect();
    let first = places.iter().map(|place| place.line).min().unwrap_or(0);
    let last = places.iter().map(|place| place.line).max().unwrap_or(0);
    if last - first <= APART {
        return piece(lines, path, &places);
    }
    places
        .chunks(1)
        .flat_map(|one| piece(lines, path, one))
        .collect()
}

/// A label on one line: a long span would print a page.
struct Place {
    kind: AnnotationKind,
    line: usize,
    span: Span,
    words: String,
}

impl Place {
    fn new(lines: &LineIndex<'_>, kind: AnnotationKind, label: &Label) -> Self {
        let text = lines.text();
        let start = text.floor_char_boundary(label.span.start);
        let end = text.ceil_char_boundary(label.span.end).max(start);
        let line = lines.line(start);
        Self {
            kind,
            line,
            span: start..end.min(lines.bytes(line).end).max(start),
            words: label.text.clone(),
        }
    }
}

fn piece<'d>(lines: &LineIndex<'d>, path: &str, places: &[Place]) -> Vec<Element<'d>> {
    let first = places.iter().map(|place| place.line).min().unwrap_or(0);
    let last = places.iter().map(|place| place.line).max().unwrap_or(0);
    let start = lines.bytes(first).start;
    let is_long = (first..=last).any(|line| lines.bytes(line).len() > WHOLE);
    if !is_long {
        let source = &lines.text()[start..lines.bytes(last).end];
        let annotated = places
            .iter()
            .map(|place| (place, place.span.start - start..place.span.end - start));
        let snippet = snippet(Cow::Borrowed(source), first, annotated);
        return vec![snippet.path(path.to_owned()).into()];
    }
    let (source, spans) = cut(lines, first..last + 1, places);
    let mut elements = Vec::new();
    if let Some(place) = places.first() {
        let position = lines.position(place.span.start);
        // The columns of what is cut are not those of the file.
        elements.push(
            Origin::path(path.to_owned())
                .line(position.line)
                .char_column(position.column)
                .into(),
        );
    }
    let annotated = places.iter().zip(spans);
    elements.push(snippet(Cow::Owned(source), first, annotated).into());
    elements
}

fn snippet<'d, 'p>(
    source: Cow<'d, str>,
    first: usize,
    places: impl Iterator<Item = (&'p Place, Range<usize>)>,
) -> Snippet<'d, annotate_snippets::Annotation<'d>> {
    let snippet = Snippet::source(source).line_start(first + 1);
    snippet.annotations(places.map(|(place, span)| {
        let annotation = place.kind.span(span);
        if place.words.is_empty() {
            annotation
        } else {
            annotation.label(place.words.clone())
        }
    }))
}

/// The lines with as much of each as stands around the places on it, and the places in that.
fn cut(lines: &LineIndex<'_>, range: Range<usize>, places: &[Place]) -> (String, Vec<Span>) {
    const CUT: char = '…';
    let text = lines.text();
    let mut source = String::new();
    let mut spans = vec![0..0; places.len()];
    for line in range.clone() {
        let bytes = lines.bytes(line);
        let here = || places.iter().filter(|place| place.line == line);
        let from = here().map(|place| place.span.start).min();
        let shown = if bytes.len() <= WHOLE {
            bytes.clone()
        } else {
            let from = from.unwrap_or(bytes.start);
            let to = here().map(|place| place.span.end).max().unwrap_or(from);
            let to = to.clamp(from, from + WHOLE) + AFTER;
            let from = from.saturating_sub(BEFORE).max(bytes.start);
            text.floor_char_boundary(from)..text.ceil_char_boundary(to.min(bytes.end))
        };
        if shown.start > bytes.start {
            source.push(CUT);
        }
        let begins = source.len();
        source.push_str(&text[shown.clone()]);
        for (span, place) in spans.iter_mut().zip(places) {
            if place.line == line {
                let within = |at: usize| begins + at.clamp(shown.start, shown.end) - shown.start;
                *span = within(place.span.start)..within(place.span.end);
            }
        }
        if shown.end < bytes.end {
            source.push(CUT);
        }
        if line + 1 < range.end {
            source.push('\n');
        }
    }
    (source, spans)
}
