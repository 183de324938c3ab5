//! A question, as an entry of a list and whole.

use jiff::civil::Date;
use serde::Serialize;

use super::Views;
use super::chrome::{Head, HeadView, LinkView};
use super::json_ld::Subject;
use super::pages::{HeadingView, contents};
use crate::model::{Address, Inline, Interviewer, Kind, QuestionId};
use crate::render::html::{OWN_PAGE, Setting};

/// Words that people read in a minute, by a study of many studies.
/// <https://doi.org/10.1016/j.jml.2019.104047>
const WORDS_PER_MINUTE: u32 = 238;

/// Something with an id and a title: a level, topic or kind.
#[derive(Debug, Clone, Serialize)]
pub struct NamedView {
    pub id: String,
    pub title: String,
    /// Its page in the question's guide, where it has one.
    pub url: Option<String>,
}

/// A day for machines and for people.
#[derive(Debug, Clone, Serialize)]
pub struct DateView {
    /// `2026-11-20`
    pub iso: String,
    /// In the handbook's language.
    pub text: String,
}

/// A question as lists show it.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionItem {
    pub url: String,
    /// HTML.
    pub title: String,
    pub level: NamedView,
    pub topic: NamedView,
    pub kind: NamedView,
    pub minutes: u16,
    pub tags: Vec<LinkView>,
    /// HTML. Not in the candidate edition.
    pub assesses: Option<String>,
    pub draft: bool,
}

/// A question with all that the edition has of it.
#[derive(Debug, Serialize)]
pub struct QuestionView {
    pub item: QuestionItem,
    /// Unique on the page.
    pub id: String,
    /// Begins the ids of its parts; empty on a page of its own.
    pub id_prefix: String,
    /// HTML of what the candidate is shown. May be empty.
    pub prompt: String,
    /// Whether the edition has the interviewer's part.
    pub has_answers: bool,
    /// HTML, as all that follows.
    pub answer: Option<String>,
    pub strong_answers: Vec<String>,
    pub red_flags: Vec<String>,
    pub by_level: Vec<ByLevelView>,
    pub follow_ups: Vec<FollowUpView>,
    pub references: Vec<ReferenceView>,
}

/// What an answer sounds like at a level.
#[derive(Debug, Serialize)]
pub struct ByLevelView {
    pub level: NamedView,
    /// HTML.
    pub text: String,
}

/// A follow-up question. All of it is HTML.
#[derive(Debug, Serialize)]
pub struct FollowUpView {
    pub ask: String,
    /// Whether there are links in it: what opens and closes can't have any.
    pub ask_has_links: bool,
    pub assesses: Option<String>,
    pub strong_answers: Vec<String>,
    pub red_flags: Vec<String>,
}

/// Where a fact can be read up.
#[derive(Debug, Serialize)]
pub struct ReferenceView {
    /// HTML.
    pub title: String,
    pub url: String,
    /// The address's host, as in `docs.python.org`.
    pub host: String,
}

/// `question.html`: one question on its own page.
#[derive(Debug, Serialize)]
pub struct QuestionPageView {
    pub head: HeadView,
    pub question: QuestionView,
    pub guide: LinkView,
    /// The answer's own headings.
    pub answer_contents: Vec<HeadingView>,
    /// Minutes that reading the page takes.
    pub reading_minutes: u32,
    pub added: Option<DateView>,
    pub reviewed: Option<DateView>,
    pub related: Vec<QuestionItem>,
    /// In the reading order of the level.
    pub previous: Option<LinkView>,
    pub next: Option<LinkView>,
}

