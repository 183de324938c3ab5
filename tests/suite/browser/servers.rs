//! A site on an address of this machine.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::site::{Files, Site};

/// `viva serve`, which sends the policy with every answer. Ends with its value.
pub struct Served {
    pub process: Child,
    /// Ends with a slash.
    pub url: String,
}

impl Served {
    pub fn start(site: &Site, args: &[&str]) -> Self {
        Self::start_with(site, args, &[])
    }

    /// With variables in its environment.
    pub fn start_with(site: &Site, args: &[&str], variables: &[(&str, &str)]) -> Self {
        let port: &[&str] = if args.contains(&"--port") {
            &["serve"]
        } else {
            &["serve", "--port", "0"]
        };
        let mut process = site
            .command(port)
            .args(args)
            .env_remove("VISUAL")
            .env_remove("VIVA_EDITOR")
            .envs(variables.iter().copied())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let url = lines
            .by_ref()
            .map(Result::unwrap)
            .find_map(|line| {
                let rest = line.strip_prefix("serving ")?;
                Some(rest.split(' ').next()?.to_owned())
            })
            .expect("viva serve says where");
        thread::spawn(move || lines.for_each(drop));
        Self { process, url }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Serves files as a host does that knows nothing of `_headers`. Gives the address, which ends with
/// a slash; it is served until all tests have ended.
pub fn plain(files: Files) -> String {
    start(files, Rules::default(), Log::default())
}

/// As [`plain`], with the log.
pub fn without_headers(files: Files) -> (String, Log) {
    let log = Log::default();
    (start(files, Rules::default(), Arc::clone(&log)), log)
}

/// What was asked for in advance: paths, in order.
pub type Log = Arc<Mutex<Vec<String>>>;

/// Serves files as a host does that sends what `_headers` says, compressed where it is text. Gives the
/// address and the log.
pub fn with_headers(files: Files) -> (String, Log) {
    let rules = Rules::new(files.text("_headers"));
    let log = Log::default();
    (start(files, rules, Arc::clone(&log)), log)
}

fn start(files: Files, rules: Rules, log: Log) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let served = Arc::new((files, rules, log));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let served = Arc::clone(&served);
            // The browser may go away at any moment.
            thread::spawn(move || {
                let (files, rules, log) = &*served;
                drop(answer(stream, files, rules, log));
            });
        }
    });
    format!("http://{address}/")
}

/// Patterns of paths, and the headers below each.
#[derive(Default)]
struct Rules(Vec<(String, Vec<String>)>);

impl Rules {
    fn new(text: &str) -> Self {
        let mut rules = Vec::new();
        for line in text.lines() {
            match (line.strip_prefix("  "), rules.last_mut()) {
                (None, _) => rules.push((line.to_owned(), Vec::new())),
                (Some(header), Some((_, headers))) => headers.push(header.to_owned()),
                (Some(_), None) => panic!("{line} belongs to nothing"),
            }
        }
        Self(rules)
    }

    fn headers(&self, path: &str) -> Vec<String> {
        let matches = |pattern: &str| match pattern.strip_suffix('*') {
            Some(start) => path.starts_with(start),
            None => path == pattern,
        };
        let rules = self.0.iter().filter(|(pattern, _)| matches(pattern));
        rules.flat_map(|(_, headers)| headers.clone()).collect()
    }
}

fn answer(mut stream: TcpStream, files: &Files, rules: &Rules, log: &Log) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let path = first.split(' ').nth(1).unwrap_or_default();
    let path = path.split('?').next().unwrap_or_default();
    let mut compressed = false;
    for line in lines {
        let line = line?.to_ascii_lowercase();
        compressed |= line.starts_with("accept-encoding:") && line.contains("gzip");
        if line.starts_with("sec-purpose: prefetch") {
            log.lock().unwrap().push(path.to_owned());
        }
        if line.is_empty() {
            break;
        }
    }
    let mut name = path.trim_start_matches('/').to_owned();
    if name.is_empty() || name.ends_with('/') {
        name.push_str("index.html");
    }
    let (status, name) = if files.has(&name) {
        ("200 OK", name.as_str())
    } else {
        ("404 Not Found", "404.html")
    };
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    let mut body = files.0[name].clone();
    let mut headers = rules.headers(path);
    compressed &= !rules.0.is_empty() && kind.type_() != mime_guess::mime::IMAGE;
    if compressed {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&body)?;
        body = encoder.finish()?;
        headers.push("Content-Encoding: gzip".to_owned());
    }
    let mut head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n",
        body.len()
    );
    if !headers.iter().any(|line| line.starts_with("Content-Type:")) {
        headers.push(format!("Content-Type: {kind}"));
    }
    for line in headers {
        head.push_str(&line);
        head.push_str("\r\n");
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes())?;
    stream.write_all(&body)
}
