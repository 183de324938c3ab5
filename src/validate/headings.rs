//! Headings that skip a level: whoever jumps from heading to heading looks for the one between.

use crate::diag::{Diagnostic, rules};
use crate::markdown::Part;
use crate::parse::Parsed;

use super::Facts;

pub fn check(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for page in facts.pages {
        if !is_told_otherwise(page) {
            page_headings(page, diagnostics);
        }
    }
}

/// Where headings are wrong in another way, what follows from it is no second mistake.
fn is_told_otherwise(page: &Parsed) -> bool {
    page.diagnostics
        .iter()
        .any(|diagnostic| [&rules::ANSWER_MISSING, &rules::ANSWER_TWICE].contains(&diagnostic.rule))
}

fn page_headings(page: &Parsed, diagnostics: &mut Vec<Diagnostic>) {
    // The title is the page's heading of level 1, `## Answer` its answer's of level 2.
    let (mut level, mut part) = (1, Part::Shown);
    for heading in &page.outline.headings {
        if heading.part != part {
            (level, part) = (2, heading.part);
        }
        // One of level 1 is a mistake that is told of, and is to become one of level 2.
        if heading.level > level + 1 {
            let above = match level {
                1 => "the title".to_owned(),
                _ => format!("one of level {level}"),
            };
            diagnostics.push(
                Diagnostic::at(
                    &rules::HEADING_ORDER,
                    &page.path,
                    heading.span.clone(),
                    format!("this heading of level {} follows {above}", heading.level),
                )
                .help(format!(
                    "begin the line with `{}`",
                    "#".repeat(usize::from(level) + 1)
                )),
            );
        }
        level = heading.level;
    }
}
