//! Documents to the handbook. Called when no error was found, so every name has its meaning.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::load::{CONFIG, CONTENT};
use crate::markdown;
use crate::model::{
    Audience, Config, Document, Edition, Front, Guide, Handbook, IndexPage, Kit, KitDocument,
    KitQuestion, NavigationEntry, Page, Place, Question, QuestionDocument, QuestionId, Title,
    Words,
};

use super::Facts;

/// The handbook with everything in it.
pub fn handbook(config: &Arc<Config>, facts: &Facts<'_>) -> Handbook {
    let documents: Vec<&Document> = facts
        .pages
        .iter()
        .filter_map(|page| page.document.as_ref())
        .collect();
    let ids: Vec<&str> = facts.index.guides().collect();
    let (questions, numbers) = questions(config, facts, &documents, &ids);
    let guides = ids
        .iter()
        .enumerate()
        .map(|(number, id)| guide(config, facts, &documents, number, id, &questions, &numbers))
        .collect();
    let mut tags: BTreeMap<String, Vec<QuestionId>> = BTreeMap::new();
    for (id, question) in (0..).map(QuestionId).zip(&questions) {
        for tag in &question.public.tags {
            match tags.get_mut(&tag.value) {
                Some(tagged) => tagged.push(id),
                None => drop(tags.insert(tag.value.clone(), vec![id])),
            }
        }
    }
    let pages: Vec<Page> = documents
        .iter()
        .filter_map(|document| match (&document.front, &document.place) {
            (Front::Page(page), Place::Page { slug }) => Some(Page {
                slug: slug.clone(),
                path: Arc::clone(&document.path),
                document: Arc::clone(page),
            }),
            _ => None,
        })
        .collect();
    let navigation = config
        .navigation
        .iter()
        .filter_map(|entry| {
            let guide = ids.iter().position(|id| *id == entry.value);
            let page = || pages.iter().position(|page| page.slug == entry.value);
            guide
                .map(NavigationEntry::Guide)
                .or_else(|| page().map(NavigationEntry::Page))
        })
        .collect();
    Handbook {
        config: Arc::clone(config),
        edition: Edition::Interviewer,
        home: home(config, facts),
        guides,
        questions,
        pages,
        navigation,
        tags,
        synonyms: Arc::clone(facts.synonyms),
    }
}

type Numbers<'d> = FxHashMap<(&'d str, &'d str), QuestionId>;

/// All questions in reading order, and their numbers by guide and slug.
fn questions<'d>(
    config: &Config,
    facts: &Facts<'_>,
    documents: &[&'d Document],
    guides: &[&str],
) -> (Vec<Question>, Numbers<'d>) {
    let orders = ReadingOrders::new(config, facts, guides);
    let mut sorted: Vec<(SortKey<'d>, &'d str, &'d QuestionDocument)> = documents
        .par_iter()
        .filter_map(|document| match (&document.front, &document.place) {
            (Front::Question(question), Place::Question { guide, level, slug })
                if !question.public.draft || facts.options.drafts =>
            {
                let key = SortKey::new(config, &orders, (guide, level, slug), guides, question)?;
                Some((key, guide.as_str(), question))
            }
            _ => None,
        })
        .collect();
    sorted.par_sort_by(|(a, ..), (b, ..)| a.cmp(b));
    let numbers: Numbers<'d> = sorted
        .iter()
        .zip(0..)
        .map(|((key, guide, _), number)| ((*guide, key.slug), QuestionId(number)))
        .collect();
    let questions = sorted
        .par_iter()
        .map(|(key, guide, question)| Question {
            guide: key.guide,
            slug: key.slug.to_owned(),
            level: key.level,
            topic: key.topic,
            // A draft that is not shown is not related either.
            related: question
                .public
                .related
                .iter()
                .filter_map(|name| numbers.get(&facts.index.named(guide, &name.value)).copied())
                .collect(),
            public: Arc::clone(&question.public),
            interviewer: Some(Arc::clone(&question.interviewer)),
        })
        .collect();
    (questions, numbers)
}

/// The slugs that level pages list, by guide and level.
struct ReadingOrders<'f>(Vec<Vec<FxHashMap<&'f str, usize>>>);

impl<'f> ReadingOrders<'f> {
    fn new(config: &Config, facts: &'f Facts<'_>, guides: &[&str]) -> Self {
        let order = |guide: &str, level: &str| {
            let mut order = FxHashMap::default();
            let listed = level_page(facts, guide, level).map(|page| page.questions.as_slice());
            for (place, slug) in listed.unwrap_or_default().iter().enumerate() {
                order.entry(slug.value.as_str()).or_insert(place);
            }
            order
        };
        let orders = guides.iter().map(|guide| {
            let levels = config.levels.iter();
            levels.map(|level| order(guide, &level.id)).collect()
        });
        Self(orders.collect())
    }

