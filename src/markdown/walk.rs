//! The walk: events in, HTML and what was found out.
//!
//! Nothing here recurses: what is open stands on [`Walker::stack`].

use std::cell::RefCell;
use std::mem;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, RefDefs, Tag};

use super::alternatives::Alternatives;
use super::blocks::{Code, Html, Table};
use super::excerpt::Excerpt;
use super::headings::Answer;
use super::hidden::Hidden;
use super::link_text::LinkText;
use super::links::Picture;
use super::notes::Notes;
use super::report::{Report, Swallowed};
use super::slug::Ids;
use super::stack::{Frame, Kind};
use super::text::Run;
use super::write::Buffer;
use super::{Content, Input, Mark, Part, Walked};
use crate::diag::{Diagnostic, Span, rules};

/// What the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Page,
    Question,
    Inline,
}

pub(super) struct Walker<'a, 'd> {
    pub text: &'a str,
    pub mode: Mode,
    pub report: Report<'a, 'd>,
    pub out: Buffer,
    /// Buffers that wait while a heading's or footnote's own is filled.
    pub suspended: Vec<Buffer>,
    pub stack: Vec<Frame>,
    /// Containers on the stack.
    pub depth: usize,
    /// Elements open below one that is left out.
    pub skipping: usize,
    pub too_deep: bool,
    pub run: Run,
    pub within_word: bool,
    pub excerpt: Excerpt,
    /// The words of the heading that is open.
    pub heading: Option<String>,
    pub ids: Ids,
    pub answer: Answer,
    pub picture: Option<Picture>,
    pub links_open: usize,
    pub link_text: Option<LinkText>,
    pub alternatives: Alternatives,
    pub bad_definitions: Vec<usize>,
    pub code: Option<Code>,
    pub html: Option<Html>,
    pub table: Table,
    pub forgiven: super::raw::Forgiven,
    pub notes: Notes,
    pub walked: Walked,
    paragraphs: usize,
    block_in_inline: bool,
    /// What fences and comments that are left open have taken: no second mistake is made of it.
    pub swallowed: Swallowed,
    /// Where the last list item's start tag ends.
    pub item_tag_end: usize,
    pub hidden: Hidden,
}

impl<'a, 'd> Walker<'a, 'd> {
    pub fn new(input: Input<'a>, mode: Mode, diagnostics: &'d mut Vec<Diagnostic>) -> Self {
        Self {
            text: input.text,
            mode,
            out: Buffer::for_text(input.text.len()),
            report: Report::new(input.path, input.place, diagnostics),
            suspended: Vec::new(),
            stack: Vec::new(),
            depth: 0,
            skipping: 0,
            too_deep: false,
            run: Run::default(),
            within_word: false,
            excerpt: Excerpt::default(),
            heading: None,
            ids: Ids::default(),
            answer: Answer::default(),
            picture: None,
            links_open: 0,
            link_text: None,
            alternatives: Alternatives::default(),
            bad_definitions: Vec::new(),
            code: None,
            html: None,
            table: Table::default(),
            forgiven: super::raw::Forgiven::default(),
            notes: Notes::default(),
            walked: Walked::default(),
            paragraphs: 0,
            block_in_inline: false,
            swallowed: Swallowed::default(),
            item_tag_end: 0,
            hidden: Hidden::default(),
        }
    }

