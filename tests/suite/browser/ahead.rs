//! Pages that are fetched ahead: those of the site, when the mouse rests on a link to them.

use std::thread;
use std::time::{Duration, Instant};

use super::driver::Browser;
use super::servers::{self, Log};
use crate::site::Site;

/// Browsers wait for some 200 ms before they take an interest.
const MOMENT: Duration = Duration::from_secs(1);

const PATIENCE: Duration = Duration::from_secs(20);

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn a_page_is_fetched_when_the_mouse_rests_on_a_link_to_it() {
    let (site, log) = servers::with_headers(Site::shipped().built());
    let browser = Browser::start();
    browser.resize(1400, 900);
    browser.open(&format!("{site}python/gil-and-architecture/"));
    for no_page in ["a[href='#answer']", "a[href='/feed.xml']"] {
        browser.hover(no_page);
        thread::sleep(MOMENT);
        assert_eq!(asked_ahead(&log), [""; 0], "{no_page}");
    }
    // Rules load when the page has; the mouse must come after that.
    let link = "a[rel='next']";
    let start = Instant::now();
    while asked_ahead(&log).is_empty() {
        assert!(start.elapsed() < PATIENCE, "nothing is fetched ahead");
        browser.hover("h1");
        browser.hover(link);
        thread::sleep(MOMENT);
    }
    let next = browser.value(&format!(
        "document.querySelector(\"{link}\").getAttribute('href')"
    ));
    assert_eq!(asked_ahead(&log), [next.as_str().unwrap()]);

    browser.click(link);
    browser.arrive(&format!("{site}{}", &next.as_str().unwrap()[1..]));
    let came = browser.value("performance.getEntriesByType('navigation')[0].deliveryType");
    assert_eq!(came, "navigational-prefetch");
    assert_eq!(browser.events().problems, [""; 0]);
}

#[test]
#[ignore = "needs Chromium and ChromeDriver: tests/run checks for them"]
fn a_host_without_headers_is_asked_for_nothing_ahead() {
    let (site, log) = servers::without_headers(Site::shipped().built());
    let browser = Browser::start();
    browser.open(&format!("{site}python/gil-and-architecture/"));
    browser.hover("a[rel='next']");
    thread::sleep(MOMENT);
    assert_eq!(asked_ahead(&log), [""; 0]);
}

fn asked_ahead(log: &Log) -> Vec<String> {
    log.lock().unwrap().clone()
}
