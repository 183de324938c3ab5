//! Arguments and steps that several commands share.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use jiff::Zoned;
use jiff::civil::Date;

use crate::disk;
use crate::highlight::Highlighter;
use crate::model::Edition;
use crate::parse;
use crate::pipeline::Request;
use crate::published::Published;
use crate::validate::Options;

/// May be deleted at any time.
const CACHE: &str = ".viva-cache/highlight";

/// Larger than any cache: 1 GiB.
const CACHE_LIMIT: u64 = 1 << 30;

/// Larger than the data of any handbook: 512 MiB.
const DATA_LIMIT: u64 = 512 << 20;

/// Which handbook, and how it is looked at.
#[derive(Debug, Clone, clap::Args)]
pub struct Handbook {
    /// The folder that contains `content/`
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,

    /// Where the site will stand, instead of handbook.yaml's `base_url`
    #[arg(long, value_name = "URL", env = "VIVA_BASE_URL", value_parser = base_url)]
    pub base_url: Option<url::Url>,

    /// The day from which "long ago" is told, instead of today
    #[arg(long, value_name = "DATE")]
    pub today: Option<Date>,
}

/// For whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum EditionArg {
    /// Without answers and whatever else would spoil an interview
    Candidate,
    /// Everything
    Interviewer,
}

impl From<EditionArg> for Edition {
    fn from(edition: EditionArg) -> Self {
        match edition {
            EditionArg::Candidate => Edition::Candidate,
            EditionArg::Interviewer => Edition::Interviewer,
        }
    }
}

impl Handbook {
    /// What the pipeline is asked for.
    pub fn request(&self, edition: Edition, drafts: bool) -> Request {
        Request {
            options: Options {
                edition,
                drafts,
                today: self.today.unwrap_or_else(|| Zoned::now().date()),
            },
            base_url: self.base_url.clone(),
            against: None,
        }
    }

    /// A highlighter that remembers what earlier builds highlighted.
    pub fn highlighter(&self) -> Highlighter {
        // A cache that is not there or can't be read is no cache.
        let cache = disk::read(&self.root.join(CACHE), CACHE_LIMIT).ok();
        Highlighter::new(cache.as_deref())
    }
}

/// Keeps what was highlighted for the next build. A failure costs time, nothing else.
pub fn keep_cache(root: &Path, highlighter: &Highlighter) {
    if let Some(cache) = highlighter.to_cache() {
        let file = root.join(CACHE);
        let _ = disk::write_atomic(&file, &cache);
    }
}

/// The questions.json of a site that was published.
pub fn published(file: &Path) -> anyhow::Result<Published> {
    let json = disk::read(file, DATA_LIMIT)?;
    if json.len() as u64 > DATA_LIMIT {
        bail!("{} is larger than {} MiB", file.display(), DATA_LIMIT >> 20);
    }
    Published::read(&json).with_context(|| format!("can't use {}", file.display()))
}

fn base_url(text: &str) -> Result<url::Url, String> {
    parse::base_url_of(text).map_err(|why| format!("the address {why}"))
}
