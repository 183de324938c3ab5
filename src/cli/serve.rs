//! `viva serve`

use std::collections::BTreeSet;
use std::env;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use super::Outcome;
use super::common::Handbook;
use super::report::say;
use super::report::{Format, ReportArgs, error_word, show, summary, warning_word};
use crate::model::Edition;
use crate::serve::{self, News, Settings, Tell};

/// Unless `--port` says otherwise.
const PORT: u16 = 4173;

/// How many ports are tried after the one that is taken.
const OTHER_PORTS: u16 = 20;

/// Serve the website on this machine while it is written.
///
/// Pages are made when they are asked for, drafts among them. A page that is open in a browser
/// reloads when it changes; mistakes are shown over it, and a click on their place opens the editor
/// that `VIVA_EDITOR` or `VISUAL` names, as in `code --goto {file}:{line}:{column}`. Nothing is
/// written.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    handbook: Handbook,

    /// The address to listen on; others than 127.0.0.1 let other machines read the preview
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1", value_parser = address)]
    host: IpAddr,

    /// The port to listen on, or the next one that is free; 0 takes any
    #[arg(long, default_value_t = PORT)]
    port: u16,

    /// Open the site in a browser
    #[arg(long)]
    open: bool,
}

/// Serves until it is interrupted.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let settings = Settings {
        root: args.handbook.root.clone(),
        request: args.handbook.request(Edition::Interviewer, true),
        address: SocketAddr::new(args.host, args.port),
        other_ports: OTHER_PORTS,
        open: args.open,
        editor: editor(),
    };
    if !args.host.is_loopback() {
        say!(
            "{}: whoever reaches {} can read this preview, drafts and answers among it",
            warning_word(),
            args.host
        );
    }
    let tell: Tell = Arc::new(tell);
    let served = serve::run(&settings, args.handbook.highlighter(), &tell)?;
    Ok(if served {
        Outcome::Done
    } else {
        Outcome::Problems
    })
}

fn address(text: &str) -> Result<IpAddr, String> {
    if text == "localhost" {
        return Ok(IpAddr::V4(Ipv4Addr::LOCALHOST));
    }
    text.parse()
        .map_err(|_| "an address is a number, such as 127.0.0.1 or 0.0.0.0".to_owned())
}

/// How places in files are opened: `VIVA_EDITOR`, or else `VISUAL`.
fn editor() -> Option<String> {
    ["VIVA_EDITOR", "VISUAL"]
        .into_iter()
        .filter_map(|name| env::var(name).ok())
        .find(|editor| !editor.trim().is_empty())
}

fn tell(news: &News<'_>) {
    match news {
        News::Serving { url, taken } => {
            if let Some(port) = taken {
                say!("port {port} is taken");
            }
            say!("serving {url} (Ctrl-C stops)");
        }
        News::Changed { paths, took } => {
            let took = took.as_secs_f64() * 1000.0;
            say!("{} in {took:.0} ms", listed(paths));
        }
        News::Refused { paths } => say!("{}: not shown", listed(paths)),
        News::Problems {
            new,
            left_out,
            texts,
            errors,
            warnings,
        } => {
            let style = ReportArgs {
                format: Format::Human,
                deny_warnings: false,
            };
            let _ = show(new, texts, &style);
            if *left_out > 0 {
                say!("{left_out} more warnings: `viva check` prints all");
            }
            // Where all are new, they have been counted.
            if new.len() < errors + warnings || new.is_empty() {
                match summary(*errors, *warnings) {
                    Some(line) => say!("in all: {line}"),
                    None => say!("no problems any more"),
                }
            }
        }
        News::Failed(error) => say!("{}: {error:#}", error_word()),
    }
}

/// One path, or the first of several.
fn listed(paths: &BTreeSet<Arc<str>>) -> String {
    match (paths.first(), paths.len()) {
        (Some(path), 1) => path.to_string(),
        (Some(path), 2) => format!("{path} and one other file"),
        (Some(path), count) => format!("{path} and {} other files", count - 1),
        (None, _) => "nothing".to_owned(),
    }
}
