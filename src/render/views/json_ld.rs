//! What a page is, in the words that search engines share. <https://schema.org/>

use jiff::civil::Date;
use serde_json::{Value, json};

use super::Views;
use super::chrome::Head;
use crate::model::QuestionId;
use crate::render::html::description;

/// What a page is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum Subject {
    /// The home page: the site.
    Site,
    /// So many questions.
    List(usize),
    Question(QuestionId),
    Kit {
        guide: usize,
        kit: usize,
    },
    /// A page of words, and when it was last reviewed.
    Words(Option<Date>),
    /// There is no such page.
    Nothing,
}

impl Views<'_> {
    /// JSON-LD, ready for a `script` element of that type.
    pub(super) fn json_ld(&self, head: &Head<'_>, canonical: &str) -> Option<String> {
        let data = match head.subject {
            Subject::Nothing => return None,
            Subject::Site => self.website(head),
            subject => self.web_page(head, canonical, subject),
        };
        // A script element ends at the first `</`, whatever stands around it.
        serde_json::to_string(&without_nulls(data))
            .ok()
            .map(|json| json.replace('<', "\\u003c"))
    }

    fn website(&self, head: &Head<'_>) -> Value {
        let config = &self.site.handbook.config;
        json!({
            "@context": "https://schema.org",
            "@type": "WebSite",
            "@id": config.base_url.as_str(),
            "name": config.title,
            "description": description(&head.description),
            "url": config.base_url.as_str(),
            "inLanguage": config.language,
            "license": licence(&config.licence),
        })
    }

    fn web_page(&self, head: &Head<'_>, canonical: &str, subject: Subject) -> Value {
        let config = &self.site.handbook.config;
        let kind = match subject {
            Subject::List(_) => "CollectionPage",
            _ => "WebPage",
        };
        let (published, modified) = self.dates(subject);
        json!({
            "@context": "https://schema.org",
            "@type": kind,
            "name": head.title,
            "description": description(&head.description),
            "url": canonical,
            "inLanguage": config.language,
            "license": licence(&config.licence),
            "datePublished": published,
            "dateModified": modified,
            "isPartOf": {
                "@type": "WebSite",
                "@id": config.base_url.as_str(),
                "name": config.title,
                "url": config.base_url.as_str(),
            },
            "breadcrumb": self.breadcrumb(head, canonical),
            "mainEntity": match subject {
                Subject::List(count) => json!({ "@type": "ItemList", "numberOfItems": count }),
                Subject::Question(id) => self.question_resource(id),
                Subject::Kit { guide, kit } => self.kit_resource(guide, kit),
                Subject::Site | Subject::Words(_) | Subject::Nothing => Value::Null,
            },
        })
    }

    /// When a page was published, and when it was last gone over.
    fn dates(&self, subject: Subject) -> (Option<Date>, Option<Date>) {
        let handbook = &self.site.handbook;
        match subject {
            Subject::Question(id) => {
                let public = &handbook.question(id).public;
                let reviewed = public.reviewed.as_ref().map(|date| date.value);
                (public.added, reviewed.max(public.added))
            }
            Subject::Kit { guide, kit } => {
                let reviewed = &handbook.guides[guide].kits[kit].document.reviewed;
                (None, reviewed.as_ref().map(|date| date.value))
            }
            Subject::Words(reviewed) => (None, reviewed),
            Subject::Site | Subject::List(_) | Subject::Nothing => (None, None),
        }
    }

    fn breadcrumb(&self, head: &Head<'_>, canonical: &str) -> Value {
        let crumbs: Vec<Value> = head
            .breadcrumbs
            .iter()
            .map(|link| (link.title.as_str(), self.with_origin(&link.url)))
            .chain([(head.title.as_str(), canonical.to_owned())])
            .zip(1..)
            .map(|((name, url), position)| {
                json!({ "@type": "ListItem", "position": position, "name": name, "item": url })
            })
            .collect();
        json!({ "@type": "BreadcrumbList", "itemListElement": crumbs })
    }

    fn question_resource(&self, id: QuestionId) -> Value {
        let handbook = &self.site.handbook;
        let question = handbook.question(id);
        let public = &question.public;
        let item = self.item(id);
        let tags: Vec<&str> = public.tags.iter().map(|tag| tag.value.as_str()).collect();
        json!({
            "@type": "LearningResource",
            "name": public.title.plain,
            "learningResourceType": item.kind.title,
            "educationalLevel": item.level.title,
            "about": {
                "@type": "Thing",
                "name": item.topic.title,
                "url": item.topic.url.map(|url| self.with_origin(&url)),
            },
            "assesses": question
                .interviewer
                .as_deref()
                .map(|part| part.assesses.content.excerpt.as_str()),
            "keywords": (!tags.is_empty()).then_some(tags),
            "timeRequired": minutes(public.minutes),
        })
    }

    fn kit_resource(&self, guide: usize, kit: usize) -> Value {
        let handbook = &self.site.handbook;
        let kit = &handbook.guides[guide].kits[kit];
        let questions: Vec<Value> = kit
            .questions
            .iter()
            .map(|slot| {
                json!({
                    "@type": "LearningResource",
                    "name": handbook.question(slot.question).public.title.plain,
                    "url": self.site.absolute(&handbook.address(slot.question)),
                    "timeRequired": minutes(slot.minutes),
                })
            })
            .collect();
        json!({
            "@type": "LearningResource",
            "name": kit.document.title.plain,
            "educationalLevel": handbook.config.levels[kit.level].title,
            "timeRequired": minutes(kit.document.minutes.value),
            "hasPart": questions,
        })
    }

    fn with_origin(&self, path: &str) -> String {
        let base = &self.site.handbook.config.base_url;
        format!("{}{path}", base.origin().ascii_serialization())
    }
}

/// A duration as <https://www.iso.org/iso-8601-date-and-time-format.html> has it.
fn minutes(minutes: u16) -> String {
    format!("PT{minutes}M")
}

/// Search engines want an address of the licence. <https://spdx.org/licenses/>
fn licence(licence: &str) -> Value {
    if licence.starts_with("http://") || licence.starts_with("https://") {
        json!(licence)
    } else if licence.contains(' ') {
        json!({ "@type": "CreativeWork", "name": licence })
    } else {
        json!(format!("https://spdx.org/licenses/{licence}.html"))
    }
}

/// What is not known is not said.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name, without_nulls(value)))
            .collect(),
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        other => other,
    }
}
