//! The words of the interface, in the handbook's language.
//!
//! 1. `strings/en.yaml` of the embedded theme has all words: it says which there are.
//! 2. `strings/<language>.yaml` and the theme's own files give some or all of them anew.
//! 3. Templates read them as `t.name`; the filters `count` and `fill` put numbers and names in, and
//!    `forms` lists the forms of a counted word.

use std::collections::BTreeMap;
use std::sync::Arc;

use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use jiff::civil::Date;
use serde::Serialize;
use tera::{Kwargs, State, Tera, TeraResult, Value};
use unic_langid::LanguageIdentifier;

use super::files::{self, File, Files};
use crate::diag::{Diagnostic, rules};
use crate::markdown::Word;
use crate::model::Config;
use crate::yaml;

/// All words, by name.
#[derive(Debug, Clone)]
pub struct Strings {
    texts: BTreeMap<String, Text>,
    language: LanguageIdentifier,
}

/// What the interface says under one name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Text {
    One(String),
    /// By CLDR's plural category: `one`, `few`, `many`, `other`…
    Plural(BTreeMap<String, String>),
    /// As the months' names.
    List(Vec<String>),
}

/// CLDR's plural categories.
const PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// A text for one kind of numbers, for scripts that count.
#[derive(Debug, Serialize)]
struct Form {
    name: &'static str,
    text: String,
}

/// Reads the words and reports files that have others than those that there are.
pub fn read(config: &Config, files: &Files, diagnostics: &mut Vec<Diagnostic>) -> Strings {
    const ENGLISH: &str = "strings/en.yaml";
    let builtin = File {
        path: Arc::from(format!("themes/default/{ENGLISH}")),
        bytes: files::embedded(ENGLISH),
    };
    let mut texts = texts(&builtin, diagnostics);
    let base = texts.clone();
    let primary = config.language.split('-').next().unwrap_or("en");
    let mut found = primary == "en";
    for name in [
        ENGLISH.to_owned(),
        format!("strings/{primary}.yaml"),
        format!("strings/{}.yaml", config.language),
    ] {
        let Some(file) = files.get(&name) else {
            continue;
        };
        found |= name != ENGLISH;
        for (key, text) in self::texts(file, diagnostics) {
            if let Some(problem) = unfit(&base, files, &key, &text, file) {
                diagnostics.push(problem);
            } else {
                texts.insert(key, text);
            }
        }
    }
    if !found {
        diagnostics.push(
            Diagnostic::of_file(
                &rules::LANGUAGE_UNTRANSLATED,
                &config.path,
                format!("the theme has no words in `{}`", config.language),
            )
            .help(format!(
                "the interface is in English; translate it in `themes/{}/strings/{primary}.yaml`",
                config.theme.value
            )),
        );
    }
    let spoken = if found {
        config.language.as_str()
    } else {
        "en"
    };
    Strings {
        texts,
        language: spoken.parse().unwrap_or_default(),
    }
}

