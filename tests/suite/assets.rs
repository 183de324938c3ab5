//! Images and other files beside the pages.

use insta::assert_snapshot;

use crate::site::Site;

/// A PNG file's beginning, which says how large it is: 30 by 20.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x1e\0\0\0\x14\x08\x02\0\0\0";
const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 10\"/>";

fn with_images() -> Site {
    Site::new()
        .bytes("content/python/junior/tree.png", PNG)
        .file("content/python/junior/stack.svg", SVG)
        .bytes("content/python/junior/my tree ü.png", PNG)
}

#[test]
fn images_have_their_size_and_keep_their_place() {
    let site = with_images()
        .bytes("content/unused.png", PNG)
        .question("junior/x", |question| {
            question.candidate(
                "![A tree](tree.png \"Title\") ![A \"stack\" & *more*](../junior/stack.svg)\n\n![Ü](my%20tree%20%C3%BC.png)",
            )
        });
    let images = |args: &[&str]| {
        let files = site.built_with(args);
        let html = files.page("/python/x/");
        let images: Vec<&str> = html
            .match_indices("<img")
            .map(|(at, _)| &html[at..=at + html[at..].find('>').unwrap()])
            .filter(|image| image.contains("junior"))
            .collect();
        let images = images.join("\n");
        assert_eq!(files.0["python/junior/tree.png"], PNG);
        assert_eq!(files.0["python/junior/my tree ü.png"], PNG);
        assert!(!files.has("unused.png"));
        images
    };
    let at_root = images(&[]);
    assert_snapshot!(at_root, @r#"
    <img src="/python/junior/tree.png" width="30" height="20" alt="A tree" title="Title" loading="lazy" decoding="async">
    <img src="/python/junior/stack.svg" width="40" height="10" alt="A &quot;stack&quot; &amp; more" loading="lazy" decoding="async">
    <img src="/python/junior/my%20tree%20%C3%BC.png" width="30" height="20" alt="Ü" loading="lazy" decoding="async">
    "#);
    let below = images(&["--base-url", "https://example.org/a/"]);
    assert_eq!(below, at_root.replace("src=\"/", "src=\"/a/"));
}

#[test]
fn images_that_are_none() {
    let site = with_images()
        .file("content/python/junior/fake.png", "not an image")
        .file("content/python/junior/fake.svg", "<html></html>")
        .file("content/python/junior/words.txt", "words")
        .question("junior/x", |question| {
            question.candidate(
                "![a](fake.png) ![b](fake.svg) ![c](words.txt) ![d](lists.md) ![e](none.png)\n\n![](tree.png) ![ ](stack.svg) ![f](trea.png) ![g](tree.png#part) ![h](/python/) ![i](mailto:a@b.c) ![j](https://example.org/x.png) ![k](tree.png?a)",
            )
        });
    assert_snapshot!(site.check(), @"
    content/python/junior/x.md:11:1-15 V0408 error `content/python/junior/fake.png` can't be read as an image | browsers show PNG, JPEG, GIF, WebP, AVIF and SVG files
    content/python/junior/x.md:11:16-30 V0408 error `content/python/junior/fake.svg` can't be read as an image | browsers show PNG, JPEG, GIF, WebP, AVIF and SVG files
    content/python/junior/x.md:11:31-46 V0408 error `content/python/junior/words.txt` is not an image | browsers show PNG, JPEG, GIF, WebP, AVIF and SVG files
    content/python/junior/x.md:11:47-61 V0408 error `content/python/junior/lists.md` is not an image | browsers show PNG, JPEG, GIF, WebP, AVIF and SVG files
    content/python/junior/x.md:11:62-76 V0402 error there is no file `content/python/junior/none.png` | paths are relative to the page's own folder
    content/python/junior/x.md:13:1-14 V0409 error the image has no alternative text | write what it shows between the brackets, as in `![the call stack](stack.svg)`
    content/python/junior/x.md:13:15-30 V0409 error the image has no alternative text | write what it shows between the brackets, as in `![the call stack](stack.svg)`
    content/python/junior/x.md:13:31-45 V0402 error there is no file `content/python/junior/trea.png` | did you mean `content/python/junior/tree.png`?
    content/python/junior/x.md:13:51-64 V0406 error an image's address can't name a part of it | remove the `#` and what follows
    content/python/junior/x.md:13:71-79 V0406 error this is not the address of an image | put the file beside the page and write its name, as in `![the call stack](stack.svg)`
    content/python/junior/x.md:13:86-98 V0406 error this is not the address of an image | put the file beside the page and write its name, as in `![the call stack](stack.svg)`
    content/python/junior/x.md:13:105-130 V0407 error the image would be loaded from another site | the site makes no request elsewhere: put the file beside the page
    content/python/junior/x.md:13:137-147 V0406 error `tree.png?a` has a query, which a file can't take | remove everything from the `?` on, or write it as `%3F` if it is part of the name
    exit 1
    ");
}

#[test]
fn drawings_with_script() {
    let attacks = [
        "<script>alert(1)</script>",
        "<SCRIPT/>",
        "<a href='javascript:alert(1)'/>",
        "<a xlink:href='java&#115;cript:alert(1)'/>",
        "<rect onload='alert(1)'/>",
        "<rect OnClick='alert(1)'/>",
        "<foreignObject><body/></foreignObject>",
        "<image href='https://example.org/x.png'/>",
        "<use href='other.svg#a'/>",
        "<set attributeName='href' to='javascript:x'/>",
        "<animate attributeName='xlink:href' values='javascript:x'/>",
        "<style>@import 'https://example.org/x.css';</style>",
        "<rect style='fill: url(https://example.org/x)'/>",
        "<rect fill='url(https://example.org/x)'/>",
        "<iframe src='x'/>",
        "<svg:script xmlns:svg='http://www.w3.org/2000/svg'/>",
        "<a href=' &#x6A;avascript:x'/>",
        "<image href='data:image/svg+xml,x'/>",
    ];
    let mut site = Site::new();
    for (number, attack) in attacks.iter().enumerate() {
        let svg = SVG.replace("/>", &format!(">\n{attack}</svg>"));
        site = site.file(&format!("content/python/junior/{number:02}.svg"), &svg);
    }
    let site = site
        .file(
            "content/python/junior/doctype.svg",
            &format!("<!DOCTYPE svg [<!ENTITY a '<script/>'>]>{SVG}"),
        )
        .file(
            "content/python/junior/style.svg",
            &format!("<?xml-stylesheet href='x'?>{SVG}"),
        )
        .file(
            "content/python/junior/prolog.svg",
            &format!("<?xml version='1.0'?><!-- a -->{SVG}"),
        );
    let site = site.question("junior/x", |q| q.candidate("![A stack](prolog.svg)"));
    let found = site
        .check()
        .to_string()
        .replace("content/python/junior/", "")
        .replace(
            " | export it again as a plain drawing, or use a PNG file",
            "",
        );
    assert_snapshot!(found, @"
    00.svg:2:1-9 V0507 error this SVG file has a `<script>` element
    01.svg:2:1-10 V0507 error this SVG file has a `<script>` element
    02.svg:2:1-32 V0507 error this SVG file has the address `javascript:alert(1)`
    03.svg:2:1-43 V0507 error this SVG file has the address `java&#115;cript:alert(1)`
    04.svg:2:1-26 V0507 error this SVG file has the event handler `onload`
    05.svg:2:1-27 V0507 error this SVG file has the event handler `onclick`
    06.svg:2:1-16 V0507 error this SVG file has a `<foreignobject>` element
    07.svg:2:1-42 V0507 error this SVG file has the address `https://example.org/x.png`
    08.svg:2:1-26 V0507 error this SVG file has the address `other.svg#a`
    09.svg:2:1-46 V0507 error this SVG file animates an address
    10.svg:2:1-60 V0507 error this SVG file animates an address
    11.svg:2:8-44 V0507 error this SVG file has a style that could load data
    12.svg:2:1-49 V0507 error this SVG file has the attribute `style` that could load data
    13.svg:2:1-42 V0507 error this SVG file has the attribute `fill` that could load data
    14.svg:2:1-18 V0507 error this SVG file has a `<iframe>` element
    15.svg:2:1-53 V0507 error this SVG file has a `<script>` element
    16.svg:2:1-31 V0507 error this SVG file has the address `&#x6a;avascript:x`
    17.svg:2:1-37 V0507 error this SVG file has the address `data:image/svg+xml,x`
    doctype.svg:1:1-41 V0507 error this SVG file has a document type, which can define entities
    style.svg:1:1-28 V0507 error this SVG file has a processing instruction
    exit 1
    ");
}

#[test]
fn files_that_a_browser_could_run() {
    let mut links = Vec::new();
    let mut site = Site::new();
    for ending in [
        "html", "xhtml", "js", "mjs", "css", "wasm", "swf", "htm", "xml", "exe", "HTML", "svgz",
        "mhtml", "hta",
    ] {
        site = site.file(&format!("content/python/junior/file.{ending}"), "x");
        links.push(format!("[a](file.{ending})"));
    }
    for ending in ["txt", "csv", "json", "py", "ipynb", "pdf", "zip", "tar.gz"] {
        site = site.file(&format!("content/python/junior/fine.{ending}"), "x");
        links.push(format!("[a](fine.{ending})"));
    }
    let site = site.question("junior/x", |question| question.candidate(&links.join("\n")));
    let found = site.check();
    assert_eq!(found.problems.len(), 14, "{found}");
    assert!(found.codes().iter().all(|code| *code == "V0508"), "{found}");
    assert_snapshot!(found.problems[0], @"content/python/junior/x.md:11:1-15 V0508 error `content/python/junior/file.html` is of a kind that a browser could run | pack it into a .zip file, or show it as a code block");
}

#[test]
fn the_logo() {
    let with_logo = || Site::new().file("content/python/junior/stack.svg", SVG);
    assert_snapshot!(with_logo().config("logo: python/junior/words.txt").check(), @"
    content/handbook.yaml:14:7-30 V0402 error there is no file `content/python/junior/words.txt` | paths are relative to the page's own folder
    content/python/junior/stack.svg:1:1-1 V0920 warning no page names the file `content/python/junior/stack.svg` | show it on a page, link to it, or remove it
    exit 1
    ");
    assert_snapshot!(with_logo().config("logo: python/junior/stak.svg").check(), @"
    content/handbook.yaml:14:7-29 V0402 error there is no file `content/python/junior/stak.svg` | did you mean `content/python/junior/stack.svg`?
    exit 1
    ");
    let site = with_logo().config("logo: python/junior/stack.svg");
    let files = site.built();
    assert!(files.has("python/junior/stack.svg"));
    assert!(files.page("/python/").contains("python/junior/stack.svg"));
    let site = site.file(
        "content/python/junior/stack.svg",
        "<svg viewBox='0 0 1 1'><script/></svg>",
    );
    assert_snapshot!(site.check(), @"
    content/python/junior/stack.svg:1:24-33 V0507 error this SVG file has a `<script>` element | export it again as a plain drawing, or use a PNG file
    exit 1
    ");
}

#[test]
fn hidden_files_are_left_alone() {
    let site = Site::new()
        .file("content/.git/config", "x")
        .file("content/python/.DS_Store", "x")
        .file("content/python/junior/.draft.md", "not a page")
        .question("junior/x", |question| question.candidate("[a](.draft.md)"));
    assert_snapshot!(site.check(), @"
    content/python/junior/x.md:11:1-15 V0402 error there is no file `content/python/junior/.draft.md` | paths are relative to the page's own folder
    exit 1
    ");
}
