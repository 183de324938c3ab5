//! The search as a reader meets it: below every page's field and on the page of all questions.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::driver::Browser;
use super::servers::{self, Served};
use super::shipped;
use crate::site::{Files, Site};

const DOWN: &str = "\u{e015}";
const UP: &str = "\u{e013}";
const END: &str = "\u{e010}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const BACKSPACE: &str = "\u{e003}";

/// The list below the field: its links' texts.
const FOUND: &str =
    "[...document.querySelectorAll('#found [role=option]:not(.all)')].map(e => e.textContent)";
/// The results on the page: where their links lead.
const RESULTS: &str = "[...document.querySelectorAll('[data-results] > .results > li')].map(e => {
    const links = e.querySelectorAll('a');
    return links.length === 1 ? new URL(links[0].href).pathname : `${links.length} links`;
})";

/// Waits until an expression is true in the page.
fn until(browser: &Browser, expression: &str) {
    let start = Instant::now();
    while browser.value(expression) != true {
        assert!(
            start.elapsed() < Duration::from_secs(10),
            "never {expression}: {}",
            browser.value("document.body.innerText.slice(0, 2000)")
        );
        std::thread::sleep(Duration::from_millis(15));
    }
}

/// Waits until the page of all questions shows the results of a search.
pub fn until_results(browser: &Browser, query: &str) {
    let query = json!(query);
    until(
        browser,
        &format!(
            "document.querySelector('[data-results]').dataset.results === {query} \
             && document.documentElement.dataset.searching === undefined"
        ),
    );
}

/// Waits until the list below the field shows something.
pub fn until_found(browser: &Browser, text: &str) {
    let text = json!(text);
    until(
        browser,
        &format!(
            "!document.querySelector('[data-found]').hidden \
             && document.querySelector('[data-found]').textContent.includes({text})"
        ),
    );
}

fn texts(value: &Value) -> Vec<String> {
    let texts = value.as_array().unwrap().iter();
    texts
        .map(|text| text.as_str().unwrap().to_owned())
        .collect()
}

