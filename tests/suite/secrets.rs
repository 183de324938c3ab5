//! Every text of a handbook that is the interviewer's, in pieces, and the search for them.
//!
//! Pieces and files are compared by their letters and digits alone, so that neither the markup
//! around a word nor the way in which a format writes it can hide it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::fs;
use std::path::Path;

use percent_encoding::percent_decode_str;
use pulldown_cmark::{Event, Options, Parser, TagEnd};
use rayon::prelude::*;
use viva::load;
use viva::model::{Audience, Body, Document, Front, Inline, KitDocument, QuestionDocument};
use viva::parse;

use crate::html::{decoded, has_ending};
use crate::site::Files;

/// Letters of a piece: an excerpt of twice this length holds at least one whole piece.
const PIECE: usize = 32;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Secret {
    path: String,
    what: &'static str,
    /// How the text begins.
    text: String,
    needle: Needle,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Needle {
    /// [`PIECE`] letters.
    Letters([u8; PIECE]),
    /// A shorter text as a whole, by its words: its letters may stand in others by accident.
    Words(String),
}

impl fmt::Display for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path, what, text, ..
        } = self;
        match &self.needle {
            Needle::Letters(letters) => {
                let letters = String::from_utf8_lossy(letters);
                write!(formatter, "{path}, {what}: `{letters}` of `{text}`")
            }
            Needle::Words(_) => write!(formatter, "{path}, {what}: `{text}`"),
        }
    }
}

/// All texts of a handbook.
#[derive(Default)]
pub struct Texts {
    pub secret: Vec<Secret>,
    pub public: Vec<String>,
}

/// Reads the handbook by the library's own stages.
pub fn collect(root: &Path) -> Texts {
    let folder = load::load(root).unwrap();
    let mut texts = Texts::default();
    texts.public(&folder.config.as_ref().unwrap().text);
    // What the theme says of itself is in every edition.
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/scripts");
    for script in fs::read_dir(theme).unwrap() {
        texts.public(&fs::read_to_string(script.unwrap().path()).unwrap());
    }
    for source in &folder.sources {
        // A page's file is named in its address.
        texts.public(&source.path);
        let parsed = parse::parse(source);
        let document = parsed.document.unwrap_or_else(|| panic!("{}", source.path));
        texts.document(&document);
    }
    texts.secret.sort();
    texts.secret.dedup();
    texts
}

impl Texts {
    fn document(&mut self, document: &Document) {
        let path = &*document.path;
        match &document.front {
            Front::Question(question) => self.question(path, question),
            Front::Kit(kit) => self.kit(path, kit),
            Front::Index(words) => {
                self.public(&words.title.source);
                self.words(
                    path,
                    words.audience,
                    words.description.as_ref(),
                    &words.body,
                );
            }
            Front::Level(words) => {
                self.public(&words.title.source);
                self.words(
                    path,
                    words.audience,
                    words.description.as_ref(),
                    &words.body,
                );
            }
            Front::Page(page) => {
                if page.audience == Audience::Everyone {
                    self.public(&page.title.source);
                }
                self.words(path, page.audience, page.description.as_ref(), &page.body);
            }
        }
    }

    fn question(&mut self, path: &str, question: &QuestionDocument) {
        let public = &question.public;
        self.public(&public.title.source);
        self.public(&public.prompt.source.text());
        for tag in &public.tags {
            self.public(&tag.value);
        }
        for ask in &public.follow_ups {
            self.public(&ask.source);
        }
        let own = &question.interviewer;
        self.inline(path, "assesses", [&own.assesses]);
        self.inline(path, "strong_answers", &own.strong_answers);
        self.inline(path, "red_flags", &own.red_flags);
        self.inline(path, "by_level", own.by_level.iter().map(|(_, text)| text));
        for answers in &own.follow_ups {
            self.inline(path, "a follow-up's assesses", &answers.assesses);
            self.inline(
                path,
                "a follow-up's strong_answers",
                &answers.strong_answers,
            );
            self.inline(path, "a follow-up's red_flags", &answers.red_flags);
        }
        for reference in &own.references {
            self.secret(path, "a reference's title", &reference.title.source);
            self.secret(path, "a reference's url", &reference.url);
        }
        self.body(path, "answer", &own.answer);
    }

    fn kit(&mut self, path: &str, kit: &KitDocument) {
        self.secret(path, "title", &kit.title.source);
        self.inline(path, "description", &kit.description);
        for part in kit.opening.iter().chain(&kit.closing) {
            self.inline(path, "opening or closing", [&part.words]);
        }
        for slot in &kit.questions {
            self.inline(path, "note", &slot.note);
        }
        self.body(path, "body", &kit.body);
    }

    fn words(&mut self, path: &str, audience: Audience, description: Option<&Inline>, body: &Body) {
        if audience == Audience::Interviewer {
            self.inline(path, "description", description);
            self.body(path, "body", body);
        } else {
            self.public(description.map_or("", |text| &text.source));
            self.public(&body.source.text());
        }
    }

    fn inline<'i>(
        &mut self,
        path: &str,
        what: &'static str,
        texts: impl IntoIterator<Item = &'i Inline>,
    ) {
        for text in texts {
            self.markdown(path, what, &text.source);
        }
    }

    fn body(&mut self, path: &str, what: &'static str, body: &Body) {
        self.markdown(path, what, &body.source.text());
    }

    /// Block by block, as it is read.
    fn markdown(&mut self, path: &str, what: &'static str, source: &str) {
        for block in blocks(source) {
            self.secret(path, what, &block);
        }
    }

    fn secret(&mut self, path: &str, what: &'static str, text: &str) {
        for needle in needles(text) {
            self.secret.push(Secret {
                path: path.to_owned(),
                what,
                text: text.chars().take(80).collect(),
                needle,
            });
        }
    }

    fn public(&mut self, text: &str) {
        self.public.push(text.to_owned());
        self.public.extend(blocks(text));
    }
}

