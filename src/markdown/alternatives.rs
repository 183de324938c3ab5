//! Alternative text that repeats what is known without it.

use rustc_hash::FxHashMap;

use super::walk::Walker;
use crate::diag::{Span, rules};

/// Longer texts are no repetition of an alternative text.
const KEPT: usize = 400;

/// Screen readers say themselves that it is an image.
const OPENINGS: [&str; 8] = [
    "image of ",
    "picture of ",
    "photo of ",
    "graphic of ",
    "an image of ",
    "a picture of ",
    "a photo of ",
    "a graphic of ",
];

/// What says no more than that there is something.
const NOTHING: [&str; 6] = ["image", "picture", "photo", "graphic", "diagram", "figure"];

const IMAGE_ENDINGS: [&str; 7] = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"];

/// The images of a text and the paragraph that is open.
#[derive(Debug, Default)]
pub(super) struct Alternatives {
    /// By alternative text: the path and place of the first image that has it.
    first: FxHashMap<String, (String, Span)>,
    /// The words of the paragraph, without those of its images.
    words: String,
    here: Vec<(String, Span)>,
    /// Of the paragraph before: its words, or its images where it has none.
    before: Before,
}

#[derive(Debug, Default)]
enum Before {
    #[default]
    Nothing,
    Words(String),
    Images(Vec<(String, Span)>),
}

impl Alternatives {
    pub fn push(&mut self, text: &str) {
        if self.words.len() < KEPT {
            self.words.push_str(text);
        }
    }
}

impl Walker<'_, '_> {
    /// An image with an alternative text, and with a file if its address could be read.
    pub fn check_alternative(&mut self, alt: &str, path: Option<&str>, range: &Span) {
        let folded = folded(alt);
        let lower = alt.to_lowercase();
        let message = if OPENINGS.iter().any(|start| lower.starts_with(start)) {
            Some("the alternative text begins with what every image is")
        } else if NOTHING.contains(&folded.as_str()) {
            Some("the alternative text says only that there is an image")
        } else if !alt.contains(' ') && IMAGE_ENDINGS.iter().any(|end| lower.ends_with(end)) {
            Some("the alternative text is the name of a file")
        } else {
            None
        };
        if let Some(message) = message {
            self.repeated(range, message.to_owned(), None);
            return;
        }
        if let Some(path) = path {
            match self.alternatives.first.get(&folded) {
                Some((other, first)) if other != path => {
                    let first = first.clone();
                    let message = format!("another image has the alternative text `{alt}` too");
                    self.repeated(range, message, Some(first));
                    return;
                }
                Some(_) => {}
                None => {
                    let entry = (path.to_owned(), range.clone());
                    self.alternatives.first.insert(folded.clone(), entry);
                }
            }
        }
        self.alternatives.here.push((folded, range.clone()));
    }

    pub fn start_neighbours(&mut self) {
        self.alternatives.words.clear();
        self.alternatives.here.clear();
    }

    /// At a paragraph's end: images beside the same words, in it or in the one before.
    pub fn check_neighbours(&mut self) {
        let state = &mut self.alternatives;
        if state.first.is_empty() && state.here.is_empty() {
            // Only a caption above an image needs what came before it.
            state.before = Before::Words(std::mem::take(&mut state.words));
            return;
        }
        let words = folded(&state.words);
        let here = std::mem::take(&mut state.here);
        let before = std::mem::take(&mut state.before);
        let mut beside: Vec<Span> = Vec::new();
        if words.is_empty() {
            if let Before::Words(before) = &before {
                let before = self::folded(before);
                beside.extend(same(&here, &before));
            }
        } else {
            beside.extend(same(&here, &words));
            if let Before::Images(images) = &before {
                beside.extend(same(images, &words));
            }
        }
        let state = &mut self.alternatives;
        state.before = if words.is_empty() {
            Before::Images(here)
        } else {
            Before::Words(std::mem::take(&mut state.words))
        };
        for range in beside {
            let message = "the text beside the image says the same as its alternative text";
            self.repeated(&range, message.to_owned(), None);
        }
    }

    fn repeated(&mut self, range: &Span, message: String, first: Option<Span>) {
        let mut fault = self
            .report
            .at(&rules::ALT_REPEATED, self.first_line(range), message)
            .help("say what this image shows, as one would over the telephone");
        if let Some(first) = first {
            let first = self.report.span(self.first_line(&first));
            fault = fault.secondary(first, "this one");
        }
        self.report.add(fault);
    }
}

fn same(images: &[(String, Span)], words: &str) -> impl Iterator<Item = Span> {
    images
        .iter()
        .filter(move |(alt, _)| !words.is_empty() && alt == words)
        .map(|(_, range)| range.clone())
}

/// Without case, double spaces and signs at the ends.
fn folded(text: &str) -> String {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
    folded
}
