//! handbook.yaml.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{self, Severity, rules};
use crate::load::CONTENT;
use crate::model::{At, Config, Level, Samples, Topic};
use crate::yaml::{Entry, Node, Value};

use super::addresses;
use super::context::{Context, Within};
use super::fields::{Fields, Map};
use super::{exceptions, values};

/// Words that a guide's folder needs for itself.
const RESERVED_LEVELS: [&str; 3] = ["topics", "kits", "all"];

/// In place of an address that can't be read.
const SOMEWHERE: &str = "https://example.org/";

/// Reads all fields. One that is wrong or missing is reported and gets a value of no meaning: the run
/// ends with an error, but whatever else can be checked is checked first.
pub fn read(context: &mut Context<'_>, tree: &Node) -> Option<Config> {
    context.outline.front_span = 0..0;
    let map = context.map(tree)?;
    let mut fields = Fields::new(context, map, "handbook.yaml");
    let title = fields.required(context, "title", values::words);
    let description = fields.required(context, "description", values::words);
    let base_url = fields.required(context, "base_url", base_url);
    let language = fields.required(context, "language", language);
    let licence = fields.required(context, "licence", values::text);
    let before = context.diagnostics.len();
    let levels = fields.required(context, "levels", values::list(1, level));
    let topics = fields.required(context, "topics", values::list(1, topic));
    // Pages can be checked against these whatever is wrong with the other fields.
    let sound = !diag::has_errors(&context.diagnostics[before..]);
    let repository = fields.optional(context, "repository", addresses::web_address);
    let theme = fields.optional(context, "theme", addresses::slug);
    let logo = fields.optional(context, "logo", logo);
    let accent = fields.optional(context, "accent", accent);
    let mut navigation = fields
        .optional(context, "navigation", values::list(0, addresses::slug))
        .unwrap_or_default();
    let footer = fields.optional(context, "footer", values::inline);
    let review_after = fields.optional(context, "review_after", duration);
    let rules = fields
        .optional(context, "rules", rule_levels)
        .unwrap_or_default();
    let samples = fields
        .optional(context, "samples", samples)
        .unwrap_or_default();
    values::distinct(context, "navigation", &mut navigation);
    let levels = levels.map(|levels| distinct_ids(context, "levels", levels));
    let topics = topics.map(|topics| distinct_ids(context, "topics", topics));
    fields.finish(context);
    Some(Config {
        path: Arc::clone(&context.source.path),
        title: title.unwrap_or_default(),
        description: description.unwrap_or_default(),
        base_url: base_url.or_else(|| base_url_of(SOMEWHERE).ok())?,
        language: language.unwrap_or_else(|| "en".to_owned()),
        licence: licence.unwrap_or_default(),
        repository: repository.map(|url| url.value.trim_end_matches('/').to_owned()),
        sound: sound && levels.is_some() && topics.is_some(),
        levels: levels.unwrap_or_default(),
        topics: topics.unwrap_or_default(),
        theme: theme.unwrap_or_else(|| At {
            value: "default".to_owned(),
            span: 0..0,
        }),
        logo,
        accent,
        navigation,
        footer,
        review_after,
        rules,
        samples,
    })
}

/// An absolute address that ends with `/`.
pub fn base_url_of(text: &str) -> Result<url::Url, &'static str> {
    let mut url = url::Url::parse(text).map_err(|_| "is not an address")?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err("does not begin with https://");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("has a `?` or `#`");
    }
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    Ok(url)
}

fn base_url(context: &mut Context<'_>, name: &'static str, node: &Node) -> Option<url::Url> {
    let text = values::text(context, name, node)?;
    match base_url_of(&text) {
        Ok(url) => Some(url),
        Err(why) => {
            context
                .report(
                    &rules::ADDRESS_INVALID,
                    node.span.clone(),
                    format!("`{name}` {why}"),
                )
                .help = Some(
                "write where the site is published: https://example.org/ or https://example.org/guide/"
                    .to_owned(),
            );
            None
        }
    }
}

