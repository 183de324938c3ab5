//! The preview server, over real HTTP.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use insta::assert_snapshot;

use crate::site::{Ran, Site, page};

/// A server that ends with the test.
struct Server {
    child: Child,
    /// `127.0.0.1:40123`
    host: String,
    /// `/`, or the base address's path.
    base: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start(site: &Site, args: &[&str]) -> Self {
        let mut child = site
            .command(&["serve", "--port", "0"])
            .args(args)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let line = lines
            .find_map(|line| {
                line.unwrap()
                    .strip_prefix("serving http://")
                    .map(str::to_owned)
            })
            .expect("the server says where it is");
        // Whatever else it says must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let address = line.split(' ').next().unwrap();
        let (host, path) = address.split_once('/').unwrap();
        Self {
            child,
            host: host.to_owned(),
            base: format!("/{path}"),
        }
    }

    fn ask(&self, method: &str, path: &str) -> Response {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.host
        )
        .unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        let bytes_of_body = bytes.split_off(end.unwrap() + 4);
        let head = String::from_utf8(bytes).unwrap();
        let mut lines = head.lines();
        let status = lines
            .next()
            .unwrap()
            .split(' ')
            .nth(1)
            .unwrap()
            .parse()
            .unwrap();
        Response {
            status,
            headers: lines.map(str::to_lowercase).collect(),
            body: String::from_utf8_lossy(&bytes_of_body).into_owned(),
            bytes: bytes_of_body,
        }
    }

    fn get(&self, path: &str) -> Response {
        self.ask("GET", path)
    }

    /// Asks again until the page has this in it, as the system tells of changes in its own time.
    fn wait_for(&self, path: &str, words: &str) {
        let start = Instant::now();
        while !self.get(path).body.contains(words) {
            assert!(
                start.elapsed() < Duration::from_secs(20),
                "{path} never has `{words}`"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

struct Response {
    status: u16,
    headers: Vec<String>,
    /// As text.
    body: String,
    bytes: Vec<u8>,
}

impl Response {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

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
        assert!(response.bytes == *bytes, "{path} differs from the build");
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
    let head = server.ask("HEAD", "/");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.header("content-length"), get.header("content-length"));
    for method in ["POST", "PUT", "DELETE", "PATCH"] {
        let response = server.ask(method, "/");
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
fn changes_are_seen() {
    let site = Site::new();
    let server = Server::start(&site, &[]);
    assert_eq!(server.get("/new/").status, 404);
    site.write("content/pages/new.md", page("New", "First words."));
    server.wait_for("/new/", "First words.");
    site.write("content/pages/new.md", page("New", "Second words."));
    server.wait_for("/new/", "Second words.");
    // While the content is broken, the last good site is there; then the next one.
    site.write("content/pages/new.md", "---\ntitle: [\n---\nThird words.\n");
    std::thread::sleep(Duration::from_millis(200));
    assert!(server.get("/new/").body.contains("Second words."));
    site.write("content/pages/new.md", page("New", "Fourth words."));
    server.wait_for("/new/", "Fourth words.");
    // The theme and a folder that is new too.
    site.write("content/go/index.md", page("Go", "A new guide."));
    server.wait_for("/go/", "A new guide.");
    std::fs::remove_file(site.path("content/pages/new.md")).unwrap();
    let start = Instant::now();
    while server.get("/new/").status != 404 {
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "the page never goes"
        );
    }
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
fn a_broken_handbook_is_not_served() {
    let site = Site::new().remove("content/handbook.yaml");
    let ran = Ran::of(&mut site.command(&["serve", "--port", "0"]));
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("error[V0001]"), "{}", ran.stderr);
}

#[test]
fn a_port_that_is_taken() {
    let site = Site::new();
    let server = Server::start(&site, &[]);
    let port = server.host.rsplit(':').next().unwrap();
    let ran = Ran::of(&mut site.command(&["serve", "--port", port]));
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("name another with `--port`"),
        "{}",
        ran.stderr
    );
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
