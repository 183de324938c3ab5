//! Changes to a handbook that is being served: what tabs are told, and what they would be shown.

use std::fs;
use std::io::Write as _;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use super::server::{Server, without_preview};
use crate::site::{HANDBOOK, Site, page};

/// Longer than anything that follows a change.
const QUIET: Duration = Duration::from_millis(700);

const LISTS: &str = "content/python/junior/lists.md";

fn lists(words: &str) -> impl FnOnce(crate::site::Question) -> crate::site::Question {
    move |question| {
        question
            .set("title", "What is a list?")
            .candidate(&format!("Two words suffice. {words}"))
    }
}

#[test]
fn a_save_changes_its_own_page_and_no_other() {
    let site = Site::new();
    let server = Server::start(&site, &[]);
    let pages = [
        "/python/lists/",
        "/python/tuples/",
        "/python/",
        "/",
        "/questions/",
        "/python/all/",
    ];
    let before = pages.map(|page| server.fingerprint(page));
    let events = server.listen();
    let first = events.next();
    let site = site.question("junior/lists", lists("Changed words."));
    let state = events.next();
    assert!(
        state["version"].as_u64() > first["version"].as_u64(),
        "{state}"
    );
    assert!(server.get("/python/lists/").body.contains("Changed words."));
    let after = pages.map(|page| server.fingerprint(page));
    let changed: Vec<&str> = pages
        .into_iter()
        .zip(before.iter().zip(&after))
        .filter(|(_, (before, after))| before != after)
        .map(|(page, _)| page)
        .collect();
    assert_eq!(changed, ["/python/lists/", "/python/all/"]);
    // What is saved again as it was is no change.
    site.write(LISTS, fs::read(site.path(LISTS)).unwrap());
    assert_eq!(events.until_quiet(QUIET), [Value::Null; 0]);
}

#[test]
fn what_is_made_of_many_pages_is_fresh_too() {
    let site = Site::new();
    let server = Server::start(&site, &[]);
    let _site = site.question("junior/lists", |q| {
        q.set("title", "What is a fresh list?")
            .set("tags", "[brand-new]")
            .set("added", "2026-11-20")
            .candidate("Two words suffice.")
    });
    server.wait_for("/python/lists/", "What is a fresh list?");
    for path in [
        "/python/junior/",
        "/python/topics/language/",
        "/questions/",
        "/tags/brand-new/",
        "/python/all/",
        "/questions.json",
        "/feed.xml",
    ] {
        assert!(
            server.get(path).body.contains("What is a fresh list?"),
            "{path}"
        );
    }
}

#[test]
fn tabs_that_come_back_are_told_the_present_state() {
    let site = Site::new();
    let server = Server::start(&site, &[]);
    let version = server.state()["version"].as_u64().unwrap();
    let site = site.question("junior/lists", lists("Changed words."));
    server.wait_for("/python/lists/", "Changed words.");
    let state = server.state();
    assert!(state["version"].as_u64().unwrap() > version);
    let instance = state["instance"].clone();
    drop(server);
    let server = Server::start(&site, &[]);
    assert_ne!(server.state()["instance"], instance, "another server");
}

#[test]
fn every_kind_of_change() {
    let site = Site::new();
    let server = Server::start(&site, &[]);
    // New, changed, gone.
    assert_eq!(server.get("/new/").status, 404);
    let missing = server.fingerprint("/new/");
    site.write("content/pages/new.md", page("New", "First words."));
    server.wait_for("/new/", "First words.");
    assert_ne!(server.fingerprint("/new/"), missing);
    site.write("content/pages/new.md", page("New", "Second words."));
    server.wait_for("/new/", "Second words.");
    fs::remove_file(site.path("content/pages/new.md")).unwrap();
    server.wait_until("it is gone", || server.get("/new/").status == 404);
    // A folder that is new, with others in it; moved; gone.
    site.write("content/go/index.md", page("Go", "A new guide."));
    server.wait_for("/go/", "A new guide.");
    fs::create_dir_all(site.path("content/go/mid")).unwrap();
    fs::copy(site.path(LISTS), site.path("content/go/mid/slices.md")).unwrap();
    server.wait_for("/go/slices/", "Two words suffice.");
    fs::rename(site.path("content/go"), site.path("content/golang")).unwrap();
    server.wait_for("/golang/slices/", "Two words suffice.");
    server.wait_until("the old one is gone", || {
        server.get("/go/slices/").status == 404
    });
    fs::remove_dir_all(site.path("content/golang")).unwrap();
    server.wait_until("the folder is gone", || {
        server.get("/golang/").status == 404
    });
    // A question that is renamed, and one that goes to another level.
    fs::rename(
        site.path(LISTS),
        site.path("content/python/junior/arrays.md"),
    )
    .unwrap();
    server.wait_for("/python/arrays/", "Two words suffice.");
    fs::rename(
        site.path("content/python/junior/arrays.md"),
        site.path("content/python/senior/arrays.md"),
    )
    .unwrap();
    server.wait_for("/python/senior/", "/python/arrays/");
    // The configuration.
    let renamed = HANDBOOK.replace("The Test Handbook", "Another Handbook");
    site.write("content/handbook.yaml", &renamed);
    server.wait_for("/", "Another Handbook");
    // The content folder as a whole.
    fs::rename(site.path("content"), site.path("aside")).unwrap();
    server.wait_until("it is missed", || server.problems()["errors"] != 0);
    assert!(
        server.get("/").body.contains("Another Handbook"),
        "the last good site"
    );
    fs::rename(site.path("aside"), site.path("content")).unwrap();
    server.wait_until("it is back", || server.problems()["errors"] == 0);
    site.write("content/pages/faq.md", page("Questions", "Watched again."));
    server.wait_for("/faq/", "Watched again.");
}

