//! The same pages for other generators: the same words, fences and links, with
//! a page a question, lists by level, by topic and by tag, and an index of all.
//!
//! Addresses are `/python/<level>/<slug>/` here, as all of them make them of
//! the folders; a level in the address costs nobody anything.

use super::{Corpus, LEVELS, Question, TOPICS, listing, quoted, write};
use std::fmt::Write as _;
use std::io;
use std::path::Path;

/// Files of a theme: where they go and what they hold.
type Theme = &'static [(&'static str, &'static str)];

/// Embeds files of `themes/<peer>/`.
macro_rules! theme {
    ($peer:literal: $($path:literal)*) => {
        &[$(($path, include_str!(concat!("themes/", $peer, "/", $path)))),*]
    };
}

const HUGO: Theme = theme!("hugo":
    "hugo.toml" "layouts/baseof.html" "layouts/home.html" "layouts/page.html"
    "layouts/section.html" "layouts/taxonomy.html" "layouts/term.html");

const ELEVENTY: Theme = theme!("eleventy":
    "eleventy.config.mjs" "_includes/base.njk" "_includes/list.njk" "_includes/question.njk"
    "all.njk" "level.njk" "sitemap.njk" "tag.njk" "tags.njk" "topic.njk" "topics.njk");

const ZOLA: Theme = theme!("zola":
    "config.toml" "templates/base.html" "templates/index.html" "templates/page.html"
    "templates/section.html" "templates/taxonomy_list.html" "templates/taxonomy_single.html");

const STYLE: &str = include_str!("themes/style.css");

/// Writes a Hugo site, highlighted by chroma to classes.
pub fn hugo(dir: &Path, questions: usize) -> io::Result<()> {
    theme(dir, HUGO, "static/style.css")?;
    sections(dir, ["", ""])?;
    pages(
        &dir.join("content"),
        questions,
        |level, topic, question, related| {
            format!(
                "date: {}\nlastmod: {}\ntopics: [{topic}]\ntags: [{}]\nparams:\n  level: {level}\n{}",
                question.added,
                question.reviewed,
                question.tags.join(", "),
                indented(&(question.fields() + related)),
            )
        },
    )
}

/// Writes an Eleventy site, highlighted by its own plugin (Prism).
pub fn eleventy(dir: &Path, questions: usize) -> io::Result<()> {
    theme(dir, ELEVENTY, "style.css")?;
    // The tag makes the collection that the lists are drawn from.
    let data = r#"{ "layout": "question.njk", "tags": ["question"] }"#;
    write(&dir.join("python/python.json"), data)?;
    write(
        &dir.join("index.md"),
        &listing("The Made-up Interview Handbook", 0).replacen("---", "---\nlayout: base.njk", 1),
    )?;
    pages(dir, questions, |level, topic, question, related| {
        format!(
            "level: {level}\ntopic: {topic}\nlabels: [{}]\nadded: {}\nreviewed: {}\n{}{related}",
            question.tags.join(", "),
            question.added,
            question.reviewed,
            question.fields(),
        )
    })
}

/// Writes a Zola site, highlighted by giallo to classes.
pub fn zola(dir: &Path, questions: usize) -> io::Result<()> {
    theme(dir, ZOLA, "static/style.css")?;
    sections(
        dir,
        ["sort_by: title\ntransparent: true\n", "sort_by: title\n"],
    )?;
    pages(
        &dir.join("content"),
        questions,
        |level, topic, question, related| {
            format!(
                "date: {}\nupdated: {}\ntaxonomies: {{ topics: [{topic}], tags: [{}] }}\nextra:\n  level: {level}\n{}",
                question.added,
                question.reviewed,
                question.tags.join(", "),
                indented(&(question.fields() + related)),
            )
        },
    )
}

fn theme(dir: &Path, theme: Theme, style: &str) -> io::Result<()> {
    write(&dir.join(style), STYLE)?;
    theme
        .iter()
        .try_for_each(|(path, text)| write(&dir.join(path), text))
}

/// The pages that hold lists, with more front matter for the levels and the guide.
fn sections(dir: &Path, [level, guide]: [&str; 2]) -> io::Result<()> {
    let content = dir.join("content");
    let section = |folder: &str, title: &str, index: usize, more: &str| {
        let text = listing(title, index).replacen("---\n", &format!("---\n{more}"), 1);
        write(&content.join(folder).join("_index.md"), &text)
    };
    section("", "The Made-up Interview Handbook", 0, "")?;
    section("python", "Python", 1, guide)?;
    for (position, (id, title, _)) in LEVELS.iter().enumerate() {
        section(&format!("python/{id}"), title, 2 + position, level)?;
    }
    Ok(())
}

/// Writes every question below `content`, with the front matter that `fields` makes of its
/// level, topic, fields and related questions.
fn pages(
    content: &Path,
    questions: usize,
    fields: impl Fn(&str, &str, &Question, &str) -> String,
) -> io::Result<()> {
    let corpus = Corpus::new(questions);
    let address = |to: usize| {
        let head = &corpus.heads[to];
        format!("/python/{}/{}/", LEVELS[head.level].0, head.slug)
    };
    for (index, head) in corpus.heads.iter().enumerate() {
        let question = corpus.question(index);
        let mut related = String::from("related:\n");
        for &to in &question.related {
            let _ = writeln!(
                related,
                "  - {{ title: {}, url: {} }}",
                quoted(&corpus.heads[to].title),
                address(to)
            );
        }
        let level = LEVELS[head.level].0;
        let text = format!(
            "---\ntitle: {}\n{}---\n\n{}",
            quoted(&head.title),
            fields(level, TOPICS[head.topic].0, &question, &related),
            question.body(address, ""),
        );
        write(
            &content.join(format!("python/{level}/{}.md", head.slug)),
            &text,
        )?;
    }
    Ok(())
}

/// The YAML, one level deeper.
fn indented(yaml: &str) -> String {
    yaml.lines().flat_map(|line| ["  ", line, "\n"]).collect()
}
