//! One question: its fields, drawn at random, and its Markdown.

use super::rng::Rng;
use super::{Corpus, LEVELS, python, quoted, slug, words};
use std::fmt::Write as _;

const KINDS: [&str; 6] = [
    "concept",
    "coding",
    "predict-output",
    "debugging",
    "design",
    "experience",
];

const TAGS: [&str; 36] = [
    "gil",
    "threads",
    "asyncio",
    "processes",
    "memory",
    "gc",
    "bytecode",
    "imports",
    "pip",
    "wheels",
    "typing",
    "tests",
    "mocks",
    "logging",
    "profiling",
    "numpy",
    "pandas",
    "sql",
    "http",
    "json",
    "security",
    "unicode",
    "regex",
    "dates",
    "files",
    "caching",
    "queues",
    "iterators",
    "generators",
    "decorators",
    "closures",
    "classes",
    "metaclasses",
    "recursion",
    "sorting",
    "hashing",
];

/// A question that follows the first answer.
pub struct FollowUp {
    pub ask: String,
    pub assesses: String,
    pub strong_answers: Vec<String>,
    pub red_flags: Vec<String>,
}

/// A piece of a body: text as it stands, or a link to another question.
enum Part {
    Text(String),
    Link {
        label: String,
        to: usize,
    },
    /// What a program prints.
    Output(String),
}

/// One question with all its fields.
pub struct Question {
    pub kind: &'static str,
    pub tags: Vec<&'static str>,
    pub minutes: usize,
    pub assesses: String,
    pub strong_answers: Vec<String>,
    pub red_flags: Vec<String>,
    /// What an answer sounds like at a level; of every third page.
    pub by_level: Vec<(&'static str, String)>,
    pub follow_ups: Vec<FollowUp>,
    pub related: Vec<usize>,
    pub references: Vec<(String, String)>,
    pub added: String,
    pub reviewed: String,
    body: Vec<Part>,
}

impl Corpus {
    /// Draws one question.
    pub fn question(&self, index: usize) -> Question {
        let mut rng = Rng::new(2, index);
        let rng = &mut rng;
        let kind = rng.pick(&KINDS);
        let first_tag = rng.below(TAGS.len());
        let mut related = vec![self.other(index, rng), self.other(index, rng)];
        related.dedup();
        related.retain(|&to| to != index);
        let (day, later) = (rng.range(1, 28), rng.range(1, 12));
        Question {
            kind,
            tags: (0..rng.range(2, 3))
                .map(|step| TAGS[(first_tag + 7 * step) % TAGS.len()])
                .collect(),
            minutes: rng.range(5, 30),
            assesses: words::fill("Whether the candidate {S} the {J} {N} of a {T}.", rng),
            strong_answers: points(rng, 3, 5),
            red_flags: points(rng, 2, 3),
            by_level: match index % 3 {
                0 => LEVELS
                    .iter()
                    .map(|level| (level.0, words::point(rng)))
                    .collect(),
                _ => Vec::new(),
            },
            follow_ups: (0..2).map(|_| follow_up(rng)).collect(),
            related,
            references: (0..rng.range(1, 2)).map(|_| reference(rng)).collect(),
            added: format!("2024-{:02}-{day:02}", rng.range(1, 12)),
            reviewed: format!("2025-{later:02}-{day:02}"),
            body: self.body(index, kind, rng),
        }
    }

    /// Another question than this one.
    fn other(&self, index: usize, rng: &mut Rng) -> usize {
        let others = self.heads.len().saturating_sub(1).max(1);
        (index + 1 + rng.below(others)) % self.heads.len()
    }

    /// The prompt, the answer, two fences, a list, a table in every third page.
    fn body(&self, index: usize, kind: &str, rng: &mut Rng) -> Vec<Part> {
        let mut body = Body::default();
        let fence_first = matches!(kind, "predict-output" | "debugging");
        body.block(words::paragraph(rng, 2));
        if fence_first {
            body.fence(rng);
        }
        body.block("## Answer".into());
        body.block(words::paragraph(rng, 2));
        if !fence_first {
            body.fence(rng);
        }
        if kind == "predict-output" {
            body.0.push(Part::Output(words::phrase(rng)));
        }
        body.linking(
            words::paragraph(rng, 2),
            &words::phrase(rng),
            self.other(index, rng),
        );
        let list: Vec<_> = (0..rng.range(3, 4))
            .map(|_| format!("- {}", item(rng)))
            .collect();
        body.block(list.join("\n"));
        if index.is_multiple_of(3) {
            body.block(table(rng));
        }
        body.block(format!("### {}", words::phrase(rng)));
        body.block(words::paragraph(rng, 2));
        body.fence(rng);
        body.linking(
            words::paragraph(rng, 2),
            &words::phrase(rng),
            self.other(index, rng),
        );
        body.0
    }
}

impl Question {
    /// The Markdown below the front matter, with addresses made by `href`; `output` is the info
    /// string of fences with what a program prints.
    pub fn body(&self, href: impl Fn(usize) -> String, output: &str) -> String {
        let mut text = String::with_capacity(4096);
        for part in &self.body {
            match part {
                Part::Text(part) => text.push_str(part),
                Part::Link { label, to } => {
                    let _ = write!(text, "[{label}]({})", href(*to));
                }
                Part::Output(lines) => {
                    let _ = write!(text, "```{output}\n{lines}\n```\n\n");
                }
            }
        }
        text
    }

