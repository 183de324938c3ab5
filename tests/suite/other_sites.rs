//! `viva check --links`: what is said of addresses of other sites, and what it costs those sites.
//!
//! The sites are servers of this machine. Some tests call the library, whose times are arguments;
//! the others run the program with one of these servers as everybody's proxy.

mod server;

use std::collections::HashSet;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use insta::assert_snapshot;
use url::Url;
use viva::outside::{
    self, Answer, Ask, Checked, Failure, Kept, Mention, Method, Reply, Request, Settings, Target,
    Web,
};

use crate::site::{Checked as Ran, Site, page};
use server::{Asked, Say, Server, html, status, with};

const NOW: u64 = 1_763_625_600;

fn quick() -> Settings {
    Settings {
        workers: 8,
        per_host: 2,
        pause: Duration::ZERO,
        retries: 2,
        backoff: Duration::from_millis(5),
        patience: Duration::from_secs(2),
        connect: Duration::from_secs(2),
        whole: Duration::from_secs(5),
        keep: Duration::from_hours(24),
    }
}

fn targets(addresses: &[String]) -> Vec<Target> {
    let mut targets: Vec<Target> = Vec::new();
    for address in addresses {
        let mut url = Url::parse(address).unwrap();
        let mention = Mention {
            path: Arc::from("content/index.md"),
            start: 0,
            end: 1,
            fragment: url.fragment().map(str::to_owned),
        };
        url.set_fragment(None);
        match targets.iter_mut().find(|target| target.url == url) {
            Some(target) => target.mentions.push(mention),
            None => targets.push(Target {
                url,
                mentions: vec![mention],
            }),
        }
    }
    targets
}

/// What is said of addresses, with `SITE` for the server.
fn told_with(server: &Server, paths: &[&str], settings: &Settings) -> String {
    let addresses: Vec<String> = paths.iter().map(|path| server.url(path)).collect();
    let targets = targets(&addresses);
    let checked = outside::check(
        &targets,
        &Kept::default(),
        NOW,
        settings,
        &Web::new(settings),
        &|| {},
    );
    said(&targets, &checked)
        .replace(&server.url(""), "SITE")
        .replace("127.0.0.1", "HOST")
}

fn told(server: &Server, paths: &[&str]) -> String {
    told_with(server, paths, &quick())
}

fn said(targets: &[Target], checked: &Checked) -> String {
    let lines: Vec<String> = targets
        .iter()
        .zip(&checked.outcomes)
        .flat_map(|(target, outcome)| outside::diagnostics(target, outcome, &|_, _| false))
        .map(|problem| {
            let (code, severity) = (problem.rule.code, problem.severity.as_str());
            format!(
                "{code} {severity} {} | {}",
                problem.message,
                problem.help.unwrap()
            )
        })
        .collect();
    lines.join("\n")
}

#[test]
fn a_page_that_is_there_is_asked_for_once_and_not_read() {
    let server = Server::new(|_| html("<p>Here</p>"));
    assert_eq!(told(&server, &["/a"]), "");
    assert_eq!(server.asked(), ["HEAD /a"]);
    let head = server.heads().concat();
    let name = format!("viva/{}", env!("CARGO_PKG_VERSION"));
    assert!(head.contains(&name), "{head}");
}

