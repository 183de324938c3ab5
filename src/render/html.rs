//! Fragments of Markdown as a page shows them.

use std::borrow::Cow;

use crate::markdown::{self, CodeBlock, Fill, Image, Link, Target, Word};
use crate::model::{Address, Body, Inline};

use super::views::Views;

/// Where a fragment is shown.
#[derive(Clone, Copy)]
pub struct Setting<'p> {
    /// What makes its ids unique there.
    pub id_prefix: &'p str,
    /// By how much its headings are lowered.
    pub heading_shift: u8,
    /// Whether each section of the text is an element of its own.
    pub sections: bool,
}

/// A page of its own.
pub const OWN_PAGE: Setting<'static> = Setting {
    id_prefix: "",
    heading_shift: 0,
    sections: false,
};

/// The same, as elements that stand side by side.
const SECTIONS: Setting<'static> = Setting {
    sections: true,
    ..OWN_PAGE
};

impl Views<'_> {
    /// A body's HTML.
    pub fn body(&self, body: &Body, setting: Setting<'_>) -> String {
        let mut out = String::with_capacity(body.content.fragment.html.len() * 2);
        let filler = Filler {
            views: self,
            links: &body.links,
            images: &body.images,
            blocks: &body.blocks,
            setting,
        };
        body.content.fragment.write(&filler, &mut out);
        out
    }

    /// A body as `section` elements: the text before its first heading of level 2 (which may be
    /// empty), then one from each such heading.
    pub fn sections(&self, body: &Body) -> String {
        format!("<section>{}</section>", self.body(body, SECTIONS))
    }

    /// A field's HTML.
    pub fn inline(&self, inline: &Inline) -> String {
        let mut out = String::with_capacity(inline.content.fragment.html.len() + 32);
        let filler = Filler {
            views: self,
            links: &inline.links,
            images: &inline.images,
            blocks: &[],
            setting: OWN_PAGE,
        };
        inline.content.fragment.write(&filler, &mut out);
        out
    }

    /// The HTML of each.
    pub fn inlines(&self, inlines: &[Inline]) -> Vec<String> {
        inlines.iter().map(|inline| self.inline(inline)).collect()
    }

    fn target(&self, target: &Target, id_prefix: &str) -> String {
        let with_anchor = |address: &Address, anchor: &Option<String>| {
            let mut href = self.site.href(address);
            if let Some(anchor) = anchor {
                href.push('#');
                href.push_str(anchor);
            }
            href
        };
        match target {
            Target::External(url) => url.clone(),
            Target::Anchor(id) => format!("#{id_prefix}{id}"),
            Target::File { path, anchor } => match self.site.lookup.page(path) {
                Some(address) => with_anchor(address, anchor),
                None => with_anchor(&Address::asset(path), anchor),
            },
            Target::Site { path, anchor } => with_anchor(&Address::from_path(path), anchor),
        }
    }
}

struct Filler<'f> {
    views: &'f Views<'f>,
    links: &'f [Link],
    images: &'f [Image],
    blocks: &'f [CodeBlock],
    setting: Setting<'f>,
}

impl Fill for Filler<'_> {
    fn href(&self, link: u32, out: &mut String) {
        let Some(link) = self.links.get(link as usize) else {
            return;
        };
        let href = self.views.target(&link.target, self.setting.id_prefix);
        markdown::escape_attribute(&href, out);
    }

    fn image(&self, image: u32, out: &mut String) {
        let Some(image) = self.images.get(image as usize) else {
            return;
        };
        out.push_str(&self.views.image_attributes(&image.path));
    }

    fn id_prefix(&self) -> &str {
        self.setting.id_prefix
    }

    fn section(&self) -> &'static str {
        if self.setting.sections {
            "</section>\n<section>"
        } else {
            ""
        }
    }

    fn heading_shift(&self) -> u8 {
        self.setting.heading_shift
    }

    fn code(&self, block: u32, out: &mut String) {
        if let Some(block) = self.blocks.get(block as usize) {
            self.views
                .highlighter
                .write_html(&block.language, &block.code, out);
        }
    }

    fn word(&self, word: Word) -> &str {
        self.views.site.theme.strings.word(word)
    }
}

/// Text that is safe inside an element.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    markdown::escape_text(text, &mut out);
    out
}

/// A description for search results and previews: one line, not too long.
pub fn description(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 200;
    if text.chars().count() <= LONGEST {
        return Cow::Borrowed(text);
    }
    let cut: String = text.chars().take(LONGEST - 1).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    Cow::Owned(format!("{}…", &cut[..end]))
}
