//! Changes as Markdown, for a job's summary or a comment.
//!
//! Texts come from pages that anybody may have written: signs of Markdown in them are escaped.

use std::fmt::Write as _;

use serde_json::Value;

use super::{Changed, Changes, Field, Item, Removed, Section};

/// Fields that say where a question stands.
const PLACES: [&str; 2] = ["level", "topic"];

/// Fields of which only is told that they changed.
const TEXTS: [&str; 8] = [
    "prompt",
    "answer",
    "assesses",
    "by_level",
    "strong_answers",
    "red_flags",
    "follow_ups",
    "references",
];

const OTHER_EDITION: &str = "One of the two is a candidates' edition: \
    kits, pages and what only interviewers get are not compared.\n";

/// Longer values are named, not shown.
const SHOWN: usize = 200;

/// Markdown with a heading for each kind of change that there is.
pub fn markdown(changes: &Changes) -> String {
    let mut out = String::new();
    if changes.other_edition {
        out.push_str(OTHER_EDITION);
    }
    if changes.is_empty() {
        start(&mut out, "No differences in questions, kits and pages.");
        out.pop();
        return out;
    }
    for (heading, what, section) in [
        ("Questions", "question", &changes.questions),
        ("Kits", "kit", &changes.kits),
        ("Pages", "page", &changes.pages),
        ("Guides", "guide", &changes.guides),
    ] {
        write_section(&mut out, heading, what, section);
    }
    if !changes.handbook.is_empty() {
        start(&mut out, "## The handbook");
        for field in &changes.handbook {
            line(&mut out, &change(field));
        }
    }
    out
}

fn write_section(out: &mut String, heading: &str, what: &str, section: &Section) {
    if section.is_empty() {
        return;
    }
    let moved = |one: &&Changed| one.fields.iter().any(is_place);
    let renamed = |one: &&Changed| one.was.is_some();
    let edited = |one: &&Changed| one.fields.iter().any(|field| !is_place(field));
    let changed = section.changed.iter();
    let count = |number: usize, word: &str| (number > 0).then(|| format!("{number} {word}"));
    let counts: Vec<String> = [
        count(section.added.len(), "added"),
        count(section.removed.len(), "removed"),
        count(changed.clone().filter(moved).count(), "moved"),
        count(changed.clone().filter(renamed).count(), "renamed"),
        count(changed.clone().filter(edited).count(), "changed"),
    ]
    .into_iter()
    .flatten()
    .collect();
    start(out, &format!("## {heading}"));
    let _ = writeln!(out, "{}.", counts.join(", "));
    write_list(out, "Added", section.added.iter().map(added));
    write_list(
        out,
        "Removed",
        section.removed.iter().map(|one| removed(one, what)),
    );
    write_list(
        out,
        "Moved",
        changed
            .clone()
            .filter(moved)
            .map(|one| fields(one, is_place)),
    );
    write_list(out, "Renamed", changed.clone().filter_map(renaming));
    write_list(
        out,
        "Changed",
        changed
            .filter(edited)
            .map(|one| fields(one, |field| !is_place(field))),
    );
}

fn is_place(field: &Field) -> bool {
    PLACES.contains(&field.field)
}

fn start(out: &mut String, heading: &str) {
    if !out.is_empty() {
        out.push('\n');
    }
    let _ = writeln!(out, "{heading}\n");
}

fn line(out: &mut String, text: &str) {
    let _ = writeln!(out, "- {text}");
}

fn write_list(out: &mut String, heading: &str, lines: impl Iterator<Item = String>) {
    let mut lines = lines.peekable();
    if lines.peek().is_some() {
        start(out, &format!("### {heading}"));
        for text in lines {
            line(out, &text);
        }
    }
}

fn named(title: &str, id: &str) -> String {
    format!("{} ({})", title_text(title), code(id))
}

fn added(item: &Item) -> String {
    let mut text = named(&item.title, &item.id);
    if !item.about.is_empty() {
        let about: Vec<String> = item.about.iter().map(|word| escaped(word)).collect();
        let _ = write!(text, ": {}", about.join(", "));
    }
    text
}

