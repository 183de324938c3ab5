//! Kits, pages of words, and pages that lead elsewhere.

use serde::Serialize;

use super::Views;
use super::chrome::{Head, HeadView, LinkView};
use super::json_ld::Subject;
use super::question::{DateView, NamedView, QuestionItem};
use crate::model::{Address, Audience, Body, Inline, KitPart, Words};
use crate::render::html::{OWN_PAGE, escaped};

/// `kit.html`
#[derive(Debug, Serialize)]
pub struct KitView {
    pub head: HeadView,
    pub guide: LinkView,
    pub level: NamedView,
    /// HTML.
    pub description: Option<String>,
    pub minutes: u16,
    /// Minutes of all parts.
    pub planned: u32,
    pub opening: Option<KitPartView>,
    pub questions: Vec<KitSlotView>,
    pub closing: Option<KitPartView>,
    pub reviewed: Option<DateView>,
    /// HTML.
    pub words: String,
}

/// A heading of a text, for a list of contents.
#[derive(Debug, Serialize)]
pub struct HeadingView {
    /// The address of the heading on its page, without `#`.
    pub id: String,
    /// Without markup.
    pub title: String,
    /// 2 to 6.
    pub level: u8,
}

/// How a kit begins or ends.
#[derive(Debug, Serialize)]
pub struct KitPartView {
    pub minutes: u16,
    /// HTML.
    pub words: String,
}

/// A question's place in a kit.
#[derive(Debug, Serialize)]
pub struct KitSlotView {
    pub question: QuestionItem,
    pub minutes: u16,
    /// Minutes from the kit's beginning.
    pub starts_at: u32,
    /// HTML.
    pub note: Option<String>,
}

/// `page.html`
#[derive(Debug, Serialize)]
pub struct PageView {
    pub head: HeadView,
    /// HTML.
    pub description: Option<String>,
    pub reviewed: Option<DateView>,
    /// Whether the candidate edition has no such page.
    pub interviewer: bool,
    /// The text's headings of levels 2 and 3.
    pub contents: Vec<HeadingView>,
    /// HTML.
    pub words: String,
}

/// `404.html`
#[derive(Debug, Serialize)]
pub struct NotFoundView {
    pub head: HeadView,
    pub guides: Vec<LinkView>,
}

/// `redirect.html`
#[derive(Debug, Serialize)]
pub struct RedirectView {
    /// Where the page is now.
    pub url: String,
    /// The same as other sites have it.
    pub canonical: String,
}

impl Views<'_> {
    /// An interview kit.
    pub fn kit(&self, address: &Address, guide: usize, number: usize) -> KitView {
        let handbook = &self.site.handbook;
        let kit = &handbook.guides[guide].kits[number];
        let document = &kit.document;
        let part = |part: &Option<KitPart>| {
            part.as_ref().map(|part| KitPartView {
                minutes: part.minutes,
                words: self.inline(&part.words),
            })
        };
        let mut starts_at = document
            .opening
            .as_ref()
            .map_or(0, |part| u32::from(part.minutes));
        let questions = kit
            .questions
            .iter()
            .map(|slot| {
                let view = KitSlotView {
                    question: self.item(slot.question),
                    minutes: slot.minutes,
                    starts_at,
                    note: self.optional(slot.note.as_ref()),
                };
                starts_at += u32::from(slot.minutes);
                view
            })
            .collect();
        KitView {
            head: self.head(Head {
                address,
                title: document.title.plain.clone(),
                heading: document.title.html.clone(),
                description: summary(document.description.as_ref(), &document.body),
                breadcrumbs: vec![self.home_link(), self.guide_link(guide)],
                source: Some(&document.path),
                subject: Subject::Kit { guide, kit: number },
            }),
            guide: self.guide_link(guide),
            level: self.level_view(guide, kit.level),
            description: self.optional(document.description.as_ref()),
            minutes: document.minutes.value,
            planned: kit.planned(),
            opening: part(&document.opening),
            questions,
            closing: part(&document.closing),
            reviewed: document.reviewed.as_ref().map(|date| self.date(date.value)),
            words: self.body(&document.body, OWN_PAGE),
        }
    }

    /// A page of its own.
    pub fn free_page(&self, address: &Address, number: usize) -> PageView {
        let page = &self.site.handbook.pages[number];
        let document = &page.document;
        PageView {
            head: self.head(Head {
                address,
                title: document.title.plain.clone(),
                heading: document.title.html.clone(),
                description: summary(document.description.as_ref(), &document.body),
                breadcrumbs: vec![self.home_link()],
                source: Some(&page.path),
                subject: Subject::Words(document.reviewed.as_ref().map(|date| date.value)),
            }),
            description: self.optional(document.description.as_ref()),
            reviewed: document.reviewed.as_ref().map(|date| self.date(date.value)),
            interviewer: document.audience == Audience::Interviewer,
            contents: contents(&document.body, 3),
            words: self.body(&document.body, OWN_PAGE),
        }
    }

    /// What stands where nothing is.
    pub fn not_found(&self, address: &Address) -> NotFoundView {
        let handbook = &self.site.handbook;
        let title = self.site.theme.strings.get("not_found_title").to_owned();
        NotFoundView {
            head: self.head(Head {
                address,
                heading: escaped(&title),
                title,
                description: self.site.theme.strings.get("not_found_text").to_owned(),
                breadcrumbs: Vec::new(),
                source: None,
                subject: Subject::Nothing,
            }),
            guides: (0..handbook.guides.len())
                .map(|guide| self.guide_link(guide))
                .collect(),
        }
    }

    /// A former address.
    pub fn redirect(&self, target: &Address) -> RedirectView {
        RedirectView {
            url: self.site.href(target),
            canonical: self.site.absolute(target),
        }
    }

    pub(super) fn words(&self, words: &Words) -> Option<String> {
        words
            .body
            .as_ref()
            .map(|body| self.body(body, OWN_PAGE))
            .filter(|html| !html.is_empty())
    }

    pub(super) fn description(&self, words: &Words) -> Option<String> {
        self.optional(words.description.as_ref())
    }

    pub(super) fn optional(&self, inline: Option<&Inline>) -> Option<String> {
        inline.map(|inline| self.inline(inline))
    }
}

/// The headings of a text down to a level.
pub(super) fn contents(body: &Body, deepest: u8) -> Vec<HeadingView> {
    let headings = body.headings.iter();
    headings
        .filter(|heading| heading.level <= deepest)
        .map(|heading| HeadingView {
            id: heading.id.clone(),
            title: heading.text.clone(),
            level: heading.level,
        })
        .collect()
}

/// A page's description, or the beginning of its text.
fn summary(description: Option<&Inline>, body: &Body) -> String {
    description
        .map_or(&body.content.excerpt, |text| &text.content.excerpt)
        .clone()
}
