//! What stands around every page.

use std::collections::BTreeMap;

use serde::Serialize;
use unic_langid::{CharacterDirection, LanguageIdentifier};

use super::Views;
use super::json_ld::Subject;
use super::repository;
use crate::load::AssetKind;
use crate::model::{Address, NavigationEntry, Title};
use crate::picture;
use crate::render::html::{description, escaped};
use crate::theme::ThemeAsset;

/// The same on every page: `site` in templates.
#[derive(Debug, Serialize)]
pub struct SiteView {
    pub title: String,
    pub description: String,
    /// A BCP 47 tag.
    pub language: String,
    /// How the language is written: `ltr` or `rtl`.
    pub direction: &'static str,
    /// The same as Open Graph writes it: `en`, or `pt_BR`.
    pub locale: String,
    pub licence: String,
    /// `interviewer` or `candidate`.
    pub edition: &'static str,
    /// The path of the base address: `/`, or `/guide/`.
    pub base: String,
    pub logo: Option<ImageView>,
    pub navigation: Vec<LinkView>,
    /// HTML.
    pub footer: Option<String>,
    /// The address of the handbook's repository.
    pub repository: Option<String>,
    /// Where a question can be proposed.
    pub propose_url: Option<String>,
    /// The style sheet's address.
    pub style: String,
    /// Addresses of the theme's scripts, by their name without ending, `-` as `_`.
    pub scripts: BTreeMap<String, String>,
    /// Addresses of the theme's other files, by their name without ending, `-` as `_`.
    pub assets: BTreeMap<String, String>,
    /// The home page's address.
    pub home: String,
    /// The address of the list of all questions.
    pub questions: String,
    /// The folder of the search's index.
    pub search: String,
    /// The feed's address.
    pub feed: String,
    /// The web app manifest.
    pub manifest: String,
    /// The content security policy, for hosts that send no headers.
    pub policy: &'static str,
}

/// A link and its words.
#[derive(Debug, Clone, Serialize)]
pub struct LinkView {
    /// Without markup.
    pub title: String,
    /// HTML of the same.
    pub html: String,
    pub url: String,
}

impl LinkView {
    /// A link with words that have no markup.
    pub(super) fn plain(title: &str, url: String) -> Self {
        Self {
            title: title.to_owned(),
            html: escaped(title),
            url,
        }
    }

    /// A link with a page's title.
    pub(super) fn titled(title: &Title, url: String) -> Self {
        Self {
            title: title.plain.clone(),
            html: title.html.clone(),
            url,
        }
    }
}

/// An image with its size.
#[derive(Debug, Serialize)]
pub struct ImageView {
    pub url: String,
    pub width: u32,
    pub height: u32,
}

/// What stands in a page's head and above its title: `page.head` in templates.
#[derive(Debug, Serialize)]
pub struct HeadView {
    /// Without markup.
    pub title: String,
    /// HTML of the same.
    pub heading: String,
    /// Without markup.
    pub description: String,
    /// The page's address as other sites have it.
    pub canonical: String,
    /// The page's path with the base path.
    pub url: String,
    /// From the home page to the page's parent.
    pub breadcrumbs: Vec<LinkView>,
    /// Where the page's source can be edited.
    pub edit_url: Option<String>,
    /// Where a problem with the page can be reported.
    pub report_url: Option<String>,
    /// JSON-LD, ready for a `script` element of that type.
    pub json_ld: Option<String>,
    /// What previews of links to the page show.
    pub picture: Option<PictureView>,
}

/// A picture for other sites.
#[derive(Debug, Serialize)]
pub struct PictureView {
    /// As other sites have it.
    pub url: String,
    pub width: u32,
    pub height: u32,
    /// The words on it.
    pub alt: String,
}

/// The parts of a [`HeadView`] that pages decide on.
pub(super) struct Head<'h> {
    pub address: &'h Address,
    pub title: String,
    pub heading: String,
    pub description: String,
    pub breadcrumbs: Vec<LinkView>,
    /// The page's file, from the root.
    pub source: Option<&'h str>,
    pub subject: Subject,
}

