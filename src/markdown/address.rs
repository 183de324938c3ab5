//! Addresses: which are safe, and where they lead.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use url::Url;

use super::Target;
use crate::diag::{Rule, rules};

/// What is wrong with an address.
#[derive(Debug)]
pub(super) struct Fault {
    pub rule: &'static Rule,
    pub message: String,
    pub help: Option<&'static str>,
}

impl Fault {
    fn new(rule: &'static Rule, message: String, help: &'static str) -> Self {
        let help = (!help.is_empty()).then_some(help);
        Self {
            rule,
            message,
            help,
        }
    }

    fn invalid(message: String, help: &'static str) -> Self {
        Self::new(&rules::ADDRESS_INVALID, message, help)
    }
}

/// Reads a link's address, which stands in `file` (a path from the root). Markdown's escapes and
/// character references are decoded before.
pub(super) fn read(raw: &str, file: &str) -> Result<Target, Fault> {
    let address = clean(raw);
    if address.is_empty() {
        return Err(Fault::invalid("the address is empty".to_owned(), ""));
    }
    if let Some(scheme) = scheme(&address) {
        return external(&address, scheme);
    }
    if address.starts_with("//") {
        return Err(Fault::new(
            &rules::UNSAFE_ADDRESS,
            format!("`{}` leaves its scheme open", short(&address)),
            "write `https://`",
        ));
    }
    // Browsers take a backslash for a slash, so `/\host` is another site.
    if address.contains('\\') {
        return Err(backslash(&address));
    }
    let (before, anchor) = match address.split_once('#') {
        Some((before, anchor)) => (before, Some(anchor)),
        None => (address.as_ref(), None),
    };
    let anchor = anchor.map(|anchor| decode(anchor, &address)).transpose()?;
    let (path, query) = match before.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (before, None),
    };
    let anchor_part = anchor.filter(|anchor| !anchor.is_empty());
    if before.is_empty() {
        return Ok(Target::Anchor(anchor_part.unwrap_or_default()));
    }
    let path = decode(path, &address)?;
    if path.starts_with('/') {
        return Ok(Target::Site {
            path: site_path(&path, &address)?,
            anchor: anchor_part,
        });
    }
    if query.is_some() {
        return Err(Fault::invalid(
            format!("`{}` has a query, which a file can't take", short(&address)),
            "remove everything from the `?` on, or write it as `%3F` if it is part of the name",
        ));
    }
    Ok(Target::File {
        path: file_path(&path, file, &address)?,
        anchor: anchor_part,
    })
}

/// What a browser drops before it looks at an address.
fn clean(raw: &str) -> Cow<'_, str> {
    let trimmed = raw.trim_matches(|c: char| c <= ' ');
    if trimmed.contains(['\t', '\n', '\r']) {
        Cow::Owned(trimmed.replace(['\t', '\n', '\r'], ""))
    } else {
        Cow::Borrowed(trimmed)
    }
}

fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let mut bytes = scheme.bytes();
    (bytes.next()?.is_ascii_alphabetic()
        && bytes.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.')))
    .then_some(scheme)
}

fn external(address: &str, scheme: &str) -> Result<Target, Fault> {
    let rest = &address[scheme.len() + 1..];
    let invalid = |what: &str| Fault::invalid(format!("`{}` {what}", short(address)), "");
    if scheme.eq_ignore_ascii_case("mailto") {
        if rest.is_empty() || rest.starts_with('?') {
            return Err(invalid("names no mailbox"));
        }
        let url = Url::parse(address).map_err(|error| invalid(&because(error)))?;
        return Ok(Target::External(url.into()));
    }
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return Err(Fault::new(
            &rules::UNSAFE_ADDRESS,
            format!("an address with `{}:` is not allowed", short(scheme)),
            "link to `https:`, `http:` or `mailto:`, or to a file of the handbook; before a file \
             name with a colon write `./`",
        ));
    }
    if rest.contains('\\') {
        return Err(backslash(address));
    }
    // Parsers mend a missing slash, each in its own way.
    if !rest.starts_with("//") || rest.starts_with("///") {
        return Err(invalid("has no host after `//`"));
    }
    let url = Url::parse(address).map_err(|error| invalid(&because(error)))?;
    if url.host_str().is_none_or(str::is_empty) {
        return Err(invalid("has no host"));
    }
    Ok(Target::External(url.into()))
}

fn because(error: url::ParseError) -> String {
    format!("can't be read: {error}")
}

fn backslash(address: &str) -> Fault {
    Fault::invalid(
        format!("`{}` has a backslash", short(address)),
        "write `/` between folders",
    )
}

fn decode(text: &str, address: &str) -> Result<String, Fault> {
    let decoded = percent_decode_str(text).decode_utf8().map_err(|_| {
        Fault::invalid(format!("`{}` does not decode to UTF-8", short(address)), "")
    })?;
    if decoded.contains('\\') {
        return Err(backslash(address));
    }
    if decoded.contains(char::is_control) {
        return Err(Fault::invalid(
            format!("`{}` has an encoded control character", short(address)),
            "",
        ));
    }
    Ok(decoded.into_owned())
}

/// `.` and `..` resolved, no empty parts: `//` at the start would be another site.
fn site_path(path: &str, address: &str) -> Result<String, Fault> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return Err(outside(address, "the site"));
                }
            }
            part => parts.push(part),
        }
    }
    let mut resolved = String::with_capacity(path.len());
    for part in &parts {
        resolved.push('/');
        resolved.push_str(part);
    }
    let folder = matches!(path.rsplit('/').next(), Some("" | "." | ".."));
    if parts.is_empty() || folder {
        resolved.push('/');
    }
    Ok(resolved)
}

/// From the file's folder, at most up to the first one of its path.
fn file_path(path: &str, file: &str, address: &str) -> Result<String, Fault> {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.len() <= 1 {
                    return Err(outside(address, "the content folder"));
                }
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

fn outside(address: &str, what: &str) -> Fault {
    Fault::new(
        &rules::LINK_OUTSIDE,
        format!("`{}` leads out of {what}", short(address)),
        "",
    )
}

/// An address for a message.
fn short(address: &str) -> Cow<'_, str> {
    const SHOWN: usize = 80;
    let visible = |c: char| !c.is_control();
    if address.len() <= SHOWN && address.chars().all(visible) {
        return Cow::Borrowed(address);
    }
    let mut short: String = address
        .chars()
        .filter(|&c| visible(c))
        .take(SHOWN)
        .collect();
    if short.len() < address.len() {
        short.push('…');
    }
    Cow::Owned(short)
}
