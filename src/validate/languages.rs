//! Code in languages that can't be highlighted.

use crate::diag::{Diagnostic, rules};

use super::Facts;

pub fn check(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for page in facts.pages {
        for block in &page.outline.blocks {
            let configured = facts
                .settings
                .is_some_and(|config| config.samples.contains_key(&block.language));
            if configured || (facts.knows_language)(&block.language) {
                continue;
            }
            diagnostics.push(
                Diagnostic::at(
                    &rules::LANGUAGE_UNKNOWN,
                    &page.path,
                    block.language_span.clone(),
                    format!("no highlighting for the language `{}`", block.language),
                )
                .help("write the language's usual name, or `text` for plain text"),
            );
        }
    }
}
