//! Files that no page names: left over from something, or meant to be shown.

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, nearest_path, rules};
use crate::load::{AssetKind, CONTENT};
use crate::markdown::{Image, Link, Target};

use super::{CALM, Facts};

/// Files that others look for in the folder, or that tell of it.
const KNOWN: [&str; 6] = ["cname", "favicon", "licence", "license", "notice", "readme"];

pub fn check(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // What can't be read may name any file.
    if facts.assets.is_empty()
        || facts.config.is_none()
        || facts.index.has_unreadable()
        || facts
            .pages
            .iter()
            .any(|page| is_half_read(&page.diagnostics))
    {
        return;
    }
    let mut named = BTreeSet::new();
    let footer = facts.config.and_then(|config| config.footer.as_ref());
    for page in facts.pages {
        images(&page.outline.images, &mut named);
        links(facts, &page.outline.links, &mut named);
    }
    if let Some(config) = facts.config {
        named.extend(config.logo.iter().map(|logo| logo.value.as_str()));
    }
    if let Some(footer) = footer {
        images(&footer.images, &mut named);
        links(facts, &footer.links, &mut named);
    }
    // One that was meant by a name with a slip is told of there.
    let assets = || facts.assets.keys().map(|path| &**path);
    let missing: Vec<&str> = named
        .iter()
        .copied()
        .filter(|path| !facts.assets.contains_key(*path) && facts.index.page(path).is_none())
        .take(CALM)
        .collect();
    for path in missing {
        named.extend(nearest_path(path, assets()));
    }
    for (path, asset) in facts.assets {
        // One that can't be published at all is told of already.
        let is_wrong = matches!(asset.kind, AssetKind::UnsafeSvg { .. });
        if !is_wrong && !named.contains(&**path) && !is_known(path) {
            diagnostics.push(
                Diagnostic::of_file(
                    &rules::FILE_UNUSED,
                    path,
                    format!("no page names the file `{path}`"),
                )
                .help("show it on a page, link to it, or remove it"),
            );
        }
    }
}

/// Errors after which a page's images and links are not all known.
fn is_half_read(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| {
        [
            &rules::FRONT_MATTER_OPEN,
            &rules::YAML_SYNTAX,
            &rules::FENCE_OPEN,
            &rules::HTML_PLACE,
            &rules::HTML_TAG,
            &rules::LINK_UNDEFINED,
            &rules::ADDRESS_INVALID,
            &rules::UNSAFE_ADDRESS,
            &rules::LINK_OUTSIDE,
            &rules::NESTING,
            &rules::BLOCK_IN_INLINE,
        ]
        .contains(&diagnostic.rule)
    })
}

fn images<'f>(images: &'f [Image], named: &mut BTreeSet<&'f str>) {
    named.extend(images.iter().map(|image| image.path.as_str()));
}

fn links<'f>(facts: &Facts<'f>, links: &'f [Link], named: &mut BTreeSet<&'f str>) {
    for link in links {
        match &link.target {
            Target::File { path, .. } => {
                named.insert(path);
            }
            Target::Site { path, .. } => {
                let file = format!("{CONTENT}{}", path.trim_start_matches('/'));
                let asset = facts.assets.get_key_value(file.as_str());
                named.extend(asset.map(|(path, _)| &**path));
            }
            Target::External(_) | Target::Anchor(_) => {}
        }
    }
}

fn is_known(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let stem = name.split('.').next().unwrap_or_default();
    KNOWN.contains(&stem)
}
