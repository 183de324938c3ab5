//! HTML in which everything that depends on where it is shown is left open.

use std::sync::Arc;

use crate::diag::Span;

/// A piece of a page's HTML with [`Mark`]s where the page decides what to write.
///
/// The same fragment is shown on its own page and among others on one page, in the preview and
/// under any base address, without a second walk of the Markdown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fragment {
    /// The fixed text. Marks stand between its bytes.
    pub html: String,
    /// Offsets into `html`, ascending, each with what is to be written there.
    pub marks: Vec<(u32, Mark)>,
}

impl Fragment {
    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.html.is_empty() && self.marks.is_empty()
    }

    /// Whether there is more to read than headings.
    pub fn has_words(&self) -> bool {
        const HEADING: &str = "<div class=\"heading\">";
        let mut parts = self.html.split(HEADING);
        let below = |part: &str| {
            part.split_once("</div>")
                .map_or(0, |(_, rest)| rest.trim().len())
        };
        let above = parts.next().map_or(0, |part| part.trim().len());
        above > 0 || parts.any(|part| below(part) > 0)
    }
}

/// What a page writes into a fragment. Numbers count into the lists of the same [`Walked`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The address of a link, escaped for an attribute.
    Href(u32),
    /// ` src="…" width="…" height="…"` of an image, with the leading space.
    Image(u32),
    /// What makes ids unique where several fragments share a page. Stands after `id="` and after
    /// `href="#` of links within the fragment.
    IdPrefix,
    /// The beginning of a section: a heading of level 2 that stands in nothing else.
    Section,
    /// The digit of a heading's element: this level plus the page's shift, at most 6.
    HeadingLevel(u8),
    /// The highlighted text of a code block.
    Code(u32),
    /// A word of the interface, escaped for text and attributes.
    Word(Word),
}

/// The interface's words that Markdown brings up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Word {
    AlertNote,
    AlertTip,
    AlertImportant,
    AlertWarning,
    AlertCaution,
    /// The heading over the footnotes.
    Footnotes,
    /// The name of a footnote's link back to the text.
    FootnoteBack,
    /// The name of a ticked task's box.
    TaskDone,
    /// The name of an empty task's box.
    TaskOpen,
}

/// Whose eyes a part of a question is for. Other pages have one part, `Shown`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Everything above `## Answer`.
    Shown,
    /// Everything below it.
    Answer,
}

/// Everything that one walk of a text finds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Walked {
    pub shown: Content,
    /// Present when the text has an `## Answer` and was walked as a question.
    pub answer: Option<Content>,
    pub links: Vec<Link>,
    pub images: Vec<Image>,
    pub blocks: Vec<CodeBlock>,
    /// In order of appearance.
    pub headings: Vec<Heading>,
}

/// One part's HTML and what else is to be known of its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    pub fragment: Fragment,
    /// Words of prose and code, for the reading time.
    pub words: u32,
    /// The first paragraph without markup, at most 200 characters, cut at a word with `…`.
    pub excerpt: String,
    /// Bytes of the file that the part was made from.
    pub span: Span,
    /// Bytes within `span` that nobody sees who reads this part alone: comments, and definitions
    /// that only the other part uses. Ascending.
    pub hidden: Vec<Span>,
}

/// A link, checked for safety, not yet for whether its target exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub target: Target,
    pub part: Part,
    pub span: Span,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An `http:`, `https:` or `mailto:` address, as the URL standard serialises it.
    External(String),
    /// A place in the same text: the id without `#`.
    Anchor(String),
    /// A file of the content folder: its path from the root, `..` resolved, and an id in it.
    File {
        path: String,
        anchor: Option<String>,
    },
    /// A page by its address in the site: `/python/`, and an id in it.
    Site {
        path: String,
        anchor: Option<String>,
    },
}

/// An image, which is always a file of the content folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// From the root, `..` resolved.
    pub path: String,
    pub part: Part,
    pub span: Span,
}

/// A heading and its id (without prefix).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    pub id: String,
    /// Its words without markup.
    pub text: String,
    pub part: Part,
    pub span: Span,
}

/// A fenced or indented code block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeBlock {
    /// As written, empty when none is given.
    pub language: String,
    pub options: FenceOptions,
    /// With a line feed at the end of each line.
    pub code: Arc<str>,
    pub part: Part,
    /// The whole block, fences included.
    pub span: Span,
    /// The language's name, or the opening fence where there is none.
    pub language_span: Span,
    /// Whether nothing stands between it and the block before it.
    pub adjoins: bool,
}

/// The words after a fence's language: how its sample is run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FenceOptions {
    /// Not executed, and why.
    pub norun: Option<String>,
    /// The exception that the sample must end with.
    pub raises: Option<String>,
    /// Shares the names of the sample before it.
    pub continues: bool,
    /// What the interpreter must be, as in `python>=3.12`.
    pub requires: Option<String>,
}

impl Walked {
    /// The two parts, each with its own lists alone, so that neither carries what is the other's.
    pub fn split(self) -> (Walked, Option<Walked>) {
        let Walked {
            shown,
            answer,
            links,
            images,
            blocks,
            headings,
        } = self;
        let Some(answer) = answer else {
            let whole = Walked {
                shown,
                answer: None,
                links,
                images,
                blocks,
                headings,
            };
            return (whole, None);
        };
        let (shown_links, answer_links) = divide(links, |link| link.part);
        let (shown_images, answer_images) = divide(images, |image| image.part);
        let (shown_blocks, answer_blocks) = divide(blocks, |block| block.part);
        let (shown_headings, answer_headings) = headings
            .into_iter()
            .partition(|heading| heading.part == Part::Shown);
        let part = |content: Content,
                    links: Numbered<Link>,
                    images: Numbered<Image>,
                    blocks: Numbered<CodeBlock>,
                    headings| {
            let mut content = content;
            for (_, mark) in &mut content.fragment.marks {
                match mark {
                    Mark::Href(number) => links.renumber(number),
                    Mark::Image(number) => images.renumber(number),
                    Mark::Code(number) => blocks.renumber(number),
                    Mark::Section | Mark::IdPrefix | Mark::HeadingLevel(_) | Mark::Word(_) => {}
                }
            }
            Walked {
                shown: content,
                answer: None,
                links: links.values,
                images: images.values,
                blocks: blocks.values,
                headings,
            }
        };
        (
            part(
                shown,
                shown_links,
                shown_images,
                shown_blocks,
                shown_headings,
            ),
            Some(part(
                answer,
                answer_links,
                answer_images,
                answer_blocks,
                answer_headings,
            )),
        )
    }
}

/// The values of one part, with the numbers that they had among all, ascending.
struct Numbered<T> {
    values: Vec<T>,
    numbers: Vec<u32>,
}

impl<T> Numbered<T> {
    fn renumber(&self, number: &mut u32) {
        if let Ok(position) = self.numbers.binary_search(number) {
            *number = u32::try_from(position).unwrap_or(*number);
        }
    }
}

fn divide<T>(values: Vec<T>, part: impl Fn(&T) -> Part) -> (Numbered<T>, Numbered<T>) {
    let empty = || Numbered {
        values: Vec::new(),
        numbers: Vec::new(),
    };
    let (mut shown, mut answer) = (empty(), empty());
    for (value, number) in values.into_iter().zip(0..) {
        let side = match part(&value) {
            Part::Shown => &mut shown,
            Part::Answer => &mut answer,
        };
        side.values.push(value);
        side.numbers.push(number);
    }
    // A preview holds all pages of a handbook, and most of them have one or two of each.
    shown.values.shrink_to_fit();
    answer.values.shrink_to_fit();
    (shown, answer)
}
