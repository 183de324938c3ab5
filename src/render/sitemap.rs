//! sitemap.xml and robots.txt: what search engines read.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::html::escaped;
use crate::model::Address;
use crate::plan::{Route, Site};

/// All pages that are worth finding. <https://www.sitemaps.org/protocol.html>
pub fn xml(site: &Site) -> Vec<u8> {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for (address, route) in site.routes.iter() {
        if !is_page(route) {
            continue;
        }
        let _ = write!(out, "<url><loc>{}</loc>", escaped(&site.absolute(address)));
        if let Some(date) = changed(site, route) {
            let _ = write!(out, "<lastmod>{date}</lastmod>");
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out.into_bytes()
}

/// Everybody is welcome.
pub fn robots(site: &Site) -> Vec<u8> {
    let sitemap = site.absolute(&Address::file("sitemap.xml"));
    format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n").into_bytes()
}

fn is_page(route: &Route) -> bool {
    match route {
        Route::Home
        | Route::Guide(_)
        | Route::Level { .. }
        | Route::Topic { .. }
        | Route::Question(_)
        | Route::Kit { .. }
        | Route::All { .. }
        | Route::Tag(_)
        | Route::Questions { .. }
        | Route::Page(_) => true,
        Route::NotFound
        | Route::Redirect(_)
        | Route::Feed
        | Route::Sitemap
        | Route::Robots
        | Route::Manifest
        | Route::PublicData
        | Route::Search
        | Route::Schema
        | Route::SpeculationRules
        | Route::Headers
        | Route::Redirects
        | Route::Style
        | Route::Script(_)
        | Route::ThemeAsset(_)
        | Route::Picture(_)
        | Route::File(_) => false,
    }
}

fn changed(site: &Site, route: &Route) -> Option<Date> {
    let handbook = &site.handbook;
    match route {
        Route::Question(id) => {
            let public = &handbook.question(*id).public;
            let reviewed = public.reviewed.as_ref().map(|date| date.value);
            reviewed.max(public.added)
        }
        Route::Kit { guide, kit } => {
            let reviewed = &handbook.guides[*guide].kits[*kit].document.reviewed;
            reviewed.as_ref().map(|date| date.value)
        }
        Route::Page(page) => {
            let reviewed = &handbook.pages[*page].document.reviewed;
            reviewed.as_ref().map(|date| date.value)
        }
        _ => None,
    }
}
