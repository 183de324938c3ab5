//! A server on a developer's machine: other sites, other machines and rude clients get nothing.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::json;

use super::server::Server;
use crate::site::Site;

#[test]
fn a_request_names_the_server_and_nobody_else() {
    let server = Server::start(&Site::new(), &[]);
    let port = server.port();
    let own = ["localhost", "127.0.0.1", "[::1]"];
    for host in own {
        for host in [host.to_owned(), format!("{host}:{port}")] {
            assert_eq!(server.ask_as(&host, "GET", "/", "").status, 200, "{host}");
        }
    }
    for host in [
        "evil.example",
        "evil.example:4173",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "169.254.169.254",
        "127.0.0.1:port",
        "",
    ] {
        for path in [
            "/",
            "/questions.json",
            "/__viva/events",
            "/__viva/preview.js",
        ] {
            let answer = server.ask_as(host, "GET", path, "");
            assert_eq!(answer.status, 403, "{host} {path}");
            assert!(!answer.body.contains("Test Handbook"), "{host} {path}");
        }
    }
    for request in [
        "GET / HTTP/1.1\r\nConnection: close\r\n\r\n".to_owned(),
        "GET / HTTP/1.0\r\n\r\n".to_owned(),
        format!(
            "GET / HTTP/1.1\r\nHost: {0}\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
            server.host
        ),
        format!(
            "GET http://evil.example/ HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            server.host
        ),
        format!(
            "GET http://{}/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
            server.host
        ),
    ] {
        let answer = server.raw(request.as_bytes()).unwrap();
        assert!(
            [400, 403].contains(&answer.status),
            "{request}{}",
            answer.status
        );
    }
}

