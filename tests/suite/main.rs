//! Everything that is promised to those who run `viva`, tried with the real binary.
//!
//! A test makes a handbook with [`site::Site`], runs a command over it, and states beside it what
//! must come of it. What a command says is compared as a whole, by inline snapshots: a message
//! too many fails as well as one too few. After a wanted change of words:
//! `cargo insta test --accept`, and read the difference.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that can't go on shall say where, and panicking does"
)]

mod architecture;
mod bad_front_matter;
mod broken_pages;
mod browser;
mod crawl;
mod determinism;
mod editions;
mod everything;
mod explain;
mod html;
mod html_valid;
mod output;
mod pages;
mod public_data;
mod samples;
mod secrets;
mod site;
