//! What the pictures say that previews of links show.
//!
//! Every page of words has one of its own; lists share the home page's.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::Route;
use crate::diag::{Diagnostic, rules};
use crate::model::{Address, Handbook, Question};
use crate::picture::{Card, Painter, Written};

/// The words of a page's picture, and the file that has the title.
struct Words<'h> {
    label: Option<&'h str>,
    title: &'h str,
    foot: &'h str,
    path: &'h Arc<str>,
}

/// The cards of all pages that have one, by the pages' addresses.
pub fn cards(
    handbook: &Handbook,
    painter: &Painter,
    routes: &BTreeMap<Address, Route>,
) -> (BTreeMap<Address, Arc<Card>>, Option<Diagnostic>) {
    let pages: Vec<(&Address, Words<'_>)> = routes
        .iter()
        .filter_map(|(address, route)| Some((address, words(handbook, route)?)))
        .collect();
    let written: Vec<_> = pages
        .par_iter()
        .map(|(_, words)| painter.card(words.label, words.title, words.foot))
        .collect();
    let lacking: Vec<(&Arc<str>, char)> = pages
        .iter()
        .zip(&written)
        .filter_map(|((_, words), written)| Some((words.path, written.lacking?)))
        .collect();
    let problem = problem(handbook, &lacking);
    let cards = pages
        .into_iter()
        .zip(written)
        .map(|((address, _), written)| (address.clone(), Arc::new(written.card)))
        .collect();
    (cards, problem)
}

/// The card of one question, as [`cards`] makes it.
pub fn of_question(handbook: &Handbook, painter: &Painter, question: &Question) -> Written {
    let level = handbook.config.levels[question.level].title.as_str();
    let title = question.public.title.plain.as_str();
    painter.card(Some(level), title, &handbook.config.title)
}

/// Where a card's picture stands.
pub fn address(card: &Card) -> Address {
    Address::file(&format!("assets/pictures/{}", card.name()))
}

fn words<'h>(handbook: &'h Handbook, route: &Route) -> Option<Words<'h>> {
    let config = &handbook.config;
    let guide_title = |guide: usize| handbook.guides[guide].words.title.plain.as_str();
    let level_title = |level: usize| config.levels[level].title.as_str();
    let with = |label, title, path| {
        Some(Words {
            label,
            title,
            foot: &config.title,
            path,
        })
    };
    match *route {
        Route::Home => {
            let words = &handbook.home;
            let title = words.title.plain.as_str();
            Some(Words {
                label: None,
                title,
                foot: if title == config.title {
                    &config.description
                } else {
                    &config.title
                },
                path: &words.path,
            })
        }
        Route::Guide(guide) => with(None, guide_title(guide), &handbook.guides[guide].words.path),
        Route::Level { guide, level } => {
            let (title, path) = match &handbook.guides[guide].levels[level] {
                Some(words) => (words.title.plain.as_str(), &words.path),
                None => (level_title(level), &config.path),
            };
            let label = new_in(title, [level_title(level), guide_title(guide)]);
            with(label, title, path)
        }
        Route::Topic { guide, topic } => {
            let title = config.topics[topic].title.as_str();
            with(new_in(title, [guide_title(guide)]), title, &config.path)
        }
        Route::Question(id) => {
            let question = handbook.question(id);
            let public = &question.public;
            let label = Some(level_title(question.level));
            with(label, &public.title.plain, &public.path)
        }
        Route::Kit { guide, kit } => {
            let kit = &handbook.guides[guide].kits[kit];
            let title = kit.document.title.plain.as_str();
            let label = new_in(title, [level_title(kit.level), guide_title(guide)]);
            with(label, title, &kit.document.path)
        }
        Route::Page(page) => {
            let page = &handbook.pages[page];
            with(None, &page.document.title.plain, &page.path)
        }
        _ => None,
    }
}

/// The first of these that the title does not say already.
fn new_in<'l>(title: &str, labels: impl IntoIterator<Item = &'l str>) -> Option<&'l str> {
    let title = title.to_lowercase();
    labels
        .into_iter()
        .find(|label| !title.contains(&label.to_lowercase()))
}

fn problem(handbook: &Handbook, lacking: &[(&Arc<str>, char)]) -> Option<Diagnostic> {
    let config = &handbook.config;
    let &(path, character) = lacking.iter().min()?;
    let titles = match lacking.len() {
        1 => "a title".to_owned(),
        count => format!("{count} titles"),
    };
    let theme = &config.theme.value;
    Some(
        Diagnostic::of_file(
            &rules::PICTURE_TEXT,
            &config.path,
            format!(
                "{titles} can't be drawn on pictures for link previews, first that of `{path}`"
            ),
        )
        .related(path, None, format!("`{character}` can't be drawn"))
        .help(format!(
            "the pictures have no title then; if the letters need no joining, put a font that has \
             them into `themes/{theme}/fonts/` as `picture.ttf` and `picture-bold.ttf`"
        )),
    )
}
