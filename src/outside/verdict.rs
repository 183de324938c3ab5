//! What came of an address, as diagnostics.

use std::fmt::Write as _;

use url::Url;

use crate::diag::{Diagnostic, Rule, nearest, rules};

use super::collect::{Mention, Target};
use super::probe::{End, Failure, Outcome, Why};

/// So many further places are shown.
const SHOWN: usize = 5;

/// What is wrong with an address: one problem, however many places have it. `is_allowed` says where
/// a page is excepted from a rule.
pub fn diagnostics(
    target: &Target,
    outcome: &Outcome,
    is_allowed: &dyn Fn(&str, &'static Rule) -> bool,
) -> Vec<Diagnostic> {
    let places = |rule: &'static Rule, fragment: Option<&str>| -> Vec<&Mention> {
        let meant =
            |mention: &&Mention| fragment.is_none() || mention.fragment.as_deref() == fragment;
        let mentions = target.mentions.iter().filter(meant);
        mentions
            .filter(|mention| !is_allowed(&mention.path, rule))
            .collect()
    };
    let mut found = Vec::new();
    match outcome {
        Outcome::Dead(end) => found.extend(report(
            &rules::LINK_DEAD,
            &places(&rules::LINK_DEAD, None),
            format!(
                "`{}` leads to nothing: {}",
                target.url,
                told(&target.url, end)
            ),
            |_| "find its new address, or another source, or take the link out".to_owned(),
        )),
        Outcome::Unsure(end) => found.extend(report(
            &rules::LINK_UNSURE,
            &places(&rules::LINK_UNSURE, None),
            format!(
                "`{}` could not be checked: {}",
                target.url,
                told(&target.url, end)
            ),
            |_| "look at it in a browser; some servers answer nobody else".to_owned(),
        )),
        Outcome::Alive { moved, ids } => {
            if let Some(new) = moved {
                found.extend(report(
                    &rules::LINK_MOVED,
                    &places(&rules::LINK_MOVED, None),
                    format!("`{}` has moved for good", target.url),
                    |first| moved_help(new, first),
                ));
            }
            for part in target.fragments() {
                let Some(ids) = ids.as_ref().filter(|ids| !ids.may_have(part)) else {
                    continue;
                };
                found.extend(report(
                    &rules::LINK_ANCHOR,
                    &places(&rules::LINK_ANCHOR, Some(part)),
                    format!("`{}` has no part `#{part}`", target.url),
                    |_| anchor_help(part, ids.iter()),
                ));
            }
        }
    }
    found
}

fn report(
    rule: &'static Rule,
    places: &[&Mention],
    message: String,
    help: impl FnOnce(&Mention) -> String,
) -> Option<Diagnostic> {
    let (first, others) = places.split_first()?;
    let mut diagnostic = Diagnostic::at(rule, &first.path, first.span(), message).help(help(first));
    for (number, other) in others.iter().take(SHOWN).enumerate() {
        let mut text = "it stands here too".to_owned();
        if number + 1 == SHOWN && others.len() > SHOWN {
            let _ = write!(text, ", and in {} more places", others.len() - SHOWN);
        }
        diagnostic = diagnostic.related(&other.path, Some(other.span()), text);
    }
    Some(diagnostic)
}

fn moved_help(new: &Url, mention: &Mention) -> String {
    let mut new = new.clone();
    // A part stays the same unless the redirect says otherwise.
    if new.fragment().is_none() {
        new.set_fragment(mention.fragment.as_deref());
    }
    if new.path() == "/" {
        return format!("it leads to a start page: see if `{new}` still has what is meant");
    }
    format!("write `{new}`")
}

fn anchor_help<'i>(part: &str, ids: impl Iterator<Item = &'i str>) -> String {
    // Another site's text: nothing of it may move a terminal's cursor.
    let plain = ids.filter(|id| id.chars().all(|c| c.is_ascii_graphic() && c != '`'));
    match nearest(part, plain) {
        Some(id) => format!("did you mean `#{id}`?"),
        None => "find where it stands now, or link to the page as a whole".to_owned(),
    }
}

/// Why, and where if that is elsewhere.
fn told(start: &Url, end: &End) -> String {
    let why = reason(&end.at, end.why);
    if end.at == *start {
        why
    } else {
        format!("it redirects to `{}`; {why}", end.at)
    }
}

fn reason(at: &Url, why: Why) -> String {
    let host = at.host_str().unwrap_or_default();
    match why {
        Why::Status(status) => match meaning(status) {
            Some(meaning) => format!("the server answers {status} ({meaning})"),
            None => format!("the server answers {status}"),
        },
        Why::Circles => "the redirects come to no end".to_owned(),
        Why::Astray => "it redirects to an address that is not of the web".to_owned(),
        Why::Failed(failure) => match failure {
            Failure::NoHost => format!("there is no host `{host}`"),
            Failure::Lookup => format!("the host `{host}` can't be looked up now"),
            Failure::Refused => format!("`{host}` refuses the connection"),
            Failure::Unreachable => format!("no way leads to `{host}` from here"),
            Failure::TimedOut => format!("`{host}` did not answer in time"),
            Failure::Closed => format!("`{host}` closed the connection without an answer"),
            Failure::Unreadable => format!("the answer of `{host}` can't be read"),
            Failure::Certificate(fault) => format!("the certificate of `{host}` {fault}"),
            Failure::Untrusted => {
                format!("the certificate of `{host}` is of an authority not known here")
            }
            Failure::Handshake => format!("no encryption was agreed on with `{host}`"),
            Failure::Proxy => format!("the proxy does not reach `{host}`"),
        },
    }
}

/// The usual statuses, in the words of their standard.
const fn meaning(status: u16) -> Option<&'static str> {
    Some(match status {
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        410 => "Gone",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => return None,
    })
}
