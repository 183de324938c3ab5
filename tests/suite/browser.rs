//! The site in a real browser: nothing that the policy refuses, nothing from elsewhere, nothing
//! that a reader can't see, reach or understand.

mod ahead;
mod axe;
mod driver;
mod extremes;
mod layout;
mod lighthouse;
mod paper;
mod preview;
mod reading;
mod search;
mod servers;
mod weight;

use std::path::Path;

use serde_json::json;

use crate::html::inside;
use crate::site::Site;
use driver::Browser;
use servers::Served;

/// Of every kind of page one, by its address in the shipped handbook.
const PAGES: [&str; 15] = [
    "",
    "python/",
    "python/mid/",
    "python/topics/concurrency/",
    "python/gil-and-architecture/",
    "python/binary-search/",
    "python/repeated-inner-list/",
    "python/memory-leak-in-production/",
    "python/rest-api-design/",
    "python/asyncio-in-production/",
    "python/kits/senior-technical/",
    "python/all/",
    "tags/gil/",
    "questions/",
    "faq/",
];

/// A former address of the page at the second.
const MOVED: [&str; 2] = ["moved/", "faq/"];

/// The shipped handbook, with a page that was elsewhere before.
fn shipped() -> Site {
    let path = "content/pages/faq.md";
    Site::shipped().edit(path, "\ntitle:", "\naliases: [moved]\ntitle:")
}

