//! Servers: how each is started, and how long a save takes until it is served.

use super::corpus;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Nobody takes so long.
const PATIENCE: Duration = Duration::from_mins(10);

/// A server that is not ours.
pub struct Peer {
    pub name: &'static str,
    /// The environment variable with its place, as in the benchmark of builds.
    pub variable: &'static str,
    pub write: fn(&Path, usize) -> io::Result<()>,
    /// The folder that holds the pages.
    pub content: &'static str,
    /// From its place, the source and the port.
    pub command: fn(&Path, &Path, u16) -> Command,
}

/// The servers that Viva's is measured beside, each as it comes.
pub const PEERS: [Peer; 3] = [
    Peer {
        name: "hugo",
        variable: "VIVA_BENCH_HUGO",
        write: corpus::peers::hugo,
        content: "content",
        command: |hugo, source, port| {
            let mut command = Command::new(hugo);
            command.args(["server", "--noBuildLock", "--bind", "127.0.0.1", "--port"]);
            command.arg(port.to_string()).arg("--source").arg(source);
            command.arg("--cacheDir").arg(source.join("cache"));
            command
        },
    },
    Peer {
        name: "eleventy",
        variable: "VIVA_BENCH_ELEVENTY",
        write: corpus::peers::eleventy,
        content: "",
        command: |folder, source, port| {
            let mut command = Command::new("node");
            command
                .arg(folder.join("node_modules/@11ty/eleventy/cmd.cjs"))
                .args(["--serve", "--quiet", &format!("--port={port}")])
                .current_dir(source)
                .env("VIVA_BENCH_ELEVENTY", folder);
            command
        },
    },
    Peer {
        name: "zola",
        variable: "VIVA_BENCH_ZOLA",
        write: corpus::peers::zola,
        content: "content",
        command: |zola, source, port| {
            let mut command = Command::new(zola);
            command.arg("--root").arg(source);
            command.args([
                "serve",
                "--interface",
                "127.0.0.1",
                "--port",
                &port.to_string(),
            ]);
            command
        },
    },
];

/// A page that is served.
pub struct Served {
    pub name: &'static str,
    pub file: PathBuf,
    pub address: String,
}

/// A server that runs, and what it took until now.
pub struct Running {
    pub served: Served,
    process: Child,
    port: u16,
    text: String,
    /// Seconds from the start to the first page.
    pub first_page: f64,
    /// Milliseconds from the write to the changed bytes.
    pub saves: Vec<f64>,
    /// Resident MiB before the first save.
    pub idle: f64,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Running {
    /// Starts a server and waits for the page.
    pub fn start(
        served: Served,
        command: impl Fn(u16) -> Command,
        folder: &Path,
    ) -> io::Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let log = File::create(folder.join(format!("{}.log", served.name)))?;
        let text = fs::read_to_string(&served.file)?;
        let start = Instant::now();
        let process = command(port)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        let mut running = Self {
            served,
            process,
            port,
            text,
            first_page: 0.0,
            saves: Vec::new(),
            idle: 0.0,
        };
        while !running
            .page()
            .is_ok_and(|page| page.starts_with("HTTP/1.1 200"))
        {
            if let Some(status) = running.process.try_wait()? {
                let log = fs::read_to_string(folder.join(format!("{}.log", running.served.name)));
                let log = log.unwrap_or_default();
                let message = format!("{}: {status}\n{log}", running.served.name);
                return Err(io::Error::other(message));
            }
            running.wait(start)?;
        }
        running.first_page = start.elapsed().as_secs_f64();
        Ok(running)
    }

    /// Writes the page with other words, and asks for it until they are there.
    pub fn save(&mut self, round: usize) -> io::Result<()> {
        let mark = format!("Saved in round {round} of process {}.", std::process::id());
        let text = format!("{}\n{mark}\n", self.text);
        let start = Instant::now();
        fs::write(&self.served.file, text)?;
        while !self.page()?.contains(&mark) {
            self.wait(start)?;
        }
        self.saves.push(start.elapsed().as_secs_f64() * 1000.0);
        // Whatever it does after that is not the next one's.
        thread::sleep(Duration::from_millis(700));
        Ok(())
    }

    pub fn note_idle(&mut self) {
        self.idle = self.memory();
    }

    /// Resident MiB of the process, where the system tells.
    pub fn memory(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kibibytes =
            line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
        kibibytes.map_or(f64::NAN, |kibibytes| kibibytes / 1024.0)
    }

    fn wait(&self, since: Instant) -> io::Result<()> {
        if since.elapsed() > PATIENCE {
            return Err(io::Error::other(format!(
                "{} never answers",
                self.served.name
            )));
        }
        thread::sleep(Duration::from_micros(300));
        Ok(())
    }

    /// The page with its head.
    fn page(&self) -> io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_mins(1)))?;
        write!(
            stream,
            "GET {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n",
            self.served.address, self.port
        )?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}
