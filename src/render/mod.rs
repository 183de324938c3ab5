//! One route to bytes.
//!
//! 1. [`views`] are what templates see: plain data, made from the handbook for one page.
//! 2. [`html`] fills the Markdown's fragments with links, ids and highlighted code.
//! 3. A template makes the page; feeds, maps and data have writers of their own.
//!
//! Every route is a pure function of the site: no route knows what another one rendered.

mod feed;
mod headers;
mod html;
pub mod public_data;
mod sitemap;
mod speculation;
pub mod views;
mod web_manifest;

use std::path::PathBuf;

use serde::Serialize;
use tera::Value;

use crate::diag::Diagnostic;
use crate::highlight::Highlighter;
use crate::model::Address;
use crate::plan::{Route, Site};
use crate::schema::{self, Choices, Known};
use crate::theme::ThemeAsset;

use views::Views;

pub use headers::{POLICY, of_path as headers_of_path};

/// What stands at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    Bytes(Vec<u8>),
    /// A file of the content folder, to be copied as it is.
    File(PathBuf),
}

/// Renders the routes of one site. Shared by all threads.
pub struct Renderer<'s> {
    site: &'s Site,
    highlighter: &'s Highlighter,
    /// What every template sees.
    site_view: Value,
    strings: Value,
}

fn bytes_of(asset: Option<&ThemeAsset>) -> Vec<u8> {
    asset.map(|asset| asset.bytes.clone()).unwrap_or_default()
}

impl<'s> Renderer<'s> {
    pub fn new(site: &'s Site, highlighter: &'s Highlighter) -> Self {
        let mut renderer = Self {
            site,
            highlighter,
            site_view: Value::none(),
            strings: Value::from_serializable(site.theme.strings.all()),
        };
        renderer.site_view = Value::from_serializable(&renderer.views().site());
        renderer
    }

    /// The bytes of one route.
    ///
    /// # Errors
    /// When a template has a mistake: the only part of a site that is known to be right no sooner.
    pub fn render(&self, address: &Address, route: &Route) -> Result<Output, Box<Diagnostic>> {
        let views = self.views();
        let site = self.site;
        let bytes = match route {
            Route::Home => self.page("home.html", views.home(address)),
            Route::Guide(guide) => self.page("guide.html", views.guide(address, *guide)),
            Route::Level { guide, level } => {
                self.page("level.html", views.level(address, *guide, *level))
            }
            Route::Topic { guide, topic } => {
                self.page("topic.html", views.topic(address, *guide, *topic))
            }
            Route::Question(id) => self.page("question.html", views.question_page(address, *id)),
            Route::Kit { guide, kit } => self.page("kit.html", views.kit(address, *guide, *kit)),
            Route::All { guide, part } => self.page("all.html", views.all(address, *guide, *part)),
            Route::Tag(tag) => self.page("tag.html", views.tag(address, tag)),
            Route::Questions { part } => {
                self.page("questions.html", views.questions(address, *part))
            }
            Route::Page(page) => self.page("page.html", views.free_page(address, *page)),
            Route::NotFound => self.page("404.html", views.not_found(address)),
            Route::Redirect(target) => self.page("redirect.html", views.redirect(target)),
            Route::Feed => Ok(feed::atom(site)),
            Route::Sitemap => Ok(sitemap::xml(site)),
            Route::Robots => Ok(sitemap::robots(site)),
            Route::Manifest => Ok(web_manifest::json(site)),
            Route::PublicData => Ok(public_data::json(site)),
            Route::Schema => Ok(schema::question(&self.choices()).into_bytes()),
            Route::Search => Ok(site.search().manifest.clone()),
            Route::SpeculationRules => Ok(speculation::rules(site)),
            Route::Headers => Ok(headers::headers(site)),
            Route::Redirects => Ok(headers::redirects(site)),
            Route::Style => Ok(site.theme.style.bytes.clone()),
            Route::Script(name) => Ok(bytes_of(site.theme.scripts.get(name))),
            Route::ThemeAsset(name) => Ok(bytes_of(site.theme.assets.get(name))),
            Route::Picture(card) => Ok(site.theme.painter.draw(card)),
            Route::File(path) => {
                let file = site.assets.get(path).map(|asset| asset.file.clone());
                return Ok(Output::File(file.unwrap_or_default()));
            }
        };
        bytes.map(Output::Bytes)
    }

    /// The names that a new page can use.
    fn choices(&self) -> Choices {
        let handbook = &self.site.handbook;
        let known = handbook.questions.iter().map(|question| Known {
            guide: &handbook.guides[question.guide].id,
            slug: &question.slug,
            title: &question.public.title.plain,
            tags: &question.public.tags,
        });
        Choices::of(&handbook.config, known)
    }

    fn views(&self) -> Views<'_> {
        Views {
            site: self.site,
            highlighter: self.highlighter,
        }
    }

    fn page<V: Serialize>(&self, template: &str, view: V) -> Result<Vec<u8>, Box<Diagnostic>> {
        let theme = &self.site.theme;
        let mut context = tera::Context::new();
        context.insert_value("page", Value::from_serializable(&view));
        // On the page of all questions each of these holds megabytes.
        drop(view);
        context.insert_value("site", self.site_view.clone());
        context.insert_value("t", self.strings.clone());
        let mut bytes = Vec::with_capacity(16 * 1024);
        theme
            .templates
            .render_to(template, &context, &mut bytes)
            .map_err(|error| Box::new(theme.problem(template, &error)))?;
        Ok(bytes)
    }
}