#[test]
fn what_else_words_are_called() {
    let site = Site::new();
    let server = Server::start(&site, &[]);
    let index = || server.get("/search/index.json").body;
    assert!(!index().contains("zzyzx"));
    site.write("content/synonyms.yaml", "- [list, zzyzx]\n");
    server.wait_for("/search/index.json", "zzyzx");
    site.write("content/synonyms.yaml", "- [list, zzyzx\n");
    server.wait_until("it is told", || server.problems()["errors"] == 1);
    assert!(index().contains("zzyzx"), "the last good index");
    site.write("content/synonyms.yaml", "- [list, zzyzy]\n");
    server.wait_for("/search/index.json", "zzyzy");
    assert_eq!(server.problems()["errors"], 0);
    fs::remove_file(site.path("content/synonyms.yaml")).unwrap();
    server.wait_until("it is gone", || !index().contains("zzyzy"));
}

#[test]
fn the_theme() {
    let site = Site::new();
    let server = Server::start(&site, &[]);
    let events = server.listen();
    let first = events.next();
    let style = first["style"].as_str().unwrap().to_owned();
    let before = server.fingerprint("/");
    // A folder for themes that was not there: a style sheet is exchanged, pages stay as they are.
    site.write("themes/default/css/95-own.css", "main { color: red }\n");
    server.wait_until("the sheet is another", || {
        server.state()["style"] != style.as_str()
    });
    let style = server.state()["style"].as_str().unwrap().to_owned();
    assert!(server.get(&style).body.contains("main { color: red }"));
    assert_eq!(server.fingerprint("/"), before);
    // A template.
    let own =
        "{% extends \"base.html\" %}{% block main %}<p>{{ t.nothing_here }}{% endblock main %}";
    site.write(
        "themes/default/templates/404.html",
        own.replace("{{ t.nothing_here }}", "Own words."),
    );
    server.wait_for("/nowhere/", "Own words.");
    site.write("themes/default/templates/404.html", "{% if %}");
    server.wait_until("the mistake is told", || server.problems()["errors"] == 1);
    assert!(server.get("/nowhere/").body.contains("Own words."));
    fs::remove_dir_all(site.path("themes")).unwrap();
    server.wait_until("all is as it was", || {
        server.problems()["errors"] == 0 && server.fingerprint("/") == before
    });
}

#[test]
fn a_template_that_fails_when_a_page_is_made_says_so_there() {
    let site = Site::new().file(
        "themes/default/templates/404.html",
        "{% extends \"base.html\" %}{% block main %}{{ page.no.such.thing }}{% endblock main %}",
    );
    let server = Server::start(&site, &[]);
    let broken = server.get("/nowhere/");
    assert_eq!(broken.status, 500);
    assert!(
        broken.body.contains("themes/default/templates/404.html"),
        "{}",
        broken.body
    );
    assert!(
        broken.body.contains("/__viva/preview.js"),
        "{}",
        broken.body
    );
    let before = server.fingerprint("/nowhere/");
    fs::remove_dir_all(site.path("themes")).unwrap();
    server.wait_until("it is mended", || server.get("/nowhere/").status == 404);
    assert_ne!(server.fingerprint("/nowhere/"), before);
}

#[test]
fn images() {
    let svg = |colour: &str| {
        format!("<svg viewBox=\"0 0 30 20\"><path fill=\"{colour}\" d=\"M0 0\"/></svg>")
    };
    let site = Site::new()
        .file("content/python/junior/a.svg", &svg("red"))
        .question("junior/x", |q| q.candidate("![A line](a.svg)"));
    let server = Server::start(&site, &[]);
    let (page, other) = (
        server.fingerprint("/python/x/"),
        server.fingerprint("/python/lists/"),
    );
    let tag = server.get("/python/junior/a.svg").tag();
    thread::sleep(Duration::from_millis(20));
    site.write("content/python/junior/a.svg", svg("tan"));
    server.wait_for("/python/junior/a.svg", "tan");
    assert_ne!(server.get("/python/junior/a.svg").tag(), tag);
    server.wait_until("its page is to be reloaded", || {
        server.fingerprint("/python/x/") != page
    });
    assert_eq!(server.fingerprint("/python/lists/"), other);
}

