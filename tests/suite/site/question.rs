//! A question's file.

use std::fmt::{self, Display, Write as _};

/// A question's file, valid until it is changed.
pub struct Question {
    /// Name and value as written, in order.
    fields: Vec<(String, String)>,
    lines: String,
    candidate: String,
    answer: String,
}

impl Question {
    /// A valid one.
    pub fn new() -> Self {
        let fields = [
            ("title", "What is it?"),
            ("topic", "language"),
            ("kind", "concept"),
            ("minutes", "5"),
            ("assesses", "Whether it is known."),
            (
                "strong_answers",
                "[Says what it is., Says why it is so., Says when it is not.]",
            ),
            ("red_flags", "[Says nothing.]"),
            ("follow_ups", "[Why?]"),
        ];
        Self {
            fields: fields.map(|(k, v)| (k.to_owned(), v.to_owned())).into(),
            lines: String::new(),
            candidate: String::new(),
            answer: "## Answer\n\nIt is what it is.\n".to_owned(),
        }
    }

    /// Gives a field a value, written as YAML; a new field comes last.
    pub fn set(mut self, name: &str, value: &str) -> Self {
        match self.fields.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => value.clone_into(old),
            None => self.fields.push((name.to_owned(), value.to_owned())),
        }
        self
    }

    /// Leaves a field out.
    pub fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self
    }

    /// Adds lines at the end of the front matter.
    pub fn front(mut self, lines: &str) -> Self {
        writeln!(self.lines, "{lines}").unwrap();
        self
    }

    /// What the candidate is shown.
    pub fn candidate(mut self, text: &str) -> Self {
        self.candidate = format!("{text}\n\n");
        self
    }

    /// The model answer, without its heading.
    pub fn answer(mut self, text: &str) -> Self {
        self.answer = format!("## Answer\n\n{text}\n");
        self
    }

    /// All that follows the front matter.
    pub fn body(mut self, text: &str) -> Self {
        self.candidate = String::new();
        text.clone_into(&mut self.answer);
        self
    }
}

impl Display for Question {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "---")?;
        for (name, value) in &self.fields {
            writeln!(formatter, "{name}: {value}")?;
        }
        let Self {
            lines,
            candidate,
            answer,
            ..
        } = self;
        write!(formatter, "{lines}---\n{candidate}{answer}")
    }
}
