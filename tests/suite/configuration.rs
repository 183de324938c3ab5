//! handbook.yaml, with every mistake that it can have.

use insta::assert_snapshot;

use crate::site::{HANDBOOK, Site};

#[test]
fn the_configuration_is_broken_and_pages_are_too() {
    // What needs the configuration is not told: the topic might be one of those that it means.
    let site = Site::new()
        .file(
            "content/handbook.yaml",
            &HANDBOOK.replace("title: The Test Handbook", "title: The: Test"),
        )
        .question("junior/x", |question| {
            question
                .set("topic", "nowhere")
                .set("minutes", "0")
                .candidate("[a](missing.md)")
        })
        .question("novice/y", |question| question);
    assert_snapshot!(site.check(), @"
    content/handbook.yaml:1:11-12 V0103 error this is not YAML: mapping values are not allowed in this context | quote a text that contains `: `, or check the indentation
    content/python/junior/x.md:5:10-11 V0111 error `minutes` must be from 1 to 240, not 0
    content/python/junior/x.md:11:1-16 V0402 error there is no file `content/python/junior/missing.md` | paths are relative to the page's own folder
    exit 1
    ");
    let site = site.file(
        "content/handbook.yaml",
        &HANDBOOK
            .replace("language: en", "langauge: english")
            .replace("title: Mid", "titel: Mid"),
    );
    assert_snapshot!(site.check(), @"
    content/handbook.yaml:4:1-9 V0107 error handbook.yaml has no field `langauge` | did you mean `language`?
    content/handbook.yaml:8:16-21 V0107 error a level has no field `titel` | did you mean `title`?
    content/python/junior/x.md:5:10-11 V0111 error `minutes` must be from 1 to 240, not 0
    content/python/junior/x.md:11:1-16 V0402 error there is no file `content/python/junior/missing.md` | paths are relative to the page's own folder
    exit 1
    ");
    let site = site.remove("content/handbook.yaml");
    assert_snapshot!(site.check(), @"
    content/handbook.yaml:1:1-1 V0001 error there is no `content/handbook.yaml` | run the command in the folder that contains `content/`, or name it with `--root`
    content/python/junior/x.md:5:10-11 V0111 error `minutes` must be from 1 to 240, not 0
    content/python/junior/x.md:11:1-16 V0402 error there is no file `content/python/junior/missing.md` | paths are relative to the page's own folder
    exit 1
    ");
}

#[test]
fn pages_are_checked_against_levels_and_topics_whatever_else_is_wrong() {
    let site = Site::new()
        .config("accent: green\nnavigation: [pyhton]")
        .question("junior/x", |question| question.set("topic", "langauge"));
    assert_snapshot!(site.check(), @"
    content/handbook.yaml:14:9-14 V0111 error `green` is not a colour | write six hexadecimal digits, quoted: \"#0b6e4f\"
    content/handbook.yaml:15:14-20 V0209 error there is no guide or page `pyhton` | did you mean `python`?
    content/python/junior/x.md:3:8-16 V0201 error unknown topic `langauge` | did you mean `language`?
    exit 1
    ");
}

#[test]
fn every_field_of_the_configuration() {
    let config = "\
title: 1
description: ''
base_url: example.org
language: english language
licence: [MIT]
levels:
  - { id: Junior, title: Junior }
  - { id: mid }
  - { id: all, title: All }
  - { id: senior, title: Senior, color: red }
  - { id: senior, title: Senior }
topics: {}
repository: javascript:alert(1)
theme: ../theme
logo: ../logo.svg
accent: green
navigation: [python, nowhere, python]
footer: '[a](data:text/html,x)'
review_after: soon
rules: { near-duplicat: warning, follow-ups: never, topic-unknown: off }
samples: { python: { command: [python3] }, ruby: ruby }
theem: default
";
    assert_snapshot!(Site::new().file("content/handbook.yaml", config).check(), @r##"
    content/handbook.yaml:1:8-9 V0109 error `title` must be a text, not a number | put it between quotes: '1'
    content/handbook.yaml:2:14-16 V0110 error `description` is empty | give it a value, or remove it
    content/handbook.yaml:3:11-22 V0406 error `base_url` is not an address | write where the site is published: https://example.org/ or https://example.org/guide/
    content/handbook.yaml:4:11-27 V0111 error `english language` is not a language | write a language tag such as `en` or `pt-BR`
    content/handbook.yaml:5:10-11 V0109 error `licence` must be a text, not a list
    content/handbook.yaml:7:11-17 V0111 error `Junior` can't be part of an address | write `junior`: small letters, digits and hyphens
    content/handbook.yaml:8:7-9 V0108 error a level needs the field `title` | add a line `title: …`
    content/handbook.yaml:9:11-14 V0206 error a level can't be called `all`: the site needs that name | choose another id
    content/handbook.yaml:10:34-39 V0107 error a level has no field `color` | a level has the fields `id`, `summary` and `title`
    content/handbook.yaml:11:11-17 V0208 error `senior` stands twice in `levels` | remove one of them
    content/handbook.yaml:12:9-10 V0109 error `topics` must be a list, not a map of fields
    content/handbook.yaml:13:13-32 V0501 error `repository` can't begin with `javascript:` | write an address that begins with https://
    content/handbook.yaml:14:8-16 V0111 error `../theme` can't be part of an address | write `theme`: small letters, digits and hyphens
    content/handbook.yaml:15:7-18 V0111 error `../logo.svg` is not a file of the content folder | write the path of an image from the content folder: logo.svg
    content/handbook.yaml:16:9-14 V0111 error `green` is not a colour | write six hexadecimal digits, quoted: "#0b6e4f"
    content/handbook.yaml:17:22-29 V0209 error there is no guide or page `nowhere` | there are `python` and `faq`
    content/handbook.yaml:17:31-37 V0208 error `python` stands twice in `navigation` | remove one of them
    content/handbook.yaml:18:14-30 V0501 error an address with `data:` is not allowed | link to `https:`, `http:` or `mailto:`, or to a file of the handbook; before a file name with a colon write `./`
    content/handbook.yaml:19:15-19 V0111 error `soon` is not a length of time | write a number and days, weeks, months or years: 18 months
    content/handbook.yaml:20:10-23 V0210 error there is no rule `near-duplicat` | did you mean `near-duplicate`?
    content/handbook.yaml:20:46-51 V0111 error unknown level `never` | it can be `error`, `warning` or `off`
    content/handbook.yaml:20:53-66 V0210 error the rule `topic-unknown` can't be changed | it guards what a page needs: a topic that handbook.yaml does not list
    content/handbook.yaml:21:22-29 V0111 error the command does not say where the sample's file goes | add an argument "{file}"
    content/handbook.yaml:21:50-54 V0109 error `samples` must be a map of fields, not a text
    content/handbook.yaml:22:1-6 V0107 error handbook.yaml has no field `theem` | did you mean `theme`?
    exit 1
    "##);
    assert_snapshot!(Site::new().file("content/handbook.yaml", "").check(), @"
    content/handbook.yaml:1:1-1 V0108 error handbook.yaml needs the field `base_url` | add a line `base_url: …`
    content/handbook.yaml:1:1-1 V0108 error handbook.yaml needs the field `description` | add a line `description: …`
    content/handbook.yaml:1:1-1 V0108 error handbook.yaml needs the field `language` | add a line `language: …`
    content/handbook.yaml:1:1-1 V0108 error handbook.yaml needs the field `levels` | add a line `levels: …`
    content/handbook.yaml:1:1-1 V0108 error handbook.yaml needs the field `licence` | add a line `licence: …`
    content/handbook.yaml:1:1-1 V0108 error handbook.yaml needs the field `title` | add a line `title: …`
    content/handbook.yaml:1:1-1 V0108 error handbook.yaml needs the field `topics` | add a line `topics: …`
    exit 1
    ");
    assert_snapshot!(Site::new().file("content/handbook.yaml", "- a\n").check(), @"
    content/handbook.yaml:1:1-2 V0104 error expected fields such as `title: …`, found a list | write each field on a line of its own: `name: value`
    exit 1
    ");
    assert_snapshot!(Site::new().file("content/handbook.yaml", "a: [").check(), @"
    content/handbook.yaml:1:4-5 V0103 error this `[` is not closed | write `]` where it ends, or quote a text that begins with `[`
    exit 1
    ");
}

#[test]
fn names_that_the_configuration_gives() {
    // What can only be told once the file itself is right.
    let site = Site::new().config(
        "navigation: [pyton, faq]\nlogo: logo.svg\naccent: '#ffff00'\ntheme: mine\nfooter: '[a](pages/fax.md)'",
    );
    assert_snapshot!(site.check(), @"
    content/handbook.yaml:14:14-19 V0209 error there is no guide or page `pyton` | did you mean `python`?
    content/handbook.yaml:15:7-15 V0402 error there is no file `content/logo.svg` | paths are relative to the page's own folder
    content/handbook.yaml:17:8-12 V0601 error there is no theme `mine` | a theme is a folder `themes/mine/` beside `content/`
    content/handbook.yaml:18:10-27 V0402 error there is no file `content/pages/fax.md` | did you mean `content/pages/faq.md`?
    exit 1
    ");
}