#[test]
fn pages_that_are_gone() {
    let server = Server::new(|asked| status(if asked.path == "/gone" { 410 } else { 404 }));
    assert_snapshot!(told(&server, &["/never", "/gone"]), @"
    V0801 error `SITE/never` leads to nothing: the server answers 404 (Not Found) | find its new address, or another source, or take the link out
    V0801 error `SITE/gone` leads to nothing: the server answers 410 (Gone) | find its new address, or another source, or take the link out
    ");
    let mut asked = server.asked();
    asked.sort();
    assert_eq!(
        asked,
        ["GET /gone", "GET /never", "HEAD /gone", "HEAD /never"]
    );
}

#[test]
fn a_server_that_dislikes_the_cheaper_question_is_asked_the_usual_one() {
    for refusal in [400, 403, 404, 405, 500, 501, 503] {
        let server =
            Server::new(move |asked| status(if asked.method == "HEAD" { refusal } else { 200 }));
        assert_eq!(told(&server, &["/"]), "", "{refusal}");
        assert_eq!(server.asked(), ["HEAD /", "GET /"]);
    }
    let server = Server::new(|asked| {
        if asked.method == "HEAD" {
            Say::Nothing
        } else {
            status(200)
        }
    });
    assert_eq!(told(&server, &["/"]), "");
}

#[test]
fn redirects_for_good_are_told_and_others_are_not() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/old" => with(301, "Location: /older"),
        "/older" => with(308, "Location: /new"),
        "/now" => with(302, "Location: /today"),
        "/half" => with(301, "Location: /now"),
        "/docs" => with(301, "Location: /docs/"),
        "/guide" => with(301, "Location: /en-US/guide"),
        "/closed" => with(301, "Location: /"),
        "/part" => with(301, "Location: /new#there"),
        _ => html("<p id=here><p id=there><p id=anywhere>"),
    });
    let paths = [
        "/old",
        "/now",
        "/half",
        "/docs",
        "/guide",
        "/closed",
        "/part#x",
        "/older#here",
    ];
    assert_snapshot!(told(&server, &paths), @"
    V0802 warning `SITE/old` has moved for good | write `SITE/new`
    V0802 warning `SITE/half` has moved for good | write `SITE/now`
    V0802 warning `SITE/closed` has moved for good | it leads to a start page: see if `SITE/` still has what is meant
    V0802 warning `SITE/part` has moved for good | write `SITE/new#there`
    V0804 warning `SITE/part` has no part `#x` | find where it stands now, or link to the page as a whole
    V0802 warning `SITE/older` has moved for good | write `SITE/new#here`
    ");
}

#[test]
fn redirects_that_lead_nowhere() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/round" => with(302, "Location: /again"),
        "/again" => with(302, "Location: /round"),
        "/login" => with(302, "Location: myapp://open"),
        "/bad" => with(302, "Location: http://[/"),
        "/blank" => status(302),
        "/gone" => with(301, "Location: /nothing"),
        _ => status(404),
    });
    let paths = ["/round", "/login", "/bad", "/blank", "/gone"];
    assert_snapshot!(told(&server, &paths), @"
    V0803 warning `SITE/round` could not be checked: it redirects to `SITE/again`; the redirects come to no end | look at it in a browser; some servers answer nobody else
    V0803 warning `SITE/login` could not be checked: it redirects to an address that is not of the web | look at it in a browser; some servers answer nobody else
    V0803 warning `SITE/bad` could not be checked: it redirects to an address that is not of the web | look at it in a browser; some servers answer nobody else
    V0803 warning `SITE/blank` could not be checked: the server answers 302 | look at it in a browser; some servers answer nobody else
    V0801 error `SITE/gone` leads to nothing: it redirects to `SITE/nothing`; the server answers 404 (Not Found) | find its new address, or another source, or take the link out
    ");
    let longer = Server::new(|asked| {
        let length = asked.path.len();
        let next = format!("Location: {}x", asked.path);
        with(if length > 40 { 200 } else { 302 }, next.leak())
    });
    assert_snapshot!(told(&longer, &["/"]), @"V0803 warning `SITE/` could not be checked: it redirects to `SITE/xxxxxxxxxx`; the redirects come to no end | look at it in a browser; some servers answer nobody else");
    assert_eq!(longer.asked().len(), 11);
}