impl Views<'_> {
    /// A question on its own page.
    pub fn question_page(&self, address: &Address, id: QuestionId) -> QuestionPageView {
        let handbook = &self.site.handbook;
        let question = handbook.question(id);
        let public = &question.public;
        let view = self.question(id, OWN_PAGE);
        let level = LinkView::plain(
            &view.item.level.title,
            view.item.level.url.clone().unwrap_or_default(),
        );
        let order: Vec<QuestionId> = handbook.at_level(question.guide, question.level).collect();
        let here = order.iter().position(|&other| other == id);
        let neighbour = |step: isize| {
            let other = here?.checked_add_signed(step)?;
            order.get(other).map(|&id| self.question_link(id))
        };
        let interviewer = question.interviewer.as_deref();
        let words =
            public.prompt.content.words + interviewer.map_or(0, |part| part.answer.content.words);
        let description = match interviewer {
            Some(part) => part.assesses.content.excerpt.clone(),
            None => public.prompt.content.excerpt.clone(),
        };
        QuestionPageView {
            head: self.head(Head {
                address,
                title: public.title.plain.clone(),
                heading: public.title.html.clone(),
                description,
                breadcrumbs: vec![self.home_link(), self.guide_link(question.guide), level],
                source: Some(&public.path),
                subject: Subject::Question(id),
            }),
            guide: self.guide_link(question.guide),
            answer_contents: interviewer.map_or_else(Vec::new, |part| contents(&part.answer, 3)),
            reading_minutes: words.div_ceil(WORDS_PER_MINUTE).max(1),
            added: public.added.map(|date| self.date(date)),
            reviewed: public.reviewed.as_ref().map(|date| self.date(date.value)),
            related: question.related.iter().map(|&id| self.item(id)).collect(),
            previous: neighbour(-1),
            next: neighbour(1),
            question: view,
        }
    }

    /// A question whole.
    pub fn question(&self, id: QuestionId, setting: Setting<'_>) -> QuestionView {
        let handbook = &self.site.handbook;
        let question = handbook.question(id);
        let interviewer = question.interviewer.as_deref();
        let lists = |list: fn(&Interviewer) -> &[Inline]| {
            interviewer.map_or_else(Vec::new, |part| self.inlines(list(part)))
        };
        let by_level = interviewer.map_or_else(Vec::new, |part| {
            // In the handbook's order of levels, however the page has them.
            let mut levels: Vec<(usize, ByLevelView)> = part
                .by_level
                .iter()
                .filter_map(|(level, text)| {
                    let number = handbook.config.level(&level.value)?;
                    let view = ByLevelView {
                        level: self.level_view(question.guide, number),
                        text: self.inline(text),
                    };
                    Some((number, view))
                })
                .collect();
            levels.sort_by_key(|(number, _)| *number);
            levels.into_iter().map(|(_, view)| view).collect()
        });
        QuestionView {
            item: self.item(id),
            id: question.slug.clone(),
            id_prefix: setting.id_prefix.to_owned(),
            prompt: self.body(&question.public.prompt, setting),
            has_answers: interviewer.is_some(),
            answer: interviewer.map(|part| self.body(&part.answer, setting)),
            strong_answers: lists(|part| &part.strong_answers),
            red_flags: lists(|part| &part.red_flags),
            by_level,
            follow_ups: self.follow_ups(id),
            references: interviewer.map_or_else(Vec::new, |part| {
                part.references
                    .iter()
                    .map(|reference| ReferenceView {
                        title: reference.title.html.clone(),
                        url: reference.url.clone(),
                        host: url::Url::parse(&reference.url)
                            .ok()
                            .and_then(|url| url.host_str().map(str::to_owned))
                            .unwrap_or_default(),
                    })
                    .collect()
            }),
        }
    }

    fn follow_ups(&self, id: QuestionId) -> Vec<FollowUpView> {
        let question = self.site.handbook.question(id);
        question
            .public
            .follow_ups
            .iter()
            .enumerate()
            .map(|(number, ask)| {
                let answers = question
                    .interviewer
                    .as_deref()
                    .and_then(|part| part.follow_ups.get(number));
                FollowUpView {
                    ask: self.inline(ask),
                    ask_has_links: !ask.links.is_empty(),
                    assesses: answers
                        .and_then(|part| part.assesses.as_ref())
                        .map(|text| self.inline(text)),
                    strong_answers: answers
                        .map_or_else(Vec::new, |part| self.inlines(&part.strong_answers)),
                    red_flags: answers.map_or_else(Vec::new, |part| self.inlines(&part.red_flags)),
                }
            })
            .collect()
    }

    /// A question as lists show it.
    pub fn item(&self, id: QuestionId) -> QuestionItem {
        let handbook = &self.site.handbook;
        let question = handbook.question(id);
        let public = &question.public;
        QuestionItem {
            url: self.site.href(&handbook.address(id)),
            title: public.title.html.clone(),
            level: self.level_view(question.guide, question.level),
            topic: self.topic_view(question.guide, question.topic),
            kind: self.kind_view(public.kind),
            minutes: public.minutes,
            tags: public
                .tags
                .iter()
                .map(|tag| {
                    let address = Address::page(["tags", &tag.value]);
                    LinkView::plain(&tag.value, self.site.href(&address))
                })
                .collect(),
            assesses: question
                .interviewer
                .as_deref()
                .map(|part| self.inline(&part.assesses)),
            draft: public.draft,
        }
    }

    pub(super) fn question_link(&self, id: QuestionId) -> LinkView {
        let handbook = &self.site.handbook;
        LinkView::titled(
            &handbook.question(id).public.title,
            self.site.href(&handbook.address(id)),
        )
    }

    pub(super) fn level_view(&self, guide: usize, level: usize) -> NamedView {
        let handbook = &self.site.handbook;
        let level = &handbook.config.levels[level];
        let address = Address::page([handbook.guides[guide].id.as_str(), &level.id]);
        NamedView {
            id: level.id.clone(),
            title: level.title.clone(),
            url: self.existing(&address),
        }
    }

    pub(super) fn topic_view(&self, guide: usize, topic: usize) -> NamedView {
        let handbook = &self.site.handbook;
        let topic = &handbook.config.topics[topic];
        let address = Address::page([handbook.guides[guide].id.as_str(), "topics", &topic.id]);
        NamedView {
            id: topic.id.clone(),
            title: topic.title.clone(),
            url: self.existing(&address),
        }
    }

    pub(super) fn kind_view(&self, kind: Kind) -> NamedView {
        let name = match kind {
            Kind::Concept => "kind_concept",
            Kind::Coding => "kind_coding",
            Kind::PredictOutput => "kind_predict_output",
            Kind::Debugging => "kind_debugging",
            Kind::Design => "kind_design",
            Kind::Experience => "kind_experience",
        };
        NamedView {
            id: kind.id().to_owned(),
            title: self.site.theme.strings.get(name).to_owned(),
            url: None,
        }
    }

    fn existing(&self, address: &Address) -> Option<String> {
        self.site
            .routes
            .contains_key(address)
            .then(|| self.site.href(address))
    }

    pub(super) fn date(&self, date: Date) -> DateView {
        DateView {
            iso: date.to_string(),
            text: self.site.theme.strings.date(date),
        }
    }
}
