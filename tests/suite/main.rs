//! Everything that is promised to those who run `viva`, tried with the real binary.
//!
//! A test makes a handbook with [`site::Site`], runs a command over it, and states beside it what
//! must come of it. What a command says is compared as a whole, by inline snapshots: a message
//! too many fails as well as one too few. After a wanted change of words:
//! `cargo insta test --accept`, and read the difference.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test that can't go on shall say where, and panicking does; the disk is theirs too"
)]

mod against;
mod architecture;
mod assets;
mod bad_build;
mod bad_files;
mod broken_pages;
mod browser;
mod cli;
mod configuration;
mod contributing;
mod crawl;
mod determinism;
mod differences;
mod editions;
mod editor;
mod everything;
mod explain;
mod fields;
mod front_matter;
mod head;
mod html;
mod html_valid;
mod init;
mod json_ld;
mod judgment;
mod lines;
mod links;
mod many;
mod mending;
mod names;
mod netlify;
mod new;
mod other_sites;
mod output;
mod pages;
mod places;
mod previews;
mod public_data;
mod reference;
mod samples;
mod search;
mod secrets;
mod serve;
mod site;
mod slips;
mod theming;
mod unsafe_addresses;
mod unsafe_text;
mod ways_out;
mod workflow;
