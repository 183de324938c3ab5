//! Links and images.

use std::fmt::Write as _;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, RefDefs};

use super::address::{self, Fault};
use super::hidden::Use;
use super::link_text::LinkText;
use super::stack::Kind;
use super::walk::Walker;
use super::write::escape_attribute;
use super::{Image, Mark, Target};
use crate::diag::{Span, rules};

/// An image whose alternative text is being read.
#[derive(Debug)]
pub(super) struct Picture {
    alt: String,
    /// Elements open within.
    depth: usize,
    range: Span,
    title: String,
    /// `None` if the address can't be used.
    number: Option<u32>,
}

/// A place in one of a walk's lists.
pub(super) fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Where the address of a link by reference is defined.
pub(super) fn definition(link_type: LinkType, id: &str, definitions: &RefDefs<'_>) -> Option<Span> {
    match link_type {
        LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
            definitions.get(id).map(|found| found.span.clone())
        }
        _ => None,
    }
}

impl Walker<'_, '_> {
    pub fn start_link(
        &mut self,
        link_type: LinkType,
        address: &CowStr<'_>,
        title: &str,
        range: Span,
        definition: Option<Span>,
    ) {
        let target = if link_type == LinkType::Email {
            let mut full = String::from("mailto:");
            full.push_str(address);
            address::read(&full, self.report.path)
        } else {
            address::read(address, self.report.path)
        };
        match target {
            // No link can stand in a link; the parser should not give one.
            Ok(_) if self.links_open > 0 => self.push_frame(Kind::Bare, range),
            Ok(target) => {
                if !self.may_nest(&range) {
                    self.push_frame(Kind::Bare, range);
                    return;
                }
                if let Some(definition) = definition {
                    let link = Use::Link(self.walked.links.len());
                    self.hidden.uses.push((definition, link));
                }
                self.write_link(target, title, range.clone());
                self.links_open += 1;
                if !matches!(link_type, LinkType::Autolink | LinkType::Email) {
                    self.link_text = Some(LinkText::default());
                }
                self.push_frame(Kind::Link, range);
            }
            Err(fault) => {
                self.address_fault(fault, address, &range, definition);
                self.push_frame(Kind::Bare, range);
            }
        }
    }

    pub fn start_image(
        &mut self,
        address: &CowStr<'_>,
        title: &str,
        range: Span,
        definition: Option<Span>,
    ) {
        let path = address::read(address, self.report.path)
            .map_err(|fault| Fault {
                help: if fault.rule == &rules::UNSAFE_ADDRESS {
                    Some("images are files of the handbook: put it beside the page and write its name")
                } else {
                    fault.help
                },
                ..fault
            })
            .and_then(image_path);
        let number = match path {
            Ok(path) => {
                let number = number(self.walked.images.len());
                self.own_image();
                if let Some(definition) = definition.clone() {
                    let image = Use::Image(self.walked.images.len());
                    self.hidden.uses.push((definition, image));
                }
                let image = Image {
                    path,
                    part: self.part(),
                    span: self.report.span(range.clone()),
                };
                self.walked.images.push(image);
                Some(number)
            }
            Err(fault) => {
                self.address_fault(fault, address, &range, definition);
                None
            }
        };
        self.picture = Some(Picture {
            alt: String::new(),
            depth: 0,
            range,
            title: title.to_owned(),
            number,
        });
    }

    /// One mistake in a definition is told once, however many links use it.
    fn address_fault(
        &mut self,
        fault: Fault,
        address: &CowStr<'_>,
        range: &Span,
        definition: Option<Span>,
    ) {
        if let Some(definition) = &definition {
            if self.bad_definitions.contains(&definition.start) {
                return;
            }
            self.bad_definitions.push(definition.start);
        }
        let whole = definition.unwrap_or_else(|| range.clone());
        let place = self
            .borrowed_place(address)
            .filter(|place| whole.start <= place.start && place.end <= whole.end)
            .unwrap_or_else(|| self.first_line(&whole));
        let mut diagnostic = self.report.at(fault.rule, place, fault.message);
        if let Some(help) = fault.help {
            diagnostic = diagnostic.help(help);
        }
        self.report.add(diagnostic);
    }

    /// Where an address stands, if it was taken from the text as it is.
    fn borrowed_place(&self, address: &CowStr<'_>) -> Option<Span> {
        let CowStr::Borrowed(address) = address else {
            return None;
        };
        if address.is_empty() {
            return None;
        }
        let start = address
            .as_ptr()
            .addr()
            .checked_sub(self.text.as_ptr().addr())?;
        let end = start + address.len();
        (end <= self.text.len()).then_some(start..end)
    }