/// The words of each paragraph, heading, row and code block, without markup.
fn blocks(source: &str) -> Vec<String> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM;
    let mut blocks = vec![String::new()];
    for event in Parser::new_ext(source, options) {
        let last = blocks.last_mut().unwrap();
        match event {
            Event::Text(text) | Event::Code(text) => last.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::TableCell) => last.push(' '),
            Event::Start(_) | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link) => {}
            Event::End(_) => blocks.push(String::new()),
            _ => {}
        }
    }
    blocks.retain(|block| !block.trim().is_empty());
    blocks
}

/// A single word is no text when it is short, however often it is said: it tells nothing, and stands
/// anywhere.
fn needles(text: &str) -> Vec<Needle> {
    let letters = letters(text);
    let (pieces, rest) = letters.as_chunks::<PIECE>();
    let words = words(text);
    if !pieces.is_empty() {
        pieces.iter().copied().map(Needle::Letters).collect()
    } else if words.split_whitespace().collect::<BTreeSet<_>>().len() > 1 || rest.len() * 2 > PIECE
    {
        vec![Needle::Words(words)]
    } else {
        Vec::new()
    }
}

/// ASCII's letters and digits in lower case.
fn letters(text: &str) -> Vec<u8> {
    text.bytes()
        .filter(u8::is_ascii_alphanumeric)
        .map(|byte| byte.to_ascii_lowercase())
        .collect()
}

/// The same with one space between words and at either end.
fn words(text: &str) -> String {
    let mut words = String::from(" ");
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            words.push(char::from(byte.to_ascii_lowercase()));
        } else if !words.ends_with(' ') {
            words.push(' ');
        }
    }
    if !words.ends_with(' ') {
        words.push(' ');
    }
    words
}

/// Secrets by what is looked for.
pub struct Search<'s> {
    letters: HashMap<[u8; PIECE], Vec<&'s Secret>>,
    words: Vec<(&'s str, &'s Secret)>,
}

impl<'s> Search<'s> {
    pub fn new(secrets: impl IntoIterator<Item = &'s Secret>) -> Self {
        let mut search = Self {
            letters: HashMap::new(),
            words: Vec::new(),
        };
        for secret in secrets {
            match &secret.needle {
                Needle::Letters(letters) => {
                    search.letters.entry(*letters).or_default().push(secret);
                }
                Needle::Words(words) => search.words.push((words, secret)),
            }
        }
        search
    }

    /// Those that stand in one of the texts.
    pub fn in_texts(&self, texts: &[String]) -> BTreeSet<&'s Secret> {
        let mut found = BTreeSet::new();
        for text in texts {
            for window in letters(text).windows(PIECE) {
                found.extend(self.letters.get(window).into_iter().flatten());
            }
            let text = words(text);
            for (words, secret) in &self.words {
                if text.contains(words) {
                    found.insert(*secret);
                }
            }
        }
        found
    }

    /// Those that stand in a file, its path included, each with one of those paths.
    pub fn in_files<'f>(&self, files: &'f Files) -> BTreeMap<&'s Secret, &'f str> {
        files
            .0
            .par_iter()
            .flat_map_iter(|(path, bytes)| {
                self.in_texts(&readings(path, bytes))
                    .into_iter()
                    .map(|secret| (secret, path.as_str()))
            })
            .collect()
    }
}

/// The ways in which a file may hold a text.
fn readings(path: &str, bytes: &[u8]) -> Vec<String> {
    // There words are drawn, not written; pages name them beside the picture's address.
    if path.starts_with("assets/") && has_ending(path, "png") {
        return vec![path.to_owned()];
    }
    let raw = String::from_utf8_lossy(bytes).into_owned();
    let mut texts = vec![path.to_owned()];
    if raw.contains('<') {
        texts.push(decoded(&without_tags(&raw, "")));
        texts.push(decoded(&without_tags(&raw, " ")));
    }
    if raw.contains('%') {
        texts.push(percent_decode_str(&raw).decode_utf8_lossy().into_owned());
    }
    if raw.contains('\\') {
        let json = unescaped_json(&raw);
        texts.push(decoded(&without_tags(&json, "")));
        texts.push(json);
    }
    texts.push(decoded(&raw));
    texts
}

fn without_tags(html: &str, instead: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        out.push_str(instead);
        rest = &rest[start..];
        rest = rest.find('>').map_or("", |end| &rest[end + 1..]);
    }
    out + rest
}

fn unescaped_json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let escape = rest[at + 1..].chars().next();
        let code = rest
            .get(at + 2..at + 6)
            .and_then(|code| u32::from_str_radix(code, 16).ok());
        let (sign, length) = match (escape, code.and_then(char::from_u32)) {
            (Some('u'), Some(sign)) => (Some(sign), 6),
            (Some('n' | 't' | 'r'), _) => (Some(' '), 2),
            (Some(sign), _) => (Some(sign), 1 + sign.len_utf8()),
            (None, _) => (None, 1),
        };
        out.extend(sign);
        rest = &rest[at + length..];
    }
    out + rest
}
