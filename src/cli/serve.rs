//! `viva serve`

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use super::Outcome;
use super::common::Handbook;
use super::report::{Format, ReportArgs, show};
use crate::model::Edition;
use crate::pipeline::Run;
use crate::serve::{self, Settings};

/// Serve the website on this machine while it is written.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    handbook: Handbook,

    /// The address to listen on
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,

    /// The port to listen on; 0 takes any that is free
    #[arg(long, default_value_t = 4173)]
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
        open: args.open,
    };
    let style = ReportArgs {
        format: Format::Human,
        deny_warnings: false,
    };
    let print = move |run: &Run| {
        show(&run.diagnostics, &run.texts, &style);
    };
    let served = serve::run(settings, args.handbook.highlighter(), Box::new(print))?;
    Ok(if served {
        Outcome::Done
    } else {
        Outcome::Problems
    })
}