fn texts(file: &File, diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, Text> {
    let text = String::from_utf8_lossy(&file.bytes);
    let Some(tree) = yaml::parse(&file.path, &text, 0, diagnostics) else {
        return BTreeMap::new();
    };
    let mut texts = BTreeMap::new();
    if let yaml::Value::Map(entries) = tree.value {
        for entry in entries {
            match value(&entry.value.value) {
                Some(text) => {
                    texts.insert(entry.key, text);
                }
                None => diagnostics.push(
                    Diagnostic::at(
                        &rules::STRINGS,
                        &file.path,
                        entry.key_span,
                        format!("`{}` is neither a text nor texts by number", entry.key),
                    )
                    .help("write a text, or `one: …` and `other: …`"),
                ),
            }
        }
    }
    texts
}

fn value(value: &yaml::Value) -> Option<Text> {
    let text = |value: &yaml::Value| match value {
        yaml::Value::Str(text) => Some(text.clone()),
        _ => None,
    };
    match value {
        yaml::Value::Map(entries) => entries
            .iter()
            .map(|entry| Some((entry.key.clone(), text(&entry.value.value)?)))
            .collect::<Option<_>>()
            .map(Text::Plural),
        yaml::Value::List(items) => items
            .iter()
            .map(|item| text(&item.value))
            .collect::<Option<_>>()
            .map(Text::List),
        other => text(other).map(Text::One),
    }
}

/// Why a word can't stand for the built-in one of the same name.
fn unfit(
    base: &BTreeMap<String, Text>,
    files: &Files,
    key: &str,
    text: &Text,
    file: &File,
) -> Option<Diagnostic> {
    let report = |message: String| Diagnostic::of_file(&rules::STRINGS, &file.path, message);
    let Some(original) = base.get(key) else {
        // A theme may have words of its own, for templates of its own.
        if wanted(files, key) {
            return None;
        }
        return Some(
            report(format!("the interface has no word `{key}`")).suggest(
                key,
                base.keys().map(String::as_str),
                || Some("`themes/default/strings/en.yaml` has all of them".to_owned()),
            ),
        );
    };
    let fits = match (original, text) {
        (Text::One(_), Text::One(_)) => true,
        (Text::Plural(_), Text::Plural(forms)) => forms.contains_key("other"),
        (Text::List(original), Text::List(own)) => original.len() == own.len(),
        _ => false,
    };
    (!fits).then(|| {
        report(format!(
            "`{key}` has another form than in the default theme"
        ))
        .help("give it the same form: a text, texts with `other:`, or as many entries")
    })
}

/// Whether a template shows the word of this name.
fn wanted(files: &Files, key: &str) -> bool {
    let usage = format!("t.{key}");
    files
        .iter()
        .filter(|(name, _)| name.starts_with("templates/"))
        .filter_map(|(_, file)| std::str::from_utf8(&file.bytes).ok())
        .any(|template| {
            template
                .match_indices(&usage)
                .any(|(at, _)| !template[at + usage.len()..].starts_with(is_name))
        })
}

fn is_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

impl Strings {
    /// A text by name; the name itself where there is none, which a test rules out.
    pub fn get<'s>(&'s self, name: &'s str) -> &'s str {
        match self.texts.get(name) {
            Some(Text::One(text)) => text,
            _ => name,
        }
    }

    /// All of them, for templates.
    pub fn all(&self) -> &BTreeMap<String, Text> {
        &self.texts
    }

    /// The word that Markdown asks for.
    pub fn word(&self, word: Word) -> &str {
        self.get(match word {
            Word::AlertNote => "alert_note",
            Word::AlertTip => "alert_tip",
            Word::AlertImportant => "alert_important",
            Word::AlertWarning => "alert_warning",
            Word::AlertCaution => "alert_caution",
            Word::Footnotes => "footnotes",
            Word::FootnoteBack => "footnote_back",
            Word::TaskDone => "task_done",
            Word::TaskOpen => "task_open",
        })
    }

    /// A day as people of the language write it.
    pub fn date(&self, date: Date) -> String {
        let month = usize::from(date.month().unsigned_abs()) - 1;
        let months = match self.texts.get("months") {
            Some(Text::List(months)) => months.as_slice(),
            _ => &[],
        };
        self.get("date")
            .replace("{day}", &date.day().to_string())
            .replace("{month}", months.get(month).map_or("", String::as_str))
            .replace("{year}", &date.year().to_string())
    }

    /// A number with the language's sign between thousands.
    pub fn number(&self, number: u64) -> String {
        grouped(number, self.get("thousands"))
    }

    /// Gives templates the filters `count`, `forms`, `fill` and `number`.
    pub fn register(&self, tera: &mut Tera) {
        let thousands = self.get("thousands").to_owned();
        let separator = thousands.clone();
        let language = self.language.clone();
        tera.register_filter(
            "count",
            move |text: &Value, kwargs: Kwargs, _: &State| -> TeraResult<String> {
                let number = kwargs.must_get::<u64>("n")?;
                let form = plural(&language, number);
                let chosen = text
                    .get_from_path(form)
                    .filter(|value| value.is_string())
                    .or_else(|| text.get_from_path("other"))
                    .and_then(Value::as_str)
                    .or_else(|| text.as_str())
                    .unwrap_or("{n}");
                Ok(chosen.replace("{n}", &grouped(number, &separator)))
            },
        );
        tera.register_filter(
            "forms",
            |text: &Value, _: Kwargs, _: &State| -> TeraResult<Value> {
                let forms = PLURALS.iter().filter_map(|&name| {
                    let text = text
                        .get_from_path(name)
                        .and_then(|text| text.as_str().map(str::to_owned))?;
                    Some(Form { name, text })
                });
                Ok(Value::from_serializable(&forms.collect::<Vec<_>>()))
            },
        );
        tera.register_filter(
            "fill",
            |text: &str, kwargs: Kwargs, _: &State| -> TeraResult<String> {
                let mut filled = text.to_owned();
                for (name, value) in kwargs.iter() {
                    filled = filled.replace(&format!("{{{name}}}"), &value.to_string());
                }
                Ok(filled)
            },
        );
        tera.register_filter(
            "number",
            move |number: u64, _: Kwargs, _: &State| -> TeraResult<String> {
                Ok(grouped(number, &thousands))
            },
        );
    }

    /// A counted word, as the filter `count` makes it.
    pub fn count(&self, name: &str, number: u64) -> String {
        let form = plural(&self.language, number);
        let text = match self.texts.get(name) {
            Some(Text::Plural(forms)) => forms
                .get(form)
                .or_else(|| forms.get("other"))
                .map_or(name, String::as_str),
            _ => name,
        };
        text.replace("{n}", &self.number(number))
    }
}

/// CLDR's category of a number in a language; English's where the language has no rules.
fn plural(language: &LanguageIdentifier, number: u64) -> &'static str {
    let rules = PluralRules::create(language.clone(), PluralRuleType::CARDINAL).or_else(|_| {
        // Rules are by language alone: `pt-BR` falls back to `pt`.
        let primary = LanguageIdentifier::from_parts(language.language, None, None, &[]);
        PluralRules::create(primary, PluralRuleType::CARDINAL)
    });
    let category = rules.ok().and_then(|rules| {
        let number = usize::try_from(number).unwrap_or(usize::MAX);
        rules.select(number).ok()
    });
    match category {
        Some(PluralCategory::ZERO) => "zero",
        Some(PluralCategory::ONE) => "one",
        Some(PluralCategory::TWO) => "two",
        Some(PluralCategory::FEW) => "few",
        Some(PluralCategory::MANY) => "many",
        None if number == 1 => "one",
        Some(PluralCategory::OTHER) | None => "other",
    }
}

fn grouped(number: u64, separator: &str) -> String {
    let digits = number.to_string();
    // Four digits read well as they are.
    if digits.len() < 5 {
        return digits;
    }
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push_str(separator);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_the_form_that_their_language_has_for_them() {
        for (language, number, form) in [
            ("en", 1, "one"),
            ("en", 0, "other"),
            ("ru", 3, "few"),
            ("ru", 21, "one"),
            ("pt-BR", 1, "one"),
            ("ja", 1, "other"),
        ] {
            let language = language.parse().unwrap();
            assert_eq!(plural(&language, number), form, "{language} {number}");
        }
    }

    #[test]
    fn thousands_are_set_apart_from_five_digits_on() {
        assert_eq!(grouped(9999, ","), "9999");
        assert_eq!(grouped(1_234_567, ","), "1,234,567");
    }
}