#[test]
fn a_fault_of_the_moment_is_not_told() {
    let server = Server::new(|asked| match (asked.path.as_str(), asked.time) {
        // HEAD, and GET at once.
        ("/busy", 1..=3) => status(500),
        ("/shut", 1..=2) => Say::Nothing,
        _ => status(200),
    });
    assert_eq!(told(&server, &["/busy", "/shut"]), "");
    let server = Server::new(|asked| status(if asked.path == "/a" { 500 } else { 502 }));
    assert_snapshot!(told(&server, &["/a", "/b"]), @"
    V0803 warning `SITE/a` could not be checked: the server answers 500 (Internal Server Error) | look at it in a browser; some servers answer nobody else
    V0803 warning `SITE/b` could not be checked: the server answers 502 (Bad Gateway) | look at it in a browser; some servers answer nobody else
    ");
    assert_eq!(server.asked().len(), 8, "HEAD, GET, and two more times");
}

#[test]
fn answers_that_say_nothing_of_the_page() {
    let server = Server::new(|asked| status(asked.path[1..].parse().unwrap()));
    let paths = ["/400", "/401", "/403", "/406", "/451", "/999"];
    assert_snapshot!(told(&server, &paths), @"
    V0803 warning `SITE/400` could not be checked: the server answers 400 | look at it in a browser; some servers answer nobody else
    V0803 warning `SITE/401` could not be checked: the server answers 401 (Unauthorized) | look at it in a browser; some servers answer nobody else
    V0803 warning `SITE/403` could not be checked: the server answers 403 (Forbidden) | look at it in a browser; some servers answer nobody else
    V0803 warning `SITE/406` could not be checked: the server answers 406 | look at it in a browser; some servers answer nobody else
    V0803 warning `SITE/451` could not be checked: the server answers 451 | look at it in a browser; some servers answer nobody else
    V0803 warning `SITE/999` could not be checked: the server answers 999 | look at it in a browser; some servers answer nobody else
    ");
}

#[test]
fn a_server_that_has_enough_is_left_alone() {
    // It names a time, and gets it.
    let times = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&times);
    let server = Server::new(move |_| {
        let mut times = noted.lock().unwrap();
        times.push(Instant::now());
        if times.len() == 1 {
            with(429, "Retry-After: 1")
        } else {
            status(200)
        }
    });
    let one = Settings {
        per_host: 1,
        ..quick()
    };
    assert_eq!(told_with(&server, &["/a", "/b", "/c"], &one), "");
    let times = times.lock().unwrap();
    assert_eq!(times.len(), 4);
    assert!(times[1] - times[0] >= Duration::from_secs(1), "{times:?}");
    drop(times);

    // One that wants longer than we wait is not asked again, for no page.
    let server = Server::new(|_| with(429, "Retry-After: 3600"));
    let paths = ["/a", "/b", "/c", "/d"];
    assert_snapshot!(told_with(&server, &paths, &one), @"
    V0803 warning `SITE/a` could not be checked: the server answers 429 (Too Many Requests) | look at it in a browser; some servers answer nobody else
    V0803 warning `SITE/b` could not be checked: the server answers 429 (Too Many Requests) | look at it in a browser; some servers answer nobody else
    V0803 warning `SITE/c` could not be checked: the server answers 429 (Too Many Requests) | look at it in a browser; some servers answer nobody else
    V0803 warning `SITE/d` could not be checked: the server answers 429 (Too Many Requests) | look at it in a browser; some servers answer nobody else
    ");
    assert_eq!(server.asked().len(), 1);
    let server = Server::new(|_| with(503, "Retry-After: Thu, 31 Dec 2099 23:59:59 GMT"));
    assert_eq!(told_with(&server, &paths, &one).lines().count(), 4);
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn servers_that_do_not_answer() {
    let slow = Settings {
        whole: Duration::from_millis(200),
        ..quick()
    };
    let one = Settings {
        per_host: 1,
        ..slow.clone()
    };
    let server = Server::new(|_| Say::Later(Duration::from_secs(1)));
    // After two pages nobody waits for the others.
    assert_snapshot!(told_with(&server, &["/a", "/b", "/c", "/d"], &one), @"
    V0803 warning `SITE/a` could not be checked: `HOST` did not answer in time | look at it in a browser; some servers answer nobody else
    V0803 warning `SITE/b` could not be checked: `HOST` did not answer in time | look at it in a browser; some servers answer nobody else
    V0803 warning `SITE/c` could not be checked: `HOST` did not answer in time | look at it in a browser; some servers answer nobody else
    V0803 warning `SITE/d` could not be checked: `HOST` did not answer in time | look at it in a browser; some servers answer nobody else
    ");
    assert_eq!(server.asked().len(), 6);
    let server = Server::new(|_| Say::Nothing);
    assert_snapshot!(told_with(&server, &["/"], &slow), @"V0803 warning `SITE/` could not be checked: `HOST` closed the connection without an answer | look at it in a browser; some servers answer nobody else");
    let server = Server::new(|_| Say::Forever("It is late.\r\n", b"So?\r\n".to_vec()));
    assert_snapshot!(told_with(&server, &["/"], &slow), @"V0803 warning `SITE/` could not be checked: the answer of `HOST` can't be read | look at it in a browser; some servers answer nobody else");
    let server = Server::new(|_| Say::Forever("HTTP/1.1 200 X\r\n", b"A: b\r\n".to_vec()));
    assert_snapshot!(told_with(&server, &["/"], &slow), @"V0803 warning `SITE/` could not be checked: the answer of `HOST` can't be read | look at it in a browser; some servers answer nobody else");
    // Nobody listens there.
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let targets = targets(&[format!("http://127.0.0.1:{port}/")]);
    let checked = outside::check(
        &targets,
        &Kept::default(),
        NOW,
        &slow,
        &Web::new(&slow),
        &|| {},
    );
    assert_snapshot!(said(&targets, &checked).replace(&port.to_string(), "PORT"), @"V0801 error `http://127.0.0.1:PORT/` leads to nothing: `127.0.0.1` refuses the connection | find its new address, or another source, or take the link out");
    assert_eq!(checked.offline, [""; 0], "somebody refused");
}

#[test]
fn encryption_that_fails() {
    // An alert: no handshake that both sides know.
    let server = Server::new(|_| Say::Forever("\u{15}\u{3}\u{3}\0\u{2}\u{2}\u{28}", Vec::new()));
    let targets = targets(&[format!("https://127.0.0.1:{}/", server.port)]);
    let settings = quick();
    let checked = outside::check(
        &targets,
        &Kept::default(),
        NOW,
        &settings,
        &Web::new(&settings),
        &|| {},
    );
    assert_snapshot!(said(&targets, &checked).replace(&server.port.to_string(), "PORT"), @"V0803 warning `https://127.0.0.1:PORT/` could not be checked: no encryption was agreed on with `127.0.0.1` | look at it in a browser; some servers answer nobody else");
}

#[test]
fn a_system_without_certificates_asks_all_the_same() {
    let proxy = Server::new(|_| Say::Nothing);
    let body = "<https://a.test/>, <https://b.test/>, <https://c.test/>, <https://d.test/>.";
    let site = Site::new().file("content/pages/faq.md", &page("FAQ", body));
    let mut command = site.command(&["check", "--links", "--format", "json"]);
    through(&mut command, &proxy)
        .env("SSL_CERT_FILE", "/nonexistent")
        .env("SSL_CERT_DIR", "/nonexistent");
    let checked = site.checked(&mut command);
    assert_eq!(checked.codes(), ["V0803"; 4]);
    // Encryption began with each of them: a greeting, which is no HTTP.
    let greeted: Vec<String> = proxy.heads();
    let each = |host: &str| greeted.iter().any(|head| head.contains(host));
    assert!(
        ["a.test", "b.test", "c.test", "d.test"]
            .map(each)
            .iter()
            .all(|&is| is),
        "{greeted:?}"
    );
}

#[test]
fn parts_of_pages() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/page" => {
            html("<h2 id=lists><h2 id=list-methods><a name=sorting></a><p id='gr%C3%BC%C3%9Fe'>")
        }
        "/script" => html("<div id=root></div><p id=a><p id=b><p id=c>"),
        "/few" => html("<p id=a>"),
        "/text" => Say::Page(
            200,
            "Content-Type: text/plain",
            "<p id=a><p id=b><p id=c>".to_owned(),
        ),
        "/huge" => html(&format!("<p id=a><p id=b><p id=c>{}", "x".repeat(3 << 20))),
        "/long" => html(&format!(
            "<p id=a><p id=b><p id=c>{}<p id=end>",
            "x".repeat(1 << 20)
        )),
        "/evil" => html("<p id='a\u{1b}[2J'><p id=b><p id=c>"),
        _ => Say::Forever(
            "HTTP/1.1 200 X\r\nContent-Type: text/html\r\n\r\n<p id=a><p id=b><p id=c>",
            vec![b'x'; 1 << 16],
        ),
    });
    let fine = [
        "/page",
        "/page#lists",
        "/page#sorting",
        "/page#gr%C3%BC%C3%9Fe",
        "/script#d",
        "/few#d",
        "/text#d",
        "/huge#d",
        "/long#end",
        "/endless#d",
    ];
    assert_eq!(told(&server, &fine), "");
    assert_eq!(
        server
            .asked()
            .iter()
            .filter(|asked| asked.ends_with("/page"))
            .count(),
        1
    );
    let missing = [
        "/page#lists",
        "/page#list-method",
        "/page#tuples",
        "/long#x",
        "/evil#a",
    ];
    assert_snapshot!(told(&server, &missing), @"
    V0804 warning `SITE/page` has no part `#list-method` | did you mean `#list-methods`?
    V0804 warning `SITE/page` has no part `#tuples` | find where it stands now, or link to the page as a whole
    V0804 warning `SITE/long` has no part `#x` | find where it stands now, or link to the page as a whole
    V0804 warning `SITE/evil` has no part `#a` | find where it stands now, or link to the page as a whole
    ");
}

#[test]
fn a_host_never_has_more_than_two_requests_of_ours() {
    let slow = |_: &Asked| {
        std::thread::sleep(Duration::from_millis(20));
        status(200)
    };
    let (first, second) = (Server::new(slow), Server::new(slow));
    let mut addresses = Vec::new();
    for number in 0..12 {
        addresses.push(first.url(&format!("/{number}")));
        addresses.push(second.url(&format!("/{number}")));
    }
    let targets = targets(&addresses);
    let settings = quick();
    let web = Web::new(&settings);
    let done = Mutex::new(0);
    let checked = outside::check(&targets, &Kept::default(), NOW, &settings, &web, &|| {
        *done.lock().unwrap() += 1;
    });
    assert_eq!(said(&targets, &checked), "");
    assert_eq!((first.peak(), second.peak()), (2, 2));
    assert_eq!(first.asked().len(), 12);
    assert_eq!(*done.lock().unwrap(), 24, "the progress bar's steps");
}

#[test]
fn a_dead_host_costs_one_address_its_time() {
    /// No host is there but one.
    struct Names(Mutex<Vec<String>>);
    impl Ask for Names {
        fn ask(&self, request: &Request) -> Answer {
            self.0.lock().unwrap().push(request.url.to_string());
            if request.url.host_str() == Some("there.test") {
                let status = 200;
                return Answer::Reply(Reply {
                    status,
                    ..Reply::default()
                });
            }
            Answer::Failed(Failure::NoHost)
        }
    }
    let settings = Settings {
        per_host: 1,
        ..quick()
    };
    let mut addresses: Vec<String> = (0..20).map(|n| format!("https://no.test/{n}")).collect();
    let web = Names(Mutex::default());
    let dead = targets(&addresses);
    let checked = outside::check(&dead, &Kept::default(), NOW, &settings, &web, &|| {});
    // As far as anybody can tell, this machine has no network.
    assert_eq!(checked.offline, ["no.test"]);
    addresses.push("https://there.test/".to_owned());
    let both = targets(&addresses);
    let web = Names(Mutex::default());
    let checked = outside::check(&both, &Kept::default(), NOW, &settings, &web, &|| {});
    assert_eq!(checked.offline, [""; 0]);
    assert_eq!(said(&both, &checked).lines().count(), 20);
    assert!(web.0.lock().unwrap().len() < 24, "{:?}", web.0);
    // The next run knows the one that is there, and asks it again before it blames the network.
    let kept = checked.kept;
    let web = Names(Mutex::default());
    let checked = outside::check(&both, &kept, NOW + 1, &settings, &web, &|| {});
    assert_eq!((checked.known, checked.offline.len()), (1, 0));
    assert_eq!(web.0.lock().unwrap().last().unwrap(), "https://there.test/");
}

#[test]
fn no_redirect_leads_to_the_machine_that_asks() {
    struct Inward(Mutex<HashSet<String>>);
    impl Ask for Inward {
        fn ask(&self, request: &Request) -> Answer {
            assert_eq!(request.method, Method::Head);
            self.0.lock().unwrap().insert(request.url.to_string());
            Answer::Reply(Reply {
                status: 302,
                location: Some("http://169.254.169.254/latest/meta-data/".to_owned()),
                ..Reply::default()
            })
        }
    }
    let targets = targets(&["https://a.test/".to_owned()]);
    let web = Inward(Mutex::default());
    let checked = outside::check(&targets, &Kept::default(), NOW, &quick(), &web, &|| {});
    assert_snapshot!(said(&targets, &checked), @"V0803 warning `https://a.test/` could not be checked: it redirects to an address that is not of the web | look at it in a browser; some servers answer nobody else");
    assert_eq!(web.0.lock().unwrap().len(), 1);
}

/// `viva check` with a server that is everybody's proxy.
fn check(site: &Site, proxy: &Server, args: &[&str]) -> Ran {
    let mut command = site.command(&["check", "--format", "json"]);
    site.checked(through(&mut command, proxy).args(args))
}

/// The command, with a server that is everybody's proxy.
fn through<'c>(command: &'c mut Command, proxy: &Server) -> &'c mut Command {
    command
        .env("ALL_PROXY", format!("http://127.0.0.1:{}", proxy.port))
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
}