    /// The front matter that every generator gets in the same words.
    pub fn fields(&self) -> String {
        let mut yaml = String::with_capacity(2048);
        let _ = writeln!(
            yaml,
            "kind: {}\nminutes: {}\nassesses: {}",
            self.kind,
            self.minutes,
            quoted(&self.assesses)
        );
        sequence(&mut yaml, "", "strong_answers", &self.strong_answers);
        sequence(&mut yaml, "", "red_flags", &self.red_flags);
        if !self.by_level.is_empty() {
            yaml.push_str("by_level:\n");
            for (level, text) in &self.by_level {
                let _ = writeln!(yaml, "  {level}: {}", quoted(text));
            }
        }
        yaml.push_str("follow_ups:\n");
        for FollowUp {
            ask,
            assesses,
            strong_answers,
            red_flags,
        } in &self.follow_ups
        {
            let _ = writeln!(
                yaml,
                "  - ask: {}\n    assesses: {}",
                quoted(ask),
                quoted(assesses)
            );
            sequence(&mut yaml, "    ", "strong_answers", strong_answers);
            sequence(&mut yaml, "    ", "red_flags", red_flags);
        }
        yaml.push_str("references:\n");
        for (title, url) in &self.references {
            let _ = writeln!(
                yaml,
                "  - {{ title: {}, url: {} }}",
                quoted(title),
                quoted(url)
            );
        }
        yaml
    }
}

/// A body that grows block by block.
#[derive(Default)]
struct Body(Vec<Part>);

impl Body {
    fn block(&mut self, text: String) {
        self.0.push(Part::Text(text + "\n\n"));
    }

    fn fence(&mut self, rng: &mut Rng) {
        self.block(format!("```python\n{}```", python::fence(rng)));
    }

    /// A paragraph that ends with a link.
    fn linking(&mut self, text: String, label: &str, to: usize) {
        self.0.push(Part::Text(text + " See also the "));
        self.0.push(Part::Link {
            label: label.to_lowercase(),
            to,
        });
        self.0.push(Part::Text(".\n\n".into()));
    }
}

fn points(rng: &mut Rng, least: usize, most: usize) -> Vec<String> {
    (0..rng.range(least, most))
        .map(|_| words::point(rng))
        .collect()
}

fn follow_up(rng: &mut Rng) -> FollowUp {
    FollowUp {
        ask: words::question(rng),
        assesses: words::fill("Whether the {N} {S} {R}.", rng),
        strong_answers: points(rng, 1, 2),
        red_flags: points(rng, 1, 1),
    }
}

fn reference(rng: &mut Rng) -> (String, String) {
    let title = words::fill("{J} {P} and the {T}", rng);
    let url = format!(
        "https://docs.example.org/{}/{}",
        rng.range(1, 4000),
        slug(&title)
    );
    (title, url)
}

fn item(rng: &mut Rng) -> String {
    words::fill("**{J} {N}**: the {N} {S} {R} while {C} {S} the {P}.", rng)
}

fn table(rng: &mut Rng) -> String {
    let mut table = String::from("| Choice | Cost | When |\n| --- | ---: | --- |\n");
    for _ in 0..4 {
        let _ = writeln!(
            table,
            "| {} | {} ms | {} |",
            words::phrase(rng),
            rng.range(1, 900),
            words::phrase(rng)
        );
    }
    table.trim_end().to_owned()
}

fn sequence(yaml: &mut String, indent: &str, key: &str, items: &[String]) {
    let _ = writeln!(yaml, "{indent}{key}:");
    for item in items {
        let _ = writeln!(yaml, "{indent}  - {}", quoted(item));
    }
}
