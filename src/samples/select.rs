//! Which pages a word on the command line means.

use crate::diag::nearest;
use crate::load::CONTENT;
use crate::model::Place;

/// Whether a page is meant by a name: `python`, `python/senior`, `python/gil`, `faq`, or a path
/// from the root, of a page or a folder.
pub fn is_meant(name: &str, path: &str, place: Option<&Place>) -> bool {
    let name = name.trim_matches('/');
    is_within(name, path) || names(place).iter().any(|known| known == name)
}

/// A name or path that is nearly this one.
pub fn nearest_name<'p>(
    wrong: &str,
    pages: impl IntoIterator<Item = (&'p str, Option<&'p Place>)>,
) -> Option<String> {
    let known: Vec<String> = pages
        .into_iter()
        .flat_map(|(path, place)| {
            let mut known = names(place);
            known.push(path.to_owned());
            known
        })
        .collect();
    nearest(wrong, known.iter().map(String::as_str)).map(str::to_owned)
}

fn is_within(name: &str, path: &str) -> bool {
    let below = |path: &str| {
        let rest = path.strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    !name.is_empty() && (below(path) || path.strip_prefix(CONTENT).is_some_and(below))
}

fn names(place: Option<&Place>) -> Vec<String> {
    match place {
        Some(Place::Home) | None => Vec::new(),
        Some(Place::Guide { guide }) => vec![guide.clone()],
        Some(Place::Level { guide, level }) => vec![guide.clone(), format!("{guide}/{level}")],
        Some(Place::Question { guide, level, slug }) => vec![
            guide.clone(),
            format!("{guide}/{level}"),
            format!("{guide}/{slug}"),
        ],
        Some(Place::Kit { guide, slug }) => {
            vec![
                guide.clone(),
                format!("{guide}/kits"),
                format!("{guide}/kits/{slug}"),
            ]
        }
        Some(Place::Page { slug }) => vec![slug.clone()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guides_levels_questions_and_paths_are_names() {
        let place = Place::Question {
            guide: "python".to_owned(),
            level: "senior".to_owned(),
            slug: "gil".to_owned(),
        };
        let path = "content/python/senior/gil.md";
        for name in [
            "python",
            "python/senior",
            "python/gil",
            "/python/gil/",
            "content",
            "content/python",
            "content/python/senior/gil.md",
            "python/senior/gil.md",
            "content/python/",
        ] {
            assert!(is_meant(name, path, Some(&place)), "{name}");
        }
        for name in [
            "",
            "/",
            "pyth",
            "senior",
            "gil",
            "content/python/senior/gi",
            "python/junior",
        ] {
            assert!(!is_meant(name, path, Some(&place)), "{name}");
        }
    }
}