    pub fn write_title(&mut self, title: &str, range: &Span) {
        if !title.is_empty() {
            let title = self.decoded(title, range);
            self.out.push(" title=\"");
            escape_attribute(&title, &mut self.out.html);
            self.out.push("\"");
        }
    }

    /// Markdown within alternative text is flattened to its words.
    pub fn in_picture(&mut self, event: &Event<'_>, range: &Span) {
        let text = match event {
            Event::Text(text) if self.text.as_bytes().get(range.start) == Some(&b'&') => {
                &self.decoded(text, range)
            }
            Event::Text(text) | Event::Code(text) => text.as_ref(),
            Event::SoftBreak | Event::HardBreak => " ",
            _ => "",
        };
        let Some(picture) = &mut self.picture else {
            return;
        };
        match event {
            Event::Start(_) => picture.depth += 1,
            Event::End(_) if picture.depth == 0 => self.end_image(),
            Event::End(_) => picture.depth -= 1,
            _ => picture.alt.push_str(text),
        }
    }

    fn end_image(&mut self) {
        let Some(picture) = self.picture.take() else {
            return;
        };
        let alt = picture.alt.trim();
        if alt.is_empty() {
            let fault = self
                .report
                .at(
                    &rules::ALT_MISSING,
                    picture.range.clone(),
                    "the image has no alternative text",
                )
                .help("write what it shows between the brackets, as in `![the call stack](stack.svg)`");
            self.report.add(fault);
        } else {
            let path = picture
                .number
                .and_then(|number| self.walked.images.get(number as usize))
                .map(|image| image.path.clone());
            self.check_alternative(alt, path.as_deref(), &picture.range);
        }
        self.alternative(alt);
        let Some(number) = picture.number else {
            escape_attribute(alt, &mut self.out.html);
            return;
        };
        self.out.push("<img");
        self.out.mark(Mark::Image(number));
        self.out.push(" alt=\"");
        escape_attribute(alt, &mut self.out.html);
        self.out.push("\"");
        self.write_title(&picture.title, &picture.range);
        self.out.push(" loading=\"lazy\" decoding=\"async\">");
    }

    /// `[text][name]` without a definition of `name`.
    pub fn undefined_links(&mut self, links: &[BrokenLink<'_>], definitions: &RefDefs<'_>) {
        let mut names: Vec<&str> = definitions.iter().map(|(name, _)| name).collect();
        names.sort_unstable();
        names.truncate(100);
        for link in links {
            // A fence that is left open has taken the definition, and is the mistake.
            if self
                .swallowed
                .contains(format_args!("[{}]:", link.reference))
            {
                continue;
            }
            let image = self.text[link.span.clone()].starts_with('!');
            let mut place = link.span.clone();
            // The parser leaves the brackets of `[name][]` out.
            if link.link_type == LinkType::Collapsed && self.text[place.end..].starts_with("[]") {
                place.end += "[]".len();
            }
            let mut message = String::from(if image { "the image" } else { "the link" });
            let _ = write!(
                message,
                " refers to `{}`, which is not defined",
                link.reference
            );
            let fault = self.report.at(&rules::LINK_UNDEFINED, place, message);
            let names = names.iter().copied().filter(|_| self.report.is_calm());
            let fault = fault.suggest(&link.reference, names, || {
                Some(format!(
                    "write `[{0}]: address` on a line of its own; if this is code, put it between \
                     backticks",
                    link.reference
                ))
            });
            self.report.add(fault);
        }
    }
}

fn image_path(target: Target) -> Result<String, Fault> {
    let (rule, message, help) = match target {
        Target::File { path, anchor: None } => return Ok(path),
        Target::External(address) if address.starts_with("http") => (
            &rules::IMAGE_EXTERNAL,
            "the image would be loaded from another site",
            "the site makes no request elsewhere: put the file beside the page",
        ),
        Target::File { .. } => (
            &rules::ADDRESS_INVALID,
            "an image's address can't name a part of it",
            "remove the `#` and what follows",
        ),
        _ => (
            &rules::ADDRESS_INVALID,
            "this is not the address of an image",
            "put the file beside the page and write its name, as in `![the call stack](stack.svg)`",
        ),
    };
    Err(Fault {
        rule,
        message: message.to_owned(),
        help: Some(help),
    })
}
