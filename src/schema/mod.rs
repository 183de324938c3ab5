//! JSON Schemas of what contributors write, for completion, hover texts and checks in editors.
//!
//! A schema of the format alone would leave the names open. [`Choices`] are those of one handbook:
//! its levels, topics, tags and questions, each with words about it.

mod choices;
mod handbook;
mod kit;
mod question;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

pub use choices::{Choices, Known};

/// The schema of a question's front matter, as a JSON document.
pub fn question(choices: &Choices) -> String {
    let mut schema = of::<question::Question>();
    choices.offer_to_question(&mut schema);
    text(&schema)
}

/// The schema of a kit's front matter, as a JSON document.
pub fn kit(choices: &Choices) -> String {
    let mut schema = of::<kit::Kit>();
    choices.offer_to_kit(&mut schema);
    text(&schema)
}

/// The schema of handbook.yaml, as a JSON document.
pub fn handbook() -> String {
    let mut schema = of::<handbook::Handbook>();
    choices::offer_rules(&mut schema);
    text(&schema)
}

/// Draft 7 is what language servers for YAML read.
fn of<T: JsonSchema>() -> Schema {
    SchemaSettings::draft07()
        .with_transform(RecursiveTransform(without_null))
        .into_generator()
        .into_root_schema_for::<T>()
}

/// A field that need not be there is left out, not empty.
fn without_null(schema: &mut Schema) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(ways)) = schema.get_mut("anyOf") {
        ways.retain(|way| way["type"] != "null");
        // Beside a reference, draft 7 reads nothing else.
        if let [_] = ways.as_slice()
            && let Some(only) = schema.remove("anyOf")
        {
            schema.insert("allOf".to_owned(), only);
        }
    }
}

fn text(schema: &Schema) -> String {
    // A schema is made of maps, lists and strings: there is nothing that JSON can't hold.
    let mut text = serde_json::to_string_pretty(schema).unwrap_or_default();
    text.push('\n');
    text
}