#[test]
fn a_mistake_is_told_over_the_last_good_page_until_it_is_mended() {
    let site = Site::new();
    let server = Server::start(&site, &[]);
    let before = server.fingerprint("/python/lists/");
    let events = server.listen();
    events.next();
    let site = site.question("junior/lists", |q| {
        lists("New words.")(q).set("topic", "langage")
    });
    let state = events.next();
    assert_eq!(
        (&state["errors"], &state["warnings"]),
        (&1.into(), &0.into())
    );
    assert_eq!(server.fingerprint("/python/lists/"), before);
    let problems = server.problems();
    let shown = &problems["shown"][0];
    assert_eq!(
        (
            &shown["severity"],
            &shown["path"],
            &shown["line"],
            &shown["column"]
        ),
        (&"error".into(), &LISTS.into(), &3.into(), &8.into())
    );
    // The same as on the terminal.
    let check = crate::site::Ran::of(&mut site.command(&["check"])).stderr;
    let text = shown["text"].as_str().unwrap();
    assert!(text.contains("did you mean `language`?"), "{text}");
    assert!(check.contains(text), "{text}\n{check}");
    assert!(server.said().contains(text), "{}", server.said());

    let _site = site.question("junior/lists", lists("New words."));
    let state = events.next();
    assert_eq!(state["errors"], 0);
    assert!(server.get("/python/lists/").body.contains("New words."));
}

#[test]
fn what_breaks_another_page_is_found_a_moment_later() {
    let site = Site::new().file(
        "content/pages/more.md",
        "---\ntitle: More\naudience: interviewer\n---\n[hashing](../python/junior/tuples.md#hashing)\n",
    );
    let server = Server::start(&site, &[]);
    let good = server.fingerprint("/python/tuples/");
    let tuples = |answer: &'static str| {
        move |question: crate::site::Question| {
            question
                .set("title", "When is a tuple better than a list?")
                .answer(answer)
        }
    };
    let site = site.question("junior/tuples", tuples("No part of that name."));
    server.wait_until("the broken link is told", || {
        server.problems()["errors"] == 1
    });
    let problem = server.problems()["shown"][0].clone();
    assert_eq!(problem["path"], "content/pages/more.md");
    assert_eq!(
        server.fingerprint("/python/tuples/"),
        good,
        "the last good page"
    );
    let _site = site.question("junior/tuples", tuples("Another.\n\n### Hashing\n\nAgain."));
    server.wait_for("/python/tuples/", "Another.");
    server.wait_until("all is well", || server.problems()["errors"] == 0);
}

#[test]
fn warnings_are_counted_and_hold_nothing_up() {
    let site = Site::new();
    let server = Server::start(&site, &[]);
    let _site = site.question("junior/lists", |q| {
        lists("New words.")(q).without("follow_ups")
    });
    server.wait_for("/python/lists/", "New words.");
    server.wait_until("the warning is told", || server.state()["warnings"] == 1);
    assert_eq!(server.state()["errors"], 0);
}

/// States with errors among those that come.
fn errors(states: &[Value]) -> usize {
    states.iter().filter(|state| state["errors"] != 0).count()
}

#[test]
fn editors_save_in_many_ways() {
    let site = Site::new();
    let server = Server::start(&site, &[]);
    let events = server.listen();
    events.next();
    let text = fs::read_to_string(site.path(LISTS)).unwrap();
    let path = site.path(LISTS);
    let with = |words: &str| text.replace("Two words suffice.", words);

    // Beside it, and then in its place.
    fs::write(path.with_extension("md.tmp123"), with("By rename.")).unwrap();
    fs::rename(path.with_extension("md.tmp123"), &path).unwrap();
    server.wait_for("/python/lists/", "By rename.");

    // The old file put aside, a new one written, the old one removed.
    let backup = path.with_file_name("lists.md~");
    fs::write(path.with_file_name("4913"), "").unwrap();
    fs::remove_file(path.with_file_name("4913")).unwrap();
    fs::rename(&path, &backup).unwrap();
    thread::sleep(Duration::from_millis(15));
    fs::write(&path, with("With a backup.")).unwrap();
    fs::remove_file(&backup).unwrap();
    server.wait_for("/python/lists/", "With a backup.");

    // In pieces.
    let pieces = with("In pieces.");
    let mut file = fs::File::create(&path).unwrap();
    for piece in pieces.as_bytes().chunks(pieces.len() / 4) {
        file.write_all(piece).unwrap();
        file.flush().unwrap();
        thread::sleep(Duration::from_millis(10));
    }
    drop(file);
    server.wait_for("/python/lists/", "In pieces.");

    let states = events.until_quiet(QUIET);
    assert_eq!(errors(&states), 0, "{states:#?}");
    assert!(!server.said().contains("error"), "{}", server.said());
}

