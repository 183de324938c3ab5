//! Words between the markup: runs of text, bare links, code spans.

use std::mem;

use linkify::{LinkFinder, LinkKind};

use super::characters::{self, is_invisible, is_needed, without_bad};
use super::excerpt::words;
use super::walk::Walker;
use super::write::escape_text;
use super::{Link, Mark, Target, address};
use crate::diag::{Span, rules};

/// Neighbouring pieces of text: the parser breaks it at every sign that might have been markup.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub text: String,
    /// Where each piece begins, and its range in the source.
    pieces: Vec<(usize, Span)>,
}

impl Run {
    pub fn push(&mut self, text: &str, range: Span) {
        self.pieces.push((self.text.len(), range));
        self.text.push_str(text);
    }

    pub fn clear(&mut self) {
        self.text.clear();
        self.pieces.clear();
    }

    /// A range of the run as one of the source.
    pub fn source(&self, range: &Span) -> Span {
        let start = self.place(range.start).0;
        let end = self.place(range.end.saturating_sub(1)).1;
        start..end.max(start)
    }

    /// Where the byte at `offset` comes from: the byte itself, or the whole of what it was decoded
    /// from.
    fn place(&self, offset: usize) -> (usize, usize) {
        let index = self.pieces.partition_point(|&(begins, _)| begins <= offset);
        let Some((begins, range)) = self.pieces.get(index.saturating_sub(1)) else {
            return (0, 0);
        };
        let next = self
            .pieces
            .get(index)
            .map_or(self.text.len(), |next| next.0);
        if next - begins == range.len() {
            let at = range.start + offset.saturating_sub(*begins);
            (at, at + 1)
        } else {
            (range.start, range.end)
        }
    }
}

impl Walker<'_, '_> {
    pub fn text(&mut self, text: &str, range: Span) {
        if self.text.as_bytes().get(range.start) == Some(&b'&') {
            let clean = self.decoded(text, &range);
            self.check_reference(&clean, &range);
            self.run.push(&clean, range);
        } else {
            self.run.push(text, range);
        }
    }

    /// A character reference to what nobody sees.
    fn check_reference(&mut self, text: &str, range: &Span) {
        let mut unseen = text.chars().filter(|&c| is_invisible(c));
        let Some(first) = unseen.next() else {
            return;
        };
        if is_needed(first, self.text, range) {
            return;
        }
        let message = characters::unseen(first, 1 + unseen.count());
        let fault = self
            .report
            .at(&rules::ZERO_WIDTH, range.clone(), message)
            .help("remove it");
        self.report.add(fault);
    }

    /// What character references became, without what must not be shown.
    pub fn decoded(&mut self, text: &str, range: &Span) -> String {
        without_bad(text, |c, bad| {
            let fault = bad.found(c, |rule, message| {
                self.report.at(rule, range.clone(), message)
            });
            self.report.add(fault);
        })
        .into_owned()
    }

    /// Writes the run that is over.
    pub fn flush(&mut self) {
        if self.run.text.is_empty() {
            self.run.clear();
            return;
        }
        let mut run = mem::take(&mut self.run);
        self.plain(&run.text);
        self.check_placeholders(&run);
        // A bracket is a piece of its own.
        if run.pieces.len() > 1 {
            self.undefined_footnotes(&run);
        }
        if self.links_open == 0 && run.text.contains("://") {
            self.bare_links(&run);
        } else {
            escape_text(&run.text, &mut self.out.html);
        }
        run.clear();
        self.run = run;
    }

    /// Counts words and keeps them where they are wanted without markup.
    pub fn plain(&mut self, text: &str) {
        self.out.words += words(text, &mut self.within_word);
        self.keep(text);
    }

    fn keep(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.push_str(text);
        }
        if let Some(link) = &mut self.link_text {
            link.words.push_str(text);
        }
        self.alternatives.push(text);
        self.excerpt.push(text);
    }

    /// The end of a line.
    pub fn space(&mut self) {
        self.within_word = false;
        self.keep(" ");
    }

    pub fn inline_code(&mut self, code: &str) {
        self.plain(code);
        self.out.push("<code>");
        escape_text(code, &mut self.out.html);
        self.out.push("</code>");
    }

    /// Alternative text: it counts in a heading, not in an excerpt.
    pub fn alternative(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.push_str(text);
        }
        if let Some(link) = &mut self.link_text {
            link.words.push_str(text);
            link.has_image = true;
        }
    }

    fn bare_links(&mut self, run: &Run) {
        let text = run.text.as_str();
        let mut finder = LinkFinder::new();
        finder.kinds(&[LinkKind::Url]);
        let mut from = 0;
        for found in finder.links(text) {
            let address = found.as_str();
            let is_web = ["http://", "https://"].iter().any(|scheme| {
                address
                    .get(..scheme.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            });
            if !is_web {
                continue;
            }
            // One that can't be read is text like any other.
            let Ok(target @ Target::External(_)) = address::read(address, self.report.path) else {
                continue;
            };
            escape_text(&text[from..found.start()], &mut self.out.html);
            let span = run.source(&(found.start()..found.end()));
            self.write_link(target, "", span);
            escape_text(address, &mut self.out.html);
            self.out.push("</a>");
            from = found.end();
        }
        escape_text(&text[from..], &mut self.out.html);
    }

    /// Writes `<a …>` and lists the link.
    pub fn write_link(&mut self, target: Target, title: &str, range: Span) {
        let number = super::links::number(self.walked.links.len());
        let is_web = matches!(&target, Target::External(url) if url.starts_with("http"));
        self.out.push("<a href=\"");
        self.out.mark(Mark::Href(number));
        self.out.push("\"");
        self.write_title(title, &range);
        if is_web {
            self.out.push(" rel=\"noopener\"");
        }
        self.out.push(">");
        self.own_link();
        let link = Link {
            target,
            part: self.part(),
            span: self.report.span(range),
        };
        self.walked.links.push(link);
    }
}
