//! Links: checked where they are written, and leading there where they are read.

use insta::assert_snapshot;

use crate::site::{Question, Site, page};

/// The part of a question's page that came of what the candidate is shown.
fn links(site: &Site, path: &str, args: &[&str]) -> String {
    let files = site.built_with(args);
    let html = files.page(path).to_owned();
    let mut found = Vec::new();
    for (at, _) in html.match_indices("href=\"") {
        let rest = &html[at + 6..];
        let address = &rest[..rest.find('"').unwrap()];
        let text = &rest[rest.find('>').unwrap() + 1..];
        if text.starts_with("link ") {
            found.push(format!("{} -> {address}", &text[..text.find('<').unwrap()]));
        }
    }
    found.join("\n")
}

const ALL_KINDS: &str = "\
[link 1](lists.md), [link 2](../mid/decorators.md), [link 3](../../pages/faq.md#why),
[link 4](../index.md), [link 5](../senior/index.md), [link 6](../../index.md), [link 7](#part),
[link 8](../kits/screen.md), [link 9](data.csv), [link 10](/python/gil/), [link 11](/questions/),
[link 12](https://example.com/a?b=c&d=e#f), [link 13](mailto:a@example.com), [link 14][ref],
[link 15](../junior/./lists.md), [link 16](<data file.txt>), [link 17](data%20file.txt), [link 21](a%23b%25c%3Fd.txt),
[link 18](/), [link 19](lists.md#answer), [link 20](http://EXAMPLE.com)

[ref]: tuples.md#hashing \"A title\"

### Part
";

fn with_all_kinds() -> Site {
    Site::new()
        .file("content/python/junior/data.csv", "a,b\n")
        .file("content/python/junior/data file.txt", "a\n")
        .file("content/python/junior/a#b%c?d.txt", "a\n")
        .file(
            "content/python/kits/screen.md",
            "---\ntitle: Screen\nminutes: 5\nlevel: junior\nquestions: [lists]\n---\n",
        )
        .question("junior/x", |question| question.answer(ALL_KINDS))
}

#[test]
fn every_kind_of_link_leads_where_it_should() {
    assert_snapshot!(links(&with_all_kinds(), "/python/x/", &[]), @"
    link 1 -> /python/lists/
    link 2 -> /python/decorators/
    link 3 -> /faq/#why
    link 4 -> /python/
    link 5 -> /python/senior/
    link 6 -> /
    link 7 -> #part
    link 8 -> /python/kits/screen/
    link 9 -> /python/junior/data.csv
    link 10 -> /python/gil/
    link 11 -> /questions/
    link 12 -> https://example.com/a?b=c&amp;d=e#f
    link 13 -> mailto:a@example.com
    link 14 -> /python/tuples/#hashing
    link 15 -> /python/lists/
    link 16 -> /python/junior/data%20file.txt
    link 17 -> /python/junior/data%20file.txt
    link 21 -> /python/junior/a%23b%25c%3Fd.txt
    link 18 -> /
    link 19 -> /python/lists/#answer
    link 20 -> http://example.com/
    ");
}

#[test]
fn a_base_address_with_a_path_begins_every_link() {
    let args = ["--base-url", "https://example.org/guide"];
    assert_snapshot!(links(&with_all_kinds(), "/python/x/", &args), @"
    link 1 -> /guide/python/lists/
    link 2 -> /guide/python/decorators/
    link 3 -> /guide/faq/#why
    link 4 -> /guide/python/
    link 5 -> /guide/python/senior/
    link 6 -> /guide/
    link 7 -> #part
    link 8 -> /guide/python/kits/screen/
    link 9 -> /guide/python/junior/data.csv
    link 10 -> /guide/python/gil/
    link 11 -> /guide/questions/
    link 12 -> https://example.com/a?b=c&amp;d=e#f
    link 13 -> mailto:a@example.com
    link 14 -> /guide/python/tuples/#hashing
    link 15 -> /guide/python/lists/
    link 16 -> /guide/python/junior/data%20file.txt
    link 17 -> /guide/python/junior/data%20file.txt
    link 21 -> /guide/python/junior/a%23b%25c%3Fd.txt
    link 18 -> /guide/
    link 19 -> /guide/python/lists/#answer
    link 20 -> http://example.com/
    ");
}

#[test]
fn files_that_are_linked_are_there_and_others_are_not() {
    let site = with_all_kinds().file("content/python/junior/unused.csv", "a\n");
    let files = site.built();
    assert_eq!(files.text("python/junior/data.csv"), "a,b\n");
    assert_eq!(files.text("python/junior/data file.txt"), "a\n");
    assert!(!files.has("python/junior/unused.csv"));
    // The candidate edition has no page that links to them.
    let files = site.built_with(&["--edition", "candidate"]);
    assert!(!files.has("python/junior/data.csv"));
}

/// What is found of links in a question's shown part, with a page, a kit and a part of an answer
/// that are the interviewer's, and a draft.
fn shown(link: &str) -> String {
    found(|question| question.candidate(&format!("[a]({link})")))
}

fn found(change: impl FnOnce(Question) -> Question) -> String {
    with_interviewers_parts()
        .question("junior/x", change)
        .check()
        .to_string()
        .replace("content/python/junior/x.md:", "")
        .replace(" | candidates read this text: take the link out, or move it below `## Answer` or onto a page with `audience: interviewer`", " | HELP")
}

fn with_interviewers_parts() -> Site {
    Site::new()
        .file(
            "content/pages/scoring.md",
            "---\ntitle: Scoring\naudience: interviewer\n---\n## Scale\n",
        )
        .file(
            "content/python/kits/screen.md",
            "---\ntitle: Screen\nminutes: 5\nlevel: junior\nquestions: [lists]\n---\n",
        )
        .question("mid/draft", |question| {
            question.set("title", "Not yet?").set("draft", "true")
        })
}

#[test]
fn what_candidates_read_does_not_link_to_the_interviewers() {
    assert_snapshot!(shown("../../pages/scoring.md"), @"
    11:1-28 V0405 error `content/pages/scoring.md` is for interviewers alone | HELP
    exit 1
    ");
    assert_snapshot!(shown("../../pages/scoring.md#scale"), @"
    11:1-34 V0405 error `content/pages/scoring.md` is for interviewers alone | HELP
    exit 1
    ");
    assert_snapshot!(shown("/scoring/"), @"
    11:1-15 V0405 error `content/pages/scoring.md` is for interviewers alone | HELP
    exit 1
    ");
    assert_snapshot!(shown("../kits/screen.md"), @"
    11:1-23 V0405 error `content/python/kits/screen.md` is for interviewers alone | HELP
    exit 1
    ");
    assert_snapshot!(shown("/python/kits/screen/"), @"
    11:1-26 V0405 error `content/python/kits/screen.md` is for interviewers alone | HELP
    exit 1
    ");
    // The parts of a question that are the interviewer's: its own, another's, by either name.
    for link in [
        "#answer",
        "#strong-answers",
        "#red-flags",
        "#by-level",
        "#references",
    ] {
        for page in ["", "lists.md", "/python/lists/"] {
            let found = shown(&format!("{page}{link}"));
            assert!(found.contains(" V0405 error "), "{page}{link}: {found}");
        }
    }
    assert_snapshot!(shown("tuples.md#hashing"), @"
    11:1-23 V0405 error `#hashing` is in the answer | HELP
    exit 1
    ");
    assert_snapshot!(shown("/python/tuples/#hashing"), @"
    11:1-29 V0405 error `#hashing` is in the answer | HELP
    exit 1
    ");
}

#[test]
fn every_place_that_candidates_read_is_checked() {
    assert_snapshot!(found(|q| q.candidate("[a][r]\n\n[r]: ../../pages/scoring.md")), @"
    11:1-7 V0405 error `content/pages/scoring.md` is for interviewers alone | HELP
    exit 1
    ");
    assert_snapshot!(found(|q| q.candidate("Text.[^1]\n\n[^1]: [a](../../pages/scoring.md)")), @"
    13:7-34 V0405 error `content/pages/scoring.md` is for interviewers alone | HELP
    exit 1
    ");
    assert_snapshot!(found(|q| q.set("follow_ups", "['[a](../../pages/scoring.md)', { ask: '[b](#answer)' }]")), @"
    9:15-42 V0405 error `content/pages/scoring.md` is for interviewers alone | HELP
    9:53-65 V0405 error `#answer` is in the answer | HELP
    exit 1
    ");
    let pages = with_interviewers_parts()
        .file("content/index.md", &page("Home", "[a](pages/scoring.md)"))
        .file("content/python/index.md", &page("Python", "[a](kits/screen.md)"))
        .file("content/python/mid/index.md", &page("Mid", "[a](../../pages/scoring.md)"))
        .file("content/pages/faq.md", "---\ntitle: FAQ\ndescription: '[a](scoring.md)'\n---\n[b](../python/junior/lists.md#answer)\n")
        .config("footer: '[a](pages/scoring.md)'");
    assert_snapshot!(pages.check(), @"
    content/handbook.yaml:14:10-31 V0405 error `content/pages/scoring.md` is for interviewers alone | candidates read this text: take the link out, or move it below `## Answer` or onto a page with `audience: interviewer`
    content/index.md:4:1-22 V0405 error `content/pages/scoring.md` is for interviewers alone | candidates read this text: take the link out, or move it below `## Answer` or onto a page with `audience: interviewer`
    content/pages/faq.md:3:15-30 V0405 error `content/pages/scoring.md` is for interviewers alone | candidates read this text: take the link out, or move it below `## Answer` or onto a page with `audience: interviewer`
    content/pages/faq.md:5:1-38 V0405 error `#answer` is in the answer | candidates read this text: take the link out, or move it below `## Answer` or onto a page with `audience: interviewer`
    content/python/index.md:4:1-20 V0405 error `content/python/kits/screen.md` is for interviewers alone | candidates read this text: take the link out, or move it below `## Answer` or onto a page with `audience: interviewer`
    content/python/mid/index.md:4:1-28 V0405 error `content/pages/scoring.md` is for interviewers alone | candidates read this text: take the link out, or move it below `## Answer` or onto a page with `audience: interviewer`
    exit 1
    ");
}

#[test]
fn the_interviewers_parts_link_where_they_like() {
    let link = "../../pages/scoring.md";
    let site = with_interviewers_parts()
        .question("junior/x", |question| {
            question
                .set("assesses", &format!("'[a]({link})'"))
                .set(
                    "strong_answers",
                    &format!("['[a]({link})', '[b](../kits/screen.md)', c]"),
                )
                .set("red_flags", "['[a](#answer)']")
                .front(&format!("by_level: {{ junior: '[a]({link})' }}"))
                .set(
                    "follow_ups",
                    &format!(
                        "[{{ ask: Why?, assesses: '[a]({link})', red_flags: ['[a]({link})'] }}]"
                    ),
                )
                .answer(&format!(
                    "[a]({link}), [b](lists.md#answer).[^1]\n\n[^1]: [c]({link})"
                ))
        })
        .file(
            "content/pages/more.md",
            "---\ntitle: More\naudience: interviewer\n---\n[a](scoring.md)\n",
        )
        .file(
            "content/index.md",
            "---\ntitle: Home\naudience: interviewer\n---\n[a](pages/scoring.md)\n",
        )
        .file(
            "content/python/mid/index.md",
            "---\ntitle: Mid\naudience: interviewer\n---\n[a](../kits/screen.md)\n",
        );
    assert_snapshot!(site.check(), @"exit 0");
    // A broken page whose audience is not known yet is not told of it.
    let site = site.file(
        "content/pages/more.md",
        "---\ntitle: [\n---\n[a](scoring.md)\n",
    );
    assert_snapshot!(site.check(), @"
    content/pages/more.md:2:8-9 V0103 error this `[` is not closed | write `]` where it ends, or quote a text that begins with `[`
    exit 1
    ");
    let site = site.file(
        "content/pages/more.md",
        "---\naudience: interviewer\n---\n[a](scoring.md)\n",
    );
    assert_snapshot!(site.check(), @"
    content/pages/more.md:1:1-4 V0108 error a page needs the field `title` | add a line `title: …`
    exit 1
    ");
}

#[test]
fn links_to_drafts() {
    assert_snapshot!(shown("../mid/draft.md"), @"
    11:1-21 V0212 error `content/python/mid/draft.md` is a draft | publish that page first, or take the link out
    exit 1
    ");
    assert_snapshot!(shown("/python/draft/"), @"
    11:1-20 V0212 error `content/python/mid/draft.md` is a draft | publish that page first, or take the link out
    exit 1
    ");
    let site = with_interviewers_parts().question("junior/x", |question| {
        question
            .candidate("[a](../mid/draft.md)")
            .front("related: [draft]")
    });
    assert_snapshot!(site.check_with(&["--drafts"]), @"exit 0");
    // From one draft to another, and related to one.
    let site = site.question("junior/x", |question| {
        question
            .set("draft", "true")
            .candidate("[a](../mid/draft.md)")
    });
    assert_snapshot!(site.check(), @"exit 0");
    let site = site.question("junior/x", |question| question.front("related: [draft]"));
    assert_snapshot!(site.check(), @"exit 0");
    // In a kit and in the reading order.
    let site = site
        .file(
            "content/python/kits/screen.md",
            "---\ntitle: Screen\nminutes: 30\nlevel: junior\nquestions: [lists, draft]\n---\n",
        )
        .file(
            "content/python/mid/index.md",
            "---\ntitle: Mid\nquestions: [draft, decorators]\n---\n",
        );
    assert_snapshot!(site.check(), @"
    content/python/kits/screen.md:5:20-25 V0212 error `draft` is a draft | publish the question first, or take it out of the kit
    exit 1
    ");
}

#[test]
fn links_that_leave_the_content_folder() {
    assert_snapshot!(shown("../../../secret.md"), @"
    11:5-23 V0404 error `../../../secret.md` leads out of the content folder
    exit 1
    ");
    assert_snapshot!(shown("..%2f..%2f..%2fetc/passwd"), @"
    11:5-30 V0404 error `..%2f..%2f..%2fetc/passwd` leads out of the content folder
    exit 1
    ");
    assert_snapshot!(shown("%2e%2e/../../../x"), @"
    11:5-22 V0404 error `%2e%2e/../../../x` leads out of the content folder
    exit 1
    ");
    assert_snapshot!(found(|q| q.candidate("![a](../../../x.png)")), @"
    11:6-20 V0404 error `../../../x.png` leads out of the content folder
    exit 1
    ");
    assert_snapshot!(shown("/../x"), @"
    11:5-10 V0404 error `/../x` leads out of the site
    exit 1
    ");
    assert_snapshot!(shown("/python/../../x"), @"
    11:5-20 V0404 error `/python/../../x` leads out of the site
    exit 1
    ");
    assert_snapshot!(shown("file.md?x=1"), @"
    11:5-16 V0406 error `file.md?x=1` has a query, which a file can't take | remove everything from the `?` on, or write it as `%3F` if it is part of the name
    exit 1
    ");
    assert_snapshot!(shown("lists.md?x"), @"
    11:5-15 V0406 error `lists.md?x` has a query, which a file can't take | remove everything from the `?` on, or write it as `%3F` if it is part of the name
    exit 1
    ");
}