impl Views<'_> {
    /// What every template sees.
    pub fn site(&self) -> SiteView {
        let handbook = &self.site.handbook;
        let config = &handbook.config;
        let url = |address: &Address| self.site.href(address);
        let navigation = handbook
            .navigation
            .iter()
            .map(|entry| match *entry {
                NavigationEntry::Guide(guide) => self.guide_link(guide),
                NavigationEntry::Page(page) => {
                    let page = &handbook.pages[page];
                    LinkView::titled(
                        &page.document.title,
                        url(&Address::page([page.slug.as_str()])),
                    )
                }
            })
            .collect();
        SiteView {
            title: config.title.clone(),
            description: config.description.clone(),
            language: config.language.clone(),
            direction: direction(&config.language),
            locale: locale(&config.language),
            licence: config.licence.clone(),
            edition: handbook.edition.id(),
            base: self.site.base_path().to_owned(),
            logo: config
                .logo
                .as_ref()
                .and_then(|logo| self.image(&logo.value)),
            navigation,
            footer: config.footer.as_ref().map(|footer| self.inline(footer)),
            repository: config.repository.clone(),
            propose_url: config.repository.as_deref().map(repository::propose),
            style: url(&self.site.theme.style.address),
            scripts: self.addresses(&self.site.theme.scripts),
            assets: self.addresses(&self.site.theme.assets),
            home: url(&Address::home()),
            questions: url(&Address::page(["questions"])),
            search: url(&Address::page(["search"])),
            feed: url(&Address::file("feed.xml")),
            manifest: url(&Address::file("manifest.webmanifest")),
            policy: crate::render::headers::META_POLICY,
        }
    }

    /// Of theme files, by their name as templates can write it.
    fn addresses(&self, files: &BTreeMap<String, ThemeAsset>) -> BTreeMap<String, String> {
        let named = files.iter().map(|(name, asset)| {
            let stem = name
                .rsplit_once('.')
                .map_or(name.as_str(), |(stem, _)| stem);
            let name = stem.replace(['-', '/'], "_");
            (name, self.site.href(&asset.address))
        });
        named.collect()
    }

    pub(super) fn head(&self, mut head: Head<'_>) -> HeadView {
        if head.description.is_empty() {
            head.description = self.title_and_site(&head.title);
        }
        let config = &self.site.handbook.config;
        let canonical = self.site.absolute(head.address);
        let repository = config.repository.as_deref();
        HeadView {
            description: description(&head.description).into_owned(),
            url: self.site.href(head.address),
            edit_url: repository
                .zip(head.source)
                .map(|(repository, source)| repository::edit(repository, source)),
            report_url: repository
                .map(|repository| repository::report(repository, &head.title, &canonical)),
            json_ld: self.json_ld(&head, &canonical),
            picture: self.picture(head.address),
            title: head.title,
            heading: head.heading,
            canonical,
            breadcrumbs: head.breadcrumbs,
        }
    }

    fn picture(&self, page: &Address) -> Option<PictureView> {
        let (card, address) = self.site.picture(page)?;
        Some(PictureView {
            url: self.site.absolute(&address),
            width: picture::WIDTH,
            height: picture::HEIGHT,
            alt: Some(card.words())
                .filter(|words| !words.is_empty())
                .unwrap_or_else(|| self.site.handbook.config.title.clone()),
        })
    }

    pub(super) fn guide_link(&self, guide: usize) -> LinkView {
        let guide = &self.site.handbook.guides[guide];
        LinkView::titled(
            &guide.words.title,
            self.site.href(&Address::page([guide.id.as_str()])),
        )
    }

    pub(super) fn home_link(&self) -> LinkView {
        LinkView::plain(
            &self.site.handbook.config.title,
            self.site.href(&Address::home()),
        )
    }

    fn image(&self, path: &str) -> Option<ImageView> {
        match self.site.assets.get(path)?.kind {
            AssetKind::Image { width, height } => Some(ImageView {
                url: self.site.href(&Address::asset(path)),
                width,
                height,
            }),
            _ => None,
        }
    }

    /// ` src="…" width="…" height="…"`
    pub fn image_attributes(&self, path: &str) -> String {
        let Some(image) = self.image(path) else {
            return String::new();
        };
        let mut src = String::new();
        crate::markdown::escape_attribute(&image.url, &mut src);
        format!(
            " src=\"{src}\" width=\"{}\" height=\"{}\"",
            image.width, image.height
        )
    }
}

/// Unknown languages are written from left to right, as HTML assumes too.
pub(in crate::render) fn direction(language: &str) -> &'static str {
    let language = language.parse::<LanguageIdentifier>();
    match language.map(|language| language.character_direction()) {
        Ok(CharacterDirection::RTL) => "rtl",
        _ => "ltr",
    }
}

/// The language and the country of a language's tag. <https://ogp.me/#optional>
fn locale(language: &str) -> String {
    let mut parts = language.split('-');
    let language = parts.next().unwrap_or_default();
    match parts.find(|part| part.len() == 2) {
        Some(country) => format!("{language}_{}", country.to_ascii_uppercase()),
        None => language.to_owned(),
    }
}
