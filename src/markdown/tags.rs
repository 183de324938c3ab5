//! The raw HTML that pages may have, and what to write instead of the rest.

/// What a tag may hold and where it may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Has no content and no end tag.
    Void,
    /// Words within a line.
    Phrasing,
    /// The first child of `details`; words within a line.
    Summary,
    /// `details`: blocks.
    Details,
    /// `dl`: nothing but entries.
    List,
    /// `dt` and `dd`: blocks, in a `dl`.
    Entry,
}

impl Role {
    /// Whether Markdown's blocks may stand in it.
    pub fn holds_blocks(self) -> bool {
        matches!(self, Self::Details | Self::List | Self::Entry)
    }

    /// Whether it is a block itself.
    pub fn is_block(self) -> bool {
        self.holds_blocks() || self == Self::Summary
    }
}

/// An allowed tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag {
    pub name: &'static str,
    pub role: Role,
}

macro_rules! tags {
    ($($role:ident: $($name:literal)*;)*) => {
        /// All that are allowed.
        pub(super) static ALLOWED: &[Tag] = &[$($(Tag { name: $name, role: Role::$role },)*)*];
    };
}

tags! {
    Phrasing: "abbr" "cite" "del" "dfn" "ins" "kbd" "mark" "q" "s" "samp" "small" "sub" "sup" "u"
        "var";
    Void: "br" "wbr";
    Details: "details";
    Summary: "summary";
    List: "dl";
    Entry: "dd" "dt";
}

/// For help texts.
pub(super) const LISTING: &str = "the allowed tags are `abbr`, `br`, `cite`, `dd`, `del`, \
    `details`, `dfn`, `dl`, `dt`, `ins`, `kbd`, `mark`, `q`, `s`, `samp`, `small`, `sub`, \
    `summary`, `sup`, `u`, `var` and `wbr`";

/// The allowed tag of this name, in any case.
pub(super) fn find(name: &str) -> Option<&'static Tag> {
    ALLOWED
        .iter()
        .find(|tag| tag.name.eq_ignore_ascii_case(name))
}

/// Markdown that says the same as a tag that is not allowed.
pub(super) fn instead(name: &str) -> Option<&'static str> {
    Some(match name.to_ascii_lowercase().as_str() {
        "a" => "write `[text](address)`",
        "b" | "strong" => "write `**text**`",
        "i" | "em" => "write `*text*`",
        "code" | "tt" => "put code between backticks",
        "strike" => "write `~~text~~`",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "begin the line with `##`",
        "p" => "leave an empty line between paragraphs",
        "hr" => "write `---` between empty lines",
        "img" => "write `![what it shows](file.png)`",
        "ul" | "li" => "begin each line with `- `",
        "ol" => "begin each line with `1. `",
        "blockquote" => "begin each line with `> `",
        "pre" => "put the text between lines of three backticks",
        "table" | "thead" | "tbody" | "tr" | "td" | "th" => "write a table with `|`",
        _ => return None,
    })
}

/// Whether what stands between the tags is no text for readers.
pub(super) fn hides_its_content(name: &str) -> bool {
    const HIDDEN: [&str; 13] = [
        "script", "style", "textarea", "title", "iframe", "xmp", "noscript", "noembed", "noframes",
        "svg", "math", "template", "object",
    ];
    HIDDEN
        .iter()
        .any(|hidden| hidden.eq_ignore_ascii_case(name))
}
