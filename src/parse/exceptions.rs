//! Rules that handbook.yaml adjusts and pages make exceptions from.

use crate::diag::{Span, listing, nearest, rules};
use crate::model::Allow;
use crate::yaml::{Node, Value};

use super::context::Context;
use super::fields::Fields;
use super::values::{map, text};

/// An exception from a rule, with its reason.
pub fn allow(context: &mut Context<'_>, name: &'static str, node: &Node) -> Option<Allow> {
    let map = map(context, name, node)?;
    let mut fields = Fields::new(context, map, "an exception");
    let rule = fields.required(context, "rule", adjustable_rule);
    let reason = fields.required(context, "reason", text);
    fields.finish(context);
    Some(Allow {
        rule: rule?,
        reason: reason?,
        span: node.span.start..node.span.start,
    })
    .map(|mut allow| {
        if let Value::Map(entries) = &node.value
            && let Some(entry) = entries.iter().find(|entry| entry.key == "rule")
        {
            allow.span = entry.value.span.clone();
        }
        allow
    })
}

/// The code or name of a rule that may be turned off.
pub fn adjustable_rule(
    context: &mut Context<'_>,
    name: &'static str,
    node: &Node,
) -> Option<&'static rules::Rule> {
    let word = text(context, name, node)?;
    rule_named(context, &word, node.span.clone())
}

/// The adjustable rule of this code or name, or a report at the place.
pub fn rule_named(
    context: &mut Context<'_>,
    word: &str,
    span: Span,
) -> Option<&'static rules::Rule> {
    match rules::find(word) {
        Some(rule) if rule.adjustable => Some(rule),
        Some(rule) => {
            let summary = rule.summary;
            context
                .report(
                    &rules::RULE_UNKNOWN,
                    span,
                    format!("the rule `{word}` can't be changed"),
                )
                .help = Some(format!("it guards what a page needs: {summary}"));
            None
        }
        None => {
            let adjustable = || rules::ALL.iter().filter(|rule| rule.adjustable);
            let names = adjustable().flat_map(|rule| [rule.name, rule.code]);
            let help = match nearest(word, names) {
                Some(name) => format!("did you mean `{name}`?"),
                None => format!(
                    "the rules are {}",
                    listing(adjustable().map(|rule| rule.name))
                ),
            };
            context
                .report(
                    &rules::RULE_UNKNOWN,
                    span,
                    format!("there is no rule `{word}`"),
                )
                .help = Some(help);
            None
        }
    }
}
