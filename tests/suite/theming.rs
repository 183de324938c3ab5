//! The guide to themes is true: its examples do what it says, its tables are the source's.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use syn::{Attribute, Expr, Field, Fields, GenericArgument, Item, Lit, Meta, PathArguments, Type};

use crate::site::{Files, Ran, Site};

/// Where the tables begin and end.
const BEGIN: &str = "<!-- views: written by tests/suite/theming.rs -->\n";
const END: &str = "<!-- end of views -->\n";

#[test]
fn the_tables_are_those_of_the_source() {
    let guide = guide();
    let (before, rest) = guide.split_once(BEGIN).unwrap();
    let (tables, after) = rest.split_once(END).unwrap();
    let made = views();
    if tables == made {
        return;
    }
    assert!(
        std::env::var_os("UPDATE").is_some(),
        "what templates see has changed: UPDATE=1 cargo test --test suite theming writes it \
         into themes/README.md\n{made}"
    );
    fs::write(path(), format!("{before}{BEGIN}{made}{END}{after}")).unwrap();
}

#[test]
fn the_accent() {
    let files = with_example("The accent").built();
    assert!(style(&files).contains("--accent-light: #7a1f5c;"));
}

#[test]
fn a_word() {
    let files = with_example("A word").built();
    let page = files.page("/python/lists/");
    assert!(page.contains("Warning signs"));
    assert!(!page.contains("Red flags"));
    assert!(page.contains("What strong answers contain"));
}

#[test]
fn a_language() {
    let site =
        with_example("A language").edit("content/handbook.yaml", "language: en", "language: de");
    let files = site.built();
    let page = files.page("/questions/");
    assert!(page.contains("<html lang=\"de\""));
    assert!(page.contains("<h1>Alle Fragen</h1>"));
    assert!(page.contains("4 Fragen"));
    assert!(page.contains("5 minutes"), "what is left out is English");
}

#[test]
fn a_style() {
    let files = with_example("A style").built();
    let style = style(&files);
    assert!(style.contains("\n.page-head h1 {\n  letter-spacing: -0.02em;\n}\n"));
    assert!(style.len() > 1000, "the theme's own styles are there, too");
}