#[test]
fn no_path_leaves_the_site() {
    let site = Site::new()
        .file("secret.txt", "the secret")
        .file("content/python/junior/data.txt", "public")
        .question("junior/x", |q| q.candidate("[data](data.txt)"));
    let server = Server::start(&site, &[]);
    assert_eq!(server.get("/python/junior/data.txt").body, "public");
    for path in [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/%252e%252e%252fsecret.txt",
        "/..\\secret.txt",
        "/..%5csecret.txt",
        "/..%255csecret.txt",
        "/python/junior/../../../secret.txt",
        "/python/junior/..%2f..%2f..%2fsecret.txt",
        "/....//secret.txt",
        "//secret.txt",
        "/.%00./secret.txt",
        "/secret.txt%00.html",
        "/%c0%ae%c0%ae/secret.txt",
        "/C:/secret.txt",
        "/C:%5csecret.txt",
        "/file:///etc/passwd",
        "/etc/passwd",
        "/assets/../../secret.txt",
        "/__viva/../secret.txt",
        "/__viva/..%2f..%2fsecret.txt",
        "/content/handbook.yaml",
        "/.viva-cache/highlight",
    ] {
        let answer = server.get(path);
        assert!(
            [302, 400, 404].contains(&answer.status),
            "{path}: {}",
            answer.status
        );
        assert!(!answer.body.contains("the secret"), "{path}");
        assert!(!answer.body.contains("root:"), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_became_a_link_to_elsewhere_is_not_served() {
    let site = Site::new()
        .file("secret.txt", "the secret")
        .file("content/python/junior/data.txt", "public")
        .question("junior/x", |q| q.candidate("[data](data.txt)"));
    let server = Server::start(&site, &[]);
    let file = site.path("content/python/junior/data.txt");
    std::fs::remove_file(&file).unwrap();
    std::os::unix::fs::symlink(site.path("secret.txt"), &file).unwrap();
    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(500) {
        assert!(
            !server
                .get("/python/junior/data.txt")
                .body
                .contains("the secret")
        );
    }
}

#[test]
fn pages_of_other_sites_learn_nothing() {
    let server = Server::start(&Site::new(), &[]);
    for headers in [
        "Origin: https://evil.example\r\n".to_owned(),
        "Origin: null\r\n".to_owned(),
        format!("Origin: https://{}\r\n", server.host),
        format!("Origin: http://127.0.0.1:{}\r\n", server.port() ^ 1),
        "Sec-Fetch-Site: cross-site\r\n".to_owned(),
        "Sec-Fetch-Site: same-site\r\n".to_owned(),
    ] {
        for path in ["events", "problems", "page?path=/", "preview.js"] {
            let answer = server.ask("GET", &format!("/__viva/{path}"), &headers);
            assert_eq!(answer.status, 403, "{path} {headers}");
            assert!(!answer.body.contains("token"), "{path} {headers}");
        }
    }
    for path in [
        "/",
        "/questions.json",
        "/schema/question.json",
        "/__viva/problems",
    ] {
        let answer = server.get(path);
        assert_eq!(answer.header("access-control-allow-origin"), None, "{path}");
        assert_eq!(
            answer.header("cross-origin-resource-policy"),
            Some("same-origin"),
            "{path}"
        );
    }
}

/// A program that notes how it was called.
fn editor(site: &Site) -> String {
    let script = "#!/bin/sh\nprintf '%s\\n' \"$@\" >> \"$(dirname \"$0\")/opened\"\n";
    site.write("editor.sh", script);
    let path = site.path("editor.sh");
    let made = std::process::Command::new("chmod")
        .arg("+x")
        .arg(&path)
        .status();
    assert!(made.unwrap().success());
    format!("{} {{file}}:{{line}}:{{column}}", path.display())
}

#[test]
fn the_editor_opens_for_the_previews_own_pages_and_the_handbooks_own_files() {
    let site = Site::new().file("secret.txt", "the secret");
    let editor = editor(&site);
    let server = Server::start_with(&site, &[], &[("VIVA_EDITOR", &editor)]);
    assert_eq!(server.problems()["editor"], true);
    let token = server.state()["token"].as_str().unwrap().to_owned();
    let own = format!(
        "Origin: http://{}\r\nX-Viva-Token: {token}\r\n",
        server.host
    );
    let open = |headers: &str, path: &str| {
        let body = json!({"path": path, "line": 3, "column": 7}).to_string();
        let headers = format!("{headers}Content-Length: {}\r\n", body.len());
        let request = format!(
            "POST /__viva/open HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{headers}\r\n{body}",
            server.host
        );
        server.raw(request.as_bytes()).unwrap().status
    };
    let page = "content/python/junior/lists.md";
    for (refused, why) in [
        (format!("X-Viva-Token: {token}\r\n"), "no origin"),
        (format!("Origin: http://{}\r\n", server.host), "no token"),
        (own.replace("http://127", "https://127"), "another origin"),
        (own.replace(&token, &token[1..]), "another token"),
        (
            format!("{own}Sec-Fetch-Site: cross-site\r\n"),
            "another site",
        ),
    ] {
        assert_eq!(open(&refused, page), 403, "{why}");
    }
    for path in [
        "secret.txt",
        "content/../secret.txt",
        "/etc/passwd",
        "content/python",
        "content/nothing.md",
        "-x",
        "",
    ] {
        assert_eq!(open(&own, path), 400, "{path}");
    }
    let answer = server.ask("GET", "/__viva/open", &own);
    assert_eq!(answer.status, 405);
    assert!(!site.path("opened").exists());

    assert_eq!(open(&own, page), 204);
    let opened = || std::fs::read_to_string(site.path("opened")).unwrap_or_default();
    server.wait_until("the editor was called", || opened().ends_with('\n'));
    let file = site.path(page).canonicalize().unwrap();
    assert_eq!(opened(), format!("{}:3:7\n", file.display()));
}

#[test]
fn without_an_editor_none_is_opened() {
    let server = Server::start(&Site::new(), &[]);
    assert_eq!(server.problems()["editor"], false);
    let token = server.state()["token"].as_str().unwrap().to_owned();
    let headers = format!(
        "Origin: http://{}\r\nX-Viva-Token: {token}\r\nContent-Length: 2\r\n",
        server.host
    );
    assert_eq!(server.ask("POST", "/__viva/open", &headers).status, 404);
}

#[test]
fn a_place_is_short_and_comes_at_once() {
    let site = Site::new();
    let editor = editor(&site);
    let server = Server::start_with(&site, &[], &[("VISUAL", &editor)]);
    let token = server.state()["token"].as_str().unwrap().to_owned();
    let head = format!(
        "POST /__viva/open HTTP/1.1\r\nHost: {0}\r\nConnection: close\r\nOrigin: http://{0}\r\nX-Viva-Token: {token}\r\n",
        server.host
    );
    let long = format!("{head}Content-Length: 99999\r\n\r\n{}", " ".repeat(9_999));
    let answer = server.raw(long.as_bytes());
    assert!(answer.is_none_or(|answer| answer.status == 400));
    let start = Instant::now();
    let slow = format!("{head}Content-Length: 10\r\n\r\n{{");
    assert_eq!(server.raw(slow.as_bytes()).unwrap().status, 400);
    assert!(start.elapsed() < Duration::from_secs(15));
}

#[test]
fn heads_have_a_limit() {
    let server = Server::start(&Site::new(), &[]);
    let long = server.raw(
        format!(
            "GET / HTTP/1.1\r\nHost: {}\r\nX: {}\r\n\r\n",
            server.host,
            "x".repeat(40_000)
        )
        .as_bytes(),
    );
    assert!(long.is_none_or(|answer| answer.status == 431));
    let many = "X: y\r\n".repeat(200);
    assert!([400, 431].contains(&server.ask("GET", "/", &many).status));
    let address = format!("/{}", "x".repeat(40_000));
    let request = format!("GET {address} HTTP/1.1\r\nHost: {}\r\n\r\n", server.host);
    let answer = server.raw(request.as_bytes());
    assert!(answer.is_none_or(|answer| [414, 431].contains(&answer.status)));
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn slow_clients_block_nobody_and_are_sent_away() {
    let server = Server::start(&Site::new(), &[]);
    // More than there may be, each with a request that never ends.
    let mut slow: Vec<TcpStream> = Vec::new();
    for number in 0..600 {
        let Ok(mut stream) = TcpStream::connect(&server.host) else {
            continue;
        };
        let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ");
        slow.push(stream);
        if number % 100 == 99 {
            let start = Instant::now();
            assert_eq!(server.get("/python/lists/").status, 200, "{number}");
            assert!(start.elapsed() < Duration::from_secs(5), "{number}");
        }
    }
    // Those that are still there go after a while, however slowly they go on.
    let start = Instant::now();
    while !slow.is_empty() {
        assert!(
            start.elapsed() < Duration::from_secs(40),
            "{} remain",
            slow.len()
        );
        slow.retain_mut(|stream| {
            stream.set_nonblocking(true).unwrap();
            let closed = match stream.read(&mut [0; 512]) {
                Ok(read) => read == 0,
                Err(error) => error.kind() != std::io::ErrorKind::WouldBlock,
            };
            !closed && stream.write_all(b"x").is_ok()
        });
        std::thread::sleep(Duration::from_millis(200));
    }
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn whoever_takes_no_answer_blocks_nobody() {
    let site = Site::new()
        .bytes("content/python/junior/a.mp4", vec![0; 40_000_000])
        .question("junior/x", |q| q.candidate("[film](a.mp4)"));
    let server = Server::start(&site, &[]);
    let before = server.memory();
    let clients: Vec<TcpStream> = (0..30)
        .map(|_| {
            let mut stream = server.connect();
            write!(
                stream,
                "GET /python/junior/a.mp4 HTTP/1.1\r\nHost: {}\r\n\r\n",
                server.host
            )
            .unwrap();
            stream
        })
        .collect();
    std::thread::sleep(Duration::from_millis(500));
    let start = Instant::now();
    assert_eq!(server.get("/").status, 200);
    assert!(start.elapsed() < Duration::from_secs(5));
    // Each has a few pieces of the film in memory, not all of it.
    let grown = server.memory().saturating_sub(before);
    assert!(grown < 100_000, "{grown} KiB");
    drop(clients);
}
