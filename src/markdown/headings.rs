//! Headings, and the one that parts a question.

use std::mem;

use super::stack::Kind;
use super::walk::{Mode, Walker};
use super::write::Buffer;
use super::{Content, Heading, Mark};
use crate::diag::{Span, rules};

/// Where a question's answer begins.
#[derive(Debug, Default)]
pub(super) struct Answer {
    /// What stands above it, and where the text goes on below.
    pub shown: Option<((Buffer, Content), usize)>,
    heading: Option<Span>,
    /// A heading that may have been meant.
    near: Option<Near>,
}

#[derive(Debug)]
struct Near {
    range: Span,
    level: u8,
    exact: bool,
    top: bool,
}

impl Answer {
    pub fn is_open(&self) -> bool {
        self.heading.is_some()
    }
}

impl Walker<'_, '_> {
    /// The id in the start tag depends on all words, so they are kept apart until the end.
    pub fn start_heading(&mut self, level: u8, range: Span) {
        self.suspended.push(mem::take(&mut self.out));
        self.heading = Some(String::new());
        self.push_frame(Kind::Heading(level), range);
    }

    pub fn end_heading(&mut self, level: u8, range: &Span) {
        let outer = self.suspended.pop().unwrap_or_default();
        let content = mem::replace(&mut self.out, outer);
        let words = self.heading.take().unwrap_or_default();
        let text = words.split_whitespace().collect::<Vec<_>>().join(" ");
        self.within_word = false;
        if self.mode == Mode::Question && self.is_answer(level, &text, range) {
            return;
        }
        if level == 1 {
            self.heading_one(range);
        }
        if text.is_empty() {
            return;
        }
        let level = level.max(2);
        let id = self.ids.take(&text);
        if level == 2 && self.stack.is_empty() {
            self.out.mark(Mark::Section);
        }
        self.out.push("<div class=\"heading\"><h");
        self.heading_mark(level);
        self.out.id(" id=\"");
        self.out.push(&id);
        self.out.push("\">");
        self.out.append(&content);
        self.out.push("</h");
        self.heading_mark(level);
        self.out.id("><a class=\"permalink\" href=\"#");
        self.out.push(&id);
        // In the heading, its sign would be a part of the heading's name.
        self.out.id("\" aria-labelledby=\"");
        self.out.push(&id);
        self.out.push("\">#</a></div>");
        self.own_heading();
        let heading = Heading {
            level,
            id,
            text,
            part: self.part(),
            span: self.report.span(self.first_line(range)),
        };
        self.walked.headings.push(heading);
    }

    fn heading_one(&mut self, range: &Span) {
        let fault = self
            .report
            .at(
                &rules::HEADING_ONE,
                self.first_line(range),
                "the body has a level-1 heading",
            )
            .help(if self.text[range.clone()].starts_with('#') {
                "the title in the front matter is the one: begin the line with `##`"
            } else {
                "the title in the front matter is the one: write `---` below this line, not `===`"
            });
        self.report.add(fault);
    }

    /// Whether this heading parts the question, or was meant to.
    fn is_answer(&mut self, level: u8, text: &str, range: &Span) -> bool {
        // Raw HTML that is still open is a mistake of its own.
        let top = self
            .stack
            .iter()
            .all(|frame| matches!(frame.kind, Kind::Raw(_)));
        let exact = text == "Answer";
        if exact && level == 2 && top {
            self.start_answer(range);
            return true;
        }
        let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
        if self.answer.near.is_none() && bare.eq_ignore_ascii_case("answer") {
            self.answer.near = Some(Near {
                range: range.clone(),
                level,
                exact,
                top,
            });
            // At level 1 there is one mistake: which one shows at the end.
            return level == 1;
        }
        false
    }

    fn start_answer(&mut self, range: &Span) {
        if let Some(first) = self.answer.heading.clone() {
            let first = self.report.span(self.first_line(&first));
            let fault = self
                .report
                .at(
                    &rules::ANSWER_TWICE,
                    self.first_line(range),
                    "the question has a second `## Answer`",
                )
                .secondary(first, "the first is here")
                .help(
                    "an answer's parts can have headings of their own, such as `### In practice`",
                );
            self.report.add(fault);
            return;
        }
        self.close_around_answer(range);
        self.close_raw(|_| true);
        let shown = self.take_content(0..range.start);
        self.answer.shown = Some((shown, range.end));
        self.answer.heading = Some(range.clone());
    }

    /// Reports what is wrong with the heading that parts the question, at the end of the text.
    pub fn check_answer(&mut self) {
        let near = self.answer.near.take();
        if self.answer.is_open() {
            if let Some(near) = near.filter(|near| near.level == 1) {
                self.heading_one(&near.range);
            }
            return;
        }
        // A fence that is left open has taken it, and is the mistake.
        if self.swallowed.has_line("## Answer") {
            return;
        }
        let message = "the question has no `## Answer`";
        let at = |range: Span| self.report.at(&rules::ANSWER_MISSING, range, message);
        let fault = match near {
            Some(near) => {
                let help = if near.top {
                    "did you mean `## Answer`?"
                } else {
                    "`## Answer` must stand outside of quotes and lists"
                };
                let label = if near.exact && near.top {
                    "this heading has another level"
                } else {
                    "this heading is not the one"
                };
                at(self.first_line(&near.range)).label(label).help(help)
            }
            None => match self.like_answer() {
                Some(range) => at(range)
                    .label("this is no heading")
                    .help("did you mean `## Answer`?"),
                None => {
                    let end = self.text.trim_end().len();
                    at(end..end)
                        .help("write `## Answer` on a line of its own above the model answer")
                }
            },
        };
        self.report.add(fault);
    }

    /// A line that was meant to be the heading and is none: without the space after its signs, or
    /// indented like code.
    fn like_answer(&self) -> Option<Span> {
        let mut at = 0;
        self.text.split_inclusive('\n').find_map(|line| {
            let start = at;
            at += line.len();
            let bare = line.trim();
            let words = bare.trim_start_matches('#');
            let is_code = line.starts_with("    ") || line.starts_with('\t');
            let is_like = words.len() < bare.len()
                && (is_code || bare != "## Answer")
                && words
                    .trim()
                    .trim_end_matches(':')
                    .eq_ignore_ascii_case("answer");
            let indentation = line.len() - line.trim_start().len();
            is_like.then(|| start + indentation..start + indentation + bare.len())
        })
    }
}
