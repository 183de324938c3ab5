//! A site on an address of this machine.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::thread;

use crate::site::{Files, Site};

/// `viva serve`, which sends the policy with every answer. Ends with its value.
pub struct Served {
    process: Child,
    /// Ends with a slash.
    pub url: String,
}

impl Served {
    pub fn start(site: &Site, args: &[&str]) -> Self {
        let mut process = site
            .command(&["serve", "--port", "0"])
            .args(args)
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
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let files = Arc::new(files);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let files = Arc::clone(&files);
            // The browser may go away at any moment.
            thread::spawn(move || drop(answer(stream, &files)));
        }
    });
    format!("http://{address}/")
}

fn answer(mut stream: TcpStream, files: &Files) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let path = first.split(' ').nth(1).unwrap_or_default();
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
    let body = &files.0[name];
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)
}
