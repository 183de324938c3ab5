//! A handbook for tests of what a build writes.

use crate::site::Site;

/// A handbook that has one of everything.
pub fn everything() -> Site {
    Site::new()
        .config("navigation: [faq, python, scoring]\nlogo: logo.svg\nfooter: Made *here*. See [the answers](pages/faq.md).\nrules: { file-unused: off }")
        .file(
            "content/logo.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 10'/>",
        )
        .file(
            "content/pages/faq.md",
            "---\ntitle: Questions and answers\nreviewed: 2026-03-04\naliases: [help, /old/faq.html]\n---\n## Why\n\nSo. See [lists](../python/junior/lists.md), [data](data.csv).\n",
        )
        .file("content/pages/data.csv", "a,b\n")
        .file("content/pages/unused.csv", "a,b\n")
        .file(
            "content/pages/scoring.md",
            "---\ntitle: Scoring\naudience: interviewer\n---\nFrom 1 to 5, as [the table](points.txt).\n",
        )
        .file("content/pages/points.txt", "1 2 3 4 5\n")
        .file(
            "content/python/junior/index.md",
            "---\ntitle: Junior\nquestions: [tuples]\n---\nParts.\n",
        )
        .file(
            "content/python/kits/screen.md",
            "---\ntitle: A short screen\nlevel: junior\nminutes: 20\nreviewed: 2026-02-03\n\
             opening: { minutes: 2, words: Say hello. }\n\
             questions: [tuples, { slug: gil, minutes: 7, note: Take your time. }]\n\
             closing: { minutes: 3, words: Say goodbye. }\n---\nKeep to the times.\n",
        )
        .question("senior/gil", |question| {
            question
                .set("title", "What does the `GIL` lock?")
                .set("topic", "concurrency")
                .set("kind", "design")
                .set("minutes", "12")
                .set("tags", "[threads, gil]")
                .set("by_level", "{ junior: Knows *of* it. }")
                .set("related", "[tuples, hidden]")
                .set("references", "[{ title: PEP 703, url: 'https://peps.python.org/pep-0703/' }]")
                .set("follow_ups", "[Why?, { ask: And `then`?, strong_answers: [Says so.] }]")
                .set("added", "2026-01-02")
                .set("reviewed", "2026-02-03")
                .set("aliases", "[lock, /old/gil]")
                .candidate("Read this:\n\n```python\nx += 1\n```\n\n![Two threads](threads.svg)")
                .answer("The interpreter's state, not *yours*.")
        })
        .file(
            "content/python/senior/threads.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'/>",
        )
        .question("senior/hidden", |question| {
            question
                .set("title", "What is still being written?")
                .set("tags", "[unfinished]")
                .set("added", "2026-11-19")
                .set("draft", "true")
        })
}
