//! What a file says, whatever it looks like: two texts that say the same differ in nothing that a
//! reader or a program takes from them.

use std::fmt::Write as _;

use crate::diag::Diagnostic;
use crate::load::{CONFIG, Source};
use crate::markdown::{self, Input, Walked};
use crate::yaml::{self, Node, Value};

use super::front_matter::{self, FrontMatter};

/// What a file says. Characters without a width count in code alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Says {
    text: String,
    code: String,
    /// What is wrong with it, sorted.
    wrong: Vec<String>,
}

impl Says {
    /// Whether `later` says the same with no mistake that this has not.
    pub fn is_kept_by(&self, later: &Self) -> bool {
        (&self.text, &self.code) == (&later.text, &later.code) && self.has_all_mistakes_of(later)
    }

    /// Whether `later` has no mistake of YAML's structure that this has not, whatever it says.
    pub fn is_no_worse_in(&self, later: &Self) -> bool {
        const STRUCTURE: [&str; 5] = ["V0103", "V0104", "V0105", "V0106", "V0208"];
        later.wrong.iter().all(|wrong| {
            !STRUCTURE.iter().any(|code| wrong.starts_with(code)) || self.wrong.contains(wrong)
        })
    }

    /// The same mistake twice is two.
    fn has_all_mistakes_of(&self, later: &Self) -> bool {
        let mut ours = self.wrong.iter();
        later
            .wrong
            .iter()
            .all(|wrong| ours.by_ref().any(|our| our == wrong))
    }
}

/// Reads a page or handbook.yaml for what it says.
pub fn says(source: &Source) -> Says {
    let mut says = Says::default();
    if &*source.path == CONFIG {
        if let Some(tree) = yaml::parse(&source.path, &source.text, 0, &mut Vec::new()) {
            says.node(&tree);
        }
        says.mistakes(&super::config(source).1);
        return says;
    }
    let body = match front_matter::split(source) {
        FrontMatter::Found { yaml, body } => {
            let text = &source.text[yaml.clone()];
            if let Some(tree) = yaml::parse(&source.path, text, yaml.start, &mut Vec::new()) {
                says.node(&tree);
            }
            body
        }
        FrontMatter::Missing { body, .. } => body.unwrap_or(source.text.len()),
    };
    let input = Input {
        path: &source.path,
        text: &source.text[body..],
        place: markdown::Place::Offset(body),
    };
    says.walked(&markdown::question(input, &mut Vec::new()));
    says.mistakes(&super::parse(source).diagnostics);
    says
}

impl Says {
    fn mistakes(&mut self, found: &[Diagnostic]) {
        self.wrong = found
            .iter()
            .map(|one| format!("{} {}", one.rule.code, visible(&one.message)))
            .collect();
        self.wrong.sort();
    }

    fn node(&mut self, node: &Node) {
        match &node.value {
            Value::Str(text) => {
                let _ = write!(self.text, "{:?}", visible(text));
                let (html, _) = markdown::title(text);
                self.spans_of_code(&html);
            }
            Value::List(items) => {
                self.text.push('[');
                for item in items {
                    self.node(item);
                    self.text.push(',');
                }
                self.text.push(']');
            }
            Value::Map(entries) => {
                self.text.push('{');
                for entry in entries {
                    let _ = write!(self.text, "{:?}:", visible(&entry.key));
                    self.node(&entry.value);
                    self.text.push(',');
                }
                self.text.push('}');
            }
            other => {
                let _ = write!(self.text, "{other:?}");
            }
        }
    }

    fn walked(&mut self, walked: &Walked) {
        for content in [Some(&walked.shown), walked.answer.as_ref()] {
            let Some(content) = content else {
                self.text.push_str("no answer");
                continue;
            };
            let fragment = &content.fragment;
            self.text.push_str(&visible(&fragment.html));
            for (_, mark) in &fragment.marks {
                let _ = write!(self.text, "{mark:?}");
            }
            self.spans_of_code(&fragment.html);
        }
        for link in &walked.links {
            let _ = write!(self.text, "{}", visible(&format!("{:?}", link.target)));
        }
        for image in &walked.images {
            self.text.push_str(&visible(&image.path));
        }
        for block in &walked.blocks {
            self.code.push_str(&block.language);
            let _ = write!(self.code, "{:?}", block.options);
            self.code.push_str(&block.code);
        }
    }

    fn spans_of_code(&mut self, html: &str) {
        for after in html.split("<code>").skip(1) {
            let code = after.split("</code>").next().unwrap_or_default();
            self.code.push_str(code);
            self.code.push('\n');
        }
    }
}

fn visible(text: &str) -> String {
    text.chars()
        .filter(|&c| !markdown::is_invisible(c))
        .collect()
}
