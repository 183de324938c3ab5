//! Where a field stands whose value has no place of its own.

use crate::diag::Span;
use crate::model::Public;

/// The name of one of a question's fields, or its title where the name is written in another way.
pub fn field(public: &Public, name: &str) -> Span {
    let text = &public.prompt.source.file;
    let front = &text[..public.prompt.source.span.start.min(text.len())];
    front
        .match_indices(name)
        .map(|(at, _)| at..at + name.len())
        .find(|place| {
            front[..place.start].ends_with('\n') && front[place.end..].trim_start().starts_with(':')
        })
        .unwrap_or_else(|| public.title.span.clone())
}
