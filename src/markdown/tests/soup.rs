//! Whatever is written, the HTML is well-formed and harmless.

use proptest::prelude::*;

use super::super::walk::{Mode, Walker};
use super::*;

/// Names of the elements that must be closed, and of those that must not.
const VOID: [&str; 5] = ["br", "wbr", "hr", "img", "input"];
const ELEMENTS: [&str; 46] = [
    "a",
    "abbr",
    "blockquote",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "h",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "var",
    "br",
    "wbr",
    "hr",
    "img",
    "input",
    "h2",
    "h3",
];
const ATTRIBUTES: [&str; 18] = [
    "href",
    "id",
    "class",
    "title",
    "rel",
    "alt",
    "loading",
    "decoding",
    "role",
    "tabindex",
    "scope",
    "type",
    "disabled",
    "checked",
    "aria-label",
    "aria-labelledby",
    "start",
    "open",
];

/// A simple reader: every tag is known, closed in order, and has known attributes in quotes.
fn well_formed(html: &str) -> Result<(), String> {
    let mut stack: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        if rest[..at].contains('>') {
            return Err(format!("a bare `>` in {rest:?}"));
        }
        rest = &rest[at + 1..];
        let mut quoted = false;
        let end = rest
            .find(|c| {
                quoted ^= c == '"';
                c == '>' && !quoted
            })
            .ok_or("no `>`")?;
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            if stack.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
            continue;
        }
        let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        if !ELEMENTS.contains(&name) {
            return Err(format!("<{name}>"));
        }
        if !VOID.contains(&name) {
            stack.push(name);
        }
        while !attributes.is_empty() {
            let length = attributes.find(['=', ' ']).unwrap_or(attributes.len());
            let attribute = &attributes[..length];
            if !ATTRIBUTES.contains(&attribute) {
                return Err(format!("{attribute:?} of <{tag}>"));
            }
            attributes = &attributes[length..];
            if let Some(value) = attributes.strip_prefix("=\"") {
                let close = value.find('"').ok_or("no quote")?;
                if value[..close].contains('<') {
                    return Err(format!("`<` in <{tag}>"));
                }
                attributes = &value[close + 1..];
            }
            attributes = attributes.strip_prefix(' ').unwrap_or(attributes);
        }
    }
    if rest.contains('>') {
        return Err(format!("a bare `>` in {rest:?}"));
    }
    if stack.is_empty() {
        Ok(())
    } else {
        Err(format!("{stack:?} are open"))
    }
}

/// What no part of a paragraph or link can hold.
fn nested_well(html: &str) -> Result<(), String> {
    for (outer, inner) in [
        ("p", ["<p>", "<ul>", "<details", "<pre", "<dl>"]),
        ("a", ["<a ", "<a ", "<a ", "<a ", "<a "]),
    ] {
        for piece in html
            .split(&format!("<{outer}>"))
            .skip(1)
            .chain(html.split(&format!("<{outer} ")).skip(1))
        {
            let content = piece
                .split(&format!("</{outer}>"))
                .next()
                .unwrap_or_default();
            if let Some(found) = inner.iter().find(|tag| content.contains(**tag)) {
                return Err(format!("{found} in <{outer}>"));
            }
        }
    }
    Ok(())
}

struct Plain;

impl Fill for Plain {
    fn href(&self, _: u32, out: &mut String) {
        out.push('x');
    }
    fn image(&self, _: u32, _: &mut String) {}
    fn id_prefix(&self) -> &'static str {
        "p-"
    }
    fn heading_shift(&self) -> u8 {
        0
    }
    fn code(&self, _: u32, out: &mut String) {
        out.push('x');
    }
    fn word(&self, _: Word) -> &'static str {
        "w"
    }
}

