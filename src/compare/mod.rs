//! What is different between two handbooks, told by the data that their sites publish.
//!
//! 1. [`compare`] is pure: two [`Published`] in, one [`Changes`] out.
//! 2. A question of another name is the same one if its page has the former address as an alias,
//!    or else the same title.
//! 3. [`markdown()`](markdown::markdown) and [`json`] write the changes down.

pub mod markdown;
mod renames;

use serde::Serialize;

use crate::published::{Entry, FollowUp, Interviewer, Kit, Published, Question};

use renames::Renames;

/// Everything that is different.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// Whether one side is a candidates' edition and the other is not: what that one does not have
    /// is not compared.
    pub other_edition: bool,
    pub questions: Section,
    pub kits: Section,
    pub pages: Section,
    pub guides: Section,
    /// Title, levels, topics and the like.
    pub handbook: Vec<Field>,
}

/// The changes of one kind of things, each list in the order of the data.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Section {
    pub added: Vec<Item>,
    pub removed: Vec<Removed>,
    pub changed: Vec<Changed>,
}

/// What is there on one side alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// `guide/slug`, or an address.
    pub id: String,
    pub title: String,
    /// A question's level, topic, kind and minutes; a kit's level and minutes.
    pub about: Vec<String>,
}

/// What is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Removed {
    #[serde(flatten)]
    pub item: Item,
    /// The question that its address leads to now.
    pub leads_to: Option<String>,
}

/// What is there on both sides and is not the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    pub id: String,
    pub title: String,
    /// Its name before, if that was another.
    pub was: Option<Was>,
    pub fields: Vec<Field>,
}

/// A former name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Was {
    pub id: String,
    /// Whether the former address leads to the new one.
    pub leads_here: bool,
}

/// A field that is not the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    pub field: &'static str,
    pub old: serde_json::Value,
    pub new: serde_json::Value,
}

impl Changes {
    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        let sections = [&self.questions, &self.kits, &self.pages, &self.guides];
        self.handbook.is_empty() && sections.iter().all(|section| section.is_empty())
    }
}

impl Section {
    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

/// Compares two handbooks.
pub fn compare(old: &Published, new: &Published) -> Changes {
    let other_edition = old.edition != new.edition;
    let all = !other_edition;
    Changes {
        other_edition,
        questions: questions(old, new),
        kits: section(
            if all { &old.kits } else { &[] },
            if all { &new.kits } else { &[] },
            |kit| &kit.id,
            kit_item,
            kit_fields,
        ),
        pages: section(
            if all { &old.pages } else { &[] },
            if all { &new.pages } else { &[] },
            |page| &page.url,
            |page| item(&page.url, &page.title, Vec::new()),
            |old, new| fields([field("title", &old.title, &new.title)]),
        ),
        guides: section(
            &old.guides,
            &new.guides,
            |guide| &guide.id,
            |guide| item(&guide.id, &guide.title, Vec::new()),
            |old, new| fields([field("title", &old.title, &new.title)]),
        ),
        handbook: handbook_fields(old, new),
    }
}

/// Changes as one JSON object.
pub fn json(changes: &Changes) -> String {
    // Strings and numbers alone: there is nothing that JSON can't hold.
    let mut json = serde_json::to_string(changes).unwrap_or_default();
    json.push('\n');
    json
}

fn questions(old: &Published, new: &Published) -> Section {
    let renames = Renames::new(old, new);
    let mut found = Section::default();
    for question in &new.questions {
        let Some((before, leads_here)) = renames.before(question) else {
            found.added.push(question_item(question));
            continue;
        };
        let was = (before.id != question.id).then(|| Was {
            id: before.id.clone(),
            leads_here,
        });
        let fields = question_fields(before, question);
        if was.is_some() || !fields.is_empty() {
            found.changed.push(Changed {
                id: question.id.clone(),
                title: question.title.clone(),
                was,
                fields,
            });
        }
    }
    for question in &old.questions {
        if !renames.goes_on(question) {
            found.removed.push(Removed {
                item: question_item(question),
                leads_to: renames.leads_to(question).map(|to| to.id.clone()),
            });
        }
    }
    found
}

fn section<T>(
    old: &[T],
    new: &[T],
    id: impl Fn(&T) -> &str,
    item: impl Fn(&T) -> Item,
    differences: impl Fn(&T, &T) -> Vec<Field>,
) -> Section {
    let by_id = |all: &'_ [T]| -> std::collections::BTreeMap<String, usize> {
        let ids = all.iter().map(|one| id(one).to_owned());
        ids.zip(0..).collect()
    };
    let (olds, news) = (by_id(old), by_id(new));
    let mut found = Section::default();
    for one in new {
        let Some(&before) = olds.get(id(one)) else {
            found.added.push(item(one));
            continue;
        };
        let fields = differences(&old[before], one);
        if !fields.is_empty() {
            let Item { id, title, .. } = item(one);
            found.changed.push(Changed {
                id,
                title,
                was: None,
                fields,
            });
        }
    }
    found.removed = old
        .iter()
        .filter(|one| !news.contains_key(id(one)))
        .map(|one| Removed {
            item: item(one),
            leads_to: None,
        })
        .collect();
    found
}

