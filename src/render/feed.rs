//! feed.xml: the questions that were added last.

use std::io::Write as _;

use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::model::{Address, QuestionId};
use crate::plan::Site;

/// As many questions as readers look at.
const ENTRIES: usize = 50;

/// An Atom feed. <https://www.rfc-editor.org/rfc/rfc4287>
pub fn atom(site: &Site) -> Vec<u8> {
    let handbook = &site.handbook;
    let config = &handbook.config;
    let mut added: Vec<(Date, QuestionId)> = handbook
        .numbered()
        .filter_map(|(id, question)| question.public.added.map(|date| (date, id)))
        .collect();
    // The newest first; those of a day in the handbook's order.
    added.sort_by_key(|&(date, id)| (std::cmp::Reverse(date), id));
    added.truncate(ENTRIES);
    // A feed must say when it changed. One without entries never did.
    let updated = added
        .iter()
        .map(|&(date, id)| changed(site, date, id))
        .max()
        .unwrap_or(Date::constant(1970, 1, 1));
    let mut feed = Feed {
        writer: Writer::new(Vec::new()),
    };
    feed.event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
    feed.open(
        "feed",
        &[
            ("xmlns", "http://www.w3.org/2005/Atom"),
            ("xml:lang", &config.language),
        ],
    );
    feed.text("title", &config.title);
    feed.text("subtitle", &config.description);
    feed.text("id", config.base_url.as_str());
    let own = site.absolute(&Address::file("feed.xml"));
    feed.empty(
        "link",
        &[
            ("rel", "self"),
            ("href", &own),
            ("type", "application/atom+xml"),
        ],
    );
    feed.empty(
        "link",
        &[
            ("rel", "alternate"),
            ("href", config.base_url.as_str()),
            ("type", "text/html"),
        ],
    );
    feed.text("updated", &midnight(updated));
    feed.text("rights", &config.licence);
    feed.open("author", &[]);
    feed.text("name", &config.title);
    feed.close("author");
    for (date, id) in added {
        entry(site, &mut feed, date, id);
    }
    feed.close("feed");
    feed.writer.into_inner()
}

fn entry(site: &Site, feed: &mut Feed, date: Date, id: QuestionId) {
    let handbook = &site.handbook;
    let question = handbook.question(id);
    let url = site.absolute(&handbook.address(id));
    feed.open("entry", &[]);
    feed.text("title", &question.public.title.plain);
    feed.text("id", &url);
    feed.empty(
        "link",
        &[("rel", "alternate"), ("href", &url), ("type", "text/html")],
    );
    feed.text("published", &midnight(date));
    feed.text("updated", &midnight(changed(site, date, id)));
    let config = &handbook.config;
    for term in [
        &config.levels[question.level].id,
        &config.topics[question.topic].id,
    ] {
        feed.empty("category", &[("term", term)]);
    }
    let summary = match &question.interviewer {
        Some(interviewer) => &interviewer.assesses.content.excerpt,
        None => &question.public.prompt.content.excerpt,
    };
    if !summary.is_empty() {
        feed.text("summary", summary);
    }
    feed.close("entry");
}

/// When a question was last added or reviewed.
fn changed(site: &Site, added: Date, id: QuestionId) -> Date {
    let reviewed = &site.handbook.question(id).public.reviewed;
    reviewed
        .as_ref()
        .map_or(added, |date| date.value.max(added))
}

/// Days have no hour; the feed's format wants one.
fn midnight(date: Date) -> String {
    format!("{date}T00:00:00Z")
}

struct Feed {
    writer: Writer<Vec<u8>>,
}

impl Feed {
    fn event(&mut self, event: Event<'_>) {
        // Writing to memory does not fail.
        let _ = self.writer.write_event(event);
        let _ = self.writer.get_mut().write_all(b"\n");
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let start =
            quick_xml::events::BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.event(Event::Start(start));
    }

    fn close(&mut self, name: &str) {
        self.event(Event::End(quick_xml::events::BytesEnd::new(name)));
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let start =
            quick_xml::events::BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.event(Event::Empty(start));
    }

    fn text(&mut self, name: &str, text: &str) {
        let _ = self
            .writer
            .create_element(name)
            .write_text_content(BytesText::new(text));
        let _ = self.writer.get_mut().write_all(b"\n");
    }
}
