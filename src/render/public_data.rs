//! questions.json: the handbook's questions and kits for other programs.
//!
//! Fields that the candidate edition does not have are absent there.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::Serialize;

use crate::model::{Address, Inline, Kit, QuestionId};
use crate::plan::Site;

/// Counts up when a field is taken away or changes its meaning.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Data<'d> {
    version: u32,
    title: &'d str,
    description: &'d str,
    url: &'d str,
    language: &'d str,
    licence: &'d str,
    edition: &'static str,
    levels: Vec<Entry<'d>>,
    topics: Vec<Entry<'d>>,
    guides: Vec<Guide<'d>>,
    questions: Vec<Question<'d>>,
    kits: Vec<KitData<'d>>,
    pages: Vec<Page<'d>>,
}

#[derive(Serialize)]
struct Entry<'d> {
    id: &'d str,
    title: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'d str>,
}

#[derive(Serialize)]
struct Guide<'d> {
    id: &'d str,
    title: &'d str,
    /// The path of its page.
    url: String,
}

#[derive(Serialize)]
struct Page<'d> {
    title: &'d str,
    url: String,
}

/// Texts are Markdown.
#[derive(Serialize)]
struct Question<'d> {
    /// `guide/slug`
    id: String,
    /// The path of its page.
    url: String,
    guide: &'d str,
    slug: &'d str,
    title: &'d str,
    level: &'d str,
    topic: &'d str,
    kind: &'static str,
    tags: Vec<&'d str>,
    minutes: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    added: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reviewed: Option<Date>,
    aliases: Vec<String>,
    /// As `guide/slug`.
    related: Vec<String>,
    prompt: Cow<'d, str>,
    follow_ups: Vec<FollowUp<'d>>,
    #[serde(flatten)]
    interviewer: Option<Interviewer<'d>>,
}

#[derive(Serialize)]
struct FollowUp<'d> {
    ask: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    assesses: Option<&'d str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    strong_answers: Vec<&'d str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    red_flags: Vec<&'d str>,
}

#[derive(Serialize)]
struct Interviewer<'d> {
    assesses: &'d str,
    strong_answers: Vec<&'d str>,
    red_flags: Vec<&'d str>,
    by_level: serde_json::Map<String, serde_json::Value>,
    references: Vec<Reference<'d>>,
    answer: Cow<'d, str>,
}

#[derive(Serialize)]
struct Reference<'d> {
    title: &'d str,
    url: &'d str,
}

#[derive(Serialize)]
struct KitData<'d> {
    /// `guide/slug`
    id: String,
    url: String,
    title: &'d str,
    level: &'d str,
    minutes: u16,
    questions: Vec<KitSlot>,
}

#[derive(Serialize)]
struct KitSlot {
    /// `guide/slug`
    question: String,
    minutes: u16,
}

/// Everything that this edition may say.
pub fn json(site: &Site) -> Vec<u8> {
    let handbook = &site.handbook;
    let config = &handbook.config;
    let data = Data {
        version: VERSION,
        title: &config.title,
        description: &config.description,
        url: config.base_url.as_str(),
        language: &config.language,
        licence: &config.licence,
        edition: handbook.edition.id(),
        levels: config
            .levels
            .iter()
            .map(|level| Entry {
                id: &level.id,
                title: &level.title,
                summary: level.summary.as_deref(),
            })
            .collect(),
        topics: config
            .topics
            .iter()
            .map(|topic| Entry {
                id: &topic.id,
                title: &topic.title,
                summary: topic.summary.as_deref(),
            })
            .collect(),
        guides: handbook
            .guides
            .iter()
            .map(|guide| Guide {
                id: &guide.id,
                title: &guide.words.title.plain,
                url: site.href(&Address::page([guide.id.as_str()])),
            })
            .collect(),
        questions: handbook
            .numbered()
            .map(|(id, _)| question(site, id))
            .collect(),
        kits: handbook
            .guides
            .iter()
            .flat_map(|guide| guide.kits.iter().map(|kit| self::kit(site, &guide.id, kit)))
            .collect(),
        pages: handbook
            .pages
            .iter()
            .map(|page| Page {
                title: &page.document.title.plain,
                url: site.href(&Address::page([page.slug.as_str()])),
            })
            .collect(),
    };
    // The texts and something around them: a large buffer that grows is held twice.
    let files = handbook
        .questions
        .iter()
        .map(|question| question.public.prompt.source.file.len());
    let mut json = Vec::with_capacity(files.map(|bytes| bytes + bytes / 4 + 512).sum());
    // Strings and numbers alone: there is nothing that JSON can't hold.
    let _ = serde_json::to_writer(&mut json, &data);
    json
}

