//! Values that are addresses or parts of them.

use crate::diag::{Fix, is_plain, rules};
use crate::model::At;
use crate::yaml::Node;

use super::context::Context;
use super::place::{is_slug, slug_like};
use super::values::{text, text_at};

/// A name that can stand in an address.
pub fn slug(context: &mut Context<'_>, name: &'static str, node: &Node) -> Option<At<String>> {
    let text = text_at(context, name, node)?;
    if !is_slug(&text.value) {
        let value = &text.value;
        let diagnostic = context.report(
            &rules::FIELD_VALUE,
            node.span.clone(),
            format!("`{value}` can't be part of an address"),
        );
        diagnostic.help = Some(match slug_like(value) {
            Some(slug) => format!("write `{slug}`: small letters, digits and hyphens"),
            None => "write small letters, digits and single hyphens".to_owned(),
        });
        // Another case is a slip; what stands for other signs is a choice.
        let small = value.to_ascii_lowercase();
        if is_slug(&small) && is_plain(&small) {
            diagnostic.fix = Some(Fix::new(node.span.clone(), value, &small));
        }
        return None;
    }
    Some(text)
}

/// A question of the guide in which the page stands: its file's name.
pub fn neighbour(context: &mut Context<'_>, name: &'static str, node: &Node) -> Option<At<String>> {
    let text = text_at(context, name, node)?;
    if is_slug(&text.value) {
        return Some(text);
    }
    let otherwise = "write its file's name without `.md`";
    not_a_question(context, node, &text.value, otherwise, |name| {
        let slug = name.rsplit('/').next().unwrap_or(name);
        slug.to_ascii_lowercase()
    })
}

/// `slug`, or `guide/slug` for a question of another guide.
pub fn question_name(
    context: &mut Context<'_>,
    name: &'static str,
    node: &Node,
) -> Option<At<String>> {
    let text = text_at(context, name, node)?;
    if text.value.split('/').all(is_slug) && text.value.matches('/').count() <= 1 {
        return Some(text);
    }
    let otherwise = "write its file's name without `.md`, or `guide/name`";
    not_a_question(context, node, &text.value, otherwise, |name| {
        let parts: Vec<&str> = name.split('/').filter(|part| is_slug(part)).collect();
        match parts.as_slice() {
            [.., slug] if name.starts_with("..") => (*slug).to_owned(),
            [guide, _, slug] | [guide, slug] => format!("{guide}/{slug}"),
            _ => name.to_owned(),
        }
    })
}

/// Says what to write instead of a path, where that can be told from it.
fn not_a_question<T>(
    context: &mut Context<'_>,
    node: &Node,
    value: &str,
    otherwise: &str,
    short: impl FnOnce(&str) -> String,
) -> Option<T> {
    let bare = value.trim_end_matches(".md").trim_start_matches("./");
    let name = short(bare);
    context
        .report(
            &rules::FIELD_VALUE,
            node.span.clone(),
            format!("`{value}` is not the name of a question"),
        )
        .help = Some(if name != value && name.split('/').all(is_slug) {
        format!("write `{name}`: the name of its file, without `.md`")
    } else {
        otherwise.to_owned()
    });
    None
}

/// An address of the web: `http:` or `https:`.
pub fn web_address(
    context: &mut Context<'_>,
    name: &'static str,
    node: &Node,
) -> Option<At<String>> {
    let text = text(context, name, node)?;
    // Parsers mend what browsers may not: a missing host, spaces, the wrong slashes.
    let rest = text.split_once("://").map_or("", |(_, rest)| rest);
    let is_exact = !rest.is_empty()
        && !rest.starts_with('/')
        && !text.contains(|c: char| c.is_whitespace() || c == '\\');
    match url::Url::parse(&text) {
        Ok(url) if is_exact && matches!(url.scheme(), "http" | "https") && url.has_host() => {
            Some(At {
                value: url.to_string(),
                span: node.span.clone(),
            })
        }
        Ok(url) if !matches!(url.scheme(), "http" | "https") => {
            let scheme = url.scheme();
            context
                .report(
                    &rules::UNSAFE_ADDRESS,
                    node.span.clone(),
                    format!("`{name}` can't begin with `{scheme}:`"),
                )
                .help = Some("write an address that begins with https://".to_owned());
            None
        }
        _ => {
            context
                .report(
                    &rules::ADDRESS_INVALID,
                    node.span.clone(),
                    format!("`{text}` is not an address"),
                )
                .help = Some("write a whole address: https://example.org/page".to_owned());
            None
        }
    }
}

/// A former address: a slug, or a path that begins with `/`.
pub fn alias(context: &mut Context<'_>, name: &'static str, node: &Node) -> Option<At<String>> {
    let text = text_at(context, name, node)?;
    let Some(path) = text.value.strip_prefix('/') else {
        if text.value.contains('/') {
            former_address(context, node, &text.value);
            return None;
        }
        return slug(context, name, node);
    };
    let part_is_plain = |part: &str| {
        !part.is_empty()
            && part != "."
            && part != ".."
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
    };
    let trimmed = path.strip_suffix('/').unwrap_or(path);
    if !trimmed.split('/').all(part_is_plain) {
        former_address(context, node, &text.value);
        return None;
    }
    Some(text)
}

fn former_address(context: &mut Context<'_>, node: &Node, value: &str) {
    context
        .report(
            &rules::FIELD_VALUE,
            node.span.clone(),
            format!("`{value}` can't be a former address"),
        )
        .help =
        Some("write a path such as `/python/old-name/`: letters, digits and `-._~`".to_owned());
}
