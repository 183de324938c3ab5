//! A preview server, and a client that speaks HTTP with it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::site::Site;

/// Nothing takes so long.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A server that ends with the test.
pub struct Server {
    pub child: Child,
    /// `127.0.0.1:40123`
    pub host: String,
    /// `/`, or the base address's path.
    pub base: String,
    said: Arc<Mutex<String>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
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
        let mut command = site.command(port);
        command
            .args(args)
            .env_remove("VISUAL")
            .env_remove("VIVA_EDITOR");
        command.envs(variables.iter().copied());
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let said = Arc::new(Mutex::new(String::new()));
        let (send, address) = mpsc::channel();
        let noted = Arc::clone(&said);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let mut said = noted.lock().unwrap();
                said.push_str(&line);
                said.push('\n');
                drop(said);
                if let Some(address) = line.strip_prefix("serving http://") {
                    let _ = send.send(address.split(' ').next().unwrap().to_owned());
                }
            }
        });
        let address = address.recv_timeout(PATIENCE);
        let address = address.unwrap_or_else(|_| panic!("{}", said.lock().unwrap()));
        let (host, path) = address.split_once('/').unwrap();
        let server = Self {
            child,
            host: host.to_owned(),
            base: format!("/{path}"),
            said,
        };
        server.wait_until("there is a first state", || server.state()["version"] != 0);
        server
    }

    pub fn port(&self) -> u16 {
        self.host.rsplit(':').next().unwrap().parse().unwrap()
    }

    /// Everything on standard error until now.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends bytes as they are, and reads to the end.
    pub fn raw(&self, request: &[u8]) -> Option<Response> {
        let mut stream = self.connect();
        // It may be refused before it has been sent.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Response::of(bytes)
    }

    /// `headers` are lines that end with a line break.
    pub fn ask(&self, method: &str, path: &str, headers: &str) -> Response {
        self.ask_as(&self.host, method, path, headers)
    }

    /// As [`ask`](Self::ask), with another `Host`.
    pub fn ask_as(&self, host: &str, method: &str, path: &str, headers: &str) -> Response {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n"
        );
        self.raw(request.as_bytes()).unwrap()
    }

    pub fn get(&self, path: &str) -> Response {
        self.ask("GET", path, "")
    }

    /// Asks again until the page has this in it, as the system tells of changes in its own time.
    pub fn wait_for(&self, path: &str, words: &str) {
        self.wait_until(&format!("{path} has `{words}`"), || {
            self.get(path).body.contains(words)
        });
    }

    pub fn wait_until(&self, what: &str, done: impl Fn() -> bool) {
        let start = Instant::now();
        while !done() {
            assert!(start.elapsed() < PATIENCE, "{what}: never\n{}", self.said());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// What is wrong, as tabs are told.
    pub fn problems(&self) -> Value {
        serde_json::from_str(&self.get("/__viva/problems").body).unwrap()
    }

    /// What a tab would be shown, as a value that changes with it.
    pub fn fingerprint(&self, path: &str) -> String {
        let answer = self.get(&format!("/__viva/page?path={path}")).body;
        let answer: Value = serde_json::from_str(&answer).unwrap();
        answer["page"].as_str().unwrap().to_owned()
    }

    /// The present state.
    pub fn state(&self) -> Value {
        self.listen().next()
    }

    /// Listens to the events.
    pub fn listen(&self) -> Events {
        let mut stream = self.connect();
        let host = &self.host;
        write!(
            stream,
            "GET /__viva/events HTTP/1.1\r\nHost: {host}\r\n\r\n"
        )
        .unwrap();
        let own = stream.try_clone().unwrap();
        let (send, states) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                if let Some(data) = line.strip_prefix("data: ")
                    && send.send(serde_json::from_str(data).unwrap()).is_err()
                {
                    return;
                }
            }
        });
        Events {
            states,
            stream: own,
        }
    }

    /// Resident memory in KiB.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let line = line.unwrap().trim().trim_end_matches(" kB");
        line.parse().unwrap()
    }
}

/// A stream of states.
pub struct Events {
    states: Receiver<Value>,
    stream: TcpStream,
}

impl Drop for Events {
    fn drop(&mut self) {
        let _ = self.stream.shutdown(std::net::Shutdown::Both);
    }
}

impl Events {
    pub fn next(&self) -> Value {
        self.states.recv_timeout(PATIENCE).expect("a state")
    }

    /// All that come until nothing has come for so long.
    pub fn until_quiet(&self, quiet: Duration) -> Vec<Value> {
        let mut states = Vec::new();
        while let Ok(state) = self.states.recv_timeout(quiet) {
            states.push(state);
        }
        states
    }
}

pub struct Response {
    pub status: u16,
    /// In small letters.
    pub headers: Vec<String>,
    /// As text.
    pub body: String,
    pub bytes: Vec<u8>,
}

impl Response {
    fn of(mut bytes: Vec<u8>) -> Option<Self> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let body = bytes.split_off(end + 4);
        let head = String::from_utf8(bytes).unwrap();
        let mut lines = head.lines();
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        Some(Self {
            status,
            headers: lines.map(str::to_lowercase).collect(),
            body: String::from_utf8_lossy(&body).into_owned(),
            bytes: body,
        })
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    /// The entity tag.
    pub fn tag(&self) -> String {
        self.header("etag").unwrap().to_owned()
    }
}

/// A page without the preview's element.
pub fn without_preview(page: &[u8]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(page) else {
        return page.to_vec();
    };
    match text.split_once("<script type=\"module\" src=\"/__viva/preview.js\"") {
        Some((before, after)) => {
            let (_, after) = after.split_once("</script>\n").unwrap();
            format!("{before}{after}").into_bytes()
        }
        None => page.to_vec(),
    }
}