/// The shape of a BCP 47 tag, which is all that can be told without its registry.
fn language(context: &mut Context<'_>, name: &'static str, node: &Node) -> Option<String> {
    let text = values::text(context, name, node)?;
    let mut parts = text.split('-');
    let primary = parts.next().unwrap_or_default();
    let shaped = matches!(primary.len(), 2..=3)
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            matches!(part.len(), 1..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
    if !shaped {
        context
            .report(
                &rules::FIELD_VALUE,
                node.span.clone(),
                format!("`{text}` is not a language"),
            )
            .help = Some("write a language tag such as `en` or `pt-BR`".to_owned());
        return None;
    }
    Some(text)
}

fn accent(context: &mut Context<'_>, name: &'static str, node: &Node) -> Option<At<String>> {
    let text = values::text_at(context, name, node)?;
    let hex = text.value.strip_prefix('#').unwrap_or_default();
    if hex.len() != 6 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let value = &text.value;
        context
            .report(
                &rules::FIELD_VALUE,
                node.span.clone(),
                format!("`{value}` is not a colour"),
            )
            .help = Some("write six hexadecimal digits, quoted: \"#0b6e4f\"".to_owned());
        return None;
    }
    Some(At {
        value: text.value.to_ascii_lowercase(),
        span: text.span,
    })
}

/// A file beside handbook.yaml.
fn logo(context: &mut Context<'_>, name: &'static str, node: &Node) -> Option<At<String>> {
    let text = values::text_at(context, name, node)?;
    let plain = text
        .value
        .split('/')
        .all(|part| !part.is_empty() && part != "." && part != ".." && !part.contains('\\'));
    if !plain {
        let value = &text.value;
        context
            .report(
                &rules::FIELD_VALUE,
                node.span.clone(),
                format!("`{value}` is not a file of the content folder"),
            )
            .help = Some("write the path of an image from the content folder: logo.svg".to_owned());
        return None;
    }
    Some(At {
        value: format!("{}{}", CONTENT, text.value),
        span: text.span,
    })
}

/// `18 months`.
fn duration(
    context: &mut Context<'_>,
    name: &'static str,
    node: &Node,
) -> Option<jiff::SpanFieldwise> {
    if !matches!(node.value, Value::Str(_)) {
        values::wrong_type(context, name, node, "a length of time such as `18 months`");
        return None;
    }
    let text = values::text(context, name, node)?;
    let parsed = text.split_once(' ').and_then(|(number, unit)| {
        let number = number.parse::<u16>().ok().filter(|&number| number > 0)?;
        let span = jiff::Span::new();
        match unit.trim().trim_end_matches('s') {
            "day" => Some(span.days(number)),
            "week" => Some(span.weeks(number)),
            "month" => Some(span.months(number)),
            "year" => Some(span.years(number.min(1000))),
            _ => None,
        }
    });
    if parsed.is_none() {
        context
            .report(
                &rules::FIELD_VALUE,
                node.span.clone(),
                format!("`{text}` is not a length of time"),
            )
            .help = Some("write a number and days, weeks, months or years: 18 months".to_owned());
    }
    parsed.map(jiff::Span::fieldwise)
}

fn level(
    context: &mut Context<'_>,
    name: &'static str,
    node: &Node,
) -> Option<(At<String>, Level)> {
    let map = values::map(context, name, node)?;
    let (id, title, summary) = entry(context, map, "a level", &RESERVED_LEVELS)?;
    Some((
        id.clone(),
        Level {
            id: id.value,
            title,
            summary,
        },
    ))
}

fn topic(
    context: &mut Context<'_>,
    name: &'static str,
    node: &Node,
) -> Option<(At<String>, Topic)> {
    let map = values::map(context, name, node)?;
    let (id, title, summary) = entry(context, map, "a topic", &[])?;
    Some((
        id.clone(),
        Topic {
            span: id.span,
            id: id.value,
            title,
            summary,
        },
    ))
}