    pub fn walk(mut self) -> Walked {
        let undefined: RefCell<Vec<BrokenLink<'a>>> = RefCell::default();
        let callback = |link: BrokenLink<'a>| -> Option<(CowStr<'a>, CowStr<'a>)> {
            // A lone `[text]` is text.
            if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
                undefined.borrow_mut().push(link);
            }
            None
        };
        let parser = Parser::new_with_broken_link_callback(self.text, options(), Some(callback));
        let mut events = parser.into_offset_iter();
        while let Some((event, range)) = events.next() {
            self.event(event, range, events.reference_definitions());
        }
        self.flush();
        let definitions = events.reference_definitions();
        self.undefined_links(&undefined.take(), definitions);
        self.hidden.definitions = definitions
            .iter()
            .map(|(_, found)| found.span.clone())
            .collect();
        self.finish()
    }

    fn event(&mut self, event: Event<'a>, range: Span, definitions: &RefDefs<'_>) {
        if self.skipping > 0 {
            match event {
                Event::Start(_) => self.skipping += 1,
                Event::End(_) => self.skipping -= 1,
                _ => {}
            }
            return;
        }
        if self.picture.is_some() {
            return self.in_picture(&event, &range);
        }
        if self.code.is_some() {
            return self.in_code(&event, &range);
        }
        if self.html.is_some() {
            return self.in_html(&event, &range);
        }
        if let Event::Text(text) = &event {
            return self.text(text, range);
        }
        self.flush();
        match event {
            Event::Start(tag) => self.start(tag, range, definitions),
            Event::End(_) => self.end(),
            Event::Code(code) => self.inline_code(&code),
            Event::InlineHtml(html) | Event::Html(html) => self.inline_html(&html, &range),
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::SoftBreak => {
                self.space();
                self.out.push("\n");
            }
            Event::HardBreak => {
                self.space();
                self.out.push("<br>\n");
            }
            Event::Rule => {
                if self.admit_block(&range) {
                    self.content_of_list(&range);
                    self.out.push("<hr>");
                }
            }
            Event::TaskListMarker(done) => self.task(done),
            // No option for mathematics is set.
            Event::Text(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Span, definitions: &RefDefs<'_>) {
        match tag {
            Tag::Emphasis => self.open("<em>", Kind::Nested("</em>"), range),
            Tag::Strong => self.open("<strong>", Kind::Nested("</strong>"), range),
            Tag::Strikethrough => self.open("<del>", Kind::Nested("</del>"), range),
            Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            } => {
                let definition = super::links::definition(link_type, &id, definitions);
                self.start_link(link_type, &dest_url, &title, range, definition);
            }
            Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            } => {
                let definition = super::links::definition(link_type, &id, definitions);
                self.start_image(&dest_url, &title, range, definition);
            }
            Tag::Paragraph => self.start_paragraph(range),
            tag => self.start_block(tag, range),
        }
    }

    fn start_paragraph(&mut self, range: Span) {
        self.within_word = false;
        if self.mode == Mode::Inline {
            self.paragraphs += 1;
            if self.paragraphs > 1 {
                self.refuse_block(&range);
                self.skipping = 1;
                return;
            }
        }
        self.content_of_list(&range);
        self.start_neighbours();
        if !self.notes.is_open() {
            self.excerpt.open(self.stack.is_empty());
        }
        if self.mode == Mode::Inline {
            self.push_frame(Kind::Paragraph(""), range);
        } else {
            self.out.push("<p>");
            self.push_frame(Kind::Paragraph("</p>"), range);
        }
    }

    fn start_block(&mut self, tag: Tag<'a>, range: Span) {
        self.within_word = false;
        if matches!(tag, Tag::HtmlBlock) {
            self.html = Some(Html::default());
            return;
        }
        // Parts of a block whose start was admitted.
        let part = matches!(
            tag,
            Tag::Item | Tag::TableHead | Tag::TableRow | Tag::TableCell
        );
        if !part {
            if !self.admit_block(&range) {
                self.skipping = 1;
                return;
            }
            if !matches!(tag, Tag::FootnoteDefinition(_)) {
                self.content_of_list(&range);
            }
        }
        match tag {
            Tag::Heading { level, .. } => self.start_heading(level as u8, range),
            Tag::BlockQuote(kind) => self.start_quote(kind, range),
            Tag::CodeBlock(kind) => self.start_code(&kind, &range),
            Tag::List(None) => self.open("<ul>", Kind::Plain("</ul>"), range),
            Tag::List(Some(first)) => {
                match first {
                    1 => self.out.push("<ol>"),
                    first => {
                        self.out.push("<ol start=\"");
                        self.out.push(&first.to_string());
                        self.out.push("\">");
                    }
                }
                self.push_frame(Kind::Plain("</ol>"), range);
            }
            Tag::Item => self.start_item(range),
            Tag::FootnoteDefinition(label) => self.start_footnote(&label, range),
            Tag::Table(alignments) => self.start_table(alignments, range),
            Tag::TableHead => self.start_table_head(range),
            Tag::TableRow => self.start_table_row(range),
            Tag::TableCell => self.start_cell(range),
            // No option for any other is set.
            _ => self.push_frame(Kind::Bare, range),
        }
    }

    /// Whether a block may stand here: in a field, none may.
    fn admit_block(&mut self, range: &Span) -> bool {
        if self.mode == Mode::Inline {
            self.refuse_block(range);
            return false;
        }
        true
    }

    fn refuse_block(&mut self, range: &Span) {
        if mem::replace(&mut self.block_in_inline, true) {
            return;
        }
        let fault = self
            .report
            .at(
                &rules::BLOCK_IN_INLINE,
                self.first_line(range),
                "this field takes one paragraph of text",
            )
            .help("no list, heading, quote, table, code block or second paragraph can stand here; a backslash before its first sign makes it text");
        self.report.add(fault);
    }

    /// The part of a block's range that is worth underlining.
    pub fn first_line(&self, range: &Span) -> Span {
        let text = &self.text[range.clone()];
        let end = text.find('\n').unwrap_or(text.len());
        range.start..range.start + text[..end].trim_end().len()
    }

    /// The part that is being written.
    pub fn part(&self) -> Part {
        if self.answer.is_open() {
            Part::Answer
        } else {
            Part::Shown
        }
    }

    /// What was written since the last part began.
    pub fn take_content(&mut self, range: Span) -> (Buffer, Content) {
        let content = Content {
            excerpt: self.excerpt.finish(),
            span: self.report.span(range),
            ..Content::default()
        };
        (mem::take(&mut self.out), content)
    }

    fn finish(mut self) -> Walked {
        self.close_raw(|_| true);
        let end = self.text.len();
        let (mut shown, mut answer, border) = match self.answer.shown.take() {
            Some((shown, from)) => (shown, Some(self.take_content(from..end)), from),
            None => (self.take_content(0..end), None, end),
        };
        if self.mode == Mode::Question {
            self.check_answer();
        }
        self.finish_notes(&mut shown.0, answer.as_mut().map(|(buffer, _)| buffer));
        self.walked.shown = complete(shown);
        self.walked.answer = answer.map(complete);
        let (before, after) = mem::take(&mut self.hidden).around(border, &self.notes, &self.walked);
        let in_file = |spans: Vec<Span>| spans.into_iter().map(|span| self.report.span(span));
        self.walked.shown.hidden = in_file(before).collect();
        if let Some(answer) = &mut self.walked.answer {
            answer.hidden = in_file(after).collect();
        }
        self.walked
    }

    pub fn heading_mark(&mut self, level: u8) {
        self.out.mark(Mark::HeadingLevel(level));
    }
}

fn complete((buffer, content): (Buffer, Content)) -> Content {
    Content {
        words: buffer.words,
        fragment: buffer.into_fragment(),
        ..content
    }
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}