    fn place(&self, guide: usize, level: usize, slug: &str) -> Option<usize> {
        self.0.get(guide)?.get(level)?.get(slug).copied()
    }
}

/// Guide, level, place in the reading order, then topic and title for those that it leaves out.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct SortKey<'d> {
    guide: usize,
    level: usize,
    listed: usize,
    topic: usize,
    title: String,
    slug: &'d str,
}

impl<'d> SortKey<'d> {
    fn new(
        config: &Config,
        orders: &ReadingOrders<'_>,
        (guide, level, slug): (&str, &str, &'d str),
        guides: &[&str],
        question: &QuestionDocument,
    ) -> Option<Self> {
        let guide = guides.iter().position(|id| *id == guide)?;
        let level = config.level(level)?;
        Some(Self {
            guide,
            level,
            listed: orders.place(guide, level, slug).unwrap_or(usize::MAX),
            topic: config.topic(&question.public.topic.value)?,
            title: question.public.title.plain.to_lowercase(),
            slug,
        })
    }
}

fn level_page<'f>(
    facts: &'f Facts<'_>,
    guide: &str,
    level: &str,
) -> Option<&'f crate::model::LevelPage> {
    let path = format!("{CONTENT}{guide}/{level}/index.md");
    match &facts.index.page(&path)?.document.as_ref()?.front {
        Front::Level(page) => Some(page),
        _ => None,
    }
}

fn guide(
    config: &Config,
    facts: &Facts<'_>,
    documents: &[&Document],
    number: usize,
    id: &str,
    questions: &[Question],
    numbers: &Numbers<'_>,
) -> Guide {
    let kits = documents
        .iter()
        .filter_map(|document| match (&document.front, &document.place) {
            (Front::Kit(document), Place::Kit { guide, slug }) if guide == id => {
                kit(config, facts, id, slug, document, questions, numbers)
            }
            _ => None,
        })
        .collect();
    let levels = config
        .levels
        .iter()
        .map(|level| {
            level_page(facts, id, &level.id).map(|page| Words {
                path: Arc::from(format!("{CONTENT}{id}/{}/index.md", level.id)),
                title: page.title.clone(),
                description: page.description.clone(),
                audience: page.audience,
                body: Some(page.body.clone()),
            })
        })
        .collect();
    Guide {
        id: id.to_owned(),
        words: words(facts, &format!("{CONTENT}{id}/index.md"), &humanised(id)),
        levels,
        questions: (0..)
            .map(QuestionId)
            .zip(questions)
            .filter(|(_, question)| question.guide == number)
            .map(|(id, _)| id)
            .collect(),
        kits,
    }
}

fn kit(
    config: &Config,
    facts: &Facts<'_>,
    guide: &str,
    slug: &str,
    document: &Arc<KitDocument>,
    questions: &[Question],
    numbers: &Numbers<'_>,
) -> Option<Kit> {
    let slots = document
        .questions
        .iter()
        .filter_map(|slot| {
            let id = *numbers.get(&facts.index.named(guide, &slot.slug.value))?;
            Some(KitQuestion {
                question: id,
                minutes: slot.minutes.unwrap_or(questions[id.index()].public.minutes),
                note: slot.note.clone(),
            })
        })
        .collect();
    Some(Kit {
        slug: slug.to_owned(),
        level: config.level(&document.level.value)?,
        questions: slots,
        document: Arc::clone(document),
    })
}

fn home(config: &Config, facts: &Facts<'_>) -> Words {
    words(facts, &format!("{CONTENT}index.md"), &config.title)
}

/// An index page's words, or as much as a title where there is none.
fn words(facts: &Facts<'_>, path: &str, title: &str) -> Words {
    let page = facts
        .index
        .page(path)
        .and_then(|page| page.document.as_ref())
        .and_then(|document| match &document.front {
            Front::Index(page) => Some((Arc::clone(&document.path), page.as_ref())),
            _ => None,
        });
    if let Some((path, page)) = page {
        let IndexPage {
            title,
            description,
            audience,
            body,
        } = page;
        return Words {
            path,
            title: title.clone(),
            description: description.clone(),
            audience: *audience,
            body: Some(body.clone()),
        };
    }
    let (html, plain) = markdown::title(title);
    Words {
        path: Arc::from(CONFIG),
        title: Title {
            source: title.to_owned(),
            html,
            plain,
            span: 0..0,
        },
        description: None,
        audience: Audience::Everyone,
        body: None,
    }
}

/// `site-reliability` as a title.
fn humanised(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut characters = words.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => words,
    }
}