#[test]
fn another_branch_is_a_handful_of_updates() {
    let site = Site::new();
    let server = Server::start(&site, &[]);
    let events = server.listen();
    events.next();
    let text = fs::read_to_string(site.path(LISTS)).unwrap();
    for number in 0..200 {
        let title = format!("What is list number {number}?");
        let text = text
            .replace("What is a list?", &title)
            .replace("suffice", &format!("n{number}"));
        site.write(&format!("content/python/mid/list-{number}.md"), text);
    }
    fs::remove_file(site.path("content/python/mid/decorators.md")).unwrap();
    server.wait_for("/python/list-199/", "n199");
    server.wait_until("the other is gone", || {
        server.get("/python/decorators/").status == 404
    });
    let states = events.until_quiet(QUIET);
    assert!(states.len() < 20, "{} updates", states.len());
    assert_eq!(errors(&states), 0, "{states:#?}");
}

#[test]
fn the_terminal_has_a_line_a_save() {
    let site = Site::new();
    let server = Server::start(&site, &[]);
    thread::sleep(QUIET);
    let before = server.said();
    for words in ["First.", "Second.", "Third."] {
        let text = fs::read_to_string(site.path(LISTS)).unwrap();
        site.write(LISTS, format!("{text}\n{words}\n"));
        server.wait_for("/python/lists/", words);
        thread::sleep(QUIET);
    }
    let said = server.said();
    let lines: Vec<&str> = said[before.len()..].lines().collect();
    assert_eq!(lines.len(), 3, "{lines:#?}");
    for line in lines {
        let took = line
            .strip_prefix("content/python/junior/lists.md in ")
            .unwrap();
        took.strip_suffix(" ms").unwrap().parse::<u32>().unwrap();
    }
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap()
    }
}

#[test]
fn after_any_changes_the_site_is_that_of_a_new_build() {
    let mut site = Site::new();
    for number in 0..12 {
        site = question(site, number, "mid", "At first.");
    }
    let server = Server::start(&site, &[]);
    let mut dice = Dice(0x5eed);
    for round in 0..60 {
        let number = dice.roll(12);
        let level = ["junior", "mid", "senior"][dice.roll(3)];
        match dice.roll(6) {
            0 => {
                for level in ["junior", "mid", "senior"] {
                    let _ =
                        fs::remove_file(site.path(&format!("content/python/{level}/q{number}.md")));
                }
                site = question(site, number, level, &format!("Moved in round {round}."));
            }
            1 => {
                site = site.file(
                    "content/pages/faq.md",
                    &page("Questions", &format!("Round {round}.")),
                );
            }
            2 => {
                let order =
                    format!("---\ntitle: Mid\nquestions: [decorators]\n---\nRound {round}.\n");
                site.write("content/python/mid/index.md", order);
            }
            _ => {
                let level = ["junior", "mid", "senior"]
                    .into_iter()
                    .find(|level| {
                        site.path(&format!("content/python/{level}/q{number}.md"))
                            .exists()
                    })
                    .unwrap();
                let words = ["Words", "Tags", "Title"][dice.roll(3)];
                site = question(site, number, level, &format!("{words} of round {round}."));
            }
        }
        // Some changes come while the last one is worked on.
        if dice.roll(2) == 0 {
            thread::sleep(Duration::from_millis(dice.roll(60) as u64));
        }
    }
    site.write("content/pages/last.md", page("Last", "The last change."));
    server.wait_for("/last/", "The last change.");
    let events = server.listen();
    events.until_quiet(QUIET);
    let files = site.built_with(&["--drafts"]);
    for (path, bytes) in &files.0 {
        if path.starts_with('.') {
            continue;
        }
        let address = path.strip_suffix("index.html").unwrap_or(path);
        let served = without_preview(&server.get(&format!("/{address}")).bytes);
        assert!(
            served == *bytes,
            "{path} is not that of a build\n{}",
            server.said()
        );
    }
}

fn question(site: Site, number: usize, level: &str, words: &str) -> Site {
    site.question(&format!("{level}/q{number}"), |question| {
        let question = question
            .candidate(&format!(
                "Something about number {number} and nothing else. {words}"
            ))
            .set("title", &format!("What is number {number}?"));
        match words.split(' ').next() {
            Some("Tags") => question.set("tags", &format!("[tag-{}]", words.len())),
            Some("Title") => question.set("title", &format!("{words} What of {number}?")),
            _ => question,
        }
    })
}
