//! Nothing that a contributor can write runs in a reader's browser, however it is encoded.

use insta::assert_snapshot;

use crate::site::{Question, Site};

/// Addresses as Markdown has them, each of which a browser would take for something else than a
/// page.
const UNSAFE: [&str; 37] = [
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "JaVaScRiPt:alert(1)",
    "javascript&#58;alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#x3A;alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6a;&#x61;vascript:alert(1)",
    "&#0000106avascript:alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "java&#10;script:alert(1)",
    "java&#9;script:alert(1)",
    "java&#13;script:alert(1)",
    "&#1;javascript:alert(1)",
    "&#x1F;javascript:alert(1)",
    "&#32;javascript:alert(1)",
    "&#160;javascript:alert(1)",
    "javascript\\:alert(1)",
    "\\javascript:alert(1)",
    "java%0ascript:alert(1)",
    "javascript%3Aalert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,%3Cb%3Ex",
    "data:text/html;base64,PHNjcmlwdD4=",
    "data:image/svg+xml,x",
    "DATA:text/html,x",
    "file:///etc/passwd",
    "blob:https://example.org/x",
    "filesystem:https://example.org/x",
    "about:blank",
    "view-source:https://example.org/",
    "ws://example.org/",
    "tel:123",
    "intent://x",
    "//example.org/x",
    "/\\example.org/x",
];

/// Every way of writing an address, `ADDRESS` for the address.
const WAYS: [(&str, &str); 5] = [
    ("link", "[a](<ADDRESS>)"),
    ("image", "![a](<ADDRESS>)"),
    ("reference", "[a][r]\n\n[r]: <ADDRESS>"),
    ("footnote", "Text.[^1]\n\n[^1]: [a](<ADDRESS>)"),
    ("table", "| a |\n|---|\n| [a](<ADDRESS>) |"),
];

/// Builds what passes the check, and fails when a browser would take an address in it for more
/// than a page of the site.
fn assert_harmless(site: &Site) {
    if site.build().code != 0 {
        return;
    }
    for (path, bytes) in site.files().0 {
        let Some(_) = path.strip_suffix(".html") else {
            continue;
        };
        let html = String::from_utf8(bytes).unwrap();
        for name in ["href=\"", "src=\""] {
            for (at, _) in html.match_indices(name) {
                let rest = &html[at + name.len()..];
                let address = rest[..rest.find('"').unwrap()].replace("&amp;", "&");
                let base = url::Url::parse("https://example.org/python/x/").unwrap();
                let url = base.join(&address).unwrap();
                assert!(
                    ["http", "https", "mailto"].contains(&url.scheme()),
                    "{path}: {address}"
                );
                let own =
                    url.host_str() == Some("example.org") || !address.starts_with(['/', '\\']);
                assert!(own, "{path}: {address} leaves the site");
            }
        }
    }
}

#[test]
fn addresses_in_markdown() {
    // A page a way, so that a definition is not shared.
    for (way, text) in WAYS {
        let mut site = Site::new().config("rules: { near-duplicate: off }");
        for (number, address) in UNSAFE.iter().enumerate() {
            let body = text.replace("ADDRESS", address);
            site = site.question(&format!("junior/case-{number:02}"), |question| {
                question.candidate(&body)
            });
        }
        let found = site.check();
        for (number, address) in UNSAFE.iter().enumerate() {
            let path = format!("content/python/junior/case-{number:02}.md:");
            let of_page: Vec<&String> = found
                .problems
                .iter()
                .filter(|line| line.starts_with(&path))
                .collect();
            assert_eq!(of_page.len(), 1, "{way}: {address}: {of_page:?}");
        }
    }
}

