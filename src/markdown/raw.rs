//! Raw HTML: what is allowed is written anew, everything else is left out and reported.

use std::mem;

use rustc_hash::FxHashMap;

use super::entities::decode;
use super::stack::{Frame, Kind};
use super::tags::{self, Role, Tag};
use super::text::Run;
use super::tokens::{Attribute, Bad, Token, Tokens};
use super::walk::{Mode, Walker};
use super::write::{escape_attribute, escape_text};
use crate::diag::{Span, nearest, rules};

/// An element of raw HTML that is open.
#[derive(Debug)]
pub(super) struct Raw {
    pub tag: &'static Tag,
    /// Where its content begins in what is written.
    content: usize,
    pub has_summary: bool,
    /// What is in a place where it can't be is told once.
    misplaced: bool,
    /// An end tag of its name that stands in another container.
    pub stray: Option<Span>,
}

/// End tags that go with a start tag which was refused, or was reported as not closed.
pub(super) type Forgiven = FxHashMap<String, usize>;

impl Walker<'_, '_> {
    pub fn inline_html(&mut self, html: &str, range: &Span) {
        let mut run = Run::default();
        run.push(html, range.clone());
        self.html_tokens(&run, true);
    }

    pub fn html_block(&mut self, lines: &Run) {
        self.html_tokens(lines, false);
        // What holds words alone ends with its block.
        self.close_raw(|raw| !raw.tag.role.holds_blocks());
    }

    fn html_tokens(&mut self, run: &Run, inline: bool) {
        let mut tokens = Tokens::new(&run.text);
        while let Some((token, range)) = tokens.next() {
            let place = run.source(&range);
            match token {
                Token::Comment => self.hidden.comments.push(place),
                Token::Text(text) => self.html_text(text, &place),
                Token::Close(name) => self.end_tag(name, place),
                Token::Bad(bad) => {
                    self.bad(&bad, place);
                    self.swallowed.push(&run.text[range]);
                }
                Token::Open { name, attributes } => {
                    if let Some(tag) = tags::find(name) {
                        self.start_tag(tag, &attributes, place, run, inline);
                    } else {
                        self.unknown_tag(name, place);
                        self.forgive(name);
                        if !inline && tags::hides_its_content(name) {
                            let skipped = tokens.skip_content(name);
                            self.swallowed.push(skipped);
                        }
                    }
                }
            }
        }
    }

    fn html_text(&mut self, text: &str, place: &Span) {
        let decoded = decode(text);
        let clean;
        let text = if decoded == text {
            text
        } else {
            clean = self.decoded(&decoded, place);
            &clean
        };
        if !text.trim().is_empty() {
            self.content_of_list(place);
        }
        self.plain(text);
        self.check_placeholders_between(text, place);
        escape_text(text, &mut self.out.html);
    }

