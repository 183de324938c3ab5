//! What people write when all is well, read in a third of the time.
//!
//! [`read`] gives up at whatever is out of the ordinary, be it wrong or not: then [`super::parse`] reads
//! the text once more, with all checks and messages. A tree that it gives is the one that would come of
//! that.

use serde_yaml::granit_parser::{Event, Parser, ScalarStyle, Span as Place, StrInput};

use super::{Entry, Node, Value};
use crate::diag::Span;

/// Deeper than any page, and within the budget of the careful way.
const DEEPEST: usize = 12;

/// As many events as the longest honest page has, many times over.
const MOST_EVENTS: usize = 50_000;

/// From so many fields on, looking for one that is given twice takes long.
const MOST_FIELDS: usize = 64;

/// The tree of a YAML document that starts at byte `base` of its file.
pub fn read(text: &str, base: usize) -> Option<Node> {
    let mut reader = Reader {
        events: Parser::new_from_str(text),
        text,
        base,
        left: MOST_EVENTS,
    };
    matches!(reader.next()?.0, Event::StreamStart).then_some(())?;
    matches!(reader.next()?.0, Event::DocumentStart(false, None)).then_some(())?;
    let (event, place) = reader.next()?;
    let node = reader.node(event, &place, 0)?;
    matches!(reader.next()?.0, Event::DocumentEnd).then_some(())?;
    matches!(reader.next()?.0, Event::StreamEnd).then_some(node)
}

struct Reader<'t> {
    events: Parser<'t, StrInput<'t>>,
    text: &'t str,
    base: usize,
    left: usize,
}

impl<'t> Reader<'t> {
    fn next(&mut self) -> Option<(Event<'t>, Place)> {
        self.left = self.left.checked_sub(1)?;
        self.events.next_event()?.ok()
    }

    fn node(&mut self, event: Event<'t>, place: &Place, depth: usize) -> Option<Node> {
        if depth > DEEPEST {
            return None;
        }
        let whole = self.span(place)?;
        let (span, value) = match event {
            Event::Scalar(text, style, 0, None) => (whole, scalar(&text, style)?),
            Event::SequenceStart(_, 0, None) => (self.first(whole), self.list(depth)?),
            Event::MappingStart(_, 0, None) => (self.first(whole), self.map(depth)?),
            _ => return None,
        };
        Some(Node {
            span: self.base + span.start..self.base + span.end,
            value,
        })
    }

    fn list(&mut self, depth: usize) -> Option<Value> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Some(Value::List(items)),
                (event, place) => items.push(self.node(event, &place, depth + 1)?),
            }
        }
    }

    fn map(&mut self, depth: usize) -> Option<Value> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let (key, place) = match self.next()? {
                (Event::MappingEnd, _) => return Some(Value::Map(entries)),
                (Event::Scalar(text, style, 0, None), place) => match scalar(&text, style)? {
                    Value::Str(key) => (key, place),
                    _ => return None,
                },
                _ => return None,
            };
            if entries.len() == MOST_FIELDS || entries.iter().any(|entry| entry.key == key) {
                return None;
            }
            let span = self.span(&place)?;
            let (event, place) = self.next()?;
            entries.push(Entry {
                key,
                key_span: self.base + span.start..self.base + span.end,
                value: self.node(event, &place, depth + 1)?,
            });
        }
    }

    /// Without the empty lines after a block of text.
    fn span(&self, place: &Place) -> Option<Span> {
        let range = place.byte_range()?;
        let own = self.text.get(range.clone())?;
        Some(range.start..range.start + own.trim_end().len())
    }

    /// A list or a map is told of at its first character.
    fn first(&self, span: Span) -> Span {
        let length = self.text[span.start..]
            .chars()
            .next()
            .map_or(0, char::len_utf8);
        span.start..span.start + length
    }
}

/// A value, if it is plain to see what kind it has.
fn scalar(text: &str, style: ScalarStyle) -> Option<Value> {
    let is_text = style != ScalarStyle::Plain || is_word(text) || is_date(text);
    if is_text {
        return Some(Value::Str(text.to_owned()));
    }
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit())
        && (1..=18).contains(&text.len())
        && (text.len() == 1 || !text.starts_with('0'));
    is_number
        .then(|| text.parse().ok().map(Value::Int))
        .flatten()
}

/// Whether it begins as no number does, and is none of the words that mean something.
fn is_word(text: &str) -> bool {
    const WORDS: [&str; 12] = [
        "null", "true", "false", "yes", "no", "on", "off", "y", "n", "inf", "nan", "infinity",
    ];
    text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '(' | '/' | '$'))
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}
