//! The home page, guides and their levels.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Views;
use super::chrome::{Head, HeadView};
use super::json_ld::Subject;
use super::lists::GroupView;
use super::pages::{HeadingView, contents};
use super::question::NamedView;
use crate::model::{Address, Audience, QuestionId, Words};
use crate::render::html::escaped;

/// A level or topic and how much there is of it.
#[derive(Debug, Serialize)]
pub struct TopicSummaryView {
    pub id: String,
    pub title: String,
    pub summary: Option<String>,
    pub url: String,
    pub count: usize,
    pub minutes: u32,
}

/// A row of the matrix of topics by levels.
#[derive(Debug, Serialize)]
pub struct MatrixRowView {
    pub topic: NamedView,
    pub cells: Vec<CellView>,
    pub count: usize,
}

/// How many questions a topic has at a level.
#[derive(Debug, Serialize)]
pub struct CellView {
    pub level: NamedView,
    pub count: usize,
    /// The topic's part of the level's page.
    pub url: String,
}

/// A kit as lists show it.
#[derive(Debug, Serialize)]
pub struct KitSummaryView {
    /// HTML.
    pub title: String,
    /// HTML.
    pub description: Option<String>,
    pub url: String,
    pub minutes: u16,
    pub level: NamedView,
    pub count: usize,
}

/// A page of its own as lists show it.
#[derive(Debug, Serialize)]
pub struct PageSummaryView {
    /// HTML.
    pub title: String,
    /// HTML.
    pub description: Option<String>,
    pub url: String,
    /// Whether the candidate edition has no such page.
    pub interviewer: bool,
}

/// `home.html`
#[derive(Debug, Serialize)]
pub struct HomeView {
    pub head: HeadView,
    /// HTML.
    pub description: Option<String>,
    /// HTML: a `section` element for the text before the first heading of level 2 (which may be
    /// empty), and one from each such heading.
    pub words: Option<String>,
    pub guides: Vec<GuideSummaryView>,
    pub pages: Vec<PageSummaryView>,
    pub count: usize,
}

/// A guide as the home page shows it.
#[derive(Debug, Serialize)]
pub struct GuideSummaryView {
    /// HTML.
    pub title: String,
    /// HTML.
    pub description: Option<String>,
    pub url: String,
    pub count: usize,
    pub levels: Vec<TopicSummaryView>,
    pub topics: Vec<TopicSummaryView>,
    /// Levels that have questions, as columns of the matrix.
    pub columns: Vec<NamedView>,
    pub matrix: Vec<MatrixRowView>,
    pub kits: Vec<KitSummaryView>,
}

/// `guide.html`
#[derive(Debug, Serialize)]
pub struct GuideView {
    pub head: HeadView,
    /// HTML.
    pub description: Option<String>,
    /// HTML: the role profile.
    pub words: Option<String>,
    /// The words' headings of level 2.
    pub contents: Vec<HeadingView>,
    pub count: usize,
    pub levels: Vec<TopicSummaryView>,
    pub topics: Vec<TopicSummaryView>,
    /// Levels that have questions, as columns of the matrix.
    pub columns: Vec<NamedView>,
    pub matrix: Vec<MatrixRowView>,
    pub kits: Vec<KitSummaryView>,
    /// Every question on one page.
    pub all_url: String,
}

/// `level.html`
#[derive(Debug, Serialize)]
pub struct LevelView {
    pub head: HeadView,
    pub level: NamedView,
    /// From handbook.yaml.
    pub summary: Option<String>,
    /// HTML.
    pub description: Option<String>,
    /// HTML.
    pub words: Option<String>,
    /// The words' headings of level 2.
    pub contents: Vec<HeadingView>,
    pub count: usize,
    pub minutes: u32,
    /// By topic; the order within is the reading order.
    pub groups: Vec<GroupView>,
    pub kits: Vec<KitSummaryView>,
}