fn item(id: &str, title: &str, about: Vec<String>) -> Item {
    Item {
        id: id.to_owned(),
        title: title.to_owned(),
        about,
    }
}

fn question_item(question: &Question) -> Item {
    let about = vec![
        question.level.clone(),
        question.topic.clone(),
        question.kind.clone(),
        minutes(question.minutes),
    ];
    item(&question.id, &question.title, about)
}

fn kit_item(kit: &Kit) -> Item {
    let about = vec![kit.level.clone(), minutes(kit.minutes)];
    item(&kit.id, &kit.title, about)
}

fn minutes(number: u16) -> String {
    match number {
        1 => "1 minute".to_owned(),
        _ => format!("{number} minutes"),
    }
}

fn question_fields(old: &Question, new: &Question) -> Vec<Field> {
    // The alias that makes a new name safe is part of the renaming.
    let mut aliases = new.aliases.clone();
    aliases.retain(|alias| *alias != old.url);
    let mut found = fields([
        field("level", &old.level, &new.level),
        field("topic", &old.topic, &new.topic),
        field("title", &old.title, &new.title),
        field("kind", &old.kind, &new.kind),
        field("minutes", &old.minutes, &new.minutes),
        field("tags", &old.tags, &new.tags),
        field("added", &old.added, &new.added),
        field("reviewed", &old.reviewed, &new.reviewed),
        field("aliases", &old.aliases, &aliases),
        field("related", &old.related, &new.related),
        field("prompt", &old.prompt, &new.prompt),
    ]);
    let (Some(before), Some(after)) = (&old.interviewer, &new.interviewer) else {
        found.extend(field("follow_ups", &asks(old), &asks(new)));
        return found;
    };
    found.extend(interviewer_fields(before, after));
    found.extend(field(
        "follow_ups",
        &follow_ups(&old.follow_ups),
        &follow_ups(&new.follow_ups),
    ));
    found
}

fn interviewer_fields(old: &Interviewer, new: &Interviewer) -> Vec<Field> {
    let references = |part: &Interviewer| -> Vec<serde_json::Value> {
        part.references
            .iter()
            .map(|reference| serde_json::json!([reference.title, reference.url]))
            .collect()
    };
    fields([
        field("assesses", &old.assesses, &new.assesses),
        field("strong_answers", &old.strong_answers, &new.strong_answers),
        field("red_flags", &old.red_flags, &new.red_flags),
        field("by_level", &old.by_level, &new.by_level),
        field("references", &references(old), &references(new)),
        field("answer", &old.answer, &new.answer),
    ])
}

fn asks(question: &Question) -> Vec<&str> {
    question
        .follow_ups
        .iter()
        .map(|one| one.ask.as_str())
        .collect()
}

fn follow_ups(all: &[FollowUp]) -> Vec<serde_json::Value> {
    all.iter()
        .map(|one| {
            serde_json::json!({
                "ask": one.ask,
                "assesses": one.assesses,
                "strong_answers": one.strong_answers,
                "red_flags": one.red_flags,
            })
        })
        .collect()
}

fn kit_fields(old: &Kit, new: &Kit) -> Vec<Field> {
    let slots = |kit: &Kit| -> Vec<String> {
        let slots = kit.questions.iter();
        slots
            .map(|slot| format!("{} ({})", slot.question, minutes(slot.minutes)))
            .collect()
    };
    fields([
        field("level", &old.level, &new.level),
        field("title", &old.title, &new.title),
        field("minutes", &old.minutes, &new.minutes),
        field("questions", &slots(old), &slots(new)),
    ])
}

fn handbook_fields(old: &Published, new: &Published) -> Vec<Field> {
    let entries = |entries: &[Entry]| -> Vec<serde_json::Value> {
        entries
            .iter()
            .map(|entry| match &entry.summary {
                Some(summary) => serde_json::json!([entry.id, entry.title, summary]),
                None => serde_json::json!([entry.id, entry.title]),
            })
            .collect()
    };
    fields([
        field("title", &old.title, &new.title),
        field("description", &old.description, &new.description),
        field("language", &old.language, &new.language),
        field("licence", &old.licence, &new.licence),
        field("levels", &entries(&old.levels), &entries(&new.levels)),
        field("topics", &entries(&old.topics), &entries(&new.topics)),
    ])
}

fn field<T: PartialEq + Serialize>(name: &'static str, old: &T, new: &T) -> Option<Field> {
    let value = |one: &T| serde_json::to_value(one).unwrap_or_default();
    (old != new).then(|| Field {
        field: name,
        old: value(old),
        new: value(new),
    })
}

fn fields<const N: usize>(found: [Option<Field>; N]) -> Vec<Field> {
    found.into_iter().flatten().collect()
}