fn entry(
    context: &mut Context<'_>,
    map: Map<'_>,
    what: &'static str,
    reserved: &[&str],
) -> Option<(At<String>, String, Option<String>)> {
    let mut fields = Fields::new(context, map, what);
    let id = fields.required(context, "id", addresses::slug);
    let title = fields.required(context, "title", values::words);
    let summary = fields.optional(context, "summary", values::words);
    fields.finish(context);
    let id = id?;
    if reserved.contains(&id.value.as_str()) {
        let value = &id.value;
        context
            .report(
                &rules::SLUG_RESERVED,
                id.span.clone(),
                format!("{what} can't be called `{value}`: the site needs that name"),
            )
            .help = Some("choose another id".to_owned());
        return None;
    }
    Some((id, title?, summary))
}

/// Reports an id that stands twice.
fn distinct_ids<T>(
    context: &mut Context<'_>,
    name: &'static str,
    entries: Vec<(At<String>, T)>,
) -> Vec<T> {
    let (mut ids, values): (Vec<_>, Vec<_>) = entries.into_iter().unzip();
    values::distinct(context, name, &mut ids);
    values
}

fn rule_levels(
    context: &mut Context<'_>,
    name: &'static str,
    node: &Node,
) -> Option<BTreeMap<&'static str, Option<Severity>>> {
    let map = values::map(context, name, node)?;
    let mut levels = BTreeMap::new();
    for entry in map.entries {
        let rule = exceptions::rule_named(context, &entry.key, entry.key_span.clone());
        if !matches!(entry.value.value, Value::Str(_)) {
            context.within(Within::Key(entry.key_span.clone()), |context| {
                let expected = "`error`, `warning` or `off`";
                values::wrong_type(context, name, &entry.value, expected);
            });
            continue;
        }
        let level = values::choice(&[
            ("error", Some(Severity::Error)),
            ("warning", Some(Severity::Warning)),
            ("off", None),
        ])(context, "level", &entry.value);
        let (Some(rule), Some(level)) = (rule, level) else {
            continue;
        };
        if levels.contains_key(rule.code) {
            // By its code and by its name, so YAML does not see it.
            context
                .report(
                    &rules::NAME_TWICE,
                    entry.key_span.clone(),
                    format!("the rule `{}` stands twice in `{name}`", rule.name),
                )
                .help = Some("remove one of them".to_owned());
            continue;
        }
        levels.insert(rule.code, level);
    }
    Some(levels)
}

fn samples(
    context: &mut Context<'_>,
    name: &'static str,
    node: &Node,
) -> Option<BTreeMap<String, Samples>> {
    let map = values::map(context, name, node)?;
    let mut samples = BTreeMap::new();
    for entry in map.entries {
        let Some(map) = values::map(context, "samples", &entry.value) else {
            continue;
        };
        let mut fields = Fields::new(context, map, "a language of `samples`");
        let command = fields.required(context, "command", values::list(1, values::text));
        let check = fields.optional(context, "check", values::list(1, values::text));
        let timeout = fields.optional(context, "timeout", values::number(1..=600));
        let memory = fields.optional(context, "memory", values::number(64..=16384));
        fields.finish(context);
        let Some(command) = command else { continue };
        let complete = [("command", Some(&command)), ("check", check.as_ref())]
            .into_iter()
            .all(|(name, words)| words.is_none_or(|words| has_file(context, entry, name, words)));
        if !complete {
            continue;
        }
        samples.insert(
            entry.key.clone(),
            Samples {
                command,
                check,
                timeout: timeout.map_or(Samples::TIMEOUT, u32::from),
                memory: memory.map_or(Samples::MEMORY, u32::from),
            },
        );
    }
    Some(samples)
}

/// Whether a command says where the sample's file goes.
fn has_file(context: &mut Context<'_>, entry: &Entry, name: &str, words: &[String]) -> bool {
    if words.iter().any(|argument| argument.contains("{file}")) {
        return true;
    }
    if let Value::Map(fields) = &entry.value.value
        && let Some(field) = fields.iter().find(|field| field.key == name)
    {
        context
            .report(
                &rules::FIELD_VALUE,
                field.key_span.clone(),
                format!("the {name} does not say where the sample's file goes"),
            )
            .help = Some("add an argument \"{file}\"".to_owned());
    }
    false
}
