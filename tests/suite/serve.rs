//! The preview server, over real HTTP: what it answers, and how it starts and stops.

mod changes;
mod load;
mod safety;
mod server;

use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use insta::assert_snapshot;

use crate::site::{Ran, Site, page};
use server::{Server, without_preview};

fn with_an_alias() -> Site {
    Site::new()
        .file("content/python/junior/data file.txt", "data")
        .question("junior/x", |q| {
            q.front("aliases: [old-x]")
                .candidate("[data](<data file.txt>)")
        })
}

#[test]
fn every_file_of_the_build_is_served_as_it_is() {
    let site = with_an_alias();
    let files = site.built_with(&["--drafts"]);
    let server = Server::start(&site, &[]);
    for (path, bytes) in &files.0 {
        // Files for hosts, not for readers; and a redirect is one there.
        if path.starts_with('.') || path.contains("old-x") {
            continue;
        }
        let address = path
            .strip_suffix("index.html")
            .unwrap_or(path)
            .replace(' ', "%20");
        let response = server.get(&format!("/{address}"));
        assert_eq!(response.status, 200, "{path}");
        let served = without_preview(&response.bytes);
        assert!(served == *bytes, "{path} differs from the build");
    }
}

#[test]
fn kinds_of_files_are_told() {
    let server = Server::start(&with_an_alias(), &[]);
    let kinds: Vec<String> = [
        "/",
        "/feed.xml",
        "/sitemap.xml",
        "/robots.txt",
        "/questions.json",
        "/schema/question.json",
        "/manifest.webmanifest",
        "/python/junior/data%20file.txt",
    ]
    .iter()
    .map(|path| {
        format!(
            "{path} {}",
            server.get(path).header("content-type").unwrap()
        )
    })
    .collect();
    assert_snapshot!(kinds.join("\n"), @"
    / text/html; charset=utf-8
    /feed.xml application/xml; charset=utf-8
    /sitemap.xml application/xml; charset=utf-8
    /robots.txt text/plain; charset=utf-8
    /questions.json application/json
    /schema/question.json application/json
    /manifest.webmanifest application/manifest+json
    /python/junior/data%20file.txt text/plain; charset=utf-8
    ");
}

#[test]
fn every_answer_has_the_policy() {
    let server = Server::start(&Site::new(), &[]);
    for path in ["/", "/python", "/nowhere/", "/questions.json", "/%ff"] {
        let response = server.get(path);
        let policy = response
            .header("content-security-policy")
            .unwrap_or_default();
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'; "),
            "{path}: {policy}"
        );
        assert!(
            policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert_eq!(
            response.header("x-content-type-options"),
            Some("nosniff"),
            "{path}"
        );
    }
}

#[test]
fn what_is_not_there_and_what_is_elsewhere() {
    let server = Server::start(&with_an_alias(), &[]);
    let missing = server.get("/python/nowhere/");
    assert_eq!(missing.status, 404);
    assert!(missing.body.contains("<html"), "{}", missing.body);
    for path in [
        "/../content/handbook.yaml",
        "/%2e%2e/content/handbook.yaml",
        "/content/handbook.yaml",
        "/handbook.yaml",
        "//",
        "/python/lists/index.html",
        "/%00",
        "/python//lists/",
    ] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    for (path, to) in [
        ("/python", "/python/"),
        ("/python/lists", "/python/lists/"),
        ("/python/old-x/", "/python/x/"),
    ] {
        let response = server.get(path);
        assert_eq!(
            (response.status, response.header("location")),
            (302, Some(to)),
            "{path}"
        );
    }
}

#[test]
fn methods() {
    let server = Server::start(&Site::new(), &[]);
    let get = server.get("/");
    let head = server.ask("HEAD", "/", "");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.header("content-length"), get.header("content-length"));
    for method in ["POST", "PUT", "DELETE", "PATCH"] {
        let response = server.ask(method, "/", "");
        assert_eq!(
            (response.status, response.header("allow")),
            (405, Some("get, head")),
            "{method}"
        );
    }
}

