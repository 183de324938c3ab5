//! A site that answers as a test wants, directly or as everybody's proxy.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A request that came in.
#[derive(Debug, Clone)]
pub struct Asked {
    pub method: String,
    /// Without its port.
    pub host: String,
    pub path: String,
    pub head: String,
    /// 1 for the first request for this host and path.
    pub time: usize,
}

/// What the server does about it.
pub enum Say {
    /// Status, lines of the head, body.
    Page(u16, &'static str, String),
    /// Closes the connection.
    Nothing,
    /// Lets one wait.
    Later(Duration),
    /// Bytes, and more of them until nobody reads them.
    Forever(&'static str, Vec<u8>),
}

/// A page without more.
pub fn status(status: u16) -> Say {
    Say::Page(status, "", String::new())
}

/// A status with a line of the head.
pub fn with(status: u16, line: &'static str) -> Say {
    Say::Page(status, line, String::new())
}

/// A page of HTML.
pub fn html(body: &str) -> Say {
    Say::Page(
        200,
        "Content-Type: text/html; charset=utf-8",
        body.to_owned(),
    )
}

type Handler = dyn Fn(&Asked) -> Say + Send + Sync;

/// Runs until the tests have ended.
#[derive(Clone)]
pub struct Server {
    pub port: u16,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    asked: Mutex<Vec<Asked>>,
    now: AtomicUsize,
    peak: AtomicUsize,
}

impl Server {
    pub fn new(handler: impl Fn(&Asked) -> Say + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Seen::default());
        let handler: Arc<Handler> = Arc::new(handler);
        let server = Self {
            port,
            seen: Arc::clone(&seen),
        };
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (seen, handler) = (Arc::clone(&seen), Arc::clone(&handler));
                thread::spawn(move || serve(stream.unwrap(), &seen, &*handler));
            }
        });
        server
    }

    /// An address of the server.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// "GET /a" for each request, in order.
    pub fn asked(&self) -> Vec<String> {
        let asked = self.seen.asked.lock().unwrap();
        asked
            .iter()
            .map(|asked| format!("{} {}", asked.method, asked.path))
            .collect()
    }

    /// The heads of all requests.
    pub fn heads(&self) -> Vec<String> {
        let asked = self.seen.asked.lock().unwrap();
        asked.iter().map(|asked| asked.head.clone()).collect()
    }

    /// The most requests that were there at the same time.
    pub fn peak(&self) -> usize {
        self.seen.peak.load(Ordering::SeqCst)
    }
}

fn serve(mut stream: TcpStream, seen: &Seen, handler: &Handler) {
    let Some(mut head) = read_head(&mut stream) else {
        return;
    };
    if head.starts_with("CONNECT ") {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        match read_head(&mut stream) {
            Some(inner) => head = inner,
            None => return,
        }
    }
    let now = seen.now.fetch_add(1, Ordering::SeqCst) + 1;
    seen.peak.fetch_max(now, Ordering::SeqCst);
    let say = handler(&noted(head.clone(), seen));
    if let Say::Later(time) = say {
        thread::sleep(time);
    }
    // Before the answer: who has it may ask again at once.
    seen.now.fetch_sub(1, Ordering::SeqCst);
    match say {
        Say::Page(status, line, body) => {
            let line = if line.is_empty() {
                String::new()
            } else {
                format!("{line}\r\n")
            };
            let length = body.len();
            let body = if head.starts_with("HEAD ") { "" } else { &body };
            let _ = write!(
                stream,
                "HTTP/1.1 {status} X\r\n{line}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
            );
        }
        Say::Forever(first, more) => {
            let _ = stream.write_all(first.as_bytes());
            while stream.write_all(&more).is_ok() {}
        }
        Say::Nothing | Say::Later(_) => {}
    }
}

fn noted(head: String, seen: &Seen) -> Asked {
    let mut words = head.split(' ');
    let method = words.next().unwrap_or_default().to_owned();
    let path = words.next().unwrap_or_default().to_owned();
    let fields: HashMap<String, &str> = head
        .lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
        .collect();
    let host = fields.get("host").copied().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default().to_owned();
    let mut all = seen.asked.lock().unwrap();
    let before = all
        .iter()
        .filter(|asked| asked.host == host && asked.path == path);
    let asked = Asked {
        time: before.count() + 1,
        method,
        host,
        path,
        head,
    };
    all.push(asked.clone());
    asked
}

fn read_head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && head.len() < 100_000 {
        if stream.read(&mut byte).ok()? == 0 {
            break;
        }
        head.push(byte[0]);
        // What is encrypted is no head: its greeting is as long as it says, and has the host's name.
        if head[0] == 0x16 && head.len() == 5 {
            let length = usize::from(u16::from_be_bytes([head[3], head[4]]));
            let mut rest = vec![0; length];
            stream.read_exact(&mut rest).ok()?;
            head.extend(rest);
            break;
        }
    }
    (!head.is_empty()).then(|| String::from_utf8_lossy(&head).into_owned())
}