impl Views<'_> {
    /// The home page.
    pub fn home(&self, address: &Address) -> HomeView {
        let handbook = &self.site.handbook;
        let words = &handbook.home;
        HomeView {
            head: self.head(Head {
                address,
                title: words.title.plain.clone(),
                heading: words.title.html.clone(),
                description: handbook.config.description.clone(),
                breadcrumbs: Vec::new(),
                source: Some(&words.path),
                subject: Subject::Site,
            }),
            description: self.description(words),
            words: words
                .body
                .as_ref()
                .filter(|body| !body.content.fragment.is_empty())
                .map(|body| self.sections(body)),
            guides: (0..handbook.guides.len())
                .map(|guide| self.guide_summary(guide))
                .collect(),
            pages: handbook
                .pages
                .iter()
                .map(|page| PageSummaryView {
                    title: page.document.title.html.clone(),
                    description: self.optional(page.document.description.as_ref()),
                    url: self.site.href(&Address::page([page.slug.as_str()])),
                    interviewer: page.document.audience == Audience::Interviewer,
                })
                .collect(),
            count: handbook.questions.len(),
        }
    }

    fn guide_summary(&self, number: usize) -> GuideSummaryView {
        let guide = &self.site.handbook.guides[number];
        GuideSummaryView {
            title: guide.words.title.html.clone(),
            description: self.description(&guide.words),
            url: self.guide_link(number).url,
            count: guide.questions.len(),
            levels: self.levels(number),
            topics: self.topics(number),
            columns: self.columns(number),
            matrix: self.matrix(number),
            kits: self.kits(number, None),
        }
    }

    /// A guide.
    pub fn guide(&self, address: &Address, number: usize) -> GuideView {
        let handbook = &self.site.handbook;
        let guide = &handbook.guides[number];
        GuideView {
            head: self.head(Head {
                address,
                title: guide.words.title.plain.clone(),
                heading: guide.words.title.html.clone(),
                description: excerpt(&guide.words).unwrap_or_else(|| {
                    let names = [("guide", guide.words.title.plain.as_str())];
                    self.list_description("guide_description", &guide.questions, &names)
                }),
                breadcrumbs: vec![self.home_link()],
                source: Some(&guide.words.path),
                subject: Subject::List(guide.questions.len()),
            }),
            description: self.description(&guide.words),
            words: self.words(&guide.words),
            contents: contents_of(&guide.words),
            count: guide.questions.len(),
            levels: self.levels(number),
            topics: self.topics(number),
            columns: self.columns(number),
            matrix: self.matrix(number),
            kits: self.kits(number, None),
            all_url: self.site.href(&Address::page([guide.id.as_str(), "all"])),
        }
    }

    fn columns(&self, guide: usize) -> Vec<NamedView> {
        self.levels_with_questions(guide)
            .map(|level| self.level_view(guide, level))
            .collect()
    }

    fn levels_with_questions(&self, guide: usize) -> impl Iterator<Item = usize> + '_ {
        let handbook = &self.site.handbook;
        (0..handbook.config.levels.len())
            .filter(move |&level| handbook.at_level(guide, level).next().is_some())
    }

    fn matrix(&self, guide: usize) -> Vec<MatrixRowView> {
        let handbook = &self.site.handbook;
        let mut counts: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for &id in &handbook.guides[guide].questions {
            let question = handbook.question(id);
            *counts.entry((question.topic, question.level)).or_default() += 1;
        }
        (0..handbook.config.topics.len())
            .filter_map(|topic| {
                let cells: Vec<CellView> = self
                    .levels_with_questions(guide)
                    .map(|number| {
                        let level = self.level_view(guide, number);
                        CellView {
                            url: format!(
                                "{}#topic-{}",
                                level.url.as_deref().unwrap_or_default(),
                                handbook.config.topics[topic].id
                            ),
                            level,
                            count: counts.get(&(topic, number)).copied().unwrap_or(0),
                        }
                    })
                    .collect();
                let count = cells.iter().map(|cell| cell.count).sum();
                (count > 0).then(|| MatrixRowView {
                    topic: self.topic_view(guide, topic),
                    cells,
                    count,
                })
            })
            .collect()
    }

    pub(super) fn levels(&self, guide: usize) -> Vec<TopicSummaryView> {
        let handbook = &self.site.handbook;
        let levels = handbook.config.levels.iter().enumerate();
        levels
            .filter_map(|(number, level)| {
                let url = self.level_view(guide, number).url?;
                let ids: Vec<QuestionId> = handbook.at_level(guide, number).collect();
                Some(TopicSummaryView {
                    id: level.id.clone(),
                    title: level.title.clone(),
                    summary: level.summary.clone(),
                    url,
                    count: ids.len(),
                    minutes: self.minutes(&ids),
                })
            })
            .collect()
    }

    pub(super) fn topics(&self, guide: usize) -> Vec<TopicSummaryView> {
        let handbook = &self.site.handbook;
        let topics = handbook.config.topics.iter().enumerate();
        topics
            .filter_map(|(number, topic)| {
                let url = self.topic_view(guide, number).url?;
                let ids: Vec<QuestionId> = handbook.about(guide, number).collect();
                Some(TopicSummaryView {
                    id: topic.id.clone(),
                    title: topic.title.clone(),
                    summary: topic.summary.clone(),
                    url,
                    count: ids.len(),
                    minutes: self.minutes(&ids),
                })
            })
            .collect()
    }

    pub(super) fn kits(&self, guide: usize, level: Option<usize>) -> Vec<KitSummaryView> {
        let guide_id = self.site.handbook.guides[guide].id.as_str();
        self.site.handbook.guides[guide]
            .kits
            .iter()
            .filter(|kit| level.is_none_or(|level| kit.level == level))
            .map(|kit| KitSummaryView {
                title: kit.document.title.html.clone(),
                description: self.optional(kit.document.description.as_ref()),
                url: self
                    .site
                    .href(&Address::page([guide_id, "kits", &kit.slug])),
                minutes: kit.document.minutes.value,
                level: self.level_view(guide, kit.level),
                count: kit.questions.len(),
            })
            .collect()
    }

    /// A level of a guide.
    pub fn level(&self, address: &Address, guide: usize, number: usize) -> LevelView {
        let handbook = &self.site.handbook;
        let config = &handbook.config;
        let words = handbook.guides[guide].levels[number].as_ref();
        let level = &config.levels[number];
        let ids: Vec<QuestionId> = handbook.at_level(guide, number).collect();
        let guide_link = self.guide_link(guide);
        LevelView {
            head: self.head(Head {
                address,
                title: words.map_or_else(
                    || format!("{}: {}", guide_link.title, level.title),
                    |words| words.title.plain.clone(),
                ),
                heading: words.map_or_else(
                    || escaped(&format!("{}: {}", guide_link.title, level.title)),
                    |words| words.title.html.clone(),
                ),
                description: words.and_then(excerpt).unwrap_or_else(|| {
                    let names = [
                        ("guide", guide_link.title.as_str()),
                        ("level", &level.title),
                        ("summary", level.summary.as_deref().unwrap_or_default()),
                    ];
                    self.list_description("level_description", &ids, &names)
                }),
                breadcrumbs: vec![self.home_link(), guide_link],
                source: words.map(|words| &*words.path),
                subject: Subject::List(ids.len()),
            }),
            level: self.level_view(guide, number),
            summary: level.summary.clone(),
            description: words.and_then(|words| self.description(words)),
            words: words.and_then(|words| self.words(words)),
            contents: words.map_or_else(Vec::new, contents_of),
            count: ids.len(),
            minutes: self.minutes(&ids),
            groups: self.by_topic(guide, &ids),
            kits: self.kits(guide, Some(number)),
        }
    }
}

fn contents_of(words: &Words) -> Vec<HeadingView> {
    words
        .body
        .as_ref()
        .map_or_else(Vec::new, |body| contents(body, 2))
}

/// The words' description, or the beginning of their text.
fn excerpt(words: &Words) -> Option<String> {
    let description = words
        .description
        .as_ref()
        .map(|text| text.content.excerpt.clone());
    description
        .or_else(|| words.body.as_ref().map(|body| body.content.excerpt.clone()))
        .filter(|text| !text.is_empty())
}