#[test]
fn a_base_address_with_a_path() {
    let site = Site::new().file("content/pages/more.md", &page("More", "[a](faq.md)"));
    let server = Server::start(&site, &["--base-url", "http://localhost/guide"]);
    assert_eq!(server.base, "/guide/");
    assert!(
        server
            .get("/guide/more/")
            .body
            .contains("href=\"/guide/faq/\"")
    );
    for path in ["/", "/guide", "/more/"] {
        let response = server.get(path);
        assert_eq!(response.status, 302, "{path}");
        assert_eq!(response.header("location"), Some("/guide/"), "{path}");
    }
    // Another path that begins alike is not below it.
    assert_eq!(
        server.get("/guidebook/").header("location"),
        Some("/guide/")
    );
}

#[test]
fn drafts_are_shown_and_nothing_is_written() {
    let site = Site::new().question("junior/x", |q| q.set("draft", "true"));
    let server = Server::start(&site, &[]);
    assert_eq!(server.get("/python/x/").status, 200);
    drop(server);
    assert_eq!(site.names(), ["content"]);
}

#[test]
fn many_readers_at_once() {
    let site = Site::new();
    let server = Server::start(&site, &[]);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..10 {
                    assert_eq!(server.get("/python/lists/").status, 200);
                }
            });
        }
    });
}

#[test]
fn headers_are_those_that_the_build_names() {
    let site = Site::new();
    let files = site.built();
    let server = Server::start(&site, &[]);
    let mut compared = 0;
    let mut pattern = "";
    for line in files.text("_headers").lines() {
        let Some((name, value)) = line
            .strip_prefix("  ")
            .and_then(|line| line.split_once(": "))
        else {
            pattern = line;
            continue;
        };
        let path = match pattern {
            "/*" => "/python/",
            "/assets/*" | "/schema/*" => "/schema/question.json",
            path => path,
        };
        let name = name.to_lowercase();
        // These would keep what is about to change, or show a draft to other sites.
        if [
            "cache-control",
            "speculation-rules",
            "access-control-allow-origin",
        ]
        .contains(&name.as_str())
        {
            continue;
        }
        let given = server.get(path);
        let value = value.to_lowercase();
        assert_eq!(given.header(&name), Some(value.as_str()), "{path}");
        compared += 1;
    }
    assert!(compared >= 7, "{compared} headers");
}

#[test]
fn pages_that_a_browser_has_are_not_sent_again() {
    let server = Server::start(&Site::new(), &[]);
    for path in ["/", "/questions.json", "/python/lists/"] {
        let first = server.get(path);
        let tag = first.tag();
        assert_eq!(server.get(path).tag(), tag, "{path}");
        for known in [tag.clone(), format!("\"x\", W/{tag}"), "*".to_owned()] {
            let again = server.ask("GET", path, &format!("If-None-Match: {known}\r\n"));
            assert_eq!((again.status, again.body.as_str()), (304, ""), "{path}");
            assert_eq!(again.tag(), tag, "{path}");
        }
        let other = server.ask("GET", path, "If-None-Match: \"x\"\r\n");
        assert_eq!(other.status, 200, "{path}");
    }
}

