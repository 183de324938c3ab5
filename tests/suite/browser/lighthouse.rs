//! Lighthouse gives the most that it can give, on a phone and on a desk.

use std::env;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::driver;
use super::servers;
use crate::site::{Files, Ran, Site};

/// The home page, a level and a question.
const PAGES: [&str; 3] = ["", "python/mid/", "python/gil-and-architecture/"];

const ON_A_PHONE: &[&str] = &[];
const ON_A_DESK: &[&str] = &["--preset=desktop"];

/// Lighthouse reckons the speed from times that it takes, and this machine may be busy with other
/// tests: the best of so many runs counts. All else must be right each time.
const RUNS: usize = 3;

#[test]
#[ignore = "needs Chromium and Node.js packages: tests/run checks for them"]
fn on_a_phone_nothing_is_left_to_wish_for() {
    perfect(ON_A_PHONE);
}

#[test]
#[ignore = "needs Chromium and Node.js packages: tests/run checks for them"]
fn on_a_desk_nothing_is_left_to_wish_for() {
    perfect(ON_A_DESK);
}

#[test]
#[ignore = "needs Chromium and Node.js packages: tests/run checks for them"]
fn what_is_left_to_wish_for_is_noticed() {
    let mut files = Site::new().built();
    let page = files.page("/python/lists/");
    let (before, rest) = page.split_once("<meta name=\"description\"").unwrap();
    let (_, after) = rest.split_once('>').unwrap();
    let wrong = format!("{before}{after}").replace(
        "</main>",
        "<img src=\"/nowhere.png\" width=\"9\" height=\"9\"></main>",
    );
    files.0.insert("wrong/index.html".to_owned(), wrong.into());
    let plain = servers::plain(Files(files.0));
    let found = wishes(&report(&format!("{plain}wrong/"), ON_A_PHONE));
    for audit in ["meta-description", "image-alt", "errors-in-console"] {
        assert!(found.contains(audit), "{found}");
    }
}

fn perfect(preset: &[&str]) {
    let (site, _) = servers::with_headers(Site::shipped().built());
    for page in PAGES {
        let url = format!("{site}{page}");
        for run in 1.. {
            let found = wishes(&report(&url, preset));
            if found.is_empty() {
                break;
            }
            let only_slow = found.lines().all(|line| line.starts_with("performance"));
            assert!(only_slow && run < RUNS, "/{page}:\n{found}");
        }
    }
}

/// The categories that have not all points, and under each the audits that took them away.
fn wishes(report: &Value) -> String {
    assert_eq!(report["runtimeError"], Value::Null);
    let mut warnings = report["runWarnings"].as_array().unwrap().clone();
    // That the machine is slow is no news, and no fault of the page.
    warnings.retain(|warning| !warning.as_str().unwrap().contains("slower CPU"));
    assert_eq!(warnings, [Value::Null; 0]);
    let mut wishes = String::new();
    let categories = report["categories"].as_object().unwrap();
    assert_eq!(
        categories.keys().collect::<Vec<_>>(),
        ["accessibility", "best-practices", "performance", "seo"]
    );
    for (name, category) in categories {
        if category["score"] == 1.0 {
            continue;
        }
        let score = &category["score"];
        for part in category["auditRefs"].as_array().unwrap() {
            let audit = &report["audits"][part["id"].as_str().unwrap()];
            let lost = audit["score"].as_f64().is_some_and(|score| score < 1.0);
            if part["weight"] != 0 && lost {
                let (id, title) = (&part["id"], &audit["title"]);
                let (value, details) = (&audit["displayValue"], &audit["details"]["items"]);
                writeln!(wishes, "{name} {score}: {id} {title} {value} {details}").unwrap();
            }
        }
        if wishes.is_empty() {
            writeln!(wishes, "{name} {score}").unwrap();
        }
    }
    wishes
}

/// Lighthouse wants the whole path, and would take another browser that it finds first.
fn chromium() -> PathBuf {
    env::split_paths(&env::var_os("PATH").unwrap())
        .map(|folder| folder.join("chromium"))
        .find(|program| program.is_file())
        .expect("chromium is installed")
}

/// Lighthouse's report on a page. <https://github.com/GoogleChrome/lighthouse>
/// What Lighthouse reports. Where it could not watch the page, it asks to be run again.
fn report(url: &str, preset: &[&str]) -> Value {
    for _ in 1..RUNS {
        let ran = run(url, preset);
        if ran.code == 0 {
            return serde_json::from_str(&ran.stdout).unwrap();
        }
        let asks = ran.stderr.contains("Please run Lighthouse again")
            || ran.stdout.contains("Please run Lighthouse again");
        assert!(asks, "{}{}", ran.stdout, ran.stderr);
    }
    let ran = run(url, preset);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    serde_json::from_str(&ran.stdout).unwrap()
}

fn run(url: &str, preset: &[&str]) -> Ran {
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/web");
    let program = web.join("node_modules/lighthouse/cli/index.js");
    assert!(
        program.is_file(),
        "no {}: npm ci --prefix tests/web",
        program.display()
    );
    Ran::of(
        Command::new("node")
            .arg(program)
            .arg(url)
            .args(["--quiet", "--output=json", "--no-enable-error-reporting"])
            .arg(format!("--chrome-flags={}", driver::flags().join(" ")))
            .args(preset)
            .env("CHROME_PATH", chromium()),
    )
}
