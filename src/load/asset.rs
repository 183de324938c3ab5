//! Files beside the pages: images and downloads.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::diag::Span;
use crate::disk;

/// Larger than any image that a page should have: 32 MiB.
const IMAGE_LIMIT: u64 = 32 * 1024 * 1024;

/// Kinds of files that a browser shows or saves, but never runs.
const DOWNLOADS: [&str; 30] = [
    "csv", "docx", "flac", "gz", "ini", "ipynb", "json", "jsonl", "log", "m4a", "mp3", "mp4",
    "odp", "ods", "odt", "ogg", "parquet", "pdf", "pptx", "py", "rst", "tar", "toml", "tsv", "txt",
    "wav", "webm", "xlsx", "yaml", "yml",
];

const IMAGES: [&str; 7] = ["avif", "gif", "jpeg", "jpg", "png", "svg", "webp"];

/// A file of the content folder that is no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// From the root.
    pub path: Arc<str>,
    /// Where to read it.
    pub file: PathBuf,
    /// Bytes.
    pub len: u64,
    /// When it was last written, where the system says so. It tells changes, nothing else.
    pub modified: Option<SystemTime>,
    pub kind: AssetKind,
}

/// What a browser makes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssetKind {
    /// With its size in CSS pixels.
    Image { width: u32, height: u32 },
    /// An image by its name that can't be read as one.
    BrokenImage,
    /// An SVG file that could run code or load data.
    UnsafeSvg {
        why: String,
        span: Span,
        text: Arc<str>,
    },
    /// Something to show or save.
    Download,
    /// Something that a browser could run, or that nobody knows.
    Runnable,
}

/// Looks at a file as far as its kind needs.
pub fn read(path: &Arc<str>, entry: &disk::Entry) -> disk::Result<Asset> {
    let extension = path
        .rsplit_once('.')
        .map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase());
    let stamp = disk::stamp(&entry.path)?;
    let kind = if extension == "svg" {
        svg(&disk::read(&entry.path, IMAGE_LIMIT)?)
    } else if IMAGES.contains(&extension.as_str()) {
        let bytes = disk::read(&entry.path, IMAGE_LIMIT)?;
        match imagesize::blob_size(&bytes) {
            Ok(size) => AssetKind::Image {
                width: u32::try_from(size.width).unwrap_or(u32::MAX),
                height: u32::try_from(size.height).unwrap_or(u32::MAX),
            },
            Err(_) => AssetKind::BrokenImage,
        }
    } else if DOWNLOADS.contains(&extension.as_str()) || extension == "zip" {
        AssetKind::Download
    } else {
        AssetKind::Runnable
    };
    Ok(Asset {
        path: Arc::clone(path),
        file: entry.path.clone(),
        len: stamp.len,
        modified: stamp.modified,
        kind,
    })
}

/// An SVG file is a document of its own when it is opened by its address, so what could run there
/// is refused, wherever the browser would stop it as well.
fn svg(bytes: &[u8]) -> AssetKind {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return AssetKind::BrokenImage;
    };
    let mut reader = Reader::from_str(text);
    let mut size = None;
    let mut depth = 0_u32;
    let mut in_style = false;
    loop {
        let start = usize::try_from(reader.buffer_position()).unwrap_or(0);
        let event = reader.read_event();
        let end = usize::try_from(reader.buffer_position()).unwrap_or(0);
        let refuse = |why: String| AssetKind::UnsafeSvg {
            why,
            span: start.min(text.len())..end.min(text.len()),
            text: Arc::from(text),
        };
        match event {
            Ok(Event::Start(element)) => {
                if let Some(why) = unsafe_element(&element) {
                    return refuse(why);
                }
                if depth == 0 {
                    size = root_size(&element);
                }
                in_style = element.local_name().as_ref().eq_ignore_ascii_case("style");
                depth += 1;
            }
            Ok(Event::Text(style)) if in_style && loads(&style) => {
                return refuse("has a style that could load data".to_owned());
            }
            Ok(Event::CData(style)) if in_style && loads(&style) => {
                return refuse("has a style that could load data".to_owned());
            }
            Ok(Event::GeneralRef(_)) if in_style => {
                return refuse("has a style that hides what it says".to_owned());
            }
            Ok(Event::Empty(element)) => {
                if let Some(why) = unsafe_element(&element) {
                    return refuse(why);
                }
                if depth == 0 {
                    size = root_size(&element);
                }
            }
            Ok(Event::End(_)) => {
                in_style = false;
                depth = depth.saturating_sub(1);
            }
            Ok(Event::DocType(_)) => {
                return refuse("has a document type, which can define entities".to_owned());
            }
            Ok(Event::PI(_)) => return refuse("has a processing instruction".to_owned()),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(_) => return AssetKind::BrokenImage,
        }
    }
    match size {
        Some((width, height)) => AssetKind::Image { width, height },
        None => AssetKind::BrokenImage,
    }
}

