//! The texts of a question, each with what a word in it is worth.

use crate::markdown::{CodeBlock, Fragment, Words};
use crate::model::{Body, Handbook, Inline, Question};

/// Where a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Title,
    /// Tags, topic, level, slug and former slugs.
    Labels,
    Assesses,
    /// Strong answers, red flags, and answers by level.
    Points,
    /// Follow-up questions.
    Asks,
    Headings,
    /// Names within lines of text.
    Symbols,
    /// Blocks of code.
    Samples,
    /// What the candidate is shown, the answer, and all else.
    Text,
}

/// How many there are.
pub const FIELDS: usize = 9;

/// What a word in a field counts for, and how much the field's length takes from that.
pub const WEIGHTS: [(f32, f32); FIELDS] = [
    (10.0, 0.6),
    (12.0, 0.1),
    (10.0, 0.3),
    (2.0, 0.3),
    (2.5, 0.7),
    (6.0, 0.7),
    (1.25, 0.3),
    (0.3, 0.4),
    (0.85, 0.8),
];

/// Gives every text of a question that its edition has.
pub fn of(handbook: &Handbook, question: &Question, give: &mut impl FnMut(Field, &str)) {
    let config = &handbook.config;
    let Question {
        guide: _,
        slug,
        level,
        topic,
        related: _,
        public,
        interviewer,
    } = question;
    give(Field::Title, &public.title.plain);
    give(Field::Labels, &config.topics[*topic].title);
    give(Field::Labels, &config.levels[*level].title);
    give(Field::Labels, slug);
    for label in public.tags.iter().chain(&public.aliases) {
        give(Field::Labels, &label.value);
    }
    let mut reader = Reader {
        field: Field::Text,
        line: String::new(),
        give,
    };
    reader.inlines(Field::Asks, &public.follow_ups);
    reader.body(&public.prompt);
    let Some(interviewer) = interviewer else {
        return;
    };
    reader.inlines(Field::Assesses, [&interviewer.assesses]);
    reader.inlines(Field::Points, &interviewer.strong_answers);
    reader.inlines(Field::Points, &interviewer.red_flags);
    reader.inlines(
        Field::Points,
        interviewer.by_level.iter().map(|(_, text)| text),
    );
    for follow_up in &interviewer.follow_ups {
        reader.inlines(Field::Text, &follow_up.assesses);
        reader.inlines(Field::Text, &follow_up.strong_answers);
        reader.inlines(Field::Text, &follow_up.red_flags);
    }
    for reference in &interviewer.references {
        (reader.give)(Field::Text, &reference.title.plain);
    }
    reader.body(&interviewer.answer);
}

struct Reader<'g, G> {
    field: Field,
    /// Words in one another's neighbourhood.
    line: String,
    give: &'g mut G,
}

impl<G: FnMut(Field, &str)> Reader<'_, G> {
    fn body(&mut self, body: &Body) {
        for heading in &body.headings {
            (self.give)(Field::Headings, &heading.text);
        }
        self.fragment(Field::Text, &body.content.fragment, &body.blocks);
    }

    fn inlines<'i>(&mut self, field: Field, inlines: impl IntoIterator<Item = &'i Inline>) {
        for inline in inlines {
            self.fragment(field, &inline.content.fragment, &[]);
        }
    }

    fn fragment(&mut self, field: Field, fragment: &Fragment, blocks: &[CodeBlock]) {
        self.field = field;
        fragment.words(blocks, self);
        self.pause();
    }
}

impl<G: FnMut(Field, &str)> Words for Reader<'_, G> {
    fn text(&mut self, text: &str) {
        self.line.push_str(text);
    }

    fn code(&mut self, code: &str) {
        self.line.push_str(code);
        (self.give)(Field::Symbols, code);
    }

    fn block(&mut self, block: &CodeBlock) {
        self.pause();
        (self.give)(Field::Samples, &block.code);
    }

    fn pause(&mut self) {
        if !self.line.is_empty() {
            (self.give)(self.field, &self.line);
            self.line.clear();
        }
    }
}
