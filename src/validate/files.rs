//! Images and other files beside the pages.

use std::sync::Arc;

use crate::diag::{Diagnostic, Span, nearest_path, rules};
use crate::load::{Asset, AssetKind};

use super::{CALM, Facts};

pub fn check(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for page in facts.pages {
        for image in &page.outline.images {
            self::image(
                facts,
                &page.path,
                &image.path,
                image.span.clone(),
                diagnostics,
            );
        }
    }
    if let Some(config) = facts.settings
        && let Some(logo) = &config.logo
    {
        image(
            facts,
            &config.path,
            &logo.value,
            logo.span.clone(),
            diagnostics,
        );
    }
    for asset in facts.assets.values() {
        if let AssetKind::UnsafeSvg { why, span, .. } = &asset.kind {
            diagnostics.push(
                Diagnostic::at(
                    &rules::SVG_UNSAFE,
                    &asset.path,
                    span.clone(),
                    format!("this SVG file {why}"),
                )
                .help("export it again as a plain drawing, or use a PNG file"),
            );
        }
    }
}

fn image(
    facts: &Facts<'_>,
    page: &Arc<str>,
    path: &str,
    span: Span,
    diagnostics: &mut Vec<Diagnostic>,
) {
    match facts.assets.get(path) {
        None if facts.index.is_unreadable(path) => {}
        None if facts.index.page(path).is_some() => {
            diagnostics.push(no_image(page, span, path, "is not an image"));
        }
        None => {
            let calm = diagnostics.len() < CALM;
            diagnostics.push(missing(facts, page, path, span, calm));
        }
        Some(Asset {
            kind: AssetKind::Image { .. } | AssetKind::UnsafeSvg { .. },
            ..
        }) => {}
        Some(Asset { kind, .. }) => {
            let why = match kind {
                AssetKind::BrokenImage => "can't be read as an image",
                _ => "is not an image",
            };
            diagnostics.push(no_image(page, span, path, why));
        }
    }
}

fn no_image(page: &Arc<str>, span: Span, path: &str, why: &str) -> Diagnostic {
    Diagnostic::at(&rules::IMAGE_INVALID, page, span, format!("`{path}` {why}"))
        .help("browsers show PNG, JPEG, GIF, WebP, AVIF and SVG files")
}

fn missing(facts: &Facts<'_>, page: &Arc<str>, path: &str, span: Span, calm: bool) -> Diagnostic {
    let names = facts.assets.keys().map(|name| &**name);
    Diagnostic::at(
        &rules::LINK_BROKEN,
        page,
        span,
        format!("there is no file `{path}`"),
    )
    .help(match calm.then(|| nearest_path(path, names)).flatten() {
        Some(other) => format!("did you mean `{other}`?"),
        None => "paths are relative to the page's own folder".to_owned(),
    })
}
