//! Viva makes a website of an interview handbook: a folder of Markdown question pages.
//!
//! # Stages
//! A stage imports those above it and never those below it; `tests/suite/architecture.rs` sees to
//! that.
//!
//! 1. [`load`] reads the folder into [`Source`](load::Source)s. The only reader of the disk.
//! 2. [`parse`] makes a [`Document`](model::Document) of each source. Pure; never fails.
//! 3. [`validate`] makes one [`Handbook`](model::Handbook) of all documents and says everything
//!    that is wrong with them.
//! 4. [`plan`] makes a [`Site`](plan::Site) of the handbook: a table of addresses and routes.
//! 5. [`render`] makes bytes of one route. Pure: every page is a function of the site.
//! 6. [`emit`] writes all bytes into a folder, all or nothing. The only writer.
//!
//! [`pipeline`] runs the stages up to the plan, which is all that the check needs; `build` renders
//! every route, `serve` the one that a browser asks for. The code on the pages is tried by
//! [`samples`], the addresses of other sites by [`outside`].
//!
//! Problems in content are [`diag::Diagnostic`]s: values that are gathered and printed by [`cli`].
//! Problems of the environment (disk, network, arguments) are `anyhow` errors.

pub mod cli;
pub mod compare;
pub mod diag;
pub mod disk;
pub mod emit;
pub mod fix;
pub mod highlight;
pub mod load;
pub mod markdown;
pub mod model;
pub mod outside;
pub mod parse;
pub mod picture;
pub mod pipeline;
pub mod plan;
pub mod published;
pub mod render;
pub mod samples;
pub mod scaffold;
pub mod schema;
pub mod search;
pub mod serve;
pub mod theme;
pub mod validate;
pub mod yaml;
