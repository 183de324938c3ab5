//! Front matter that is missing, not closed, or not the YAML that is used here.

use insta::assert_snapshot;

use crate::site::{Checked, Question, Site};

/// What is found when one question differs from a valid one.
fn question(change: impl FnOnce(Question) -> Question) -> Checked {
    Site::new().question("junior/x", change).check()
}

/// What is found in a question's file with this text.
fn text(text: &str) -> Checked {
    Site::new().file("content/python/junior/x.md", text).check()
}

#[test]
fn the_handbook_of_the_tests_has_no_problem() {
    assert_snapshot!(Site::new().check(), @"exit 0");
    assert_snapshot!(Site::new().build(), @"exit 0");
    assert_snapshot!(question(|question| question), @"exit 0");
}

#[test]
fn front_matter_is_missing() {
    assert_snapshot!(text(""), @"
    content/python/junior/x.md:1:1-1 V0101 error the page does not begin with front matter | begin the file with a line `---`, fields such as `title: …`, and another `---`
    content/python/junior/x.md:1:1-1 V0302 error the question has no `## Answer` | write `## Answer` on a line of its own above the model answer
    exit 1
    ");
    assert_snapshot!(text("\n"), @"
    content/python/junior/x.md:1:1-1 V0101 error the page does not begin with front matter | begin the file with a line `---`, fields such as `title: …`, and another `---`
    content/python/junior/x.md:1:1-1 V0302 error the question has no `## Answer` | write `## Answer` on a line of its own above the model answer
    exit 1
    ");
    assert_snapshot!(text("# A title\n\nAnd a text.\n\n## Answer\n\nYes.\n"), @"
    content/python/junior/x.md:1:1-10 V0101 error the page does not begin with front matter | begin the file with a line `---`, fields such as `title: …`, and another `---`
    content/python/junior/x.md:1:1-10 V0301 error the body has a level-1 heading | the title in the front matter is the one: begin the line with `##`
    exit 1
    ");
    assert_snapshot!(text("\n---\ntitle: x\n---\n## Answer\n\nYes.\n"), @"
    content/python/junior/x.md:2:1-4 V0101 error the front matter does not begin with the file | remove what stands above it
    content/python/junior/x.md:2:1-4 V0108 error a question needs the field `assesses` | add a line `assesses: …`
    content/python/junior/x.md:2:1-4 V0108 error a question needs the field `kind` | add a line `kind: …`
    content/python/junior/x.md:2:1-4 V0108 error a question needs the field `minutes` | add a line `minutes: …`
    content/python/junior/x.md:2:1-4 V0108 error a question needs the field `red_flags` | add a line `red_flags: …`
    content/python/junior/x.md:2:1-4 V0108 error a question needs the field `strong_answers` | add a line `strong_answers: …`
    content/python/junior/x.md:2:1-4 V0108 error a question needs the field `topic` | add a line `topic: …`
    exit 1
    ");
    assert_snapshot!(text("title: x\n---\n## Answer\n\nYes.\n"), @"
    content/python/junior/x.md:1:1-9 V0101 error the front matter does not begin with a line `---` | put a line `---` above its first field
    content/python/junior/x.md:1:1-1 V0108 error a question needs the field `assesses` | add a line `assesses: …`
    content/python/junior/x.md:1:1-1 V0108 error a question needs the field `kind` | add a line `kind: …`
    content/python/junior/x.md:1:1-1 V0108 error a question needs the field `minutes` | add a line `minutes: …`
    content/python/junior/x.md:1:1-1 V0108 error a question needs the field `red_flags` | add a line `red_flags: …`
    content/python/junior/x.md:1:1-1 V0108 error a question needs the field `strong_answers` | add a line `strong_answers: …`
    content/python/junior/x.md:1:1-1 V0108 error a question needs the field `topic` | add a line `topic: …`
    exit 1
    ");
}

#[test]
fn front_matter_is_not_at_the_top() {
    // What stands in it is not taken for Markdown, what stands below it is.
    let rest = "tags: [a]\n# <b>Comment\nrelated: [b]\n---\n# One\n\n## Answer\n\nYes.\n";
    assert_snapshot!(text(&format!("\n\n---\ntitle: x\n{rest}")), @"
    content/python/junior/x.md:3:1-4 V0101 error the front matter does not begin with the file | remove what stands above it
    content/python/junior/x.md:3:1-4 V0108 error a question needs the field `assesses` | add a line `assesses: …`
    content/python/junior/x.md:3:1-4 V0108 error a question needs the field `kind` | add a line `kind: …`
    content/python/junior/x.md:3:1-4 V0108 error a question needs the field `minutes` | add a line `minutes: …`
    content/python/junior/x.md:3:1-4 V0108 error a question needs the field `red_flags` | add a line `red_flags: …`
    content/python/junior/x.md:3:1-4 V0108 error a question needs the field `strong_answers` | add a line `strong_answers: …`
    content/python/junior/x.md:3:1-4 V0108 error a question needs the field `topic` | add a line `topic: …`
    content/python/junior/x.md:7:11-12 V0203 error there is no question `b` | write the name of its file without `.md`
    content/python/junior/x.md:9:1-6 V0301 error the body has a level-1 heading | the title in the front matter is the one: begin the line with `##`
    exit 1
    ");
    assert_snapshot!(text(&format!("title: x\n{rest}")), @"
    content/python/junior/x.md:1:1-9 V0101 error the front matter does not begin with a line `---` | put a line `---` above its first field
    content/python/junior/x.md:1:1-1 V0108 error a question needs the field `assesses` | add a line `assesses: …`
    content/python/junior/x.md:1:1-1 V0108 error a question needs the field `kind` | add a line `kind: …`
    content/python/junior/x.md:1:1-1 V0108 error a question needs the field `minutes` | add a line `minutes: …`
    content/python/junior/x.md:1:1-1 V0108 error a question needs the field `red_flags` | add a line `red_flags: …`
    content/python/junior/x.md:1:1-1 V0108 error a question needs the field `strong_answers` | add a line `strong_answers: …`
    content/python/junior/x.md:1:1-1 V0108 error a question needs the field `topic` | add a line `topic: …`
    content/python/junior/x.md:4:11-12 V0203 error there is no question `b` | write the name of its file without `.md`
    content/python/junior/x.md:6:1-6 V0301 error the body has a level-1 heading | the title in the front matter is the one: begin the line with `##`
    exit 1
    ");
    assert_snapshot!(text(&format!("<!-- x -->\n---\ntitle: x\n{rest}")), @"
    content/python/junior/x.md:2:1-4 V0101 error the front matter does not begin with the file | remove what stands above it
    content/python/junior/x.md:8:1-6 V0301 error the body has a level-1 heading | the title in the front matter is the one: begin the line with `##`
    exit 1
    ");
}

#[test]
fn front_matter_is_not_closed() {
    assert_snapshot!(text("---"), @"
    content/python/junior/x.md:1:1-4 V0102 error the front matter that begins here is not closed | put a line `---` below its last field
    exit 1
    ");
    assert_snapshot!(text("---\ntitle: x\n\n## Answer\n\n[a](javascript:x)\n"), @"
    content/python/junior/x.md:1:1-4 V0102 error the front matter that begins here is not closed | put a line `---` below its last field
    exit 1
    ");
    assert_snapshot!(text("---\ntitle: x\n --- \n## Answer\n"), @"
    content/python/junior/x.md:1:1-4 V0102 error the front matter that begins here is not closed | put a line `---` below its last field
    exit 1
    ");
}

#[test]
fn front_matter_is_empty() {
    assert_snapshot!(text("---\n---\n## Answer\n\nYes.\n"), @"
    content/python/junior/x.md:1:1-4 V0108 error a question needs the field `assesses` | add a line `assesses: …`
    content/python/junior/x.md:1:1-4 V0108 error a question needs the field `kind` | add a line `kind: …`
    content/python/junior/x.md:1:1-4 V0108 error a question needs the field `minutes` | add a line `minutes: …`
    content/python/junior/x.md:1:1-4 V0108 error a question needs the field `red_flags` | add a line `red_flags: …`
    content/python/junior/x.md:1:1-4 V0108 error a question needs the field `strong_answers` | add a line `strong_answers: …`
    content/python/junior/x.md:1:1-4 V0108 error a question needs the field `title` | add a line `title: …`
    content/python/junior/x.md:1:1-4 V0108 error a question needs the field `topic` | add a line `topic: …`
    exit 1
    ");
    assert_snapshot!(text("---\n# Only a comment.\n---\n## Answer\n\nYes.\n"), @"
    content/python/junior/x.md:1:1-4 V0108 error a question needs the field `assesses` | add a line `assesses: …`
    content/python/junior/x.md:1:1-4 V0108 error a question needs the field `kind` | add a line `kind: …`
    content/python/junior/x.md:1:1-4 V0108 error a question needs the field `minutes` | add a line `minutes: …`
    content/python/junior/x.md:1:1-4 V0108 error a question needs the field `red_flags` | add a line `red_flags: …`
    content/python/junior/x.md:1:1-4 V0108 error a question needs the field `strong_answers` | add a line `strong_answers: …`
    content/python/junior/x.md:1:1-4 V0108 error a question needs the field `title` | add a line `title: …`
    content/python/junior/x.md:1:1-4 V0108 error a question needs the field `topic` | add a line `topic: …`
    exit 1
    ");
}

#[test]
fn front_matter_is_not_a_map() {
    assert_snapshot!(text("---\n- title: x\n- topic: y\n---\n## Answer\n\nYes.\n"), @"
    content/python/junior/x.md:2:1-2 V0104 error expected fields such as `title: …`, found a list | write each field on a line of its own: `name: value`
    exit 1
    ");
    assert_snapshot!(text("---\nJust words.\n---\n## Answer\n\nYes.\n"), @"
    content/python/junior/x.md:2:1-12 V0104 error expected fields such as `title: …`, found a text | write each field on a line of its own: `name: value`
    exit 1
    ");
    assert_snapshot!(text("---\n42\n---\n## Answer\n\nYes.\n"), @"
    content/python/junior/x.md:2:1-3 V0104 error expected fields such as `title: …`, found a number | write each field on a line of its own: `name: value`
    exit 1
    ");
}

#[test]
fn front_matter_is_not_yaml() {
    // A colon in a text.
    assert_snapshot!(question(|q| q.set("title", "Lists: why?")), @"
    content/python/junior/x.md:2:13-14 V0103 error this is not YAML: mapping values are not allowed in this context | quote a text that contains `: `, or check the indentation
    exit 1
    ");
    // A quote that does not end.
    assert_snapshot!(question(|q| q.set("assesses", "\"Whether")), @r#"
    content/python/junior/x.md:6:11-19 V0103 error this text begins with a quote and does not end with one | write " at its end
    exit 1
    "#);
    // A bracket that does not end.
    assert_snapshot!(question(|q| q.set("red_flags", "[One, two")), @"
    content/python/junior/x.md:9:11-12 V0103 error this is not YAML: illegal placement of ':' indicator | close the quote or bracket that is open above
    exit 1
    ");
    // Indented with a tab.
    assert_snapshot!(question(|q| q.set("red_flags", "\n\t- One.")), @"
    content/python/junior/x.md:9:1-2 V0103 error this line is indented with a tab | indent with spaces
    exit 1
    ");
    // A backtick, which YAML reserves.
    assert_snapshot!(question(|q| q.set("title", "`print`")), @"
    content/python/junior/x.md:2:8-9 V0103 error this is not YAML: unexpected character: ``' | put the text between single quotes: 'like this'
    exit 1
    ");
    // A second document.
    assert_snapshot!(question(|q| q.front("...\ntags: [a]")), @"
    content/python/junior/x.md:11:1-1 V0103 error a second YAML document begins here | remove the line `...` or `---` above it
    exit 1
    ");
}

#[test]
fn yaml_beyond_what_is_used_here() {
    assert_snapshot!(question(|q| q.set("tags", "&a [one]").set("related", "*a")), @"
    content/python/junior/x.md:10:7-9 V0105 error anchors (`&`) and aliases (`*`) are not used here | write the value out; quote a text that begins with `&` or `*`
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("title", "!!str What?")), @"
    content/python/junior/x.md:2:8-13 V0105 error tags (`!`) are not used here | quote a text that begins with `!`
    exit 1
    ");
    assert_snapshot!(question(|q| q.front("<<: { minutes: 3 }")), @"
    content/python/junior/x.md:10:1-3 V0105 error merge keys (`<<`) are not used here | write the fields out
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("title", "*What* is it?")), @"
    content/python/junior/x.md:2:8-9 V0105 error anchors (`&`) and aliases (`*`) are not used here | write the value out; quote a text that begins with `&` or `*`
    exit 1
    ");
}

#[test]
fn tags_of_yaml() {
    assert_snapshot!(question(|q| q.set("title", "!secret What?")), @"
    content/python/junior/x.md:2:8-15 V0105 error tags (`!`) are not used here | quote a text that begins with `!`
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("title", "!!binary V2hhdD8=")), @"
    content/python/junior/x.md:2:8-16 V0105 error tags (`!`) are not used here | quote a text that begins with `!`
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("title", "!!python/object:os.system x")), @"
    content/python/junior/x.md:2:8-33 V0105 error tags (`!`) are not used here | quote a text that begins with `!`
    exit 1
    ");
}

#[test]
fn a_yaml_bomb() {
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (name, of) in ('b'..='i').zip('a'..) {
        let line = format!("{name}: &{name} [*{of}, *{of}, *{of}, *{of}, *{of}, *{of}, *{of}]\n");
        bomb.push_str(&line);
    }
    assert_snapshot!(question(|q| q.front(&bomb)), @"
    content/python/junior/x.md:10:4-6 V0105 error anchors (`&`) and aliases (`*`) are not used here | write the value out; quote a text that begins with `&` or `*`
    exit 1
    ");
    let deep = format!("tags: {}{}", "[".repeat(10_000), "]".repeat(10_000));
    assert_snapshot!(question(|q| q.front(&deep)), @"
    content/python/junior/x.md:10:262-263 V0103 error this YAML is nested or repeated beyond any use
    exit 1
    ");
    let deep = format!("tags: {}a{}", "{a: ".repeat(10_000), "}".repeat(10_000));
    assert_snapshot!(question(|q| q.front(&deep)), @"
    content/python/junior/x.md:10:67-68 V0103 error this YAML is nested or repeated beyond any use
    exit 1
    ");
    let many = format!("tags: [{}]", "a, ".repeat(200_000));
    assert_snapshot!(question(|q| q.front(&many)), @"
    content/python/junior/x.md:10:299921-299922 V0103 error this YAML is nested or repeated beyond any use
    exit 1
    ");
}