fn harmless(how: Walk, text: &str) -> Result<(), TestCaseError> {
    let (walked, found) = walk(how, text);
    for diagnostic in &found {
        let span = diagnostic.primary.as_ref().map(|label| label.span.clone());
        let span = span.unwrap_or_default();
        let (start, end) = (span.start - OFFSET, span.end - OFFSET);
        prop_assert!(text.get(start..end).is_some(), "{diagnostic:?}");
    }
    for part in [Part::Shown, Part::Answer] {
        let mut html = String::new();
        walked.write(part, &Plain, &mut html);
        let html = html
            .replace("<h4", "<h3")
            .replace("<h5", "<h3")
            .replace("<h6", "<h3");
        let html = html
            .replace("</h4", "</h3")
            .replace("</h5", "</h3")
            .replace("</h6", "</h3");
        prop_assert_eq!(well_formed(&html), Ok(()), "{}", html);
        prop_assert_eq!(nested_well(&html), Ok(()), "{}", html);
    }
    for link in &walked.links {
        if let Target::External(url) = &link.target {
            let safe = ["http://", "https://", "mailto:"];
            prop_assert!(safe.iter().any(|start| url.starts_with(start)), "{url}");
        }
    }
    Ok(())
}

const PIECES: [&str; 96] = [
    "a",
    " ",
    "\n",
    "\n\n",
    "    ",
    "* ",
    "- ",
    "1. ",
    "> ",
    "# ",
    "## ",
    "## Answer\n",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "```",
    "```py\n",
    "~~~",
    "[",
    "]",
    "(",
    ")",
    "![",
    "](",
    "](x.md)",
    "][b]",
    "[]",
    "[^1]",
    "[^1]: ",
    "[^2]",
    "\n[^2]: ",
    "[b]: data:x\n",
    "<",
    ">",
    "</",
    "/>",
    "<u>",
    "</u>",
    "<s>",
    "</s>",
    "<kbd",
    "<details>",
    "</details>",
    "<details open>\n",
    "<summary>",
    "</summary>",
    "\n<dl>\n",
    "\n</dl>\n",
    "<dt>",
    "</dt>",
    "<dd>",
    "</dd>",
    "<br>",
    "<wbr/>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<?",
    "?>",
    "<![CDATA[",
    "]]>",
    "<!x",
    "<abbr title=\"",
    "<abbr title='x'>",
    "</abbr>",
    " onclick=\"",
    "\"",
    "'",
    "=",
    "javascript:",
    "data:",
    "https://ab.io",
    "<https://a>",
    "//",
    "\\",
    "&",
    "&lt;",
    "&#x3c;",
    "&colon;",
    "&#0;",
    "|",
    "|-|\n",
    "|a|b|\n|-|-|\n",
    "---\n",
    "===\n",
    "- [x] ",
    "> [!NOTE]\n",
    "> [!X]\n",
    "é",
    "\u{202e}",
    "\t",
    "<a href=x>",
    ":",
];

/// A field that needs no parser comes to what a walk gives.
fn agrees(text: &str) -> Result<(), TestCaseError> {
    let path: Arc<str> = Arc::from("a.md");
    let input = || Input {
        path: &path,
        text,
        place: Place::Offset(3),
    };
    let Some(quick) = bare::walked(&input()) else {
        return Ok(());
    };
    let mut told = Vec::new();
    let slow = Walker::new(input(), Mode::Inline, &mut told).walk();
    prop_assert_eq!(quick, slow);
    prop_assert!(told.is_empty(), "{:?}", told);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_soup_is_harmless(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60)) {
        let text = pieces.concat();
        harmless(page, &text)?;
        harmless(question, &text)?;
        harmless(inline, &text)?;
    }

    #[test]
    fn what_is_plain_to_see_comes_to_the_same_as_a_walk(
        text in "[A-Za-z]([a-zA-Z0-9,.;:?()%/'\"-]{1,5}|[`*_ \\[\\]<>&\\\\!~|#@=+{}^$]|`[a-z_()*<& .]{1,6}`| |TODO| `x` |www\\.a\\.io){0,12}",
    ) {
        agrees(&text)?;
    }

    #[test]
    fn any_text_is_harmless(text in "\\PC{0,80}") {
        harmless(page, &text)?;
        harmless(inline, &text)?;
        let (html, _) = title(&text);
        prop_assert_eq!(well_formed(&html), Ok(()));
    }

    #[test]
    fn any_attribute_soup_is_harmless(text in "<(abbr|details|dl|u)[ \na-z=\"'<>/&;-]{0,20}(>|)[\na<>/]{0,20}") {
        harmless(page, &text)?;
        harmless(inline, &text)?;
    }
}
