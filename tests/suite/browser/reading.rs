//! What scripts add for readers: choices that are kept, keys, and the clipboard.

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::driver::Browser;
use super::{PAGES, servers, shipped};
use crate::html_valid;
use crate::site::Site;

const QUESTION: &str = "python/gil-and-architecture/";

/// How many answers are open, and how many there are.
const OPEN: &str = "[document.querySelectorAll('main details.reveal[open]').length, \
     document.querySelectorAll('main details.reveal').length]";

/// Remembers the page's background at its first pictures, and by how much its parts moved.
const WATCH: &str = "
    window.backgrounds = [];
    window.moved = [];
    const look = () => {
        if (document.body) backgrounds.push(getComputedStyle(document.body).backgroundColor);
        if (backgrounds.length < 5) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    new PerformanceObserver(list => {
        for (const shift of list.getEntries())
            moved.push([shift.value, ...shift.sources.map(source => source.node?.outerHTML?.slice(0, 90))]);
    }).observe({type: 'layout-shift', buffered: true});
";

const LIGHT: &str = "rgb(255, 255, 255)";
const DARK: &str = "rgb(18, 22, 26)";

fn background(browser: &Browser) -> Value {
    browser.value("getComputedStyle(document.body).backgroundColor")
}

fn answers(browser: &Browser) -> (u64, u64) {
    let open = browser.value(OPEN);
    (open[0].as_u64().unwrap(), open[1].as_u64().unwrap())
}

fn assert_all_open(browser: &Browser, place: &str) {
    let (open, all) = answers(browser);
    assert_eq!(open, all, "{place}");
    assert!(all > 5, "{place}: {all} answers");
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn the_chosen_colours_are_there_from_the_first_picture_on() {
    let plain = servers::plain(shipped().built());
    let browser = Browser::start();
    browser.before_pages(WATCH);
    browser.prefer("light");
    browser.open(&plain);
    assert_eq!(background(&browser), LIGHT);

    browser.click("[data-opens=settings]");
    browser.click("[name=scheme][value=dark]");
    assert_eq!(background(&browser), DARK, "at once");
    for page in ["", QUESTION, "python/mid/"] {
        browser.open(&format!("{plain}{page}"));
        browser.run("setTimeout(done, 200)");
        let seen = browser.value("backgrounds");
        let seen = seen.as_array().unwrap();
        assert!(seen.len() >= 3, "{seen:?}");
        assert!(seen.iter().all(|colour| colour == DARK), "{page}: {seen:?}");
    }

    browser.press("?");
    assert_eq!(browser.value("document.querySelector('dialog').open"), true);
    assert_eq!(
        browser.value("document.querySelector('[name=scheme]:checked').value"),
        "dark"
    );
    browser.click("[name=scheme][value='']");
    assert_eq!(background(&browser), LIGHT);
    browser.prefer("dark");
    assert_eq!(background(&browser), DARK, "the system's again");
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn one_control_and_one_key_open_all_answers_from_then_on() {
    let plain = servers::plain(shipped().built());
    let browser = Browser::start();
    browser.before_pages(WATCH);
    browser.open(&format!("{plain}{QUESTION}"));
    let label = || browser.value("document.querySelector('[data-answers-control]').textContent");
    assert_eq!(answers(&browser).0, 0);
    assert_eq!(label(), "Open all answers");

    browser.click("[data-answers-control]");
    assert_all_open(&browser, "after a click");
    assert_eq!(label(), "Close all answers");

    for page in [QUESTION, "python/decorators/"] {
        browser.open(&format!("{plain}{page}"));
        assert_all_open(&browser, page);
        browser.run("setTimeout(done, 200)");
        assert_eq!(browser.value("moved"), json!([]), "{page} stays in place");
    }

    browser.press("o");
    assert_eq!(answers(&browser).0, 0);
    assert_eq!(label(), "Open all answers");
    browser.open(&format!("{plain}python/all/"));
    assert_eq!(
        answers(&browser).0,
        0,
        "closed where they are open at first"
    );
    browser.press("o");
    assert_all_open(&browser, "all questions");

    browser.open(&format!("{plain}{QUESTION}"));
    browser.click("details:has(#answer) > summary");
    browser.run("setTimeout(done, 50)");
    assert_eq!(label(), "Open all answers", "when one is closed by hand");
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn single_keys_never_act_while_someone_types_and_can_be_turned_off() {
    let plain = servers::plain(shipped().built());
    let browser = Browser::start();
    browser.open(&format!("{plain}{QUESTION}"));
    for field in [
        "<input>",
        "<input type=search>",
        "<textarea></textarea>",
        "<select><option>o<option>n</select>",
        "<p contenteditable>Text</p>",
    ] {
        browser.value(&format!(
            "(() => {{
                document.querySelector('#field')?.remove();
                document.querySelector('main').insertAdjacentHTML('beforeend', '<div id=field>{field}</div>');
                document.querySelector('#field').firstElementChild.focus();
            }})()"
        ));
        browser.press("o?n");
        assert_eq!(answers(&browser).0, 0, "{field}");
        assert_eq!(
            browser.value("document.querySelector('dialog').open"),
            false,
            "{field}"
        );
    }
    browser.value("document.querySelector('#field').remove()");
    browser.value(
        "document.dispatchEvent(new KeyboardEvent('keydown', {key: 'o', ctrlKey: true, bubbles: true}))",
    );
    assert_eq!(
        answers(&browser).0,
        0,
        "with the control key it is the browser's"
    );
    browser.press("o");
    assert_all_open(&browser, "and otherwise it acts");

    browser.press("?");
    let listed = browser.value(
        "[...document.querySelectorAll('.keys > div')].filter(e => e.checkVisibility()).map(e => e.dataset.key).join(' ')",
    );
    assert_eq!(
        listed, "o c n / ?",
        "the keys that do something on this page"
    );
    browser.press("o");
    assert_all_open(&browser, "the page behind the list is left alone");
    browser.click("[name=keys]");
    browser.press("\u{e00c}");
    assert_eq!(
        browser.value("document.querySelector('dialog').open"),
        false
    );
    browser.press("o?");
    assert_all_open(&browser, "turned off");
    assert_eq!(
        browser.value("document.querySelector('dialog').open"),
        false
    );

    browser.open(&format!("{plain}{QUESTION}"));
    browser.press("n");
    browser.arrive(&format!("{plain}{QUESTION}"));
    browser.click("[data-opens=settings]");
    browser.click("[name=keys]");
    browser.press("\u{e00c}");
    let next = browser.value("document.querySelector('main a[rel=next]').href");
    browser.press("n");
    browser.arrive(next.as_str().unwrap());
    browser.press("p");
    browser.arrive(&format!("{plain}{QUESTION}"));
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn all_of_it_works_where_nothing_can_be_kept() {
    let plain = servers::plain(shipped().built());
    let browser = Browser::start();
    browser.before_pages(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})",
    );
    browser.prefer("light");
    browser.open(&format!("{plain}{QUESTION}"));
    browser.press("o");
    assert_all_open(&browser, "for this page");
    browser.press("?");
    browser.click("[name=scheme][value=dark]");
    assert_eq!(background(&browser), DARK);
    assert_eq!(browser.events().problems, [""; 0]);
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn nothing_moves_while_a_page_loads() {
    let plain = servers::plain(shipped().built());
    let browser = Browser::start();
    browser.before_pages(WATCH);
    for width in [390, 1440] {
        browser.resize(width, 844);
        for page in PAGES {
            browser.open(&format!("{plain}{page}"));
            browser.run("setTimeout(done, 150)");
            assert_eq!(browser.value("moved"), json!([]), "/{page} at {width}");
        }
    }
}

/// Puts nothing on the real clipboard: keeps what the page writes.
const CLIPBOARD: &str = "
    window.copied = [];
    Object.defineProperty(navigator, 'clipboard', {value: {
        writeText: async text => { copied.push(text) },
    }});
";

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn code_is_copied_as_one_would_type_it() {
    let site = Site::new().question("mid/copied", |question| {
        question.candidate(
            "```python\nif a < b:\n    print(\"&\")\n```\n\n```pycon\n>>> def f():\n...     return 1\n...\n>>> f()\n1\n```",
        )
    });
    let plain = servers::plain(site.built());
    let browser = Browser::start();
    browser.before_pages(CLIPBOARD);
    browser.open(&format!("{plain}python/copied/"));
    for number in 1..=2 {
        browser.click(&format!("main .copyable:nth-of-type({number}) .copy"));
    }
    assert_eq!(
        browser.value("copied"),
        json!([
            "if a < b:\n    print(\"&\")\n",
            "def f():\n    return 1\n\nf()",
        ])
    );
    browser.run("setTimeout(done, 50)");
    assert_eq!(
        browser.value("document.querySelector('#copied').textContent"),
        "Copied to the clipboard"
    );
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn without_access_to_the_clipboard_the_old_way_is_taken() {
    let plain = servers::plain(shipped().built());
    let browser = Browser::start();
    browser.before_pages(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined});
        window.copied = [];
        document.execCommand = () => copied.push(document.activeElement.value) > 0;",
    );
    browser.open(&format!("{plain}python/repeated-inner-list/"));
    browser.click(".prompt .copy");
    let copied = browser.value("copied[0]");
    let code = browser.value("document.querySelector('.prompt pre').textContent");
    assert_eq!(copied, code);
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn a_whole_question_is_copied_as_markdown() {
    let plain = servers::plain(html_valid::with_all_of_markdown().built());
    let browser = Browser::start();
    browser.before_pages(CLIPBOARD);
    browser.open(&format!("{plain}python/markdown/"));
    browser.click("[data-copy-question]");
    browser.run("setTimeout(done, 300)");
    let copied = browser.value("copied[0]");
    let copied = copied
        .as_str()
        .unwrap()
        .replace(&plain, "https://example.org/");
    assert_snapshot!("a question as Markdown", copied);
}
