//! What pages tell search engines of themselves is true, and valid by schema.org's vocabulary.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use insta::assert_snapshot;
use serde_json::Value;

use crate::everything::everything;
use crate::html;
use crate::site::{Files, Ran, Site};

#[test]
fn each_kind_of_page_says_what_it_is() {
    let pages = data(&everything().built());
    let mut kinds = String::new();
    for (page, data) in &pages {
        let kind = data["@type"].as_str().unwrap();
        let entity = data["mainEntity"]["@type"]
            .as_str()
            .unwrap_or("nothing more");
        writeln!(kinds, "{page}: {kind} of {entity}").unwrap();
    }
    assert_snapshot!(kinds, @"
    faq/index.html: WebPage of nothing more
    index.html: WebSite of nothing more
    python/all/index.html: CollectionPage of ItemList
    python/decorators/index.html: WebPage of LearningResource
    python/gil/index.html: WebPage of LearningResource
    python/index.html: CollectionPage of ItemList
    python/junior/index.html: CollectionPage of ItemList
    python/kits/screen/index.html: WebPage of LearningResource
    python/lists/index.html: WebPage of LearningResource
    python/mid/index.html: CollectionPage of ItemList
    python/senior/index.html: CollectionPage of ItemList
    python/topics/concurrency/index.html: CollectionPage of ItemList
    python/topics/language/index.html: CollectionPage of ItemList
    python/topics/runtime/index.html: CollectionPage of ItemList
    python/tuples/index.html: WebPage of LearningResource
    questions/index.html: CollectionPage of ItemList
    scoring/index.html: WebPage of nothing more
    tags/gil/index.html: CollectionPage of ItemList
    tags/threads/index.html: CollectionPage of ItemList
    ");
}

#[test]
fn the_home_page_is_the_site() {
    let pages = data(&everything().built());
    assert_snapshot!(pretty(&pages["index.html"]), @r#"
    {
      "@context": "https://schema.org",
      "@id": "https://example.org/",
      "@type": "WebSite",
      "description": "A handbook for tests.",
      "inLanguage": "en",
      "license": "https://spdx.org/licenses/CC-BY-4.0.html",
      "name": "The Test Handbook",
      "url": "https://example.org/"
    }
    "#);
}

#[test]
fn a_list_says_how_many_questions_it_has() {
    let pages = data(&everything().built());
    assert_eq!(
        pages["tags/gil/index.html"]["mainEntity"]["numberOfItems"],
        1
    );
    assert_eq!(
        pages["questions/index.html"]["mainEntity"]["numberOfItems"],
        4
    );
}

#[test]
fn a_question_is_a_resource_of_a_level_about_a_topic() {
    let pages = data(&everything().built());
    assert_snapshot!(pretty(&pages["python/gil/index.html"]), @r#"
    {
      "@context": "https://schema.org",
      "@type": "WebPage",
      "breadcrumb": {
        "@type": "BreadcrumbList",
        "itemListElement": [
          {
            "@type": "ListItem",
            "item": "https://example.org/",
            "name": "The Test Handbook",
            "position": 1
          },
          {
            "@type": "ListItem",
            "item": "https://example.org/python/",
            "name": "Python",
            "position": 2
          },
          {
            "@type": "ListItem",
            "item": "https://example.org/python/senior/",
            "name": "Senior",
            "position": 3
          },
          {
            "@type": "ListItem",
            "item": "https://example.org/python/gil/",
            "name": "What does the GIL lock?",
            "position": 4
          }
        ]
      },
      "dateModified": "2026-02-03",
      "datePublished": "2026-01-02",
      "description": "Whether it is known.",
      "inLanguage": "en",
      "isPartOf": {
        "@id": "https://example.org/",
        "@type": "WebSite",
        "name": "The Test Handbook",
        "url": "https://example.org/"
      },
      "license": "https://spdx.org/licenses/CC-BY-4.0.html",
      "mainEntity": {
        "@type": "LearningResource",
        "about": {
          "@type": "Thing",
          "name": "Concurrency",
          "url": "https://example.org/python/topics/concurrency/"
        },
        "assesses": "Whether it is known.",
        "educationalLevel": "Senior",
        "keywords": [
          "threads",
          "gil"
        ],
        "learningResourceType": "Design",
        "name": "What does the GIL lock?",
        "timeRequired": "PT12M"
      },
      "name": "What does the GIL lock?",
      "url": "https://example.org/python/gil/"
    }
    "#);
}

#[test]
fn a_kit_is_a_resource_of_its_questions() {
    let pages = data(&everything().built());
    assert_snapshot!(pretty(&pages["python/kits/screen/index.html"]["mainEntity"]), @r#"
    {
      "@type": "LearningResource",
      "educationalLevel": "Junior",
      "hasPart": [
        {
          "@type": "LearningResource",
          "name": "When is a tuple better than a list?",
          "timeRequired": "PT5M",
          "url": "https://example.org/python/tuples/"
        },
        {
          "@type": "LearningResource",
          "name": "What does the GIL lock?",
          "timeRequired": "PT7M",
          "url": "https://example.org/python/gil/"
        }
      ],
      "name": "A short screen",
      "timeRequired": "PT20M"
    }
    "#);
}

#[test]
fn a_page_says_when_it_was_reviewed() {
    let pages = data(&everything().built());
    assert_eq!(pages["faq/index.html"]["dateModified"], "2026-03-04");
}

#[test]
fn candidates_are_not_told_what_a_question_assesses() {
    let files = everything().built_with(&["--edition", "candidate"]);
    let question = &data(&files)["python/gil/index.html"];
    assert_snapshot!(pretty(&question["mainEntity"]), @r#"
    {
      "@type": "LearningResource",
      "about": {
        "@type": "Thing",
        "name": "Concurrency",
        "url": "https://example.org/python/topics/concurrency/"
      },
      "educationalLevel": "Senior",
      "keywords": [
        "threads",
        "gil"
      ],
      "learningResourceType": "Design",
      "name": "What does the GIL lock?",
      "timeRequired": "PT12M"
    }
    "#);
}

#[test]
fn a_licence_is_an_address_or_a_name() {
    for (licence, said) in [
        ("MIT", "\"https://spdx.org/licenses/MIT.html\""),
        (
            "https://example.org/licence",
            "\"https://example.org/licence\"",
        ),
        (
            "All rights reserved",
            r#"{"@type":"CreativeWork","name":"All rights reserved"}"#,
        ),
    ] {
        let site = Site::new().edit("content/handbook.yaml", "CC-BY-4.0", licence);
        let files = site.built();
        assert_eq!(data(&files)["index.html"]["license"].to_string(), said);
    }
}

#[test]
fn no_text_ends_the_element_that_holds_the_data() {
    let site = Site::new().question("mid/script", |question| {
        question.set("title", "What ends at `</script>`?")
    });
    let files = site.built();
    let data = data(&files);
    assert_eq!(
        data["python/script/index.html"]["name"],
        "What ends at </script>?"
    );
}

#[test]
fn breadcrumbs_lead_from_the_home_page_to_the_page() {
    for (site, base) in [
        (Site::shipped(), "https://example.org/"),
        (everything(), "https://example.org/a/"),
    ] {
        let files = site.built_with(&["--base-url", base]);
        let pages = data(&files);
        assert!(pages.len() > 10);
        for (page, data) in pages {
            let address = format!("{base}{}", page.trim_end_matches("index.html"));
            assert_eq!(data["url"], address, "{page}");
            if page == "index.html" {
                assert_eq!(data["breadcrumb"], Value::Null);
                continue;
            }
            let crumbs = data["breadcrumb"]["itemListElement"].as_array().unwrap();
            let items: Vec<&str> = crumbs
                .iter()
                .map(|crumb| crumb["item"].as_str().unwrap())
                .collect();
            assert_eq!(items.first(), Some(&base), "{page}");
            assert_eq!(items.last(), Some(&address.as_str()), "{page}");
            for (item, number) in items.iter().zip(1..) {
                let there = item.strip_prefix(base).unwrap();
                assert!(files.has(&format!("{there}index.html")), "{page}: {item}");
                assert_eq!(crumbs[number - 1]["position"], number, "{page}");
            }
        }
    }
}

#[test]
#[ignore = "needs Node.js packages: tests/run installs them"]
fn all_of_it_is_valid() {
    let shipped = Site::shipped();
    let everything = everything();
    let mut all = BTreeMap::new();
    for edition in ["interviewer", "candidate"] {
        for (name, site) in [("shipped", &shipped), ("everything", &everything)] {
            let files = site.built_with(&["--edition", edition, "--drafts"]);
            for (page, data) in data(&files) {
                all.insert(format!("{name}/{edition}/{page}"), data);
            }
        }
    }
    assert_eq!(mistakes(&all), "");
}

#[test]
#[ignore = "needs Node.js packages: tests/run installs them"]
fn what_is_invalid_is_noticed() {
    let files = everything().built();
    let mut pages = data(&files);
    let question = pages.remove("python/gil/index.html").unwrap();
    let wrong = |change: fn(&mut Value)| {
        let mut question = question.clone();
        change(&mut question);
        question
    };
    let wrong = BTreeMap::from([
        ("right".to_owned(), question.clone()),
        (
            "a type".to_owned(),
            wrong(|page| page["@type"] = "WebPag".into()),
        ),
        (
            "a property".to_owned(),
            wrong(|page| page["pages"] = 1.into()),
        ),
        (
            "a property of another type".to_owned(),
            wrong(|page| page["mainEntity"]["breadcrumb"] = "Home".into()),
        ),
        (
            "a value".to_owned(),
            wrong(|page| page["breadcrumb"]["itemListElement"][0]["position"] = true.into()),
        ),
    ]);
    let found = mistakes(&wrong);
    for name in wrong.keys() {
        let noticed = found.contains(&format!("{name}.ts("));
        assert_eq!(noticed, name != "right", "{name}: {found}");
    }
}

/// The data of each page that has some, by the page's file.
fn data(files: &Files) -> BTreeMap<String, Value> {
    let mut pages = BTreeMap::new();
    for path in files.paths() {
        if Path::new(path).extension() != Some("html".as_ref()) {
            continue;
        }
        let html = files.text(path);
        let mut scripts = html::elements(html).into_iter().filter(|element| {
            element.name == "script" && element.get("type") == Some("application/ld+json")
        });
        if let Some(script) = scripts.next() {
            let rest = &html[script.end..];
            let json = &rest[..rest.find("</script>").unwrap()];
            pages.insert(path.to_owned(), serde_json::from_str(json).unwrap());
        }
        assert!(scripts.next().is_none(), "{path} has it twice");
        let is_found = !html.contains("<meta name=\"robots\" content=\"noindex\">");
        assert_eq!(pages.contains_key(path), is_found, "{path}");
    }
    pages
}

fn pretty(data: &Value) -> String {
    serde_json::to_string_pretty(data).unwrap()
}

/// What TypeScript's compiler says of the data, by the types that Google makes of the vocabulary.
/// <https://github.com/google/schema-dts>
fn mistakes(pages: &BTreeMap<String, Value>) -> String {
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/web/node_modules");
    let compiler = web.join("typescript/bin/tsc");
    assert!(
        compiler.is_file(),
        "no {}: npm ci --prefix tests/web",
        compiler.display()
    );
    let project = Site::empty();
    let types = web.join("schema-dts/dist/schema.d.ts");
    let options = serde_json::json!({
        "compilerOptions": {
            "strict": true,
            "noEmit": true,
            "module": "esnext",
            "target": "esnext",
            "moduleResolution": "bundler",
            "types": [],
            "paths": { "schema-dts": [types] },
        },
        "include": ["**/*.ts"],
    });
    project.write("tsconfig.json", options.to_string());
    for (page, data) in pages {
        let mut module = String::from("import type { Thing, WithContext } from 'schema-dts'\n");
        writeln!(module, "export const page: WithContext<Thing> = {data}").unwrap();
        project.write(&format!("{page}.ts"), module);
    }
    let ran = Ran::of(
        Command::new("node")
            .arg(compiler)
            .arg("--project")
            .arg(project.root()),
    );
    assert_eq!(ran.code == 0, ran.stdout.is_empty(), "{}", ran.stderr);
    ran.stdout
}
