//! What the preview does in open tabs: it reloads what changed, keeps what a reader did, and shows
//! what is wrong.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::driver::Browser;
use super::servers::Served;
use crate::site::{Question, Site, page};

const PATIENCE: Duration = Duration::from_secs(20);

/// Longer than a tab takes to hear of a change.
const MOMENT: Duration = Duration::from_millis(900);

const LONG: &str = "content/python/mid/long.md";

/// Waits until an expression in the page is this.
pub fn wait_for(browser: &Browser, expression: &str, expected: &Value) {
    let start = Instant::now();
    loop {
        let now = browser.value(expression);
        if now == *expected {
            return;
        }
        assert!(
            start.elapsed() < PATIENCE,
            "{expression} is {now}, not {expected}"
        );
        thread::sleep(Duration::from_millis(20));
    }
}

/// Opens a page, and marks it: a reload takes the mark away.
fn open(browser: &Browser, url: &str) {
    browser.open(url);
    browser.value("document.documentElement.dataset.seen = 'yes'");
    // Until it is connected.
    wait_for(
        browser,
        "performance.getEntriesByType('resource').some(entry => entry.name.includes('/__viva/page'))",
        &json!(true),
    );
}

const IS_MARKED: &str = "document.documentElement.dataset.seen === 'yes'";

fn wait_for_reload(browser: &Browser) {
    wait_for(browser, &format!("!({IS_MARKED})"), &json!(true));
    wait_for(browser, "document.readyState", &json!("complete"));
}

/// A question that is longer than a window, with many answers to open.
fn long(words: &str) -> impl FnOnce(Question) -> Question {
    let text = "Some words of the answer.\n\n".repeat(30);
    let answer = format!("{words}\n\n{text}\n### Second part\n\n{text}");
    move |question| {
        question
            .set("title", "What is long?")
            .candidate("What is shown.")
            .answer(&answer)
    }
}

