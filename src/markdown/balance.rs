//! End tags of raw HTML: each closes what was opened in the same container, or is a mistake.

use super::raw::Raw;
use super::stack::{Frame, Kind};
use super::tags::{self, Role};
use super::walk::Walker;
use crate::diag::{Span, rules};

impl Walker<'_, '_> {
    pub fn end_tag(&mut self, name: &str, place: Span) {
        let name = name.to_ascii_lowercase();
        let open = self
            .stack
            .iter()
            .rev()
            .take_while(|frame| matches!(frame.kind, Kind::Raw(_)))
            .position(|frame| is_raw(frame, &name));
        if open != Some(0)
            && let Some(count) = self.forgiven.get_mut(&name)
            && *count > 0
        {
            *count -= 1;
            return;
        }
        if let Some(within) = open {
            for _ in 0..within {
                self.close_one(true);
            }
            self.close_one(false);
            return;
        }
        // Its start tag may be open further out: which one is wrong shows at the end.
        let outer = self
            .stack
            .iter_mut()
            .rev()
            .find(|frame| is_raw(frame, &name));
        if let Some(Frame {
            kind: Kind::Raw(raw),
            ..
        }) = outer
            && raw.stray.is_none()
        {
            raw.stray = Some(place);
            return;
        }
        if tags::find(&name).is_some() {
            self.unopened(&name, place);
        } else {
            self.unknown_tag(&name, place);
        }
    }

    fn unopened(&mut self, name: &str, place: Span) {
        let fault = self
            .report
            .at(
                &rules::HTML_UNOPENED,
                place,
                format!("`</{name}>` closes nothing"),
            )
            .help(format!(
                "remove it, or write `<{name}>` before it in the same paragraph or block"
            ));
        self.report.add(fault);
    }

    /// Closes the raw elements on top of the stack that are `which`; each should have been closed.
    pub fn close_raw(&mut self, which: impl Fn(&Raw) -> bool) {
        while let Some(Frame {
            kind: Kind::Raw(raw),
            ..
        }) = self.stack.last()
            && which(raw)
        {
            self.close_one(true);
        }
    }

    /// Raw HTML that is closed below `## Answer` was meant to hold it, and can't.
    pub fn close_around_answer(&mut self, heading: &Span) {
        while let Some(Frame {
            kind: Kind::Raw(raw),
            ..
        }) = self.stack.last()
        {
            let name = raw.tag.name;
            let below = &self.text[heading.end..];
            if !below.contains(&format!("</{name}>")) {
                return;
            }
            let fault = self
                .report
                .at(
                    &rules::HTML_PLACE,
                    self.first_line(heading),
                    format!("`## Answer` stands in `<{name}>`"),
                )
                .help(format!(
                    "take `<{name}>` away, or close it above: the answer is a part of its own"
                ));
            self.report.add(fault);
            self.forgive(name);
            self.pop_frame();
            self.out.push("</");
            self.out.push(name);
            self.out.push(">");
        }
    }

    /// Closes the innermost element, which is raw HTML.
    fn close_one(&mut self, unclosed: bool) {
        let Some(Frame {
            kind: Kind::Raw(raw),
            range,
        }) = self.pop_frame()
        else {
            return;
        };
        let name = raw.tag.name;
        self.out.push("</");
        self.out.push(name);
        self.out.push(">");
        if raw.tag.role.is_block() {
            self.within_word = false;
        }
        if !unclosed {
            if let Some(stray) = raw.stray {
                self.unopened(name, stray);
            }
            if raw.tag.role == Role::Details && !raw.has_summary {
                self.no_summary(range);
            }
            return;
        }
        // A fence that is left open has taken the end tag, and is the mistake.
        if self.swallowed.contains(format_args!("</{name}")) {
            return;
        }
        let mut fault = self.report.at(
            &rules::HTML_UNCLOSED,
            range,
            format!("`<{name}>` is not closed"),
        );
        fault = match raw.stray {
            Some(stray) => fault
                .secondary(
                    self.report.span(stray),
                    "this end tag stands in another paragraph, quote, list item or emphasis",
                )
                .help(format!("put `<{name}>` and `</{name}>` into the same one")),
            None => {
                self.forgive(name);
                fault.help(format!(
                    "write `</{name}>` in the same paragraph, quote or list item"
                ))
            }
        };
        self.report.add(fault);
    }

    fn no_summary(&mut self, range: Span) {
        let fault = self
            .report
            .at(&rules::HTML_PLACE, range, "`<details>` has no `<summary>`")
            .help("write `<summary>what is inside</summary>` right after it");
        self.report.add(fault);
    }

    pub fn forgive(&mut self, name: &str) {
        *self.forgiven.entry(name.to_ascii_lowercase()).or_default() += 1;
    }
}

fn is_raw(frame: &Frame, name: &str) -> bool {
    matches!(&frame.kind, Kind::Raw(raw) if raw.tag.name == name)
}
