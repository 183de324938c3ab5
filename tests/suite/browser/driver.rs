//! Chromium, driven as <https://www.w3.org/TR/webdriver2/> says, and by its own protocol for
//! developers where that says nothing.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::MetadataExt as _;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

/// No page of ours takes so long.
const PATIENCE: Duration = Duration::from_secs(20);

/// A browser of its own, without a window. Ends with its value, also when a test panics.
pub struct Browser {
    driver: Driver,
    session: String,
    /// The browser's profile.
    _profile: TempDir,
}

/// What happened since it was last asked.
#[derive(Debug, Default)]
pub struct Events {
    /// The addresses that were asked for.
    pub requests: Vec<String>,
    /// Requests without an answer or with one that is an error, all of the console, and what the
    /// policy refused.
    pub problems: Vec<String>,
}

/// How Chromium is started: without a window, and with an eye for the tests' pages alone.
pub fn flags() -> Vec<String> {
    let mut flags: Vec<String> = [
        "--headless",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-quic",
        "--disable-sync",
        "--hide-scrollbars",
        "--no-first-run",
        "--no-proxy-server",
    ]
    .map(str::to_owned)
    .into();
    // Chromium refuses to run its sandbox as root.
    if fs::metadata("/proc/self").unwrap().uid() == 0 {
        flags.push("--no-sandbox".to_owned());
    }
    flags
}

impl Browser {
    pub fn start() -> Self {
        let driver = Driver::start();
        let profile = tempfile::tempdir().unwrap();
        let mut flags = flags();
        flags.push(format!("--user-data-dir={}", profile.path().display()));
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "timeouts": {"script": 60_000, "pageLoad": 60_000},
            // Otherwise it starts with a search engine's page.
            "goog:chromeOptions": {"args": flags, "prefs": {"session": {
                "restore_on_startup": 4,
                "startup_urls": ["about:blank"],
            }}},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        }}});
        let made = driver.ask("POST", "/session", &wanted).unwrap();
        let browser = Self {
            session: made["sessionId"].as_str().unwrap().to_owned(),
            driver,
            _profile: profile,
        };
        let noted = "window.violations = [];
            document.addEventListener('securitypolicyviolation', event => violations.push(
                `${event.effectiveDirective} refused ${event.blockedURI} by ${event.originalPolicy}`));";
        browser.devtools(
            "Page.addScriptToEvaluateOnNewDocument",
            &json!({"source": noted}),
        );
        browser
    }

    /// Loads a page to its end.
    pub fn open(&self, url: &str) {
        self.call("POST", "/url", &json!({"url": url}));
    }

    /// Waits until this address is shown.
    pub fn arrive(&self, url: &str) {
        let start = Instant::now();
        loop {
            let now = self.call("GET", "/url", &Value::Null);
            if now == url && self.value("document.readyState") == "complete" {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "{now} is shown, not {url}");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// The value of an expression in the page.
    pub fn value(&self, expression: &str) -> Value {
        let script = format!("return {expression}");
        self.call(
            "POST",
            "/execute/sync",
            &json!({"script": script, "args": []}),
        )
    }

    /// Runs statements in the page; they give `done` their value.
    pub fn run(&self, statements: &str) -> Value {
        let script = format!("const done = arguments[arguments.length - 1];{statements}");
        self.call(
            "POST",
            "/execute/async",
            &json!({"script": script, "args": []}),
        )
    }

    /// Presses keys one after the other.
    pub fn press(&self, keys: &str) {
        let actions: Vec<Value> = keys
            .chars()
            .flat_map(|key| {
                ["keyDown", "keyUp"].map(|kind| json!({"type": kind, "value": key.to_string()}))
            })
            .collect();
        let keyboard = json!({"type": "key", "id": "keyboard", "actions": actions});
        self.call("POST", "/actions", &json!({"actions": [keyboard]}));
    }

    /// Runs a script in every page that is opened from now on, before the page's own.
    pub fn before_pages(&self, script: &str) {
        let source = json!({"source": script});
        self.devtools("Page.addScriptToEvaluateOnNewDocument", &source);
    }

    /// Clicks with the mouse on the first element that the selector names.
    pub fn click(&self, selector: &str) {
        let [down, up] =
            ["pointerDown", "pointerUp"].map(|kind| json!({"type": kind, "button": 0}));
        self.mouse(&json!([self.at(selector), down, up]));
    }

    /// Rests the mouse on the first element that the selector names.
    pub fn hover(&self, selector: &str) {
        self.mouse(&json!([self.at(selector)]));
    }

    fn mouse(&self, actions: &Value) {
        let mouse = json!({"type": "pointer", "id": "mouse", "actions": actions});
        self.call("POST", "/actions", &json!({"actions": [mouse]}));
    }

    /// The way of the mouse to the middle of an element.
    fn at(&self, selector: &str) -> Value {
        let place = self.value(&format!(
            "(() => {{
                const element = document.querySelector({});
                element.scrollIntoView({{block: 'center', behavior: 'instant'}});
                const {{x, y, width, height}} = element.getClientRects()[0];
                const place = [Math.round(x + width / 2), Math.round(y + height / 2)];
                const there = document.elementFromPoint(...place);
                return element.contains(there) ? place : `${{there?.outerHTML}} covers it`;
            }})()",
            json!(selector)
        ));
        assert!(place.is_array(), "{selector}: {place}");
        json!({"type": "pointerMove", "x": place[0], "y": place[1]})
    }

    /// A command of <https://chromedevtools.github.io/devtools-protocol/>.
    pub fn devtools(&self, command: &str, parameters: &Value) -> Value {
        let asked = json!({"cmd": command, "params": parameters});
        self.call("POST", "/goog/cdp/execute", &asked)
    }

    /// The size of the page's window.
    pub fn resize(&self, width: u32, height: u32) {
        let size =
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.devtools("Emulation.setDeviceMetricsOverride", &size);
    }

    /// `light` or `dark`.
    pub fn prefer(&self, scheme: &str) {
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.devtools("Emulation.setEmulatedMedia", &media);
    }

    /// What happened since the last call, the policy's refusals on the present page among it.
    pub fn events(&self) -> Events {
        let mut events = Events::default();
        for entry in self.log("performance") {
            let text = entry["message"].as_str().unwrap();
            let event: Value = serde_json::from_str(text).unwrap();
            events.network(&event["message"]);
        }
        for entry in self.log("browser") {
            events
                .problems
                .push(format!("console: {}", entry["message"]));
        }
        for refused in self.value("window.violations").as_array().unwrap() {
            events.problems.push(format!("policy: {refused}"));
        }
        events
    }

    fn log(&self, kind: &str) -> Vec<Value> {
        let entries = self.call("POST", "/se/log", &json!({"type": kind}));
        entries.as_array().unwrap().clone()
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let path = format!("/session/{}{path}", self.session);
        self.driver
            .ask(method, &path, body)
            .unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Ends the browser; its driver ends by itself.
        let path = format!("/session/{}", self.session);
        let _ = self.driver.ask("DELETE", &path, &Value::Null);
    }
}