fn site() -> Site {
    Site::new().question("mid/long", long("At first."))
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn a_tab_reloads_when_its_own_page_changes_and_only_then() {
    let site = site();
    let served = Served::start(&site, &[]);
    let browser = Browser::start();
    open(&browser, &format!("{}python/long/", served.url));

    let site = site.question("junior/tuples", |q| {
        q.set("title", "Another title than before")
    });
    thread::sleep(MOMENT);
    assert_eq!(browser.value(IS_MARKED), true, "another page changed");

    let _site = site.question("mid/long", long("Then changed."));
    wait_for_reload(&browser);
    let text =
        browser.value("document.querySelector('main').textContent.includes('Then changed.')");
    assert_eq!(text, true);
    assert_eq!(browser.events().problems, [""; 0]);
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn the_place_open_answers_and_typed_words_stay() {
    let site = site();
    let served = Served::start(&site, &[]);
    for storage in [true, false] {
        let browser = Browser::start();
        if !storage {
            browser.before_pages(
                "for (const name of ['localStorage', 'sessionStorage'])
                    Object.defineProperty(window, name, {get() { throw new DOMException('no', 'SecurityError') }});",
            );
        }
        browser.resize(1200, 800);
        open(&browser, &format!("{}python/long/", served.url));
        browser.click("details:has(#answer) > summary");
        browser.value(
            "(() => {
                const field = document.createElement('input');
                field.id = 'typed';
                document.querySelector('main').append(field);
            })()",
        );
        browser.run("document.getElementById('second-part').scrollIntoView({behavior: 'instant'}); scrollBy({top: 40, behavior: 'instant'}); setTimeout(done, 100)");
        let top = "Math.round(document.getElementById('second-part').getBoundingClientRect().top)";
        let before = browser.value(top);
        let scrolled = browser.value("scrollY").as_f64().unwrap();
        assert!(scrolled > 500.0, "{scrolled}");

        // Words above the place that is looked at: it stays where it is.
        let more = "More words above.\n\n".repeat(5);
        let text = fs::read_to_string(site.path(LONG)).unwrap();
        site.write(
            LONG,
            text.replacen("Some words", &format!("{more}Some words"), 1),
        );
        wait_for_reload(&browser);
        assert_eq!(
            browser.value("document.querySelector('details:has(#answer)').open"),
            true
        );
        browser.run("setTimeout(done, 200)");
        let after = browser.value(top);
        let moved = (after.as_f64().unwrap() - before.as_f64().unwrap()).abs();
        assert!(moved < 3.0, "{before} became {after}, storage: {storage}");
        wait_for(&browser, "history.scrollRestoration", &json!("auto"));
        assert_eq!(browser.value("history.state"), Value::Null);
        site.write(LONG, text);
    }
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn fields_keep_their_words_and_the_cursor() {
    // A field of the theme's own, as a search would be.
    let field =
        "<p><input id='q' type='search'><label><input id='box' type='checkbox'> Box</label></p>";
    let template = format!(
        "{{% extends \"base.html\" %}}{{% block main %}}{field}{{{{ page.body | safe }}}}{{% endblock main %}}"
    );
    let site = Site::new()
        .file("themes/default/templates/page.html", &template)
        .file("content/pages/faq.md", &page("Questions", "First words."));
    let served = Served::start(&site, &[]);
    let browser = Browser::start();
    open(&browser, &format!("{}faq/", served.url));
    browser.click("#q");
    browser.press("typed");
    browser.click("#box");
    browser.run("q.focus(); q.setSelectionRange(2, 4); done()");
    site.write("content/pages/faq.md", page("Questions", "Second words."));
    wait_for_reload(&browser);
    assert_eq!(
        browser.value(
            "[q.value, box.checked, document.activeElement.id, q.selectionStart, q.selectionEnd]"
        ),
        json!(["typed", true, "q", 2, 4])
    );
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn a_style_sheet_is_exchanged_without_a_reload() {
    let site = site();
    let served = Served::start(&site, &[]);
    let browser = Browser::start();
    open(&browser, &format!("{}python/long/", served.url));
    let colour = "getComputedStyle(document.querySelector('h1')).color";
    site.write(
        "themes/default/css/95-own.css",
        "h1 { color: rgb(1, 2, 3) }\n",
    );
    wait_for(&browser, colour, &json!("rgb(1, 2, 3)"));
    site.write(
        "themes/default/css/95-own.css",
        "h1 { color: rgb(4, 5, 6) }\n",
    );
    wait_for(&browser, colour, &json!("rgb(4, 5, 6)"));
    assert_eq!(browser.value(IS_MARKED), true, "it was not reloaded");
    wait_for(
        &browser,
        "document.querySelectorAll('link[rel=stylesheet]').length",
        &json!(1),
    );
    assert_eq!(browser.events().problems, [""; 0]);
}

const SHOWN: &str =
    "document.querySelector('viva-preview')?.shadowRoot.querySelector('.panel')?.textContent ?? ''";

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn a_mistake_is_shown_over_the_last_good_page_until_it_is_mended() {
    let site = site();
    let script = "#!/bin/sh\nprintf '%s\\n' \"$@\" > \"$(dirname \"$0\")/opened\"\n";
    site.write("editor.sh", script);
    let editor = site.path("editor.sh");
    let made = std::process::Command::new("chmod")
        .arg("+x")
        .arg(&editor)
        .status();
    assert!(made.unwrap().success());
    let editor = format!("{} {{file}}:{{line}}", editor.display());
    let served = Served::start_with(&site, &[], &[("VIVA_EDITOR", &editor)]);
    let browser = Browser::start();
    browser.prefer("light");
    open(&browser, &format!("{}python/long/", served.url));
    let site = site.question("mid/long", |q| {
        long("With a mistake.")(q).set("topic", "langage")
    });
    wait_for(
        &browser,
        &format!("({SHOWN}).includes('did you mean `language`?')"),
        &json!(true),
    );
    assert_eq!(browser.value(IS_MARKED), true);
    let text = browser.value(SHOWN);
    for part in [
        "1 error",
        "error[V0201]: unknown topic `langage`",
        "content/python/mid/long.md:3:8",
    ] {
        assert!(text.as_str().unwrap().contains(part), "{part}: {text}");
    }
    // Its style has come, and the policy let it.
    wait_for(
        &browser,
        "getComputedStyle(document.querySelector('viva-preview').shadowRoot.querySelector('.panel')).position",
        &json!("fixed"),
    );
    assert_eq!(browser.events().problems, [""; 0]);

    // A click on the place opens it.
    browser.run(
        "document.querySelector('viva-preview').shadowRoot.querySelector('.place').click(); done()",
    );
    let start = Instant::now();
    let opened = site.path("opened");
    while !fs::read_to_string(&opened).is_ok_and(|text| text.ends_with('\n')) {
        assert!(start.elapsed() < PATIENCE, "the editor is not opened");
        thread::sleep(Duration::from_millis(20));
    }
    let file = site.path(LONG).canonicalize().unwrap();
    assert_eq!(
        fs::read_to_string(&opened).unwrap(),
        format!("{}:3\n", file.display())
    );

    // Another page has it too, and it can be closed, until there is another mistake.
    browser.open(&format!("{}python/lists/", served.url));
    wait_for(
        &browser,
        &format!("({SHOWN}).includes('V0201')"),
        &json!(true),
    );
    browser.run(
        "document.querySelector('viva-preview').shadowRoot.querySelector('.close').click(); done()",
    );
    assert_eq!(browser.value(SHOWN), "");
    let corner =
        "document.querySelector('viva-preview')?.shadowRoot.querySelector('.corner')?.textContent";
    assert_eq!(browser.value(corner), "1 error");
    let site = site.question("mid/long", |q| {
        long("With a mistake.")(q).set("kind", "codng")
    });
    wait_for(
        &browser,
        &format!("({SHOWN}).includes('codng')"),
        &json!(true),
    );

    let site = site.question("mid/long", long("Mended."));
    wait_for(
        &browser,
        "document.querySelector('viva-preview')",
        &Value::Null,
    );
    let _site = site.question("mid/long", |q| long("Mended.")(q).without("follow_ups"));
    wait_for(&browser, corner, &json!("1 warning"));
    browser.run("document.querySelector('viva-preview').shadowRoot.querySelector('.corner').click(); done()");
    assert!(
        browser
            .value(SHOWN)
            .as_str()
            .unwrap()
            .contains("has no follow-ups")
    );
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn a_handbook_that_never_was_good_shows_why_and_then_itself() {
    let site = Site::new().question("mid/x", |q| q.set("topic", "nonsense"));
    let served = Served::start(&site, &[]);
    let browser = Browser::start();
    browser.open(&format!("{}python/lists/", served.url));
    wait_for(
        &browser,
        &format!("({SHOWN}).includes('nonsense')"),
        &json!(true),
    );
    let _site = site.question("mid/x", |q| q);
    wait_for(
        &browser,
        "document.querySelector('h1')?.textContent",
        &json!("What is a list?"),
    );
    assert_eq!(
        browser.value("document.querySelector('viva-preview')"),
        Value::Null
    );
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn a_tab_catches_up_with_a_server_that_was_away() {
    let site = site();
    let served = Served::start(&site, &[]);
    let url = served.url.clone();
    let port = url
        .trim_end_matches('/')
        .rsplit(':')
        .next()
        .unwrap()
        .to_owned();
    let browser = Browser::start();
    open(&browser, &format!("{url}python/long/"));
    drop(served);
    let site = site.question("mid/long", long("While it was away."));
    thread::sleep(MOMENT);
    assert_eq!(browser.value(IS_MARKED), true);
    let again = Served::start(&site, &["--port", &port]);
    assert_eq!(again.url, url);
    wait_for_reload(&browser);
    let text = "document.querySelector('main').textContent.includes('While it was away.')";
    assert_eq!(browser.value(text), true);
}

/// A site with a service worker that answers every page itself, until it is dropped.
struct Stale {
    port: u16,
    stop: Arc<AtomicBool>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Stale {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if stopped.load(Ordering::Relaxed) {
                    return;
                }
                let _ = answer(stream);
            }
        });
        Self {
            port,
            stop,
            thread: Some(thread),
        }
    }
}

impl Drop for Stale {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
        let _ = self.thread.take().unwrap().join();
    }
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let (kind, body) = if first.contains("/worker.js") {
        let worker = "addEventListener('install', () => skipWaiting());
            addEventListener('activate', event => event.waitUntil(clients.claim()));
            addEventListener('fetch', event => event.respondWith(new Response('<h1>Stale</h1>',
                {headers: {'Content-Type': 'text/html'}})));";
        ("text/javascript", worker)
    } else {
        ("text/html", "<h1>Another site</h1>")
    };
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn a_service_worker_of_another_site_goes() {
    let stale = Stale::start();
    let port = stale.port.to_string();
    let browser = Browser::start();
    browser.open(&format!("http://127.0.0.1:{port}/"));
    let installed = browser.run(
        "navigator.serviceWorker.register('/worker.js')
            .then(() => navigator.serviceWorker.ready)
            .then(() => done('ready'), error => done(String(error)))",
    );
    assert_eq!(installed, "ready");
    drop(stale);
    let heading = "document.querySelector('h1')?.textContent";
    browser.open(&format!("http://127.0.0.1:{port}/python/long/"));
    assert_eq!(
        browser.value(heading),
        "Stale",
        "the worker answers without a server"
    );

    let site = site();
    let served = Served::start(&site, &["--port", &port]);
    assert!(served.url.contains(&port), "{}", served.url);
    let start = Instant::now();
    while browser.value(heading) != "What is long?" {
        assert!(start.elapsed() < PATIENCE, "the worker is still there");
        browser.open(&format!("{}python/long/", served.url));
        // Browsers look for a new worker a second after a page has come.
        thread::sleep(Duration::from_secs(3));
    }
    let left = "navigator.serviceWorker.getRegistrations().then(all => done(all.length))";
    let start = Instant::now();
    while browser.run(left) != 0 {
        assert!(start.elapsed() < PATIENCE, "a worker is left");
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn many_tabs_listen_through_one() {
    let site = site();
    let served = Served::start(&site, &[]);
    let browser = Browser::start();
    open(&browser, &format!("{}python/long/", served.url));
    // Browsers have six connections to a server: with a stream each, the seventh would wait for ever.
    let frames = "(async () => {
        for (let number = 0; number < 9; number++) {
            const tab = window.open(location.href);
            await new Promise(loaded => tab.addEventListener('load', loaded));
        }
        done('loaded');
    })()";
    assert_eq!(browser.run(frames), "loaded");
    let _site = site.question("mid/long", long("For all of them."));
    wait_for_reload(&browser);
}
