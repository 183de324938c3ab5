//! Code, tables, task lists, and the lines of raw HTML blocks.

use std::sync::Arc;

use pulldown_cmark::{Alignment, CodeBlockKind, Event};

use super::code_lines::Wide;
use super::excerpt::words;
use super::stack::Kind;
use super::text::Run;
use super::walk::Walker;
use super::{CodeBlock, FenceOptions, Mark, Word, fence};
use crate::diag::{Span, rules};

/// A code block whose lines are being read.
#[derive(Debug)]
pub(super) struct Code {
    text: String,
    range: Span,
    /// Of a fence: its sign, and where its first line ends.
    fence: Option<u8>,
    /// Where the last line that was read ends.
    read: usize,
    language: Span,
    options: FenceOptions,
    wide: Wide,
    /// A fence that has nothing after its signs.
    bare: bool,
}

/// The lines of an HTML block.
#[derive(Debug, Default)]
pub(super) struct Html {
    lines: Run,
}

/// The table that is open: there is none within another.
#[derive(Debug, Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    has_body: bool,
}

impl Walker<'_, '_> {
    pub fn start_code(&mut self, kind: &CodeBlockKind<'_>, range: &Span) {
        let line = self.first_line(range);
        let mut code = Code {
            text: String::new(),
            range: range.clone(),
            fence: None,
            read: line.end,
            language: line.clone(),
            options: FenceOptions::default(),
            wide: Wide::default(),
            bare: false,
        };
        if kind.is_fenced() {
            let first = &self.text[line.clone()];
            let sign = first.bytes().next().unwrap_or(b'`');
            let signs = first.bytes().take_while(|&byte| byte == sign).count();
            let info = &first[signs..];
            let (language, options) = fence::read(info, line.start + signs, &mut self.report);
            code.fence = Some(sign);
            code.language = language;
            code.options = options;
            code.bare = info.trim().is_empty();
        }
        self.code = Some(code);
    }

    pub fn in_code(&mut self, event: &Event<'_>, range: &Span) {
        let Some(code) = &mut self.code else {
            return;
        };
        match event {
            Event::Text(text) => {
                code.text.push_str(text);
                code.wide.measure(text, range);
                code.read = code.read.max(range.end);
            }
            Event::End(_) => self.end_code(),
            _ => {}
        }
    }

    fn end_code(&mut self) {
        let Some(mut code) = self.code.take() else {
            return;
        };
        if !code.text.is_empty() && !code.text.ends_with('\n') {
            code.text.push('\n');
        }
        // What an open fence leaves behind is no second mistake.
        if self.check_fence(&code) && code.bare && self.swallowed.is_empty() {
            self.check_fence_language(&code.range);
        }
        // What a program prints is as wide as it is.
        if self.text[code.language.clone()] != *"output" {
            self.check_code_lines(std::mem::take(&mut code.wide));
        }
        let language = if code.fence.is_some() {
            &self.text[code.language.clone()]
        } else {
            ""
        };
        self.out.push("<pre class=\"code\" tabindex=\"0\"><code");
        let class = class(language);
        if !class.is_empty() {
            self.out.push(" class=\"language-");
            self.out.push(&class);
            self.out.push("\"");
        }
        self.out.push(">");
        let number = super::links::number(self.walked.blocks.len());
        self.out.mark(Mark::Code(number));
        self.out.push("</code></pre>");
        self.out.words += words(&code.text, &mut false);
        let language_span = if language.is_empty() {
            self.first_line(&code.range)
        } else {
            code.language
        };
        let adjoins = self.adjoins(&code.range);
        let block = CodeBlock {
            language: language.to_owned(),
            options: code.options,
            code: Arc::from(code.text),
            part: self.part(),
            span: self.report.span(code.range),
            language_span: self.report.span(language_span),
            adjoins,
        };
        self.own_block();
        self.walked.blocks.push(block);
    }

    /// Whether nothing stands between a block and the one before it; in a quote there is its sign.
    fn adjoins(&self, range: &Span) -> bool {
        let offset = self.report.span(0..0).start;
        self.walked.blocks.last().is_some_and(|before| {
            let end = before.span.end.saturating_sub(offset);
            let between = self.text.get(end..range.start);
            let is_empty = |text: &str| text.chars().all(|c| c.is_whitespace() || c == '>');
            between.is_some_and(is_empty)
        })
    }

