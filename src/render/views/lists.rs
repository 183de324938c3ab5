//! Pages that list questions: by topic, by tag, and all of them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Views;
use super::chrome::{Head, HeadView, LinkView};
use super::guide::TopicSummaryView;
use super::json_ld::Subject;
use super::question::{NamedView, QuestionItem, QuestionView};
use crate::model::{Address, Kind, Question, QuestionId};
use crate::plan::{LISTED, WHOLE, numbered, parts};
use crate::render::html::{Setting, escaped};

/// Lengths of questions to filter by, in minutes.
const LENGTHS: [(u16, u16); 4] = [(1, 5), (6, 10), (11, 15), (16, u16::MAX)];

/// Questions under a heading.
#[derive(Debug, Serialize)]
pub struct GroupView {
    pub id: String,
    pub title: String,
    pub url: Option<String>,
    pub minutes: u32,
    pub questions: Vec<QuestionItem>,
}

/// `topic.html` and `tag.html`
#[derive(Debug, Serialize)]
pub struct ListView {
    pub head: HeadView,
    pub summary: Option<String>,
    pub count: usize,
    pub minutes: u32,
    /// By level.
    pub groups: Vec<GroupView>,
}

/// `questions.html`
#[derive(Debug, Serialize)]
pub struct QuestionsView {
    pub head: HeadView,
    pub count: usize,
    /// By guide and level.
    pub groups: Vec<GroupView>,
    pub tags: Vec<TopicSummaryView>,
    /// What the list can be filtered by.
    pub facets: Vec<FacetView>,
    pub pager: Option<PagerView>,
}

/// A side of questions that they can be filtered by.
#[derive(Debug, Serialize)]
pub struct FacetView {
    /// `guide`, `level`, `topic`, `kind`, `minutes` or `tag`.
    pub name: &'static str,
    pub title: String,
    pub options: Vec<OptionView>,
}

/// One value of a facet.
#[derive(Debug, Serialize)]
pub struct OptionView {
    /// As in addresses.
    pub value: String,
    pub title: String,
    /// Questions that have it.
    pub count: usize,
}

/// Where a list goes on.
#[derive(Debug, Serialize)]
pub struct PagerView {
    /// From 1.
    pub current: usize,
    pub total: usize,
    pub previous: Option<String>,
    pub next: Option<String>,
}

/// `all.html`: a guide's questions, whole, for print.
#[derive(Debug, Serialize)]
pub struct AllView {
    pub head: HeadView,
    pub guide: LinkView,
    pub count: usize,
    pub groups: Vec<AllGroupView>,
    pub pager: Option<PagerView>,
}

/// A level's questions on the page of all.
#[derive(Debug, Serialize)]
pub struct AllGroupView {
    pub level: NamedView,
    pub questions: Vec<QuestionView>,
}