#[test]
fn players_of_media_ask_for_parts() {
    let sound: Vec<u8> = (0..700_000_u32)
        .map(|n| n.to_le_bytes()[n as usize % 2])
        .collect();
    let site = Site::new()
        .bytes("content/python/junior/a.mp3", &sound)
        .question("junior/x", |q| q.candidate("[Listen](a.mp3)"));
    let server = Server::start(&site, &[]);
    let path = "/python/junior/a.mp3";
    let all = server.get(path);
    assert_eq!(all.header("content-type"), Some("audio/mpeg"));
    assert_eq!(all.header("accept-ranges"), Some("bytes"));
    assert!(all.bytes == sound);
    let head = server.ask("HEAD", path, "");
    assert_eq!(head.header("content-length"), Some("700000"));
    assert_eq!(head.bytes.len(), 0);
    for (range, expected, place) in [
        ("0-3", 0..4, "bytes 0-3/700000"),
        ("300000-", 300_000..700_000, "bytes 300000-699999/700000"),
        ("-5", 699_995..700_000, "bytes 699995-699999/700000"),
    ] {
        let part = server.ask("GET", path, &format!("Range: bytes={range}\r\n"));
        assert_eq!(part.status, 206, "{range}");
        assert_eq!(part.header("content-range"), Some(place));
        assert!(part.bytes == sound[expected], "{range}");
    }
    let beyond = server.ask("GET", path, "Range: bytes=700000-\r\n");
    assert_eq!(beyond.status, 416);
    assert_eq!(beyond.header("content-range"), Some("bytes */700000"));
    let tag = all.tag();
    for (known, status) in [(tag.as_str(), 206), ("\"other\"", 200)] {
        let part = server.ask(
            "GET",
            path,
            &format!("Range: bytes=0-3\r\nIf-Range: {known}\r\n"),
        );
        assert_eq!(part.status, status, "{known}");
    }
    // A page is sent whole, and so is a part of another file that is in memory.
    assert_eq!(server.ask("GET", "/", "Range: bytes=0-3\r\n").status, 200);
    assert_eq!(
        server
            .ask("GET", "/robots.txt", "Range: bytes=0-3\r\n")
            .bytes
            .len(),
        4
    );
}

#[test]
fn pages_have_one_element_that_a_build_has_not() {
    let site = Site::new();
    let files = site.built();
    let server = Server::start(&site, &[]);
    for path in ["/", "/nowhere/"] {
        let page = server.get(path).body;
        assert_eq!(page.matches("/__viva/").count(), 1, "{path}");
        assert!(page.contains("<script type=\"module\" src=\"/__viva/preview.js\" data-preview="));
    }
    for (path, bytes) in &files.0 {
        assert!(!String::from_utf8_lossy(bytes).contains("__viva"), "{path}");
    }
    assert_eq!(
        server.get("/__viva/preview.js").header("content-type"),
        Some("text/javascript; charset=utf-8")
    );
    assert_eq!(
        server.get("/__viva/preview.css").header("content-type"),
        Some("text/css; charset=utf-8")
    );
    assert_eq!(server.get("/__viva/other").status, 404);
}

#[test]
fn a_service_worker_gets_a_script_that_ends_it() {
    let server = Server::start(&Site::new(), &[]);
    for path in ["/sw.js", "/python/service-worker.js"] {
        let script = server.ask("GET", path, "Service-Worker: script\r\n");
        assert_eq!(script.status, 200);
        assert!(
            script.body.contains("registration.unregister()"),
            "{}",
            script.body
        );
    }
    assert_eq!(server.get("/sw.js").status, 404);
}

#[test]
fn a_folder_without_a_handbook_is_not_served() {
    let site = Site::new().remove("content/handbook.yaml");
    let ran = Ran::of(&mut site.command(&["serve", "--port", "0"]));
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("error[V0001]"), "{}", ran.stderr);
    let ran =
        Ran::of(Command::new(env!("CARGO_BIN_EXE_viva")).args(["serve", "--root", "/nowhere"]));
    assert_eq!(ran.code, 2, "{}", ran.stderr);
}

#[test]
fn a_handbook_with_mistakes_shows_them_until_they_are_mended() {
    let site = Site::new().question("junior/x", |q| q.set("topic", "nonsense"));
    let server = Server::start(&site, &[]);
    server.wait_until("the mistakes are known", || {
        server.problems()["errors"] == 1
    });
    let waiting = server.get("/python/lists/");
    assert_eq!(waiting.status, 503);
    assert!(
        waiting.body.contains("/__viva/preview.js"),
        "{}",
        waiting.body
    );
    let _site = site.question("junior/x", |q| q);
    server.wait_for("/python/lists/", "Two words suffice.");
    server.wait_until("nothing is wrong", || server.problems()["errors"] == 0);
}

