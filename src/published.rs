//! questions.json of a site that was published, read back.
//!
//! The counterpart of [`crate::render::public_data`]. Unknown fields are ignored, so that data of
//! later versions can be read as long as nothing in it has changed its meaning.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail};
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use url::Url;

/// The newest version that is understood.
const VERSION: u32 = 1;

/// What a site told of itself. The addresses of its entries are told without the path of `url`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Published {
    pub title: String,
    pub description: String,
    /// The base address.
    pub url: String,
    pub language: String,
    pub licence: String,
    pub edition: String,
    pub levels: Vec<Entry>,
    pub topics: Vec<Entry>,
    pub guides: Vec<Guide>,
    pub questions: Vec<Question>,
    pub kits: Vec<Kit>,
    pub pages: Vec<Page>,
}

/// A level or a topic.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Entry {
    pub id: String,
    pub title: String,
    pub summary: Option<String>,
}

/// A role.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Guide {
    pub id: String,
    pub title: String,
    pub url: String,
}

/// A page of its own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Page {
    pub title: String,
    pub url: String,
}

/// A question; what only interviewers get is missing in the candidate edition's data.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Question {
    /// `guide/slug`
    pub id: String,
    pub url: String,
    pub guide: String,
    pub slug: String,
    pub title: String,
    pub level: String,
    pub topic: String,
    pub kind: String,
    pub tags: Vec<String>,
    pub minutes: u16,
    pub added: Option<String>,
    pub reviewed: Option<String>,
    pub aliases: Vec<String>,
    /// As `guide/slug`.
    pub related: Vec<String>,
    pub prompt: String,
    pub follow_ups: Vec<FollowUp>,
    #[serde(flatten)]
    pub interviewer: Option<Interviewer>,
}

/// A follow-up with as much of its answers as the edition has.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FollowUp {
    pub ask: String,
    pub assesses: Option<String>,
    #[serde(default)]
    pub strong_answers: Vec<String>,
    #[serde(default)]
    pub red_flags: Vec<String>,
}

/// What only interviewers get.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Interviewer {
    pub assesses: String,
    pub strong_answers: Vec<String>,
    pub red_flags: Vec<String>,
    pub by_level: BTreeMap<String, String>,
    pub references: Vec<Reference>,
    pub answer: String,
}

/// Where a fact can be read up.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Reference {
    pub title: String,
    pub url: String,
}

/// An interview kit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Kit {
    /// `guide/slug`
    pub id: String,
    pub url: String,
    pub title: String,
    pub level: String,
    pub minutes: u16,
    pub questions: Vec<KitSlot>,
}

/// A question's place in a kit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct KitSlot {
    /// `guide/slug`
    pub question: String,
    pub minutes: u16,
}

/// What all versions have.
#[derive(Deserialize)]
#[serde(expecting = "an object with a `version`")]
struct Versioned {
    version: u32,
}

impl Published {
    /// Reads the data.
    ///
    /// # Errors
    /// When it is no such data, or made by a program too new for this one.
    pub fn read(json: &[u8]) -> anyhow::Result<Self> {
        let json = json.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(json);
        let Versioned { version } = serde_json::from_slice(json)
            .context("it is not the `questions.json` of a Viva handbook")?;
        if version == 0 || version > VERSION {
            bail!("it has the version {version}, and this program reads versions up to {VERSION}");
        }
        let mut data: Self = serde_json::from_slice(json)
            .context("it is not the `questions.json` of a Viva handbook")?;
        data.enter();
        Ok(data)
    }

    /// Makes addresses within the site of all addresses, whatever folder the site stands in.
    fn enter(&mut self) {
        let base = Url::parse(&self.url);
        let base = base.as_ref().map_or("/", Url::path);
        let questions = self.questions.iter_mut();
        let of_questions =
            questions.flat_map(|one| std::iter::once(&mut one.url).chain(&mut one.aliases));
        of_questions
            .chain(self.guides.iter_mut().map(|one| &mut one.url))
            .chain(self.kits.iter_mut().map(|one| &mut one.url))
            .chain(self.pages.iter_mut().map(|one| &mut one.url))
            .for_each(|url| *url = address(base, url));
    }
}

/// The address that stands behind a base address's path.
fn address(base: &str, url: &str) -> String {
    let path = match url.strip_prefix(base.trim_end_matches('/')) {
        Some(path) if path.starts_with('/') => path,
        _ => url,
    };
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The address that a page of this `url` has within a site that stands there.
    fn read_back(base: &str, url: &str) -> String {
        let json = format!(
            r#"{{"version":1,"title":"T","description":"D","url":"{base}","language":"en",
            "licence":"L","edition":"candidate","levels":[],"topics":[],"guides":[],"questions":[],
            "kits":[],"pages":[{{"title":"T","url":"{url}","later":1}}],"later":true}}"#
        );
        let data = Published::read(json.as_bytes()).unwrap();
        data.pages[0].url.clone()
    }

    #[test]
    fn addresses_are_told_from_the_base_address() {
        for (base, url, address) in [
            ("https://example.org/", "/python/gil/", "/python/gil/"),
            ("https://example.org/", "/%C3%BC/", "/ü/"),
            ("https://example.org/guide/", "/guide/gil/", "/gil/"),
            ("https://example.org/guide/", "/guides/", "/guides/"),
            ("https://example.org/guide/", "/guide/", "/"),
            ("not an address", "/a/", "/a/"),
        ] {
            assert_eq!(read_back(base, url), address);
        }
    }

    #[test]
    fn what_is_no_such_data_is_refused() {
        let why = |json: &str| format!("{:#}", Published::read(json.as_bytes()).unwrap_err());
        for json in ["", "[]", "{}", r#"{"version":1}"#, r#"{"version":"1"}"#] {
            let why = why(json);
            assert!(why.starts_with("it is not the `questions.json`"), "{why}");
        }
        assert!(why(r#"{"version":2,"questions":7}"#).contains("up to 1"));
    }
}