impl Views<'_> {
    /// A topic of a guide.
    pub fn topic(&self, address: &Address, guide: usize, number: usize) -> ListView {
        let handbook = &self.site.handbook;
        let topic = &handbook.config.topics[number];
        let ids: Vec<QuestionId> = handbook.about(guide, number).collect();
        let guide_link = self.guide_link(guide);
        let title = format!("{}: {}", guide_link.title, topic.title);
        ListView {
            head: self.head(Head {
                address,
                heading: escaped(&title),
                title,
                description: self.list_description(
                    "topic_description",
                    &ids,
                    &[
                        ("guide", &guide_link.title),
                        ("topic", &topic.title),
                        ("summary", topic.summary.as_deref().unwrap_or_default()),
                    ],
                ),
                breadcrumbs: vec![self.home_link(), guide_link],
                source: None,
                subject: Subject::List(ids.len()),
            }),
            summary: topic.summary.clone(),
            count: ids.len(),
            minutes: self.minutes(&ids),
            groups: self.by_level(&ids),
        }
    }

    /// A tag, over all guides.
    pub fn tag(&self, address: &Address, tag: &str) -> ListView {
        let handbook = &self.site.handbook;
        let ids = handbook.tags.get(tag).map_or(&[][..], Vec::as_slice);
        let title = self
            .site
            .theme
            .strings
            .get("tag_title")
            .replace("{tag}", tag);
        ListView {
            head: self.head(Head {
                address,
                heading: escaped(&title),
                title,
                description: self.list_description(
                    "tag_description",
                    ids,
                    &[("site", &handbook.config.title), ("tag", tag)],
                ),
                breadcrumbs: vec![self.home_link(), self.questions_link()],
                source: None,
                subject: Subject::List(ids.len()),
            }),
            summary: None,
            count: ids.len(),
            minutes: self.minutes(ids),
            groups: self.by_level(ids),
        }
    }

    /// The index of all questions.
    pub fn questions(&self, address: &Address, part: usize) -> QuestionsView {
        let handbook = &self.site.handbook;
        let title = self.site.theme.strings.get("all_questions").to_owned();
        let ids: Vec<QuestionId> = handbook
            .numbered()
            .map(|(id, _)| id)
            .skip(part * LISTED)
            .take(LISTED)
            .collect();
        let tags = handbook.tags.iter().map(|(tag, ids)| TopicSummaryView {
            id: tag.clone(),
            title: tag.clone(),
            summary: None,
            url: self.site.href(&Address::page(["tags", tag])),
            count: ids.len(),
            minutes: self.minutes(ids),
        });
        let total = parts(handbook.questions.len(), LISTED);
        let all: Vec<QuestionId> = handbook.numbered().map(|(id, _)| id).collect();
        let names = [("site", handbook.config.title.as_str())];
        let description = self.list_description("questions_description", &all, &names);
        QuestionsView {
            head: self.head(Head {
                address,
                heading: escaped(&title),
                title: self.of_part(title, part, total),
                description: self.of_part(description, part, total),
                breadcrumbs: vec![self.home_link()],
                source: None,
                subject: Subject::List(handbook.questions.len()),
            }),
            count: handbook.questions.len(),
            groups: self.by_level(&ids),
            tags: if part == 0 {
                tags.collect()
            } else {
                Vec::new()
            },
            facets: self.facets(),
            pager: self.pager(&["questions"], part, total),
        }
    }

    /// What the questions can be filtered by. A facet with one value filters nothing.
    fn facets(&self) -> Vec<FacetView> {
        let handbook = &self.site.handbook;
        let config = &handbook.config;
        let strings = &self.site.theme.strings;
        let questions = &handbook.questions;
        let option = |value: &str, title: &str, has: &dyn Fn(&Question) -> bool| OptionView {
            value: value.to_owned(),
            title: title.to_owned(),
            count: questions.iter().filter(|question| has(question)).count(),
        };
        let guides = handbook.guides.iter().zip(0..).map(|(guide, number)| {
            let title = &guide.words.title.plain;
            option(&guide.id, title, &|question| question.guide == number)
        });
        let levels = config.levels.iter().zip(0..).map(|(level, number)| {
            option(&level.id, &level.title, &|question| {
                question.level == number
            })
        });
        let topics = config.topics.iter().zip(0..).map(|(topic, number)| {
            option(&topic.id, &topic.title, &|question| {
                question.topic == number
            })
        });
        let kinds = Kind::ALL.into_iter().map(|kind| {
            let title = self.kind_view(kind).title;
            option(kind.id(), &title, &|question| question.public.kind == kind)
        });
        let minutes = LENGTHS.iter().map(|&(from, to)| {
            let (value, title) = match to {
                u16::MAX => (format!("{from}-"), strings.get("minutes_more")),
                to => (format!("{from}-{to}"), strings.get("minutes_span")),
            };
            let title = title
                .replace("{start}", &from.to_string())
                .replace("{end}", &to.to_string());
            option(&value, &title, &|question| {
                (from..=to).contains(&question.public.minutes)
            })
        });
        let tags = handbook.tags.iter().map(|(tag, ids)| OptionView {
            value: tag.clone(),
            title: tag.clone(),
            count: ids.len(),
        });
        [
            ("guide", "guide", guides.collect::<Vec<_>>()),
            ("level", "level", levels.collect()),
            ("topic", "topic", topics.collect()),
            ("kind", "kind", kinds.collect()),
            ("minutes", "time", minutes.collect()),
            ("tag", "tags", tags.collect()),
        ]
        .into_iter()
        .filter_map(|(name, word, mut options)| {
            options.retain(|option| option.count > 0);
            (options.len() > 1).then(|| FacetView {
                name,
                title: strings.get(word).to_owned(),
                options,
            })
        })
        .collect()
    }

    /// All questions of a guide, whole.
    pub fn all(&self, address: &Address, guide: usize, part: usize) -> AllView {
        let handbook = &self.site.handbook;
        let id = handbook.guides[guide].id.as_str();
        let questions = &handbook.guides[guide].questions;
        let mut groups: Vec<AllGroupView> = Vec::new();
        for &id in questions.iter().skip(part * WHOLE).take(WHOLE) {
            let question = handbook.question(id);
            let level = self.level_view(guide, question.level);
            let prefix = format!("{}--", question.slug);
            let setting = Setting {
                id_prefix: &prefix,
                // Level, question and its parts stand above a body's first heading.
                heading_shift: 2,
                sections: false,
            };
            let view = self.question(id, setting);
            match groups.last_mut() {
                Some(group) if group.level.id == level.id => group.questions.push(view),
                _ => groups.push(AllGroupView {
                    level,
                    questions: vec![view],
                }),
            }
        }
        let guide_link = self.guide_link(guide);
        let title = self
            .site
            .theme
            .strings
            .get("all_title")
            .replace("{guide}", &guide_link.title);
        let total = parts(questions.len(), WHOLE);
        let names = [("guide", guide_link.title.as_str())];
        let description = self.list_description("all_description", questions, &names);
        AllView {
            head: self.head(Head {
                address,
                heading: escaped(&title),
                title: self.of_part(title, part, total),
                description: self.of_part(description, part, total),
                breadcrumbs: vec![self.home_link(), guide_link.clone()],
                source: None,
                subject: Subject::List(questions.len()),
            }),
            guide: guide_link,
            count: questions.len(),
            groups,
            pager: self.pager(&[id, "all"], part, total),
        }
    }

    pub(super) fn by_topic(&self, guide: usize, ids: &[QuestionId]) -> Vec<GroupView> {
        let handbook = &self.site.handbook;
        (0..handbook.config.topics.len())
            .filter_map(|number| {
                let of_topic: Vec<QuestionId> = ids
                    .iter()
                    .copied()
                    .filter(|&id| handbook.question(id).topic == number)
                    .collect();
                (!of_topic.is_empty()).then(|| {
                    let mut topic = self.topic_view(guide, number);
                    // Beside the headings of the level's words.
                    topic.id = format!("topic-{}", topic.id);
                    self.group(topic, &of_topic)
                })
            })
            .collect()
    }

    /// By guide and level; the guide is named where there are several.
    pub(super) fn by_level(&self, ids: &[QuestionId]) -> Vec<GroupView> {
        let handbook = &self.site.handbook;
        let mut levels: BTreeMap<(usize, usize), Vec<QuestionId>> = BTreeMap::new();
        for &id in ids {
            let question = handbook.question(id);
            levels
                .entry((question.guide, question.level))
                .or_default()
                .push(id);
        }
        levels
            .into_iter()
            .map(|((guide, level), ids)| {
                let mut view = self.level_view(guide, level);
                if handbook.guides.len() > 1 {
                    let guide = &handbook.guides[guide];
                    view.title = format!("{}: {}", guide.words.title.plain, view.title);
                    view.id = format!("{}-{}", guide.id, view.id);
                }
                self.group(view, &ids)
            })
            .collect()
    }

    pub(super) fn group(&self, of: NamedView, ids: &[QuestionId]) -> GroupView {
        GroupView {
            id: of.id,
            title: of.title,
            url: of.url,
            minutes: self.minutes(ids),
            questions: ids.iter().map(|&id| self.item(id)).collect(),
        }
    }

    pub(super) fn minutes(&self, ids: &[QuestionId]) -> u32 {
        ids.iter()
            .map(|&id| u32::from(self.site.handbook.question(id).public.minutes))
            .sum()
    }

    fn pager(&self, list: &[&str], part: usize, total: usize) -> Option<PagerView> {
        let url = |part| self.site.href(&numbered(list, part));
        (total > 1).then(|| PagerView {
            current: part + 1,
            total,
            previous: part.checked_sub(1).map(url),
            next: (part + 1 < total).then(|| url(part + 1)),
        })
    }

    fn questions_link(&self) -> LinkView {
        LinkView::plain(
            self.site.theme.strings.get("all_questions"),
            self.site.href(&Address::page(["questions"])),
        )
    }
}