#[test]
fn a_port_that_is_taken_gives_way_to_the_next() {
    let site = Site::new();
    // Whoever holds two neighbours at the same time knows that the third may be free.
    let (holder, port) = loop {
        let holder = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = holder.local_addr().unwrap().port();
        if port < 65_000 && TcpListener::bind(("127.0.0.1", port + 1)).is_ok() {
            break (holder, port);
        }
    };
    let server = Server::start(&site, &["--port", &port.to_string()]);
    assert_ne!(server.port(), port);
    assert!((port + 1..=port + 20).contains(&server.port()));
    assert!(server.said().contains(&format!("port {port} is taken")));
    assert_eq!(server.get("/").status, 200);
    drop(holder);
}

#[test]
fn an_address_that_is_not_ours() {
    let ran = Ran::of(&mut Site::new().command(&["serve", "--host", "192.0.2.1"]));
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("can't listen on 192.0.2.1:4173"),
        "{}",
        ran.stderr
    );
    let ran = Ran::of(&mut Site::new().command(&["serve", "--host", "example.org"]));
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("an address is a number"),
        "{}",
        ran.stderr
    );
}

#[test]
fn other_machines_are_let_in_with_a_warning_alone() {
    let server = Server::start(&Site::new(), &["--host", "0.0.0.0"]);
    assert!(
        server.said().contains("warning: whoever reaches 0.0.0.0"),
        "{}",
        server.said()
    );
    assert!(
        server.said().contains("serving http://127.0.0.1:"),
        "{}",
        server.said()
    );
    assert_eq!(server.get("/").status, 200);
    drop(server);
    let server = Server::start(&Site::new(), &["--host", "localhost"]);
    assert!(!server.said().contains("warning"), "{}", server.said());
}

#[test]
fn the_browser_is_opened_when_it_is_asked_for() {
    let site = Site::new();
    let program = if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let script = "#!/bin/sh\necho \"$@\" > \"$(dirname \"$0\")/opened\"\n";
    site.write(&format!("bin/{program}"), script);
    Command::new("chmod")
        .arg("+x")
        .arg(site.path(&format!("bin/{program}")))
        .status()
        .unwrap();
    let path = format!(
        "{}:{}",
        site.path("bin").display(),
        std::env::var("PATH").unwrap()
    );
    let server = Server::start_with(&site, &["--open"], &[("PATH", &path)]);
    server.wait_until("it is opened", || {
        std::fs::read_to_string(site.path("bin/opened")).is_ok_and(|url| !url.is_empty())
    });
    let opened = std::fs::read_to_string(site.path("bin/opened")).unwrap();
    assert_eq!(opened.trim(), format!("http://{}/", server.host));
}

#[test]
fn it_stops_within_a_second_with_browsers_connected() {
    let site = Site::new();
    for signal in ["INT", "TERM"] {
        let mut server = Server::start(&site, &[]);
        let listeners: Vec<_> = (0..5).map(|_| server.listen()).collect();
        let _idle = std::net::TcpStream::connect(&server.host).unwrap();
        let start = Instant::now();
        let pid = server.child.id().to_string();
        let sent = Command::new("kill")
            .args([&format!("-{signal}"), &pid])
            .stderr(Stdio::null())
            .status();
        assert!(sent.unwrap().success());
        let status = server.child.wait().unwrap();
        assert_eq!(status.code(), Some(0), "{signal}");
        assert!(
            start.elapsed() < Duration::from_secs(1),
            "{signal}: {:?}",
            start.elapsed()
        );
        drop(listeners);
    }
}
