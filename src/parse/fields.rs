//! Reading a map field by field: what is unknown, missing or empty is reported here.

use crate::diag::{self, Fix, Span, rules};
use crate::yaml::{Entry, Node, Value};

use super::context::{Context, Within};
use super::values;

/// A map that is being read. Each field is asked for once; [`Fields::finish`] reports the rest.
pub struct Fields<'n> {
    entries: &'n [Entry],
    /// What a missing field is reported at.
    owner: Span,
    /// "a question", for messages.
    what: &'static str,
    known: Vec<&'static str>,
    errors_before: usize,
}

/// A map's entries and its place.
#[derive(Clone)]
pub struct Map<'n> {
    pub entries: &'n [Entry],
    pub span: Span,
}

impl Context<'_> {
    /// The front matter as a map of fields.
    pub fn map<'n>(&mut self, node: &'n Node) -> Option<Map<'n>> {
        let owner = self.outline.front_span.clone();
        match &node.value {
            Value::Map(entries) => Some(Map {
                entries,
                span: owner,
            }),
            Value::Null => Some(Map {
                entries: &[],
                span: owner,
            }),
            other => {
                let kind = other.kind();
                self.report(
                    &rules::YAML_NOT_A_MAP,
                    node.span.clone(),
                    format!("expected fields such as `title: …`, found {kind}"),
                )
                .help = Some("write each field on a line of its own: `name: value`".to_owned());
                None
            }
        }
    }
}

impl<'n> Fields<'n> {
    pub fn new(context: &Context<'_>, map: Map<'n>, what: &'static str) -> Self {
        Self {
            entries: map.entries,
            owner: map.span,
            what,
            known: Vec::new(),
            errors_before: context.diagnostics.len(),
        }
    }

    /// A field that must be there. `None` after a report.
    pub fn required<T>(
        &mut self,
        context: &mut Context<'_>,
        name: &'static str,
        read: impl FnOnce(&mut Context<'_>, &'static str, &'n Node) -> Option<T>,
    ) -> Option<T> {
        if self.find(name).is_none() {
            let what = self.what;
            let diagnostic = context.report(
                &rules::FIELD_MISSING,
                self.owner.clone(),
                format!("{what} needs the field `{name}`"),
            );
            // Told apart from a mistyped field by `finish`, which knows all names.
            diagnostic.help = Some(format!("add a line `{name}: …`"));
            self.known.push(name);
            return None;
        }
        self.optional(context, name, read)
    }

    /// A field that may be there. `None` when it is not, or after a report.
    pub fn optional<T>(
        &mut self,
        context: &mut Context<'_>,
        name: &'static str,
        read: impl FnOnce(&mut Context<'_>, &'static str, &'n Node) -> Option<T>,
    ) -> Option<T> {
        self.known.push(name);
        let entry = self.find(name)?;
        if entry.value.value == Value::Null {
            context.within(Within::Field, |context| {
                values::empty(context, name, entry.key_span.clone());
            });
            return None;
        }
        context.within(Within::Field, |context| read(context, name, &entry.value))
    }

    /// Reports unknown fields. Whether everything was in order.
    pub fn finish(self, context: &mut Context<'_>) -> bool {
        for entry in self.entries {
            if self.known.contains(&entry.key.as_str()) {
                continue;
            }
            self.unknown(context, entry);
        }
        !diag::has_errors(&context.diagnostics[self.errors_before..])
    }

    fn unknown(&self, context: &mut Context<'_>, entry: &Entry) {
        let absent = || {
            self.known
                .iter()
                .copied()
                .filter(|name| self.find(name).is_none())
        };
        let nearest = diag::nearest(&entry.key, absent())
            .or_else(|| diag::nearest(&entry.key, self.known.iter().copied()));
        let help = match nearest {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("{} has the fields {}", self.what, listing_all(&self.known)),
        };
        if let Some(name) = nearest
            && self.find(name).is_none()
        {
            // One mistake, one message: the field that it was meant to be is not missing as well.
            context.diagnostics.retain(|diagnostic| {
                !(diagnostic.rule == &rules::FIELD_MISSING
                    && diagnostic.primary.as_ref().map(|label| &label.span) == Some(&self.owner)
                    && diagnostic.message.ends_with(&format!("`{name}`")))
            });
        }
        let what = self.what;
        let key = &entry.key;
        let diagnostic = context.report(
            &rules::FIELD_UNKNOWN,
            entry.key_span.clone(),
            format!("{what} has no field `{key}`"),
        );
        diagnostic.help = Some(help);
        diagnostic.fix = self
            .slip(key)
            .map(|name| Fix::new(entry.key_span.clone(), key, name));
    }

    /// The field that a name is a slip in, if it is missing and no other name is a slip in it too.
    fn slip(&self, key: &str) -> Option<&'static str> {
        let name = diag::slip(key, self.known.iter().copied())?;
        let slips = |entry: &&Entry| {
            entry.key == name || diag::slip(&entry.key, self.known.iter().copied()) == Some(name)
        };
        (self.entries.iter().filter(slips).count() == 1).then_some(name)
    }

    fn find(&self, name: &str) -> Option<&'n Entry> {
        self.entries.iter().find(|entry| entry.key == name)
    }
}

fn listing_all(names: &[&'static str]) -> String {
    let mut names = names.to_vec();
    names.sort_unstable();
    names.dedup();
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, most)) if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}
