//! synonyms.yaml: groups of phrases that mean the same.

use std::collections::HashMap;

use crate::diag::{Label, Span, rules};
use crate::model::{At, Synonyms};
use crate::search;
use crate::yaml::Node;

use super::context::Context;
use super::values;

/// Reads all groups. What is wrong is reported and left out.
pub fn read(context: &mut Context<'_>, tree: &Node, language: &str) -> Synonyms {
    let groups = values::list(0, |context, name, node| {
        values::list(2, values::text_at)(context, name, node)
    })(context, "synonyms", tree);
    // By what the search makes of a phrase, which is all that it can tell apart.
    let mut known: HashMap<Vec<String>, Span> = HashMap::new();
    let groups = groups
        .unwrap_or_default()
        .into_iter()
        .map(|group| {
            group
                .into_iter()
                .filter(|phrase| is_sound(context, phrase, language, &mut known))
                .map(|phrase| phrase.value)
                .collect()
        })
        .collect();
    Synonyms { groups }
}

fn is_sound(
    context: &mut Context<'_>,
    phrase: &At<String>,
    language: &str,
    known: &mut HashMap<Vec<String>, Span>,
) -> bool {
    let terms = search::phrase(&phrase.value, language);
    let text = &phrase.value;
    let span = phrase.span.clone();
    if terms.is_empty() {
        context
            .report(
                &rules::SYNONYM,
                span,
                format!("`{text}` has nothing that can be searched for"),
            )
            .help = Some("write words or names of code".to_owned());
        return false;
    }
    if terms.len() > search::LONGEST_PHRASE {
        let most = search::LONGEST_PHRASE;
        context
            .report(
                &rules::SYNONYM,
                span,
                format!("`{text}` is longer than {most} words"),
            )
            .help = Some("write what people type".to_owned());
        return false;
    }
    if let Some(first) = known.get(&terms) {
        let first = first.clone();
        let diagnostic = context.report(
            &rules::SYNONYM,
            span,
            format!("the search can't tell `{text}` from a phrase that stands here already"),
        );
        diagnostic.help = Some("keep it once; join groups that mean the same".to_owned());
        diagnostic.secondary.push(Label {
            span: first,
            text: "first here".to_owned(),
        });
        return false;
    }
    known.insert(terms, span);
    true
}
