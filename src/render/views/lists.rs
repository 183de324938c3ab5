//! Pages that list questions, and pages of words.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Views;
use super::chrome::{Head, HeadView, LinkView};
use super::question::{DateView, NamedView, QuestionItem, QuestionView};
use crate::model::{Address, Audience, Inline, KitPart, QuestionId, Words};
use crate::plan::{LISTED, WHOLE, numbered, parts};
use crate::render::html::{OWN_PAGE, Setting, escaped};

/// Questions under a heading.
#[derive(Debug, Serialize)]
pub struct GroupView {
    pub id: String,
    pub title: String,
    pub url: Option<String>,
    pub minutes: u32,
    pub questions: Vec<QuestionItem>,
}

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
    /// HTML.
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
    pub count: usize,
    pub minutes: u32,
    /// By topic; the order within is the reading order.
    pub groups: Vec<GroupView>,
    pub kits: Vec<KitSummaryView>,
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
    pub pager: Option<PagerView>,
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
    pub url: String,
    pub canonical: String,
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
            }),
            description: self.description(words),
            words: self.words(words),
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
                description: excerpt(&guide.words)
                    .unwrap_or_else(|| handbook.config.description.clone()),
                breadcrumbs: vec![self.home_link()],
                source: Some(&guide.words.path),
            }),
            description: self.description(&guide.words),
            words: self.words(&guide.words),
            count: guide.questions.len(),
            levels: self.levels(number),
            topics: self.topics(number),
            columns: self
                .levels_with_questions(number)
                .map(|level| self.level_view(number, level))
                .collect(),
            matrix: self.matrix(number),
            kits: self.kits(number, None),
            all_url: self.site.href(&Address::page([guide.id.as_str(), "all"])),
        }
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
                                "{}#{}",
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

    fn levels(&self, guide: usize) -> Vec<TopicSummaryView> {
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

    fn topics(&self, guide: usize) -> Vec<TopicSummaryView> {
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

    fn kits(&self, guide: usize, level: Option<usize>) -> Vec<KitSummaryView> {
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
                description: words
                    .and_then(excerpt)
                    .or_else(|| level.summary.clone())
                    .unwrap_or_else(|| config.description.clone()),
                breadcrumbs: vec![self.home_link(), guide_link],
                source: words.map(|words| &*words.path),
            }),
            level: self.level_view(guide, number),
            summary: level.summary.clone(),
            description: words.and_then(|words| self.description(words)),
            words: words.and_then(|words| self.words(words)),
            count: ids.len(),
            minutes: self.minutes(&ids),
            groups: self.by_topic(guide, &ids),
            kits: self.kits(guide, Some(number)),
        }
    }

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
                description: topic
                    .summary
                    .clone()
                    .unwrap_or_else(|| handbook.config.description.clone()),
                breadcrumbs: vec![self.home_link(), guide_link],
                source: None,
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
                description: handbook.config.description.clone(),
                breadcrumbs: vec![self.home_link(), self.questions_link()],
                source: None,
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
        QuestionsView {
            head: self.head(Head {
                address,
                heading: escaped(&title),
                title,
                description: handbook.config.description.clone(),
                breadcrumbs: vec![self.home_link()],
                source: None,
            }),
            count: handbook.questions.len(),
            groups: self.by_level(&ids),
            tags: if part == 0 {
                tags.collect()
            } else {
                Vec::new()
            },
            pager: self.pager(
                &["questions"],
                part,
                parts(handbook.questions.len(), LISTED),
            ),
        }
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
        AllView {
            head: self.head(Head {
                address,
                heading: escaped(&title),
                title,
                description: handbook.config.description.clone(),
                breadcrumbs: vec![self.home_link(), guide_link.clone()],
                source: None,
            }),
            guide: guide_link,
            count: questions.len(),
            groups,
            pager: self.pager(&[id, "all"], part, parts(questions.len(), WHOLE)),
        }
    }

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
                description: document.description.as_ref().map_or_else(
                    || document.body.content.excerpt.clone(),
                    |text| text.content.excerpt.clone(),
                ),
                breadcrumbs: vec![self.home_link(), self.guide_link(guide)],
                source: Some(&document.path),
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
                description: document.description.as_ref().map_or_else(
                    || document.body.content.excerpt.clone(),
                    |text| text.content.excerpt.clone(),
                ),
                breadcrumbs: vec![self.home_link()],
                source: Some(&page.path),
            }),
            description: self.optional(document.description.as_ref()),
            reviewed: document.reviewed.as_ref().map(|date| self.date(date.value)),
            interviewer: document.audience == Audience::Interviewer,
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
                description: handbook.config.description.clone(),
                breadcrumbs: Vec::new(),
                source: None,
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

    fn by_topic(&self, guide: usize, ids: &[QuestionId]) -> Vec<GroupView> {
        let handbook = &self.site.handbook;
        (0..handbook.config.topics.len())
            .filter_map(|number| {
                let of_topic: Vec<QuestionId> = ids
                    .iter()
                    .copied()
                    .filter(|&id| handbook.question(id).topic == number)
                    .collect();
                (!of_topic.is_empty()).then(|| {
                    let topic = self.topic_view(guide, number);
                    self.group(topic, &of_topic)
                })
            })
            .collect()
    }

    /// By guide and level; the guide is named where there are several.
    fn by_level(&self, ids: &[QuestionId]) -> Vec<GroupView> {
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

    fn group(&self, of: NamedView, ids: &[QuestionId]) -> GroupView {
        GroupView {
            id: of.id,
            title: of.title,
            url: of.url,
            minutes: self.minutes(ids),
            questions: ids.iter().map(|&id| self.item(id)).collect(),
        }
    }

    fn minutes(&self, ids: &[QuestionId]) -> u32 {
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

    fn words(&self, words: &Words) -> Option<String> {
        words
            .body
            .as_ref()
            .map(|body| self.body(body, OWN_PAGE))
            .filter(|html| !html.is_empty())
    }

    fn description(&self, words: &Words) -> Option<String> {
        self.optional(words.description.as_ref())
    }

    fn optional(&self, inline: Option<&Inline>) -> Option<String> {
        inline.map(|inline| self.inline(inline))
    }
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