impl Events {
    fn network(&mut self, event: &Value) {
        let parameters = &event["params"];
        match event["method"].as_str() {
            Some("Network.requestWillBeSent") => {
                let url = &parameters["request"]["url"];
                self.requests.push(url.as_str().unwrap().to_owned());
            }
            Some("Network.responseReceived") => {
                let response = &parameters["response"];
                if response["status"]
                    .as_u64()
                    .is_some_and(|status| status >= 400)
                {
                    let (status, url) = (&response["status"], &response["url"]);
                    self.problems.push(format!("answer: {status} {url}"));
                }
            }
            // A stream of events ends with the page that listens to it.
            Some("Network.loadingFailed")
                if parameters["canceled"] == true && parameters["type"] == "EventSource" => {}
            Some("Network.loadingFailed") => {
                let (error, kind) = (&parameters["errorText"], &parameters["type"]);
                self.problems.push(format!("no answer: {error} {kind}"));
            }
            _ => {}
        }
    }
}

/// The program between us and the browser.
struct Driver {
    process: Child,
    /// Kept open: it could not write to a closed one.
    _words: BufReader<ChildStdout>,
    port: u16,
}

impl Driver {
    fn start() -> Self {
        // It takes a port that is free in one kind of address, and may find it taken in the other.
        let started = (0..5).find_map(|_| Self::try_start().ok());
        started.unwrap_or_else(|| match Self::try_start() {
            Ok(driver) => driver,
            Err(said) => panic!("chromedriver names no port:\n{said}"),
        })
    }

    /// What it said, where it has no port.
    fn try_start() -> Result<Self, String> {
        let mut process = Command::new("chromedriver")
            .args(["--port=0", "--log-level=SEVERE"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is installed");
        let mut words = BufReader::new(process.stdout.take().unwrap());
        let mut said = String::new();
        let port = loop {
            let start = said.len();
            let length = words.read_line(&mut said).unwrap();
            if length == 0 {
                let _ = process.wait();
                return Err(said);
            }
            let port = said[start..].trim_end().trim_end_matches('.');
            if let Some((_, port)) = port.split_once("successfully on port ") {
                break port.parse().unwrap();
            }
        };
        Ok(Self {
            process,
            _words: words,
            port,
        })
    }

    /// The value that it answers, or what went wrong.
    fn ask(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let body = match body {
            Value::Null => String::new(),
            body => body.to_string(),
        };
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Length: {}\r\n\r\n",
            self.port,
            body.len()
        );
        let answer = self
            .exchange(&[head.as_bytes(), body.as_bytes()].concat())
            .map_err(|error| error.to_string())?;
        let mut answer: Value =
            serde_json::from_slice(&answer).map_err(|error| error.to_string())?;
        let value = answer["value"].take();
        match value["error"].as_str() {
            Some(error) => Err(format!("{error}: {}", value["message"])),
            None => Ok(value),
        }
    }

    /// The body of the answer to a request.
    fn exchange(&self, request: &[u8]) -> std::io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(100)))?;
        stream.write_all(request)?;
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            let line = line.trim_end().to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        Ok(body)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
