//! Quotes, and the alerts among them.

use pulldown_cmark::BlockQuoteKind;

use super::stack::Kind;
use super::walk::Walker;
use super::{Mark, Word};
use crate::diag::{Span, rules};

const KINDS: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

impl Walker<'_, '_> {
    pub fn start_quote(&mut self, kind: Option<BlockQuoteKind>, range: Span) {
        let Some(kind) = kind else {
            self.check_alert(&range);
            return self.open("<blockquote>", Kind::Nested("</blockquote>"), range);
        };
        let (class, word) = match kind {
            BlockQuoteKind::Note => ("note", Word::AlertNote),
            BlockQuoteKind::Tip => ("tip", Word::AlertTip),
            BlockQuoteKind::Important => ("important", Word::AlertImportant),
            BlockQuoteKind::Warning => ("warning", Word::AlertWarning),
            BlockQuoteKind::Caution => ("caution", Word::AlertCaution),
        };
        if !self.may_nest(&range) {
            // `open` leaves the rest out.
            return self.open("", Kind::Nested(""), range);
        }
        self.out.push("<div class=\"alert ");
        self.out.push(class);
        self.out.push("\" role=\"note\"><p class=\"alert-title\">");
        self.out.mark(Mark::Word(word));
        self.open("</p>", Kind::Nested("</div>"), range);
    }

    /// A quote that begins like an alert but is none.
    fn check_alert(&mut self, range: &Span) {
        let Some(quote) = self.text[range.clone()].strip_prefix('>') else {
            return;
        };
        let after = quote.trim_start_matches([' ', '\t']);
        let Some(tag) = after.strip_prefix("[!") else {
            return;
        };
        let Some((name, rest)) = tag.split_once(']') else {
            return;
        };
        let is_word = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        if name.is_empty() || !name.chars().all(is_word) || rest.starts_with(['(', '[', ':']) {
            return;
        }
        let start = range.start + 1 + (quote.len() - after.len());
        let place = start..start + "[!]".len() + name.len();
        let known = KINDS.iter().any(|kind| kind.eq_ignore_ascii_case(name));
        let fault = if known {
            self.report
                .at(
                    &rules::ALERT_UNKNOWN,
                    place,
                    format!("`[!{name}]` is not alone on its line, so this is a plain quote"),
                )
                .help("write the text on the next line, after `> `")
        } else {
            self.report
                .at(
                    &rules::ALERT_UNKNOWN,
                    place,
                    format!("there is no alert `{name}`"),
                )
                .suggest(name, KINDS, || {
                    Some(format!("the alerts are {}", crate::diag::listing(KINDS)))
                })
        };
        self.report.add(fault);
    }
}