#[test]
fn a_font() {
    let site = with_example("A font or an icon")
        .file("themes/default/assets/own.woff2", "a font")
        .file("themes/default/assets/own.woff", "an older font")
        .file("themes/default/assets/own-icon.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
        .file(
            "themes/default/templates/tag.html",
            "{% extends \"base.html\" %}{% block main %}<img src=\"{{ site.assets.own_icon }}\" alt=\"\">{% endblock main %}",
        )
        .question("junior/lists", |question| question.set("tags", "[a]"));
    let files = site.built();
    let name = |start: &str, end: &str| {
        let mut paths = files.paths();
        paths.retain(|path| path.starts_with(start) && path.ends_with(end));
        assert_eq!(paths.len(), 1, "{start} {end}");
        paths[0].to_owned()
    };
    let font = name("assets/own.", ".woff2");
    let beside = font.trim_start_matches("assets/");
    let font = format!("url(\"{beside}\") format(\"woff2\")");
    assert!(style(&files).contains(&font), "{font}");
    let icon = format!("<img src=\"/{}\"", name("assets/own-icon.", ".svg"));
    assert!(files.page("/tags/a/").contains(&icon), "{icon}");
}

#[test]
fn a_template() {
    let files = with_example("A template").built();
    let page = files.text("404.html");
    assert!(page.contains("<p><a href=\"/questions/\">Look through all questions</a></p>"));
    assert!(!page.contains("Go to the home page"));
}

#[test]
fn a_mistake() {
    let site =
        with_example("A mistake").question("junior/lists", |question| question.set("tags", "[a]"));
    let ran = Ran::of(&mut site.command(&["build"]));
    assert_eq!(ran.code, 1);
    let told = examples("A mistake").pop().unwrap();
    assert_eq!(told.kind, "text");
    assert_eq!(ran.stderr, told.text);
}

#[test]
fn a_template_with_a_slip_in_it_is_found_wherever_the_slip_is() {
    let found = |template: &str, text: &str| {
        let name = format!("themes/default/templates/{template}");
        Site::new().file(&name, text).build().to_string()
    };
    assert_snapshot!(found("home.html", "{% extends \"base.htm\" %}"), @"
    themes/default/templates/home.html:1:13-21 V0602 error there is no template `base.htm`
    exit 1
    ");
    assert_snapshot!(found("home.html", "{% extends \"home.html\" %}"), @r#"
    themes/default/templates/home.html:1:1-1 V0602 error circular extend detected for template 'home.html'. Inheritance chain: `["home.html"]`
    exit 1
    "#);
    assert_snapshot!(found("home.html", "{% block main %}"), @"
    themes/default/templates/home.html:1:15-17 V0602 error unexpected end of input
    exit 1
    ");
    assert_snapshot!(found("page.html", "<p>\n{{ pgae.words }}</p>"), @"
    themes/default/templates/page.html:2:4-8 V0602 error variable `pgae` is not defined. Available variables: page, site, t
    exit 1
    ");
    assert_snapshot!(found("page.html", "ä\n<p>ö{{ t.answer | shout }}\n{{ <nothing /> }}"), @"
    themes/default/templates/page.html:2:19-24 V0602 error unknown filter `shout`
    themes/default/templates/page.html:3:4-15 V0602 error unknown component `nothing`
    exit 1
    ");
}

/// The handbook for tests with the files of a section's examples. What is to be added to
/// handbook.yaml stands there alone.
fn with_example(section: &str) -> Site {
    let mut site = Site::new();
    for example in examples(section) {
        site = match example.path.as_str() {
            "" => site,
            "content/handbook.yaml" => site.config(&example.text),
            path => site.file(path, &example.text),
        };
    }
    site
}

/// A fenced block of the guide.
struct Example {
    kind: String,
    /// From the root; empty where the block is no file.
    path: String,
    text: String,
}

fn examples(section: &str) -> Vec<Example> {
    let guide = guide();
    let (_, rest) = guide.split_once(&format!("\n## {section}\n")).unwrap();
    let section = rest.split("\n## ").next().unwrap();
    let mut examples = Vec::new();
    let mut rest = section;
    while let Some((_, block)) = rest.split_once("\n```") {
        let (info, block) = block.split_once('\n').unwrap();
        let (text, after) = match block.strip_prefix("```\n") {
            Some(after) => ("", after),
            None => block.split_once("\n```\n").unwrap(),
        };
        let (kind, path) = info.split_once(' ').unwrap_or((info, ""));
        examples.push(Example {
            kind: kind.to_owned(),
            path: path.to_owned(),
            text: format!("{text}\n"),
        });
        rest = after;
    }
    assert!(!examples.is_empty(), "{section}");
    examples
}

fn guide() -> String {
    fs::read_to_string(path()).unwrap()
}

fn path() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/README.md")
}

fn style(files: &Files) -> &str {
    let paths = files.paths();
    let path = paths
        .iter()
        .find(|path| path.starts_with("assets/style."))
        .unwrap();
    files.text(path)
}

/// A table for each struct that templates see, in the order of the source.
fn views() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render/views");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut tables = String::new();
    for file in files {
        let source = syn::parse_file(&fs::read_to_string(file).unwrap()).unwrap();
        for item in source.items {
            let Item::Struct(item) = item else { continue };
            let Fields::Named(fields) = &item.fields else {
                continue;
            };
            if !is_serialized(&item.attrs) {
                continue;
            }
            let about = doc(&item.attrs);
            assert!(!about.is_empty(), "{} says nothing of itself", item.ident);
            write!(tables, "\n### {}\n\n{about}\n\n", item.ident).unwrap();
            tables.push_str("| field | type | |\n|---|---|---|\n");
            for field in &fields.named {
                let Field {
                    attrs, ident, ty, ..
                } = field;
                let name = ident.as_ref().unwrap();
                assert!(
                    !attrs
                        .iter()
                        .any(|attribute| attribute.path().is_ident("serde"))
                );
                writeln!(tables, "| `{name}` | {} | {} |", words(ty), doc(attrs)).unwrap();
            }
        }
    }
    tables.push('\n');
    tables
}

fn is_serialized(attributes: &[Attribute]) -> bool {
    let derives = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"));
    let mut derives = derives.filter_map(|attribute| attribute.meta.require_list().ok());
    derives.any(|list| list.tokens.to_string().contains("Serialize"))
}

/// A doc comment as one line.
fn doc(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| {
        let Meta::NameValue(pair) = &attribute.meta else {
            return None;
        };
        let Expr::Lit(value) = &pair.value else {
            return None;
        };
        match &value.lit {
            Lit::Str(text) if pair.path.is_ident("doc") => Some(text.value().trim().to_owned()),
            _ => None,
        }
    });
    let doc = lines.collect::<Vec<_>>().join(" ");
    // Links to the source mean nothing here.
    doc.replace("[`", "`").replace("`]", "`")
}

/// A type as those say it who don't write Rust.
fn words(of: &Type) -> String {
    match of {
        Type::Reference(reference) => words(&reference.elem),
        Type::Path(path) => {
            let last = path.path.segments.last().unwrap();
            let name = last.ident.to_string();
            let inner: Vec<String> = match &last.arguments {
                PathArguments::AngleBracketed(arguments) => arguments
                    .args
                    .iter()
                    .filter_map(|argument| match argument {
                        GenericArgument::Type(inner) => Some(words(inner)),
                        _ => None,
                    })
                    .collect(),
                _ => Vec::new(),
            };
            match (name.as_str(), inner.as_slice()) {
                ("String" | "str", []) => "text".to_owned(),
                ("bool", []) => "true or false".to_owned(),
                ("u8" | "u16" | "u32" | "u64" | "usize", []) => "number".to_owned(),
                ("Option", [inner]) => format!("{inner}, or nothing"),
                ("Vec", [inner]) => format!("list of {inner}"),
                ("BTreeMap", [_, inner]) => format!("{inner} by name"),
                (view, []) if view.contains("View") || view.ends_with("Item") => {
                    format!("[{view}](#{})", view.to_lowercase())
                }
                (other, _) => panic!("say in plain words what {other} is"),
            }
        }
        _ => panic!("say in plain words what this is"),
    }
}
