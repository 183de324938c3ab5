//! questions.json, which other programs read.

use insta::assert_snapshot;

use crate::output::everything;
use crate::site::{Files, Site};

#[test]
fn for_interviewers() {
    let files = everything().built();
    assert_snapshot!(pretty(&files), @"");
}

#[test]
fn for_candidates() {
    let files = everything().built_with(&["--edition", "candidate"]);
    assert_snapshot!(pretty(&files), @"");
}

#[test]
fn texts_keep_every_sign() {
    let text = "Say \"`x < y`\" & so on: naïve, 🦀, \\d+, </script>.";
    let site = Site::new().question("junior/signs", |question| {
        question
            .set("title", &format!("'{text}'"))
            .candidate("A\ttab and `</script>`.")
            .answer("So.")
    });
    let files = site.built();
    let data: serde_json::Value = serde_json::from_str(files.text("questions.json")).unwrap();
    let question = data["questions"]
        .as_array()
        .unwrap()
        .iter()
        .find(|question| question["id"] == "python/signs")
        .unwrap();
    assert_eq!(question["title"], text);
    assert_eq!(question["prompt"], "A\ttab and `</script>`.");
}

/// The data, a line a value.
fn pretty(files: &Files) -> String {
    let data: serde_json::Value = serde_json::from_str(files.text("questions.json")).unwrap();
    serde_json::to_string_pretty(&data).unwrap()
}