    /// A closed fence has its sign once more after the last line of code. Whether it is closed.
    fn check_fence(&mut self, code: &Code) -> bool {
        let Some(sign) = code.fence else {
            return true;
        };
        let rest = self.text.get(code.read..code.range.end).unwrap_or_default();
        if rest.bytes().any(|byte| byte == sign) {
            return true;
        }
        let at_the_end = self.text[code.range.end..].trim().is_empty();
        let fault = self.report.at(
            &rules::FENCE_OPEN,
            self.first_line(&code.range),
            "the code fence is not closed",
        );
        let fault = fault.help(if at_the_end {
            "repeat its first signs on a line of their own after the code"
        } else {
            "repeat its first signs after the code, in the same quote or list item"
        });
        self.report.add(fault);
        self.swallowed.push(&code.text);
        false
    }

    pub fn in_html(&mut self, event: &Event<'_>, range: &Span) {
        let Some(html) = &mut self.html else {
            return;
        };
        match event {
            Event::Html(text) | Event::InlineHtml(text) | Event::Text(text) => {
                html.lines.push(text, range.clone());
            }
            Event::End(_) => {
                let html = self.html.take().unwrap_or_default();
                self.html_block(&html.lines);
            }
            _ => {}
        }
    }

    pub fn start_table(&mut self, alignments: Vec<Alignment>, range: Span) {
        self.table = Table {
            alignments,
            ..Table::default()
        };
        self.open(
            "<div class=\"table\" tabindex=\"0\"><table>",
            Kind::Table,
            range,
        );
    }

    pub fn start_table_head(&mut self, range: Span) {
        self.table.in_head = true;
        self.table.column = 0;
        self.open("<thead><tr>", Kind::Head, range);
    }

    pub fn start_table_row(&mut self, range: Span) {
        self.table.in_head = false;
        self.table.column = 0;
        if !self.table.has_body {
            self.table.has_body = true;
            self.out.push("<tbody>");
        }
        self.open("<tr>", Kind::Plain("</tr>"), range);
    }

    pub fn start_cell(&mut self, range: Span) {
        let alignment = self.table.alignments.get(self.table.column);
        self.table.column += 1;
        // A heading without words would be read out as one.
        let heads = self.table.in_head && !self.text[range.clone()].trim().is_empty();
        self.out
            .push(if heads { "<th scope=\"col\"" } else { "<td" });
        self.out.push(match alignment {
            Some(Alignment::Center) => " class=\"center\">",
            Some(Alignment::Right) => " class=\"right\">",
            _ => ">",
        });
        let close = if heads { "</th>" } else { "</td>" };
        self.push_frame(Kind::Cell(close), range);
    }

    pub fn end_table(&mut self) {
        if self.table.has_body {
            self.out.push("</tbody>");
        }
        self.out.push("</table></div>");
    }

    pub fn start_item(&mut self, range: Span) {
        self.open("<li>", Kind::Item, range);
        self.item_tag_end = self.out.html.len().saturating_sub(1);
    }

    /// The box of a task, which stands first in its item.
    pub fn task(&mut self, done: bool) {
        if self.out.html.as_bytes().get(self.item_tag_end) == Some(&b'>') {
            self.out
                .html
                .insert_str(self.item_tag_end, " class=\"task\"");
        }
        let (checked, word) = if done {
            (" checked", Word::TaskDone)
        } else {
            ("", Word::TaskOpen)
        };
        self.out.push("<input type=\"checkbox\" disabled");
        self.out.push(checked);
        self.out.push(" aria-label=\"");
        self.out.mark(Mark::Word(word));
        self.out.push("\"> ");
    }
}

/// A language's name for a class.
fn class(language: &str) -> String {
    let mut class = String::with_capacity(language.len());
    for c in language.chars() {
        match c {
            'a'..='z' | '0'..='9' | '-' => class.push(c),
            'A'..='Z' => class.push(c.to_ascii_lowercase()),
            '_' | '.' => class.push('-'),
            '+' => class.push('p'),
            '#' => class.push_str("sharp"),
            _ => {}
        }
    }
    class
}