/// A small handbook whose questions differ in all that they can be filtered by.
fn varied() -> Site {
    Site::new()
        .question("junior/loops", |question| {
            question
                .set("title", "How does a loop over a dict end?")
                .set("tags", "[loops, dicts]")
                .set("minutes", "4")
        })
        .question("mid/loops-again", |question| {
            question
                .set("title", "When is a loop slower than `map()`?")
                .set("kind", "coding")
                .set("topic", "runtime")
                .set("tags", "[loops]")
                .set("minutes", "12")
        })
        .question("senior/event-loop", |question| {
            question
                .set("title", "What does the event loop wait for?")
                .set("topic", "concurrency")
                .set("tags", "[asyncio]")
                .set("minutes", "20")
        })
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn the_browser_makes_the_same_tokens_as_the_build() {
    let files = Site::new().built();
    let script = files
        .paths()
        .into_iter()
        .find(|path| path.starts_with("assets/scripts/tokens."))
        .unwrap()
        .to_owned();
    let plain = servers::plain(files);
    let browser = Browser::start();
    browser.open(&plain);
    let table = include_str!("../search_cases.json");
    let wrong = browser.run(&format!(
        "import('/{script}').then(({{ tokens, stem }}) => {{
            const table = {table};
            const wrong = [];
            const compare = (text, found, wanted) => {{
                if (JSON.stringify(found) !== JSON.stringify(wanted)) wrong.push([text, found, wanted]);
            }};
            for (const [text, wanted] of table.tokens) compare(text, tokens(text), wanted);
            for (const [word, wanted] of table.stems) compare(word, stem(word), wanted);
            done([wrong, table.tokens.length + table.stems.length]);
        }}, error => done(String(error)))"
    ));
    assert_eq!(wrong[0], json!([]));
    assert!(wrong[1].as_u64().unwrap() > 60);
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn nothing_of_it_is_loaded_before_someone_goes_to_the_field() {
    let plain = servers::plain(shipped().built());
    let browser = Browser::start();
    for page in ["", "python/decorators/", "questions/"] {
        browser.open(&format!("{plain}{page}"));
        browser.run("setTimeout(done, 300)");
        let events = browser.events();
        let of_search = |requests: &[String]| {
            let mut found: Vec<String> = requests
                .iter()
                .filter(|request| {
                    ["/search", "/lookup", "/tokens"]
                        .iter()
                        .any(|part| request.contains(part))
                })
                .cloned()
                .collect();
            found.sort_unstable();
            found
        };
        assert_eq!(of_search(&events.requests), [""; 0], "/{page}");
        browser.press("/");
        until(
            &browser,
            "performance.getEntriesByType('resource').some(e => e.name.includes('search/index.json'))",
        );
        browser.run("setTimeout(done, 300)");
        let events = browser.events();
        assert_eq!(events.problems, [""; 0], "/{page}");
        let loaded = of_search(&events.requests);
        assert!(loaded.len() >= 4, "/{page}: {loaded:?}");
        assert!(
            !loaded
                .iter()
                .any(|name| name.contains("/terms.") || name.contains("vocabulary")),
            "no shard is loaded before a word is typed: {loaded:?}"
        );
    }
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn one_key_three_letters_and_the_question_is_there() {
    let plain = servers::plain(shipped().built());
    let browser = Browser::start();
    browser.open(&format!("{plain}python/"));
    browser.press("/dec");
    until_found(&browser, "decorator");
    let found = texts(&browser.value(FOUND));
    assert!(
        found[0].starts_with("How does a decorator work"),
        "{found:?}"
    );
    assert!(found.len() <= 7);
    assert_eq!(
        browser.value("document.querySelector('#found mark').textContent"),
        "decorator"
    );

    let field = "document.querySelector('#search')";
    let state = |name: &str| browser.value(&format!("{field}.getAttribute('{name}')"));
    assert_eq!(state("role"), "combobox");
    assert_eq!(state("aria-expanded"), "true");
    assert_eq!(state("aria-activedescendant"), Value::Null);
    browser.press(DOWN);
    assert_eq!(state("aria-activedescendant"), "found-0");
    assert_eq!(
        browser.value("document.querySelector('#found-0').getAttribute('aria-selected')"),
        "true"
    );
    browser.press(&format!("{DOWN}{UP}{UP}"));
    assert_eq!(
        state("aria-activedescendant"),
        Value::Null,
        "back in the field"
    );
    browser.run("setTimeout(done, 600)");
    let said = browser.value("document.querySelector('.search [role=status]').textContent");
    assert!(
        said.as_str().unwrap().ends_with("questions found"),
        "{said}"
    );

    browser.press(ESCAPE);
    assert_eq!(state("aria-expanded"), "false");
    assert_eq!(
        browser.value(&format!("{field}.value")),
        "dec",
        "the words stay"
    );
    browser.press(&format!("{DOWN}{ENTER}"));
    browser.arrive(&format!("{plain}python/decorators/"));

    // Without a choice it is the page of all results, best first as here.
    browser.press("/dec");
    until_found(&browser, "decorator");
    let leads_to: Vec<String> = texts(&browser.value("[...document.querySelectorAll('#found [role=option]:not(.all)')].map(e => new URL(e.href).pathname)"));
    browser.press(ENTER);
    browser.arrive(&format!("{plain}questions/?q=dec"));
    until_results(&browser, "dec");
    let results = texts(&browser.value(RESULTS));
    assert_eq!(results[..leads_to.len()], leads_to);
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn words_code_beginnings_and_slips_lead_to_the_question() {
    let plain = servers::plain(shipped().built());
    let browser = Browser::start();
    for (query, first) in [
        ("functools.wraps", "decorators"),
        ("A() + B()", "order-of-operator-calls"),
        ("genrators", "generators-and-yield"),
        ("egnerators", "generators-and-yield"),
        ("gloabl interpreter lock", "gil-and-architecture"),
        ("binarysearch", "binary-search"),
        ("GIL", "gil-and-architecture"),
        ("virtual env", "virtual-environments"),
        ("closu", "closures-and-lambda"),
        ("pick", "pickling"),
        ("microserv", "scalable-python"),
        ("npm", "package-managers"),
        ("what does my lambda f do", "closures-and-lambda"),
        ("[[]] * 3", "repeated-inner-list"),
    ] {
        let parameters: String = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("q", query)
            .finish();
        browser.open(&format!("{plain}questions/?{parameters}"));
        until_results(&browser, query);
        let results = texts(&browser.value(RESULTS));
        assert_eq!(
            results.first().unwrap(),
            &format!("/python/{first}/"),
            "{query}: {results:?}"
        );
    }
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn results_come_while_typing_and_the_address_follows() {
    let plain = servers::plain(varied().built());
    let browser = Browser::start();
    browser.resize(1440, 900);
    browser.open(&format!("{plain}python/"));
    browser.open(&format!("{plain}questions/"));
    let whole = browser.value("document.querySelector('[data-results]').innerText");
    browser.press("/loo");
    until_results(&browser, "loo");
    browser.press("p");
    until_results(&browser, "loop");
    assert_eq!(texts(&browser.value(RESULTS)).len(), 3);
    until(&browser, "location.search === '?q=loop'");
    let marks =
        browser.value("[...document.querySelectorAll('.results mark')].map(e => e.textContent)");
    assert_eq!(marks, json!(["loop", "loop", "loop"]));
    let measured = browser.value("performance.getEntriesByName('search').length");
    assert!(measured.as_u64().unwrap() >= 1, "{measured}");

    browser.click("[name=level][value=mid]");
    until(&browser, "location.search === '?q=loop&level=mid'");
    until(
        &browser,
        "document.querySelectorAll('.results > li').length === 1",
    );
    // One step back for the filter, one for what was typed in a row.
    browser.value("history.back()");
    until(
        &browser,
        "document.querySelectorAll('.results > li').length === 3",
    );
    assert_eq!(browser.value("location.search"), "?q=loop");
    assert_eq!(
        browser.value("document.querySelector('[name=level][value=mid]').checked"),
        false
    );
    browser.value("history.back()");
    until_results(&browser, "");
    assert_eq!(
        browser.value("document.querySelector('[data-results]').innerText"),
        whole,
        "the list as it was"
    );
    browser.value("history.back()");
    browser.arrive(&format!("{plain}python/"));

    // From the field into the results and back.
    browser.open(&format!("{plain}questions/?q=loop"));
    until_results(&browser, "loop");
    browser.press(&format!("/{DOWN}{DOWN}"));
    let at = "[...document.querySelectorAll('.results a')].indexOf(document.activeElement)";
    assert_eq!(browser.value(at), 1);
    browser.press(&format!("{UP}{UP}"));
    assert_eq!(browser.value("document.activeElement.id"), "search");
    let first = browser.value("document.querySelector('.results a').href");
    browser.press(&format!("{DOWN}{ENTER}"));
    browser.arrive(first.as_str().unwrap());
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn filters_are_any_of_one_facet_and_all_facets_together() {
    let plain = servers::plain(varied().built());
    let browser = Browser::start();
    browser.resize(1440, 900);
    let results = |address: &str, query: &str| {
        browser.open(&format!("{plain}questions/{address}"));
        until_results(&browser, query);
        until(
            &browser,
            "document.querySelector('.results') !== null || !document.querySelector('[data-results]').hasChildNodes()",
        );
        let mut found = texts(&browser.value(RESULTS));
        for path in &mut found {
            *path = path.split('/').nth(2).unwrap().to_owned();
        }
        found.sort_unstable();
        found.join(" ")
    };
    assert_eq!(
        results("?q=loop&level=mid&level=senior", "loop"),
        "event-loop loops-again"
    );
    assert_eq!(
        results("?q=loop&level=mid&level=senior&topic=concurrency", "loop"),
        "event-loop"
    );
    assert_eq!(results("?tag=loops", ""), "loops loops-again");
    assert_eq!(
        results("?tag=loops&tag=asyncio&kind=coding", ""),
        "loops-again"
    );
    assert_eq!(results("?minutes=1-5&tag=dicts", ""), "loops");
    assert_eq!(results("?minutes=16-", ""), "event-loop");
    assert_eq!(results("?level=junior&topic=concurrency", ""), "");

    // Beside each choice stands what it would leave.
    browser.open(&format!("{plain}questions/?q=loop&level=mid"));
    until_results(&browser, "loop");
    let counts = browser.value(
        "Object.fromEntries([...document.querySelectorAll('[data-facets] label')].map(e =>
            [`${e.control.name}=${e.control.value}`, Number(e.querySelector('[data-count]').textContent)]))",
    );
    assert_eq!(
        counts,
        json!({
            "level=junior": 1, "level=mid": 1, "level=senior": 1,
            "topic=language": 0, "topic=concurrency": 0, "topic=runtime": 1,
            "kind=concept": 0, "kind=coding": 1,
            "minutes=1-5": 0, "minutes=11-15": 1, "minutes=16-": 0,
            "tag=asyncio": 0, "tag=dicts": 0, "tag=loops": 1,
        })
    );
    browser.click("[data-clear]");
    until(&browser, "location.search === '?q=loop'");
    until(
        &browser,
        "document.querySelectorAll('.results > li').length === 3",
    );
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn what_the_address_asks_for_in_vain_is_left_out_and_said() {
    let plain = servers::plain(varied().built());
    let browser = Browser::start();
    browser.open(&format!(
        "{plain}questions/?q=loop&level=wizard&colour=red&level=mid&q=other"
    ));
    until_results(&browser, "loop");
    assert_eq!(texts(&browser.value(RESULTS)), ["/python/loops-again/"]);
    let note = browser.value("document.querySelector('[data-note]').innerText");
    let note = note.as_str().unwrap();
    assert!(note.contains("level=wizard, colour=red"), "{note}");
    assert!(!note.contains("level=mid"), "{note}");
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn whatever_is_typed_is_a_search_and_nothing_else() {
    let plain = servers::plain(varied().built());
    let browser = Browser::start();
    let html = "<img src=x onerror=\"window.run = true\"><b>loop</b>";
    let long = "loop ".repeat(2000);
    for (query, shown) in [
        ("", ""),
        ("   ", ""),
        ("?!.,;: …", "?!.,;: …"),
        ("\"'`\\", "\"'`\\"),
        (html, html),
        (long.as_str(), long.trim()),
        ("%F0%9F%90%8D 🐍 \u{202e}x", "%F0%9F%90%8D 🐍 \u{202e}x"),
        (
            "constructor __proto__ toString",
            "constructor __proto__ toString",
        ),
    ] {
        for page in ["questions/", "python/"] {
            browser.open(&format!("{plain}{page}"));
            browser.value(&format!(
                "(() => {{
                    const field = document.querySelector('#search');
                    field.focus();
                    field.value = {};
                    field.dispatchEvent(new InputEvent('input', {{bubbles: true}}));
                }})()",
                json!(query)
            ));
            if page == "questions/" {
                until_results(&browser, shown);
            }
            browser.run("setTimeout(done, 300)");
            let events = browser.events();
            assert_eq!(events.problems, [""; 0], "{page} {query:.40}");
            assert_eq!(browser.value("window.run"), Value::Null);
            assert_eq!(
                browser
                    .value("document.querySelector('main b, main img, [data-found] :is(b, img)')"),
                Value::Null,
                "{page} {query:.40}"
            );
            let length = browser.value("location.href.length");
            assert!(length.as_u64().unwrap() < 2500, "{length}");
        }
    }
    browser.open(&format!("{plain}questions/?q=%3Cb%3Exyzzy%3C%2Fb%3E"));
    until_results(&browser, "<b>xyzzy</b>");
    assert_eq!(
        browser.value("document.querySelector('[data-summary]').textContent"),
        "No question matches “<b>xyzzy</b>”."
    );
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn what_fails_to_load_is_said_and_the_rest_works() {
    let plain = servers::plain(large().built());
    let browser = Browser::start();
    browser.devtools("Network.enable", &json!({}));
    let block = |patterns: Value| {
        browser.devtools("Network.setBlockedURLs", &json!({"urls": patterns}));
    };
    let failed = "document.querySelector('.failed')?.checkVisibility() ?? false";
    let retry = |place: &str| browser.click(&format!("{place} .failed button"));

    // One shard: the other words are found.
    browser.open(&format!("{plain}questions/?q=alpha"));
    until_results(&browser, "alpha");
    assert_eq!(browser.value(failed), false);
    let shards = "performance.getEntriesByType('resource').map(e => e.name).filter(name => name.includes('/terms.'))";
    let before = texts(&browser.value(shards));
    block(json!(["*/search/parts/terms.*"]));
    browser.press(&format!("/{END} zulu"));
    until(&browser, failed);
    assert!(
        !texts(&browser.value(RESULTS)).is_empty(),
        "alpha is still found"
    );
    block(json!([]));
    retry("main");
    until(&browser, &format!("!({failed})"));
    assert!(texts(&browser.value(shards)).len() > before.len());

    // The first file, below the field of another page.
    block(json!(["*/search/index.json"]));
    browser.open(&format!("{plain}python/"));
    browser.press("/alpha");
    until(&browser, failed);
    block(json!([]));
    retry("[data-found]");
    until(
        &browser,
        "document.querySelectorAll('#found [role=option]').length > 1",
    );
    assert_eq!(browser.value(failed), false);

    // Summaries of some questions.
    block(json!(["*/search/parts/pages.*"]));
    browser.open(&format!("{plain}questions/?q=alpha"));
    until(&browser, failed);
    block(json!([]));
    retry("main");
    until(
        &browser,
        "document.querySelectorAll('.results > li').length === 20",
    );
    browser.click(".more");
    until(
        &browser,
        "document.querySelectorAll('.results > li').length === 40",
    );
}

/// As many questions as make an index of many files.
fn large() -> Site {
    (0..400).fold(Site::new(), |site, number| {
        site.question(&format!("mid/question-{number}"), |question| {
            let words: Vec<String> = (0..40)
                .map(|word| format!("word{}x", (number * 7 + word * 13) % 977))
                .collect();
            let end = if number % 3 == 0 { "alpha" } else { "zulu" };
            question
                .set("title", &format!("What is number {number}?"))
                .answer(&format!("{} {end}", words.join(" ")))
        })
    })
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn a_search_of_a_large_handbook_loads_little_of_it() {
    let files = large().built();
    let parts = files
        .paths()
        .iter()
        .filter(|path| path.starts_with("search/parts/"))
        .count();
    let plain = servers::plain(files);
    let browser = Browser::start();
    browser.open(&format!("{plain}python/"));
    browser.press("/word500x zulu");
    until_found(&browser, "What is number");
    browser.run("setTimeout(done, 300)");
    let loaded = browser.events().requests;
    let loaded: Vec<&String> = loaded
        .iter()
        .filter(|request| request.contains("/search/parts/"))
        .collect();
    assert!(
        loaded.len() * 2 < parts,
        "{} of {parts}: {loaded:?}",
        loaded.len()
    );
    // What is there is not asked for again.
    browser.press(BACKSPACE);
    browser.press("u");
    browser.run("setTimeout(done, 300)");
    let again = browser.events().requests;
    assert_eq!(again.len(), 0, "{again:?}");
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn it_works_where_nothing_can_be_kept_below_a_path_and_in_the_preview() {
    let site = varied();
    let below = ["--base-url", "https://example.org/guide/"];
    for arguments in [&[][..], &below[..]] {
        let served = Served::start(&site, arguments);
        let browser = Browser::start();
        browser.before_pages(
            "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})",
        );
        browser.open(&format!("{}python/", served.url));
        browser.press("/event");
        until_found(&browser, "event loop");
        browser.press(&format!("{DOWN}{ENTER}"));
        browser.arrive(&format!("{}python/event-loop/", served.url));
        browser.press("/event");
        until_found(&browser, "event loop");
        browser.press(ENTER);
        browser.arrive(&format!("{}questions/?q=event", served.url));
        until_results(&browser, "event");
        assert_eq!(texts(&browser.value(RESULTS)).len(), 1);
        assert_eq!(browser.events().problems, [""; 0]);
    }
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn the_preview_finds_what_was_just_written() {
    let site = varied();
    let served = Served::start(&site, &[]);
    let browser = Browser::start();
    let search = |query: &str| {
        browser.open(&format!("{}questions/?q={query}", served.url));
        until_results(&browser, query);
        texts(&browser.value(RESULTS))
    };
    assert_eq!(search("xylophone"), [""; 0]);
    let path = "content/python/senior/event-loop.md";
    let site = site.edit(
        path,
        "What does the event loop wait for?",
        "What does a xylophone wait for?",
    );
    let start = Instant::now();
    while search("xylophone") != ["/python/event-loop/"] {
        assert!(start.elapsed() < Duration::from_secs(10));
    }
    drop(site);
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn a_search_in_the_address_moves_nothing_while_the_page_loads() {
    let plain = servers::plain(shipped().built());
    let browser = Browser::start();
    browser.before_pages(
        "window.moved = [];
        new PerformanceObserver(list => {
            for (const shift of list.getEntries())
                moved.push([shift.value, ...shift.sources.map(source => source.node?.outerHTML?.slice(0, 90))]);
        }).observe({type: 'layout-shift', buffered: true});",
    );
    for width in [390, 1440] {
        browser.resize(width, 844);
        for address in ["?q=decorator", "?level=mid", "?q=xyzzyx"] {
            browser.open(&format!("{plain}questions/{address}"));
            until(
                &browser,
                "document.documentElement.dataset.searching === undefined",
            );
            browser.run("setTimeout(done, 200)");
            assert_eq!(browser.value("moved"), json!([]), "{address} at {width}");
        }
        // Nor does the page move when the field opens, in the half second after the key or later.
        browser.open(&format!("{plain}python/decorators/"));
        let top = "document.querySelector('h1').getBoundingClientRect().top";
        let before = browser.value(top);
        browser.press("/dec");
        until_found(&browser, "decorator");
        assert_eq!(browser.value(top), before, "at {width}");
    }
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn without_scripts_the_page_is_the_whole_list() {
    let files: Files = varied().built();
    let page = files.page("/questions/");
    for slug in ["loops", "loops-again", "event-loop"] {
        assert!(
            page.contains(&format!("href=\"/python/{slug}/\"")),
            "{slug}"
        );
    }
    let plain = servers::plain(files);
    let browser = Browser::start();
    browser.devtools(
        "Emulation.setScriptExecutionDisabled",
        &json!({"value": true}),
    );
    browser.open(&format!("{plain}questions/?q=loop"));
    let shown = "[...document.querySelectorAll('.search, .facets')].some(e => e.checkVisibility())";
    browser.devtools(
        "Emulation.setScriptExecutionDisabled",
        &json!({"value": false}),
    );
    assert_eq!(
        browser.value(shown),
        false,
        "nothing is shown that would not work"
    );
    let list = browser.value("document.querySelector('[data-results]').innerText");
    assert!(list.as_str().unwrap().contains("event loop"), "{list}");
}