#[test]
fn every_kind_of_page_is_among_those_that_are_tried() {
    let files = Site::shipped().built();
    let class = |page: &str| {
        let tag = page.find("<main ").unwrap();
        let rest = &page[tag + page[tag..].find("class=\"").unwrap() + 7..];
        rest[..rest.find('"').unwrap()].to_owned()
    };
    let tried: Vec<String> = PAGES.iter().map(|page| class(files.page(page))).collect();
    for path in files.paths() {
        if Path::new(path)
            .extension()
            .is_some_and(|name| name == "html")
        {
            let class = class(files.text(path));
            assert!(tried.contains(&class), "{path} is of another kind: {class}");
        }
    }
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn served_with_the_policy_as_a_header_nothing_is_refused_missing_or_foreign() {
    let served = Served::start(&shipped(), &[]);
    quiet(&served.url);
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn served_without_headers_nothing_is_refused_missing_or_foreign() {
    quiet(&servers::plain(shipped().built()));
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn served_below_a_path_nothing_is_refused_missing_or_foreign() {
    let site = shipped();
    let served = Served::start(&site, &["--base-url", "https://example.org/guide/"]);
    assert!(served.url.ends_with("/guide/"), "{}", served.url);
    quiet(&served.url);

    let browser = Browser::start();
    browser.open(&served.url);
    for (link, leads_to) in [
        ("a[href$='/python/']", "python/"),
        ("a[href$='/python/mid/']", "python/mid/"),
        ("a[href$='/python/decorators/']", "python/decorators/"),
    ] {
        browser.click(link);
        browser.arrive(&format!("{}{leads_to}", served.url));
    }
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn served_with_all_that_headers_says_nothing_is_refused_missing_or_foreign() {
    quiet(&servers::with_headers(shipped().built()).0);
}

/// Loads one page of every kind, and asserts that all went well.
fn quiet(site: &str) {
    let browser = Browser::start();
    let host: String = site.split_inclusive('/').take(3).collect();
    let [moved, there] = MOVED;
    for page in PAGES.into_iter().chain(["404.html", moved]) {
        browser.open(&format!("{site}{page}"));
        let shown = if page == moved { there } else { page };
        browser.arrive(&format!("{site}{shown}"));
        let events = browser.events();
        assert_eq!(events.problems, [""; 0], "{page}");
        assert!(events.requests.len() >= 2, "{page}: {events:?}");
        for request in events.requests {
            assert!(
                request.starts_with(&host) || request.starts_with("data:"),
                "{page} asks for {request}"
            );
        }
    }
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn what_is_refused_missing_or_foreign_is_noticed() {
    let wrong = [
        (
            "<script>document.title = 'run'</script>",
            "script-src-elem refused inline",
        ),
        (
            "<p style='color: red'>Red.</p>",
            "style-src-attr refused inline",
        ),
        (
            "<script src='https://example.invalid/x.js'></script>",
            "refused https://example.invalid",
        ),
        ("<img src='/nowhere.png' alt=''>", "404"),
        ("<script src='/throws.js'></script>", "thrown on purpose"),
    ];
    let mut files = Site::new().built();
    let page = files.page("/python/lists/").to_owned();
    for (number, (markup, _)) in wrong.iter().enumerate() {
        let page = page.replace("</main>", &format!("{markup}</main>"));
        files.0.insert(format!("{number}/index.html"), page.into());
    }
    let throws = b"throw new Error('thrown on purpose')".to_vec();
    files.0.insert("throws.js".to_owned(), throws);
    let plain = servers::plain(files);
    let browser = Browser::start();
    for (number, (markup, notice)) in wrong.iter().enumerate() {
        browser.open(&format!("{plain}{number}/"));
        let problems = browser.events().problems.join("\n");
        assert!(problems.contains(notice), "{markup}: {problems}");
    }

    // The policy refuses once where it is in the page alone, and twice where it is a header too.
    let served = Served::start(&Site::new(), &[]);
    let insert = "const script = document.createElement('script');
        script.textContent = 'document.title = \"run\"';
        document.body.append(script);
        setTimeout(done, 100);";
    for (site, times) in [(&plain, 1), (&served.url, 2)] {
        browser.open(site);
        browser.run(insert);
        let problems = browser.events().problems;
        let refused = problems
            .iter()
            .filter(|problem| problem.starts_with("policy: "));
        assert_eq!(refused.count(), times, "{problems:#?}");
        assert_ne!(browser.value("document.title"), "run");
    }
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn answers_open_without_javascript() {
    let plain = servers::plain(shipped().built());
    let url = format!("{plain}python/gil-and-architecture/");
    let browser = Browser::start();
    let is_on = || browser.value("document.documentElement.hasAttribute('data-script')");
    browser.open(&url);
    assert_eq!(
        is_on(),
        true,
        "a script runs until scripts are switched off"
    );

    let off = json!({"value": true});
    browser.devtools("Emulation.setScriptExecutionDisabled", &off);
    browser.open(&url);
    assert_eq!(is_on(), false);
    assert_eq!(
        browser.value(
            "document.querySelectorAll('.scripted').values().some(part => part.checkVisibility())"
        ),
        false,
        "what would do nothing is not shown"
    );
    let seen = |id: &str| {
        browser.value(&format!(
            "document.getElementById('{id}').checkVisibility({{contentVisibilityAuto: true}})"
        ))
    };
    for part in ["answer", "strong-answers", "red-flags", "by-level"] {
        assert_eq!(seen(part), false, "{part} is hidden at first");
        browser.click(&format!("details:has(#{part}) > summary"));
        assert_eq!(seen(part), true, "{part} is shown after a click");
    }
    browser.click(".follow-ups details > summary");
    let opened = "document.querySelector('.follow-ups details .revealed').checkVisibility()";
    assert_eq!(browser.value(opened), true, "a follow-up's answer");
    browser.click("a[href$='/questions/']");
    browser.arrive(&format!("{plain}questions/"));
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn a_link_into_a_closed_part_opens_it() {
    let text = "Text.\n\n".repeat(60);
    let site = Site::new().question("senior/linked", |question| {
        question.answer(&format!(
            "{text}### A heading in the answer\n\n{text}Text.[^1]\n\n[^1]: A note.\n"
        ))
    });
    let files = site.built();
    let page = files.page("/python/linked/");
    assert!(inside(page, "div", ("id", "answer")).contains("id=\"a-heading-in-the-answer\""));
    let plain = servers::plain(files);
    let browser = Browser::start();
    for id in [
        "answer",
        "strong-answers",
        "red-flags",
        "a-heading-in-the-answer",
        "fn-1",
    ] {
        // Otherwise the fragment alone would change, and what is open stay so.
        browser.open("about:blank");
        browser.open(&format!("{plain}python/linked/"));
        let is_open = format!("document.getElementById('{id}').closest('details').open");
        assert_eq!(browser.value(&is_open), false, "{id}");
        browser.open(&format!("{plain}python/linked/#{id}"));
        assert_eq!(browser.value(&is_open), true, "{id} by a click on a link");
        browser.open("about:blank");
        browser.open(&format!("{plain}python/linked/#{id}"));
        assert_eq!(browser.value(&is_open), true, "{id} by its address");
        // It scrolls when it draws next.
        let place = browser.run(&format!(
            "const start = performance.now();
            const look = () => {{
                const {{top}} = document.getElementById('{id}').getBoundingClientRect();
                if (top > -1 && top < innerHeight) done('in sight');
                else if (performance.now() > start + 5000) done(`${{top}} of ${{innerHeight}}`);
                else requestAnimationFrame(look);
            }};
            look()"
        ));
        assert_eq!(place, "in sight", "{id}");
    }
}