/// Sites of which `/gone` is gone, `/old` has moved, and `/closed` is for members.
fn sites() -> Server {
    Server::new(|asked| match asked.path.as_str() {
        "/gone" => status(404),
        "/old" => with(301, "Location: http://b.test/new"),
        "/closed" => status(403),
        _ => html("<p id=a><p id=b><p id=c>"),
    })
}

fn with_links() -> Site {
    Site::new()
        .file("content/pages/faq.md", &page("FAQ", "See [it](http://a.test/gone), <http://a.test/closed>."))
        .question("junior/lists", |question| {
            question
                .front("references: [{ title: A, url: http://a.test/old }, { title: B, url: http://a.test/x#d }]")
                .answer("See [the story](http://a.test/gone) and http://a.test/x#a, <mailto:a@a.test>, http://localhost:8000/.")
        })
        .config("footer: See [us](http://a.test/gone).")
}

#[test]
fn everything_that_a_handbook_names_is_asked_for_once() {
    let proxy = sites();
    assert_snapshot!(check(&with_links(), &proxy, &["--links"]), @"
    content/handbook.yaml:14:13-37 V0801 error `http://a.test/gone` leads to nothing: the server answers 404 (Not Found) | find its new address, or another source, or take the link out
    content/pages/faq.md:4:31-53 V0803 warning `http://a.test/closed` could not be checked: the server answers 403 (Forbidden) | look at it in a browser; some servers answer nobody else
    content/python/junior/lists.md:10:31-48 V0802 warning `http://a.test/old` has moved for good | write `http://b.test/new`
    content/python/junior/lists.md:10:69-86 V0804 warning `http://a.test/x` has no part `#d` | find where it stands now, or link to the page as a whole
    exit 1
    ");
    let mut asked = proxy.asked();
    asked.sort();
    assert_eq!(
        asked,
        [
            "GET /closed",
            "GET /gone",
            "GET /x",
            "HEAD /closed",
            "HEAD /gone",
            "HEAD /new",
            "HEAD /old"
        ]
    );
}

#[test]
fn nothing_is_asked_without_being_told_to() {
    let proxy = sites();
    let site = with_links();
    assert_snapshot!(check(&site, &proxy, &[]), @"exit 0");
    assert_eq!(proxy.asked(), [""; 0]);
    assert!(!site.path(".viva-cache/links.json").exists());
}

#[test]
fn what_was_there_is_not_asked_again_for_a_week() {
    let proxy = sites();
    let body = "[a](http://a.test/x#a), [b](http://a.test/old), [c](http://a.test/gone).";
    let site = Site::new().file("content/pages/faq.md", &page("FAQ", body));
    let first = check(&site, &proxy, &["--links"]);
    assert_eq!(first.codes(), ["V0802", "V0801"]);
    assert_eq!(proxy.asked().len(), 5);
    // What is wrong is said again; the dead one may have come back.
    let second = check(&site, &proxy, &["--links"]);
    assert_eq!(second.problems, first.problems);
    assert_eq!(proxy.asked()[5..], ["HEAD /gone", "GET /gone"]);
    // Unless all are asked for, or the file can't be read.
    check(&site, &proxy, &["--links=all"]);
    assert_eq!(proxy.asked().len(), 12);
    site.write(".viva-cache/links.json", "{ broken");
    assert_eq!(check(&site, &proxy, &["--links"]).problems, first.problems);
    assert_eq!(proxy.asked().len(), 17);
}

#[test]
fn one_problem_for_an_address_however_many_pages_have_it() {
    let proxy = sites();
    let mut site = Site::new();
    for number in 0..8 {
        let path = format!("content/pages/p{number}.md");
        site = site.file(&path, &page("A page", "See [it](http://a.test/gone)."));
    }
    assert_snapshot!(check(&site, &proxy, &["--links"]), @"
    content/pages/p0.md:4:5-29 V0801 error `http://a.test/gone` leads to nothing: the server answers 404 (Not Found) | find its new address, or another source, or take the link out
    exit 1
    ");
    let mut command = site.command(&["check", "--links"]);
    let human = crate::site::Ran::of(through(&mut command, &proxy));
    assert_eq!(human.code, 1);
    assert_snapshot!(human.stderr, @"
    18 pages, no problems
    error[V0801]: `http://a.test/gone` leads to nothing: the server answers 404 (Not Found)
     --> content/pages/p0.md:4:5
      |
    4 | See [it](http://a.test/gone).
      |     ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: find its new address, or another source, or take the link out
    note: it stands here too
     --> content/pages/p1.md:4:5
      |
    4 | See [it](http://a.test/gone).
      |     ------------------------
    note: it stands here too
     --> content/pages/p2.md:4:5
      |
    4 | See [it](http://a.test/gone).
      |     ------------------------
    note: it stands here too
     --> content/pages/p3.md:4:5
      |
    4 | See [it](http://a.test/gone).
      |     ------------------------
    note: it stands here too
     --> content/pages/p4.md:4:5
      |
    4 | See [it](http://a.test/gone).
      |     ------------------------
    note: it stands here too, and in 2 more places
     --> content/pages/p5.md:4:5
      |
    4 | See [it](http://a.test/gone).
      |     ------------------------

    error: 1 error; `viva explain CODE` tells more
    1 address
    ");
}

#[test]
fn the_handbook_and_its_pages_say_what_matters() {
    let proxy = sites();
    let body = "See [it](http://a.test/gone).";
    let allow = "[{ rule: link-dead, reason: It is history. }]";
    let allowed = |q: crate::site::Question| q.answer(body).front(&format!("allow: {allow}"));
    // A page that is excepted is passed over, and the next one told.
    let site = Site::new().question("junior/lists", allowed);
    assert_snapshot!(check(&site, &proxy, &["--links"]), @"exit 0");
    // The exception is not called useless by a check that has not asked.
    assert_snapshot!(check(&site, &proxy, &[]), @"exit 0");
    let site = site.question("junior/tuples", |q| q.set("title", "Why?").answer(body));
    assert_snapshot!(check(&site, &proxy, &["--links"]), @"
    content/python/junior/tuples.md:13:5-29 V0801 error `http://a.test/gone` leads to nothing: the server answers 404 (Not Found) | find its new address, or another source, or take the link out
    exit 1
    ");
    let rules = site.config("rules: { link-dead: warning }");
    assert_snapshot!(check(&rules, &proxy, &["--links"]), @"
    content/python/junior/tuples.md:13:5-29 V0801 warning `http://a.test/gone` leads to nothing: the server answers 404 (Not Found) | find its new address, or another source, or take the link out
    exit 0
    ");
    assert_eq!(
        check(&rules, &proxy, &["--links", "--deny-warnings"]).code,
        1
    );
    let off = with_links()
        .config("rules: { link-dead: off, link-moved: off, link-unsure: off, V0804: off }");
    assert_snapshot!(check(&off, &proxy, &["--links"]), @"exit 0");
}

#[test]
fn drafts_are_asked_for_with_the_others_when_they_are_checked() {
    let proxy = sites();
    let site = Site::new().question("junior/x", |q| {
        q.set("title", "Drafted?")
            .set("draft", "true")
            .answer("See http://a.test/gone.")
    });
    assert_eq!(check(&site, &proxy, &["--links"]).code, 0);
    assert_eq!(
        check(&site, &proxy, &["--links", "--drafts"]).codes(),
        ["V0801"]
    );
}

#[test]
fn a_handbook_with_other_problems_has_its_addresses_checked_too() {
    let proxy = sites();
    let site = Site::new().question("junior/x", |q| {
        q.set("title", "Broken?")
            .set("minutes", "0")
            .front("references: [{ title: A, url: http://a.test/gone }]")
    });
    assert_snapshot!(check(&site, &proxy, &["--links"]), @"
    content/python/junior/x.md:5:10-11 V0111 error `minutes` must be from 1 to 240, not 0
    content/python/junior/x.md:10:31-49 V0801 error `http://a.test/gone` leads to nothing: the server answers 404 (Not Found) | find its new address, or another source, or take the link out
    exit 1
    ");
}

#[test]
fn without_a_network_one_thing_is_said() {
    // Nobody listens there.
    let mut proxy = sites();
    proxy.port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    assert_snapshot!(check(&with_links(), &proxy, &["--links"]), @"
    error: none of the hosts can be reached (`a.test`): is there a network?
    exit 2
    ");
    // Nothing to ask for is no lack of a network.
    assert_snapshot!(check(&Site::new(), &proxy, &["--links"]), @"exit 0");
}

#[test]
fn people_read_how_many_were_asked_for() {
    let proxy = sites();
    let body = "[a](http://a.test/x), [b](http://b.test/y), [c](http://b.test/z).";
    let site = Site::new().file("content/pages/faq.md", &page("FAQ", body));
    let run = || {
        let mut command = site.command(&["check", "--links"]);
        crate::site::Ran::of(through(&mut command, &proxy)).stderr
    };
    assert_snapshot!(run(), @"
    10 pages, no problems
    3 addresses, no problems
    ");
    assert_snapshot!(run(), @"
    10 pages, no problems
    3 addresses, 3 of them known from the last 7 days, no problems
    ");
}
