//! The handbook as Viva reads it.

use super::{Corpus, Head, LEVELS, TOPICS, listing, quoted, write};
use std::fmt::Write as _;
use std::io;
use std::path::Path;

/// Writes the handbook as Viva reads it.
pub fn handbook(dir: &Path, questions: usize) -> io::Result<()> {
    let corpus = Corpus::new(questions);
    let content = dir.join("content");
    let guide = content.join("python");
    let mut config = String::from(
        "title: The Made-up Interview Handbook\ndescription: Questions that nobody asks, to measure with.\n\
         base_url: https://example.org/\nlanguage: en\nlicence: CC-BY-4.0\nlevels:\n",
    );
    for (key, entries) in [("", &LEVELS[..]), ("topics:\n", &TOPICS[..])] {
        config.push_str(key);
        for (id, title, summary) in entries {
            let _ = writeln!(
                config,
                "  - {{ id: {id}, title: {title}, summary: {} }}",
                quoted(summary)
            );
        }
    }
    write(&content.join("handbook.yaml"), &config)?;
    write(
        &content.join("index.md"),
        &listing("The Made-up Interview Handbook", 0),
    )?;
    write(&guide.join("index.md"), &listing("Python", 1))?;
    for (position, (id, title, _)) in LEVELS.iter().enumerate() {
        write(
            &guide.join(id).join("index.md"),
            &listing(title, 2 + position),
        )?;
    }
    for (index, head) in corpus.heads.iter().enumerate() {
        let question = corpus.question(index);
        let related: Vec<_> = question
            .related
            .iter()
            .map(|&to| corpus.heads[to].slug.as_str())
            .collect();
        let page = format!(
            "---\ntitle: {}\ntopic: {}\ntags: [{}]\n{}related: [{}]\nadded: {}\nreviewed: {}\n---\n\n{}",
            quoted(&head.title),
            TOPICS[head.topic].0,
            question.tags.join(", "),
            question.fields(),
            related.join(", "),
            question.added,
            question.reviewed,
            question.body(
                |to| {
                    let Head { slug, level, .. } = &corpus.heads[to];
                    if *level == head.level {
                        format!("{slug}.md")
                    } else {
                        format!("../{}/{slug}.md", LEVELS[*level].0)
                    }
                },
                "output",
            ),
        );
        write(
            &guide
                .join(LEVELS[head.level].0)
                .join(format!("{}.md", head.slug)),
            &page,
        )?;
    }
    Ok(())
}