#[test]
fn what_is_said_of_each() {
    let mut site = Site::new().config("rules: { near-duplicate: off }");
    for (number, address) in UNSAFE.iter().enumerate() {
        site = site.question(&format!("junior/{number:02}"), |question| {
            question.candidate(&format!("[a](<{address}>)"))
        });
    }
    let found = site
        .check()
        .to_string()
        .replace("content/python/junior/", "");
    let short: Vec<&str> = found
        .lines()
        .map(|line| line.split(" | ").next().unwrap())
        .collect();
    assert_snapshot!(short.join("\n"), @r"
    00.md:11:6-25 V0501 error an address with `javascript:` is not allowed
    01.md:11:6-25 V0501 error an address with `JAVASCRIPT:` is not allowed
    02.md:11:6-25 V0501 error an address with `JaVaScRiPt:` is not allowed
    03.md:11:1-31 V0501 error an address with `javascript:` is not allowed
    04.md:11:1-33 V0501 error an address with `javascript:` is not allowed
    05.md:11:1-32 V0501 error an address with `javascript:` is not allowed
    06.md:11:1-32 V0501 error an address with `javascript:` is not allowed
    07.md:11:1-37 V0501 error an address with `javascript:` is not allowed
    08.md:11:1-35 V0402 error there is no file `&`
    09.md:11:1-32 V0501 error an address with `javascript:` is not allowed
    10.md:11:1-36 V0501 error an address with `javascript:` is not allowed
    11.md:11:1-32 V0501 error an address with `javascript:` is not allowed
    12.md:11:1-31 V0501 error an address with `javascript:` is not allowed
    13.md:11:1-32 V0501 error an address with `javascript:` is not allowed
    14.md:11:1-31 V0501 error an address with `javascript:` is not allowed
    15.md:11:1-33 V0501 error an address with `javascript:` is not allowed
    16.md:11:1-32 V0501 error an address with `javascript:` is not allowed
    17.md:11:1-33 V0402 error there is no file ` javascript:alert(1)`
    18.md:11:1-28 V0501 error an address with `javascript:` is not allowed
    19.md:11:6-26 V0406 error `\javascript:alert(1)` has a backslash
    20.md:11:6-28 V0406 error `java%0ascript:alert(1)` has an encoded control character
    21.md:11:1-29 V0402 error there is no file `javascript:alert(1)`
    22.md:11:6-24 V0501 error an address with `vbscript:` is not allowed
    23.md:11:6-29 V0501 error an address with `data:` is not allowed
    24.md:11:6-40 V0501 error an address with `data:` is not allowed
    25.md:11:6-26 V0501 error an address with `data:` is not allowed
    26.md:11:6-22 V0501 error an address with `DATA:` is not allowed
    27.md:11:6-24 V0501 error an address with `file:` is not allowed
    28.md:11:6-32 V0501 error an address with `blob:` is not allowed
    29.md:11:6-38 V0501 error an address with `filesystem:` is not allowed
    30.md:11:6-17 V0501 error an address with `about:` is not allowed
    31.md:11:6-38 V0501 error an address with `view-source:` is not allowed
    32.md:11:6-23 V0501 error an address with `ws:` is not allowed
    33.md:11:6-13 V0501 error an address with `tel:` is not allowed
    34.md:11:6-16 V0501 error an address with `intent:` is not allowed
    35.md:11:6-21 V0501 error `//example.org/x` leaves its scheme open
    36.md:11:6-21 V0406 error `/\example.org/x` has a backslash
    exit 1
    ");
}

fn question(change: impl FnOnce(Question) -> Question) -> String {
    let site = Site::new().question("junior/x", change);
    assert_harmless(&site);
    site.check()
        .to_string()
        .replace("content/python/junior/x.md:", "")
}

#[test]
fn addresses_without_brackets() {
    assert_snapshot!(question(|q| q.candidate("<javascript:alert(1)>")), @"
    11:2-21 V0501 error an address with `javascript:` is not allowed | link to `https:`, `http:` or `mailto:`, or to a file of the handbook; before a file name with a colon write `./`
    exit 1
    ");
    assert_snapshot!(question(|q| q.candidate("<JavaScript:alert(1)> <data:text/html,x> <vbscript:x>")), @"
    11:2-21 V0501 error an address with `JavaScript:` is not allowed | link to `https:`, `http:` or `mailto:`, or to a file of the handbook; before a file name with a colon write `./`
    11:24-40 V0501 error an address with `data:` is not allowed | link to `https:`, `http:` or `mailto:`, or to a file of the handbook; before a file name with a colon write `./`
    11:43-53 V0501 error an address with `vbscript:` is not allowed | link to `https:`, `http:` or `mailto:`, or to a file of the handbook; before a file name with a colon write `./`
    exit 1
    ");
    // Bare words are no links.
    assert_snapshot!(question(|q| q.candidate("javascript:alert(1) data:text/html,x //example.org")), @"exit 0");
    assert_snapshot!(question(|q| q.candidate("https://example.org/\"onmouseover=\"alert(1) and www.example.org")), @"exit 0");
}

#[test]
fn addresses_in_fields() {
    let bad = "[a](javascript:alert(1))";
    assert_snapshot!(question(|q| q.set("assesses", &format!("'{bad}'"))), @"
    6:16-35 V0501 error an address with `javascript:` is not allowed | link to `https:`, `http:` or `mailto:`, or to a file of the handbook; before a file name with a colon write `./`
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("strong_answers", &format!("['{bad}', \"[a](java\\tscript:x)\"]"))), @"
    7:23-42 V0501 error an address with `javascript:` is not allowed | link to `https:`, `http:` or `mailto:`, or to a file of the handbook; before a file name with a colon write `./`
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("red_flags", &format!("[\"[a](\\x01javascript:x)\", '{bad}']"))), @"
    8:18-22 V0010 error U+0001 is a control character | remove it
    8:43-62 V0501 error an address with `javascript:` is not allowed | link to `https:`, `http:` or `mailto:`, or to a file of the handbook; before a file name with a colon write `./`
    exit 1
    ");
    assert_snapshot!(question(|q| q.front(&format!("by_level: {{ mid: '{bad}' }}"))), @"
    10:23-42 V0501 error an address with `javascript:` is not allowed | link to `https:`, `http:` or `mailto:`, or to a file of the handbook; before a file name with a colon write `./`
    exit 1
    ");
    assert_snapshot!(question(|q| q.set("follow_ups", &format!("['{bad}', {{ ask: '{bad}', assesses: '{bad}', strong_answers: ['{bad}'], red_flags: ['{bad}'] }}]"))), @"
    9:19-38 V0501 error an address with `javascript:` is not allowed | link to `https:`, `http:` or `mailto:`, or to a file of the handbook; before a file name with a colon write `./`
    9:54-73 V0501 error an address with `javascript:` is not allowed | link to `https:`, `http:` or `mailto:`, or to a file of the handbook; before a file name with a colon write `./`
    9:92-111 V0501 error an address with `javascript:` is not allowed | link to `https:`, `http:` or `mailto:`, or to a file of the handbook; before a file name with a colon write `./`
    9:137-156 V0501 error an address with `javascript:` is not allowed | link to `https:`, `http:` or `mailto:`, or to a file of the handbook; before a file name with a colon write `./`
    9:178-197 V0501 error an address with `javascript:` is not allowed | link to `https:`, `http:` or `mailto:`, or to a file of the handbook; before a file name with a colon write `./`
    exit 1
    ");
}

#[test]
fn addresses_of_references() {
    let urls = [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "\"java\\tscript:alert(1)\"",
        "\"\\u0001javascript:alert(1)\"",
        "\" javascript:alert(1)\"",
        "data:text/html,x",
        "file:///etc/passwd",
        "mailto:a@b.c",
        "//example.org/",
        "/python/",
        "lists.md",
        "example.org",
        "https://",
        "https:///x",
        "\"https://example.org/\\\"onload=\\\"x\"",
    ];
    let mut list = String::new();
    for url in urls {
        let quoted = if url.starts_with('"') {
            url.to_owned()
        } else {
            format!("'{url}'")
        };
        list = format!("{list}\n  - {{ title: A, url: {quoted} }}");
    }
    assert_snapshot!(question(|q| q.set("references", &list)), @"
    11:22-43 V0501 error `url` can't begin with `javascript:` | write an address that begins with https://
    12:22-43 V0501 error `url` can't begin with `javascript:` | write an address that begins with https://
    13:22-45 V0501 error `url` can't begin with `javascript:` | write an address that begins with https://
    14:22-49 V0501 error `url` can't begin with `javascript:` | write an address that begins with https://
    14:23-29 V0010 error U+0001 is a control character | remove it
    15:22-44 V0501 error `url` can't begin with `javascript:` | write an address that begins with https://
    16:22-40 V0501 error `url` can't begin with `data:` | write an address that begins with https://
    17:22-42 V0501 error `url` can't begin with `file:` | write an address that begins with https://
    18:22-36 V0501 error `url` can't begin with `mailto:` | write an address that begins with https://
    19:22-38 V0406 error `//example.org/` is not an address | write a whole address: https://example.org/page
    20:22-32 V0406 error `/python/` is not an address | write a whole address: https://example.org/page
    21:22-32 V0406 error `lists.md` is not an address | write a whole address: https://example.org/page
    22:22-35 V0406 error `example.org` is not an address | write a whole address: https://example.org/page
    23:22-32 V0406 error `https://` is not an address | write a whole address: https://example.org/page
    24:22-34 V0406 error `https:///x` is not an address | write a whole address: https://example.org/page
    exit 1
    ");
}

#[test]
fn addresses_of_the_configuration() {
    let found = |lines: &str| {
        let site = Site::new().config(lines);
        assert_harmless(&site);
        site.check().to_string()
    };
    assert_snapshot!(found("footer: '[a](javascript:x) <data:text/html,x> ![b](https://example.org/x.png)'"), @"
    content/handbook.yaml:14:14-26 V0501 error an address with `javascript:` is not allowed | link to `https:`, `http:` or `mailto:`, or to a file of the handbook; before a file name with a colon write `./`
    content/handbook.yaml:14:29-45 V0501 error an address with `data:` is not allowed | link to `https:`, `http:` or `mailto:`, or to a file of the handbook; before a file name with a colon write `./`
    content/handbook.yaml:14:52-77 V0407 error the image would be loaded from another site | the site makes no request elsewhere: put the file beside the page
    exit 1
    ");
    assert_snapshot!(found("repository: javascript:x"), @"
    content/handbook.yaml:14:13-25 V0501 error `repository` can't begin with `javascript:` | write an address that begins with https://
    exit 1
    ");
    assert_snapshot!(found("repository: 'data:text/html,x'"), @"
    content/handbook.yaml:14:13-31 V0501 error `repository` can't begin with `data:` | write an address that begins with https://
    exit 1
    ");
    assert_snapshot!(found("logo: https://example.org/x.svg"), @"
    content/handbook.yaml:14:7-32 V0111 error `https://example.org/x.svg` is not a file of the content folder | write the path of an image from the content folder: logo.svg
    exit 1
    ");
    assert_snapshot!(found("logo: /etc/passwd"), @"
    content/handbook.yaml:14:7-18 V0111 error `/etc/passwd` is not a file of the content folder | write the path of an image from the content folder: logo.svg
    exit 1
    ");
    let base = |url: &str| {
        Site::new()
            .edit("content/handbook.yaml", "https://example.org/", url)
            .check()
            .to_string()
    };
    assert_snapshot!(base("javascript:x"), @"
    content/handbook.yaml:3:11-23 V0406 error `base_url` does not begin with https:// | write where the site is published: https://example.org/ or https://example.org/guide/
    exit 1
    ");
    assert_snapshot!(base("'https://example.org/?a=b'"), @"
    content/handbook.yaml:3:11-37 V0406 error `base_url` has a `?` or `#` | write where the site is published: https://example.org/ or https://example.org/guide/
    exit 1
    ");
    assert_snapshot!(base("'https://example.org/#a'"), @"
    content/handbook.yaml:3:11-35 V0406 error `base_url` has a `?` or `#` | write where the site is published: https://example.org/ or https://example.org/guide/
    exit 1
    ");
    assert_snapshot!(base("ftp://example.org/"), @"
    content/handbook.yaml:3:11-29 V0406 error `base_url` does not begin with https:// | write where the site is published: https://example.org/ or https://example.org/guide/
    exit 1
    ");
    assert_snapshot!(base("'https://example.org/a\"b<c>/'"), @"exit 0");
}
