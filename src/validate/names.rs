//! Topics, levels and questions that front matter names.

use crate::diag::{Diagnostic, listing, rules};
use crate::model::{At, Document, Front, Place, QuestionDocument};

use super::Facts;

pub fn check(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for document in facts.pages.iter().filter_map(|page| page.document.as_ref()) {
        match (&document.front, &document.place) {
            (Front::Question(question), Place::Question { guide, slug, .. }) => {
                topic(facts, document, question, diagnostics);
                for (level, _) in &question.interviewer.by_level {
                    level_name(facts, document, level, diagnostics);
                }
                for name in &question.public.related {
                    related(facts, document, (guide, slug), name, diagnostics);
                }
            }
            (Front::Level(page), Place::Level { guide, level }) => {
                for slug in &page.questions {
                    listed(facts, document, (guide, level), slug, diagnostics);
                }
            }
            _ => {}
        }
    }
}

fn topic(
    facts: &Facts<'_>,
    document: &Document,
    question: &QuestionDocument,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(config) = facts.config else { return };
    let topic = &question.public.topic;
    if config.topic(&topic.value).is_some() {
        return;
    }
    let ids = || config.topics.iter().map(|topic| topic.id.as_str());
    diagnostics.push(
        Diagnostic::at(
            &rules::TOPIC_UNKNOWN,
            &document.path,
            topic.span.clone(),
            format!("unknown topic `{}`", topic.value),
        )
        .suggest(&topic.value, ids(), || {
            Some(format!(
                "the topics of handbook.yaml are {}",
                listing(ids())
            ))
        }),
    );
}

/// Reports a level that handbook.yaml does not have.
pub fn level_name(
    facts: &Facts<'_>,
    document: &Document,
    level: &At<String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(config) = facts.config else { return };
    if config.level(&level.value).is_some() {
        return;
    }
    let ids = || config.levels.iter().map(|level| level.id.as_str());
    diagnostics.push(
        Diagnostic::at(
            &rules::LEVEL_UNKNOWN,
            &document.path,
            level.span.clone(),
            format!("unknown level `{}`", level.value),
        )
        .suggest(&level.value, ids(), || {
            Some(format!("the levels are {}", listing(ids())))
        }),
    );
}

/// Reports a question that does not exist. Whether it does.
pub fn question_name(
    facts: &Facts<'_>,
    document: &Document,
    guide: &str,
    name: &At<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    let (in_guide, slug) = facts.index.named(guide, &name.value);
    if facts.index.question(in_guide, slug).is_some() {
        return true;
    }
    let names: Vec<String> = if in_guide == guide {
        facts.index.slugs_of(guide).map(str::to_owned).collect()
    } else {
        facts
            .index
            .questions()
            .map(|(guide, slug, _)| format!("{guide}/{slug}"))
            .collect()
    };
    diagnostics.push(
        Diagnostic::at(
            &rules::QUESTION_UNKNOWN,
            &document.path,
            name.span.clone(),
            format!("there is no question `{}`", name.value),
        )
        .suggest(&name.value, names.iter().map(String::as_str), || {
            Some("write the name of its file without `.md`".to_owned())
        }),
    );
    false
}

fn related(
    facts: &Facts<'_>,
    document: &Document,
    (guide, slug): (&str, &str),
    name: &At<String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if facts.index.named(guide, &name.value) == (guide, slug) {
        diagnostics.push(
            Diagnostic::at(
                &rules::RELATED_ITSELF,
                &document.path,
                name.span.clone(),
                "a question is not related to itself",
            )
            .help("remove this entry"),
        );
        return;
    }
    question_name(facts, document, guide, name, diagnostics);
}

fn listed(
    facts: &Facts<'_>,
    document: &Document,
    (guide, level): (&str, &str),
    slug: &At<String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if !question_name(facts, document, guide, slug, diagnostics) {
        return;
    }
    let place = facts
        .index
        .question(guide, &slug.value)
        .and_then(|page| page.place.as_ref());
    if let Some(Place::Question { level: other, .. }) = place
        && other != level
    {
        diagnostics.push(
            Diagnostic::at(
                &rules::QUESTION_UNKNOWN,
                &document.path,
                slug.span.clone(),
                format!("`{}` is a question of the level `{other}`", slug.value),
            )
            .help(format!(
                "list it in `content/{guide}/{other}/index.md`, or move its file into `content/{guide}/{level}/`"
            )),
        );
    }
}