fn question(site: &Site, id: QuestionId) -> Question<'_> {
    let handbook = &site.handbook;
    let config = &handbook.config;
    let question = handbook.question(id);
    let public = &question.public;
    let guide = handbook.guides[question.guide].id.as_str();
    let interviewer = question.interviewer.as_deref();
    Question {
        id: name(site, id),
        url: site.href(&handbook.address(id)),
        guide,
        slug: &question.slug,
        title: &public.title.source,
        level: &config.levels[question.level].id,
        topic: &config.topics[question.topic].id,
        kind: public.kind.id(),
        tags: public.tags.iter().map(|tag| tag.value.as_str()).collect(),
        minutes: public.minutes,
        added: public.added,
        reviewed: public.reviewed.as_ref().map(|date| date.value),
        aliases: public
            .aliases
            .iter()
            .map(|alias| site.href(&Address::alias(&alias.value, Some(guide))))
            .collect(),
        related: question.related.iter().map(|&id| name(site, id)).collect(),
        prompt: public.prompt.source.text(),
        follow_ups: public
            .follow_ups
            .iter()
            .enumerate()
            .map(|(number, ask)| {
                let answers = interviewer.and_then(|part| part.follow_ups.get(number));
                FollowUp {
                    ask: &ask.source,
                    assesses: answers
                        .and_then(|part| part.assesses.as_ref())
                        .map(|text| text.source.as_str()),
                    strong_answers: answers
                        .map_or_else(Vec::new, |part| sources(&part.strong_answers)),
                    red_flags: answers.map_or_else(Vec::new, |part| sources(&part.red_flags)),
                }
            })
            .collect(),
        interviewer: interviewer.map(|part| Interviewer {
            assesses: &part.assesses.source,
            strong_answers: sources(&part.strong_answers),
            red_flags: sources(&part.red_flags),
            by_level: part
                .by_level
                .iter()
                .map(|(level, text)| (level.value.clone(), text.source.clone().into()))
                .collect(),
            references: part
                .references
                .iter()
                .map(|reference| Reference {
                    title: &reference.title.source,
                    url: &reference.url,
                })
                .collect(),
            answer: part.answer.source.text(),
        }),
    }
}

fn kit<'d>(site: &Site, guide: &str, kit: &'d Kit) -> KitData<'d> {
    KitData {
        id: format!("{guide}/{}", kit.slug),
        url: site.href(&Address::page([guide, "kits", &kit.slug])),
        title: &kit.document.title.source,
        level: &kit.document.level.value,
        minutes: kit.document.minutes.value,
        questions: kit
            .questions
            .iter()
            .map(|slot| KitSlot {
                question: name(site, slot.question),
                minutes: slot.minutes,
            })
            .collect(),
    }
}

fn name(site: &Site, id: QuestionId) -> String {
    let question = site.handbook.question(id);
    let guide = &site.handbook.guides[question.guide].id;
    format!("{guide}/{}", question.slug)
}

fn sources(inlines: &[Inline]) -> Vec<&str> {
    inlines
        .iter()
        .map(|inline| inline.source.as_str())
        .collect()
}
