//! A day's work: many saves, many readers.

use std::fs;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::server::Server;
use crate::site::Site;

const LISTS: &str = "content/python/junior/lists.md";

#[test]
fn many_readers_at_once_while_files_change() {
    let site = Site::new();
    let server = Server::start(&site, &[]);
    let text = fs::read_to_string(site.path(LISTS)).unwrap();
    let (stop, answered) = (AtomicBool::new(false), AtomicUsize::new(0));
    let listeners: Vec<_> = (0..10).map(|_| server.listen()).collect();
    thread::scope(|scope| {
        for reader in 0..8 {
            let (server, stop, answered) = (&server, &stop, &answered);
            scope.spawn(move || {
                let pages = [
                    "/python/lists/",
                    "/",
                    "/questions/",
                    "/questions.json",
                    "/python/all/",
                ];
                for page in pages.iter().cycle().skip(reader) {
                    if stop.load(Ordering::Relaxed) {
                        return;
                    }
                    let answer = server.get(page);
                    assert_eq!(answer.status, 200, "{page}");
                    let length = answer.header("content-length").unwrap();
                    assert_eq!(length.parse(), Ok(answer.bytes.len()), "{page}");
                    answered.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        let start = Instant::now();
        let mut saves = 0;
        while start.elapsed() < Duration::from_secs(4) {
            saves += 1;
            site.write(LISTS, format!("{text}\nSave {saves}.\n"));
            thread::sleep(Duration::from_millis(15));
        }
        server.wait_for("/python/lists/", &format!("Save {saves}."));
        stop.store(true, Ordering::Relaxed);
    });
    assert!(answered.load(Ordering::Relaxed) > 100);
    drop(listeners);
}

#[test]
#[ignore = "takes half a minute"]
fn a_thousand_saves_leave_no_more_in_memory_than_fifty() {
    let site = Site::shipped();
    let server = Server::start(&site, &[]);
    let paths: Vec<String> = [
        "gil-and-architecture",
        "rest-api-design",
        "memory-management",
    ]
    .map(|slug| format!("content/python/senior/{slug}.md"))
    .into();
    let texts: Vec<String> = paths
        .iter()
        .map(|path| fs::read_to_string(site.path(path)).unwrap())
        .collect();
    let _listeners: Vec<_> = (0..3).map(|_| server.listen()).collect();
    let mut saved = 0;
    let mut save = |times: usize| {
        for _ in 0..times {
            saved += 1;
            let (path, text) = (&paths[saved % 3], &texts[saved % 3]);
            let slug = path.rsplit('/').next().unwrap().trim_end_matches(".md");
            // Words of the answer, and now and then a title.
            let text = if saved % 5 == 0 {
                text.replacen("\ntitle: ", &format!("\ntitle: Number {saved} "), 1)
            } else {
                format!("{text}\nSave {saved}.\n")
            };
            let mark = if saved % 5 == 0 {
                format!("Number {saved} ")
            } else {
                format!("Save {saved}.")
            };
            site.write(path, text);
            server.wait_for(&format!("/python/{slug}/"), &mark);
            server.get("/questions/");
        }
        thread::sleep(Duration::from_secs(1));
        server.memory()
    };
    let after_fifty = save(50);
    let after_all = save(950);
    // The system gives memory in pages and takes it back when it likes: a kibibyte a save would be
    // nothing yet.
    assert!(
        after_all < after_fifty + after_fifty / 10 + 4096,
        "{after_fifty} KiB after 50 saves, {after_all} KiB after 1000"
    );
}