fn removed(one: &Removed, what: &str) -> String {
    let text = named(&one.item.title, &one.item.id);
    match &one.leads_to {
        Some(to) => format!("{text}; its address leads to {} now", code(to)),
        None if what == "question" => format!("{text}; **its address leads to nothing**"),
        None => text,
    }
}

fn renaming(one: &Changed) -> Option<String> {
    let was = one.was.as_ref()?;
    let leads = if was.leads_here {
        "whose address leads here"
    } else {
        "**whose address leads to nothing**"
    };
    Some(format!(
        "{}: was {}, {leads}",
        named(&one.title, &one.id),
        code(&was.id)
    ))
}

fn fields(one: &Changed, wanted: impl Fn(&Field) -> bool) -> String {
    let changes: Vec<String> = one
        .fields
        .iter()
        .filter(|field| wanted(field))
        .map(change)
        .collect();
    format!("{}: {}", named(&one.title, &one.id), changes.join("; "))
}

/// A field's name, and its values where they are short.
fn change(field: &Field) -> String {
    let name = match field.field {
        "follow_ups" => "follow-ups".to_owned(),
        name => name.replace('_', " "),
    };
    let is_text = TEXTS.contains(&field.field);
    match (&field.old, &field.new) {
        (Value::Array(old), Value::Array(new)) => {
            format!("{name}{}", of_lists(old, new, is_text))
        }
        _ if is_text => name,
        (old, new) => match (short(old), short(new)) {
            (Some(old), Some(new)) => format!("{name} {old} → {new}"),
            (None, Some(new)) if old.is_null() => format!("{name} {new}"),
            (Some(old), None) if new.is_null() => format!("{name} {old} taken out"),
            _ => name,
        },
    }
}

/// What a list has more and less, where its entries are names; how many where they are texts.
fn of_lists(old: &[Value], new: &[Value], is_text: bool) -> String {
    let only = |these: &[Value], those: &[Value]| -> Vec<Value> {
        let left = these.iter().filter(|one| !those.contains(one));
        left.cloned().collect()
    };
    let (less, more) = (only(old, new), only(new, old));
    let is_name = |value: &Value| value.as_str().is_some_and(|text| text.len() <= 60);
    if less.is_empty() && more.is_empty() {
        return " in another order".to_owned();
    }
    let all = less.iter().chain(&more);
    if !is_text && all.clone().all(is_name) && all.count() <= 12 {
        let signed = |sign: &str, values: &[Value]| -> String {
            let texts = values.iter().filter_map(Value::as_str);
            texts.fold(String::new(), |out, text| {
                format!("{out} {sign}{}", code(text))
            })
        };
        return format!("{}{}", signed("−", &less), signed("+", &more));
    }
    format!(" (−{} +{})", less.len(), more.len())
}

/// A value of one line as it is shown.
fn short(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if text.len() <= SHOWN && !text.contains('\n') => {
            Some(format!("“{}”", title_text(text)))
        }
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A title: plain text in which code stands between backticks.
fn title_text(title: &str) -> String {
    let parts: Vec<&str> = title.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return escaped(title);
    }
    let mut out = String::new();
    for (number, part) in parts.into_iter().enumerate() {
        if number % 2 == 0 {
            out.push_str(&escaped(part));
        } else {
            out.push_str(&code(part));
        }
    }
    out
}

/// A code span, whatever the text has in it.
fn code(text: &str) -> String {
    let text: String = text.chars().map(of_one_line).collect();
    let mut longest = 0;
    for run in text.split(|c| c != '`') {
        longest = longest.max(run.len());
    }
    let fence = "`".repeat(longest + 1);
    if text.trim().is_empty() {
        String::new()
    } else if text.starts_with('`') || text.ends_with('`') {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}

/// Text in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().map(of_one_line) {
        match c {
            // As an entity, it can't become a tag in whatever reads this.
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '(' | ')' | '#' | '|' | '~' | '!' | '$' | '@'
            | ':' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// A line break would end the list's entry.
fn of_one_line(c: char) -> char {
    if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
        ' '
    } else {
        c
    }
}