    fn start_tag(
        &mut self,
        tag: &'static Tag,
        attributes: &[Attribute<'_>],
        place: Span,
        run: &Run,
        inline: bool,
    ) {
        if let Some((message, help)) = self.misplaced(tag, inline) {
            let fault = self
                .report
                .at(&rules::HTML_PLACE, place, message)
                .help(help);
            self.report.add(fault);
            self.forgive(tag.name);
            if tag.role == Role::Summary {
                self.has_summary();
            }
            return;
        }
        if tag.role != Role::Void && !self.may_nest(&place) {
            self.forgive(tag.name);
            return;
        }
        if !tag.role.is_block() {
            self.content_of_list(&place);
        }
        self.out.push("<");
        self.out.push(tag.name);
        self.attributes(tag, attributes, run);
        self.out.push(">");
        if tag.role == Role::Void {
            return;
        }
        if tag.role == Role::Summary {
            self.has_summary();
        }
        let raw = Raw {
            tag,
            content: self.out.html.len(),
            has_summary: false,
            misplaced: false,
            stray: None,
        };
        self.push_frame(Kind::Raw(raw), place);
    }

    /// The `details` that is open needs no other.
    fn has_summary(&mut self) {
        if let Some(Kind::Raw(details)) = self.stack.last_mut().map(|frame| &mut frame.kind) {
            details.has_summary = true;
        }
    }

    /// Why a tag can't stand here.
    fn misplaced(&self, tag: &Tag, inline: bool) -> Option<(String, &'static str)> {
        let role = tag.role;
        if !role.is_block() {
            return None;
        }
        let name = tag.name;
        if self.mode == Mode::Inline {
            return Some((
                format!("`<{name}>` can't stand in a field of one line"),
                "move it to the body of the page",
            ));
        }
        if inline {
            return Some((
                format!("`<{name}>` stands within a line"),
                "begin a line with it, after an empty one",
            ));
        }
        let parent = match self.stack.last() {
            Some(Frame {
                kind: Kind::Raw(raw),
                ..
            }) => Some(raw),
            _ => None,
        };
        let parent_role = parent.map(|raw| raw.tag.role);
        match (role, parent_role) {
            (Role::Summary, Some(Role::Details)) => {
                let before = parent
                    .and_then(|raw| self.out.html.get(raw.content..))
                    .unwrap_or_default();
                (!before.trim().is_empty()).then(|| {
                    (
                        "`<summary>` is not the first in its `<details>`".to_owned(),
                        "write one `<summary>`, right after `<details>`",
                    )
                })
            }
            (Role::Summary, _) => Some((
                "`<summary>` stands outside of `<details>`".to_owned(),
                "write it right after `<details>`, with no empty line between them",
            )),
            (Role::Entry, Some(Role::List)) => None,
            (Role::Entry, _) => Some((
                format!("`<{name}>` stands outside of `<dl>`"),
                "write `<dl>` before the first and `</dl>` after the last entry",
            )),
            (_, None | Some(Role::Details | Role::Entry)) => None,
            (_, Some(_)) => Some((
                format!(
                    "`<{name}>` stands in `<{}>`",
                    parent.map_or("", |raw| raw.tag.name)
                ),
                "close that first",
            )),
        }
    }

    /// Something other than an entry is about to be written: a `dl` holds only entries.
    pub fn content_of_list(&mut self, place: &Span) {
        let Some(Frame {
            kind: Kind::Raw(raw),
            ..
        }) = self.stack.last_mut()
        else {
            return;
        };
        if raw.tag.role != Role::List || mem::replace(&mut raw.misplaced, true) {
            return;
        }
        let fault = self
            .report
            .at(
                &rules::HTML_PLACE,
                self.first_line(place),
                "this stands in `<dl>` but in none of its entries",
            )
            .help("put it into a `<dt>` or `<dd>`");
        self.report.add(fault);
    }

    fn attributes(&mut self, tag: &Tag, attributes: &[Attribute<'_>], run: &Run) {
        let mut given = false;
        for attribute in attributes {
            let place = run.source(&attribute.range);
            let name = attribute.name.to_ascii_lowercase();
            let value = attribute.value;
            let fault = match (tag.name, name.as_str()) {
                _ if given => Some("is one too many"),
                ("abbr", "title") if attribute.quoted => {
                    let title = decode(value.unwrap_or_default());
                    let title = self.decoded(&title, &place);
                    self.out.push(" title=\"");
                    escape_attribute(&title, &mut self.out.html);
                    self.out.push("\"");
                    given = true;
                    None
                }
                ("abbr", "title") => Some("has no value between quotes"),
                ("details", "open") if value.is_none_or(str::is_empty) => {
                    self.out.push(" open");
                    given = true;
                    None
                }
                ("details", "open") => Some("takes no value"),
                _ => Some("is not allowed"),
            };
            if let Some(fault) = fault {
                let help = match tag.name {
                    "abbr" => "the only attribute of `abbr` is `title=\"…\"`",
                    "details" => "the only attribute of `details` is `open`",
                    _ => "raw HTML has no attributes but `abbr title=\"…\"` and `details open`",
                };
                let message = format!("the attribute `{}` {fault}", attribute.name);
                let fault = self
                    .report
                    .at(&rules::HTML_ATTRIBUTE, place, message)
                    .help(help);
                self.report.add(fault);
            }
        }
    }

    pub fn unknown_tag(&mut self, name: &str, place: Span) {
        let near = || {
            let names = tags::ALLOWED.iter().map(|tag| tag.name);
            (name.len() > 2 && self.report.is_calm())
                .then(|| nearest(name, names))
                .flatten()
        };
        let help = match tags::instead(name) {
            Some(instead) => instead.to_owned(),
            None => match near() {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("if it is code, put it between backticks; {}", tags::LISTING),
            },
        };
        let fault = self
            .report
            .at(
                &rules::HTML_TAG,
                place,
                format!("the tag `{name}` is not allowed"),
            )
            .help(help);
        self.report.add(fault);
    }

    fn bad(&mut self, bad: &Bad<'_>, place: Span) {
        let place = self.first_line(&place);
        let (message, help) = match bad {
            Bad::Tag(name) => (format!("the tag `<{name}` is not finished"), ""),
            Bad::EndTag(name) => (format!("the end tag `</{name}` is not finished"), ""),
            Bad::Comment => (
                "the comment is not closed".to_owned(),
                "write `-->` after it",
            ),
            Bad::Declaration => ("a declaration is not allowed".to_owned(), "remove it"),
            Bad::Instruction => (
                "a processing instruction is not allowed".to_owned(),
                "remove it; if it is code, put it between backticks",
            ),
            Bad::Cdata => (
                "a CDATA section is not allowed".to_owned(),
                "write the text without it",
            ),
        };
        let help = if help.is_empty() {
            "write `>` after it; if it is no tag, write `&lt;`"
        } else {
            help
        };
        let fault = self.report.at(&rules::HTML_TAG, place, message).help(help);
        self.report.add(fault);
    }
}