/// Why an element could run code or load data.
fn unsafe_element(element: &BytesStart<'_>) -> Option<String> {
    let name = element.local_name().as_ref().to_ascii_lowercase();
    if [
        "script",
        "foreignobject",
        "iframe",
        "object",
        "embed",
        "handler",
        "listener",
    ]
    .contains(&name.as_str())
    {
        return Some(format!("has a `<{name}>` element"));
    }
    for attribute in element.attributes() {
        let Ok(attribute) = attribute else {
            return Some("has a broken attribute".to_owned());
        };
        let key = attribute.key.local_name().as_ref().to_ascii_lowercase();
        let value = attribute.value.to_ascii_lowercase();
        if key.starts_with("on") {
            return Some(format!("has the event handler `{key}`"));
        }
        // Entities could hide the address, so none is accepted in one.
        let address = value.trim_start();
        if key == "href" && !(address.starts_with('#') || address.starts_with("data:image/png;")) {
            return Some(format!("has the address `{address}`"));
        }
        if value.contains("javascript:") {
            return Some("has a `javascript:` address".to_owned());
        }
        if loads(&value) {
            return Some(format!("has the attribute `{key}` that could load data"));
        }
        // An animation can set an address that no attribute shows.
        if key == "attributename" && value.contains("href") {
            return Some("animates an address".to_owned());
        }
    }
    None
}

/// Whether CSS names anything but a part of the same file, or hides what it names.
fn loads(css: &str) -> bool {
    let css = css.to_ascii_lowercase();
    let elsewhere = |(at, name): (usize, &str)| {
        let address = css[at + name.len()..].trim_start_matches([' ', '\t', '\n', '\r', '"', '\'']);
        !address.starts_with('#')
    };
    css.match_indices("url(").any(elsewhere)
        || css.contains("@import")
        || css.contains("image(")
        || css.contains("image-set(")
        || (css.contains(['(', '@']) && (css.contains('\\') || css.contains("&#")))
}

/// Width and height of the root element, or those of its view box.
fn root_size(element: &BytesStart<'_>) -> Option<(u32, u32)> {
    if element.local_name().as_ref() != "svg" {
        return None;
    }
    let attribute = |name: &str| {
        element
            .try_get_attribute(name)
            .ok()
            .flatten()
            .map(|attribute| attribute.value.into_owned())
    };
    let length = |text: String| {
        text.trim()
            .trim_end_matches("px")
            .parse::<f64>()
            .ok()
            .and_then(pixels)
    };
    let given = attribute("width")
        .and_then(length)
        .zip(attribute("height").and_then(length));
    given.or_else(|| {
        let view_box = attribute("viewBox")?;
        let numbers: Vec<f64> = view_box
            .split([' ', ','])
            .filter(|part| !part.is_empty())
            .map(str::parse)
            .collect::<Result<_, _>>()
            .ok()?;
        match numbers.as_slice() {
            [_, _, width, height] => pixels(*width).zip(pixels(*height)),
            _ => None,
        }
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the range is checked first"
)]
fn pixels(number: f64) -> Option<u32> {
    let rounded = number.round();
    (1.0..=100_000.0)
        .contains(&rounded)
        .then_some(rounded as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let shown = match svg(text.as_bytes()) {
            AssetKind::Image { width, height } => format!("{width}x{height}"),
            AssetKind::UnsafeSvg { why, .. } => why,
            other => format!("{other:?}"),
        };
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn a_drawing_has_the_size_that_it_says_or_that_of_its_view_box() {
        check(r#"<svg width="20" height="10px"/>"#, "20x10");
        check(
            r#"<svg viewBox="0 0 24,12.4"><path d="M0 0"/></svg>"#,
            "24x12",
        );
        check(r#"<svg width="100%" viewBox="0 0 3 4"/>"#, "3x4");
        check("<svg/>", "BrokenImage");
        check("not xml <", "BrokenImage");
    }

    #[test]
    fn what_could_run_is_refused() {
        check(
            "<svg viewBox='0 0 1 1'><script/></svg>",
            "has a `<script>` element",
        );
        check(
            "<svg viewBox='0 0 1 1' onload='x()'/>",
            "has the event handler `onload`",
        );
        check(
            "<svg viewBox='0 0 1 1'><a xlink:href='javascript:x'/></svg>",
            "has the address `javascript:x`",
        );
        check(
            "<svg viewBox='0 0 1 1'><image href='https://example.org/x.png'/></svg>",
            "has the address `https://example.org/x.png`",
        );
        check(
            "<svg viewBox='0 0 1 1'><set attributeName='href' to='x'/></svg>",
            "animates an address",
        );
        check("<svg viewBox='0 0 1 1'><use href='#a'/></svg>", "1x1");
        check(
            "<svg viewBox='0 0 1 1'><style>a{fill:red} b{fill:url(#c)}</style><a fill='url( \"#b\")'/></svg>",
            "1x1",
        );
        for style in [
            "@import 'x'",
            "a{fill:url(x)}",
            "a{fill:\\75rl(x)}",
            "<![CDATA[@import 'x']]>",
        ] {
            check(
                &format!("<svg viewBox='0 0 1 1'><style>{style}</style></svg>"),
                "has a style that could load data",
            );
        }
        check(
            "<svg viewBox='0 0 1 1'><style>@&#105;mport 'x'</style></svg>",
            "has a style that hides what it says",
        );
        check(
            "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg viewBox='0 0 1 1'/>",
            "has a document type, which can define entities",
        );
    }
}
