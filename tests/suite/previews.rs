//! What other sites and home screens show of a handbook: pictures, icons, and the manifest.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use imagesize::{ImageSize, ImageType};
use insta::assert_snapshot;

use crate::everything::everything;
use crate::html::{elements, has_ending};
use crate::site::{Files, HANDBOOK, Site, page};

const CACHE: &str = ".viva-cache/pictures";

/// The properties of a page's picture, without `og:image` before them.
fn picture(html: &str) -> BTreeMap<String, String> {
    elements(html)
        .iter()
        .filter_map(|element| {
            let name = element.get("property")?.strip_prefix("og:image")?;
            Some((name.to_owned(), element.get("content")?.to_owned()))
        })
        .collect()
}

/// The file of the picture of the page at an address.
fn picture_file(files: &Files, address: &str) -> String {
    let picture = &picture(files.page(address))[""];
    picture
        .strip_prefix("https://example.org/")
        .unwrap_or_else(|| panic!("{picture}"))
        .to_owned()
}

fn pictures(files: &Files) -> BTreeMap<&str, &[u8]> {
    files
        .0
        .iter()
        .filter(|(path, _)| path.starts_with("assets/pictures/"))
        .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
        .collect()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn pages_of_words_have_pictures_of_their_own_and_lists_the_home_page_s() {
    let files = everything().built();
    let mut shown = String::new();
    for path in files.paths().iter().filter(|path| has_ending(path, "html")) {
        let html = files.text(path);
        let large = html.contains("<meta name=\"twitter:card\" content=\"summary_large_image\">");
        let picture = picture(html);
        assert_eq!(large, !picture.is_empty(), "{path}");
        let words = picture.get(":alt").map_or("none", String::as_str);
        let own = picture
            .get("")
            .is_some_and(|url| *path == "index.html" || *url != self::picture(files.page("/"))[""]);
        writeln!(shown, "{path}: {}{words}", if own { "" } else { "= " }).unwrap();
    }
    assert_snapshot!(shown, @"
    404.html: = none
    faq/index.html: Questions and answers · The Test Handbook
    help/index.html: = none
    index.html: Welcome · The Test Handbook
    old/faq.html: = none
    old/gil/index.html: = none
    python/all/index.html: = Welcome · The Test Handbook
    python/decorators/index.html: Mid · What does a decorator do? · The Test Handbook
    python/gil/index.html: Senior · What does the GIL lock? · The Test Handbook
    python/index.html: Python · The Test Handbook
    python/junior/index.html: Python · Junior · The Test Handbook
    python/kits/screen/index.html: Junior · A short screen · The Test Handbook
    python/lists/index.html: Junior · What is a list? · The Test Handbook
    python/lock/index.html: = none
    python/mid/index.html: Python · Mid · The Test Handbook
    python/senior/index.html: Python · Senior · The Test Handbook
    python/topics/concurrency/index.html: Python · Concurrency · The Test Handbook
    python/topics/language/index.html: Python · Language · The Test Handbook
    python/topics/runtime/index.html: Python · Runtime · The Test Handbook
    python/tuples/index.html: Junior · When is a tuple better than a list? · The Test Handbook
    questions/index.html: = Welcome · The Test Handbook
    scoring/index.html: Scoring · The Test Handbook
    tags/gil/index.html: = Welcome · The Test Handbook
    tags/threads/index.html: = Welcome · The Test Handbook
    ");
}

#[test]
fn a_picture_is_as_large_as_the_page_says_and_small_as_a_file() {
    let files = Site::shipped().built();
    let home = picture(files.page("/"));
    assert_eq!(home[":width"], "1200");
    assert_eq!(home[":height"], "630");
    assert_eq!(home[":type"], "image/png");
    let pictures = pictures(&files);
    assert!(pictures.len() > 40, "only {}", pictures.len());
    for (path, bytes) in &pictures {
        assert_eq!(imagesize::image_type(bytes).unwrap(), ImageType::Png);
        let size = imagesize::blob_size(bytes).unwrap();
        assert_eq!((size.width, size.height), (1200, 630), "{path}");
        assert!(bytes.len() < 30_000, "{path} has {} bytes", bytes.len());
    }
    let sum: usize = pictures.values().map(|bytes| bytes.len()).sum();
    assert!(
        sum / pictures.len() < 20_000,
        "{} bytes",
        sum / pictures.len()
    );
}

#[test]
fn pages_with_the_same_words_share_a_picture() {
    let site = Site::new()
        .file("content/pages/one.md", &page("Notes", "One."))
        .file("content/pages/two.md", &page("Notes", "Two."));
    let files = site.built();
    assert_eq!(picture_file(&files, "/one/"), picture_file(&files, "/two/"));
    assert_ne!(picture_file(&files, "/one/"), picture_file(&files, "/faq/"));
}

#[test]
fn a_question_has_one_picture_in_both_editions_and_at_any_address() {
    let site = everything();
    let interviewer = site.built();
    let candidate = site.built_with(&["--edition", "candidate"]);
    let path = picture_file(&interviewer, "/python/gil/");
    assert_eq!(path, picture_file(&candidate, "/python/gil/"));
    assert_eq!(interviewer.0[&path], candidate.0[&path]);
    let elsewhere = site.built_with(&["--base-url", "https://example.org/a/"]);
    assert_eq!(
        picture_file(&elsewhere, "/python/gil/"),
        format!("a/{path}")
    );
    assert_eq!(interviewer.0[&path], elsewhere.0[&path]);
}

#[test]
fn pictures_have_the_handbook_s_accent() {
    let plain = Site::new().built();
    let blue = Site::new().config("accent: \"#123a8c\"").built();
    let path = picture_file(&blue, "/python/gil/");
    assert_ne!(path, picture_file(&plain, "/python/gil/"));
    let colours = |files: &Files, path: &str, accent: [u8; 3]| {
        files.0[path][..100]
            .windows(3)
            .any(|colour| colour == accent)
    };
    assert!(colours(&blue, &path, [0x12, 0x3a, 0x8c]));
    let path = picture_file(&plain, "/python/gil/");
    assert!(colours(&plain, &path, [0x0b, 0x6e, 0x4f]));
}

#[test]
fn a_second_build_takes_the_pictures_of_the_first() {
    let site = Site::new();
    let first = site.built();
    let path = picture_file(&first, "/python/gil/");
    let kept = site.path(CACHE).join(path.rsplit('/').next().unwrap());
    let file = |path: &Path| fs::metadata(path).unwrap().ino();
    let number = file(&kept);
    let second = site.built();
    assert!(pictures(&first) == pictures(&second));
    assert_eq!(file(&kept), number, "it was drawn again");
    assert_eq!(file(&site.out().join(&path)), number, "it was copied");
    // Where there are none, they are drawn.
    fs::remove_dir_all(site.path(".viva-cache")).unwrap();
    assert!(pictures(&site.built()) == pictures(&first));
}

#[test]
fn a_damaged_picture_is_drawn_again() {
    let site = Site::new();
    let first = site.built();
    let path = picture_file(&first, "/python/gil/");
    let name = path.rsplit('/').next().unwrap();
    let kept = format!("{CACHE}/{name}");
    let whole = first.0[&path].clone();
    let other = first.0[&picture_file(&first, "/python/lists/")].clone();
    let mut turned = whole.clone();
    turned[whole.len() / 2] ^= 1;
    let huge = vec![0; 3 << 20];
    for damaged in [
        &[][..],
        b"no picture",
        &whole[..whole.len() / 2],
        &turned,
        &other,
        &huge,
    ] {
        // A new file: what lies there is the site's too.
        fs::remove_file(site.path(&kept)).unwrap();
        site.write(&kept, damaged);
        assert!(pictures(&site.built()) == pictures(&first));
        assert!(
            fs::read(site.path(&kept)).unwrap() == whole,
            "it is not mended"
        );
    }
    // As programs do that make pictures smaller in place.
    site.write(&format!("public/{path}"), &other);
    assert!(fs::read(site.path(&kept)).unwrap() == other);
    assert!(pictures(&site.built()) == pictures(&first));
}

#[test]
fn a_cache_that_can_t_be_written_is_done_without() {
    let site = Site::new().file(CACHE, "in the way");
    let first = site.built();
    assert!(pictures(&first) == pictures(&Site::new().built()));
    let kept = picture_file(&first, "/python/gil/").replace("assets/pictures", CACHE);
    let site = Site::new().file(&format!("{kept}/folder/file"), "in the way");
    assert!(pictures(&site.built()) == pictures(&first));
    assert!(pictures(&site.built()) == pictures(&first));
}

#[test]
fn a_later_build_leaves_another_site_s_pictures_alone() {
    let site = Site::new();
    let first = site.built();
    let changed = site.config("accent: \"#123a8c\"");
    let other = changed.path("other");
    let build = changed.build_with(&["--out", other.to_str().unwrap()]);
    assert_eq!(build.code, 0, "{build}");
    fs::remove_dir_all(changed.path(".viva-cache")).unwrap();
    assert!(changed.files() == first);
}

#[test]
fn pictures_that_no_page_shows_any_more_do_not_pile_up() {
    let site = Site::new();
    let mut kept = Vec::new();
    for title in ["One", "Two", "Three", "Four"] {
        let handbook = HANDBOOK.replace("The Test Handbook", title);
        site.write("content/handbook.yaml", handbook);
        let shown = pictures(&site.built()).len();
        assert_eq!(shown, 13);
        kept.push(names(&site.path(CACHE)).len());
    }
    // Those of the build before stay, for who goes back to it.
    assert_eq!(kept, [13, 26, 13, 26]);
}

#[test]
fn a_theme_brings_its_own_font() {
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/fonts");
    let regular = fs::read(fonts.join("picture.ttf")).unwrap();
    let plain = Site::new();
    let own = Site::new().bytes("themes/default/fonts/picture-bold.ttf", regular);
    let (plain, own) = (plain.built(), own.built());
    let (before, after) = (
        picture_file(&plain, "/python/gil/"),
        picture_file(&own, "/python/gil/"),
    );
    assert_ne!(before, after);
    assert_ne!(plain.0[&before], own.0[&after]);
}

#[test]
fn fonts_that_are_none() {
    let site = Site::new()
        .file("themes/default/fonts/picture.ttf", "This is not a font.")
        .bytes("themes/default/fonts/picture-bold.ttf", b"wOF2\0\x01\0\0");
    assert_snapshot!(site.check(), @"
    themes/default/fonts/picture-bold.ttf:1:1-1 V0606 error `themes/default/fonts/picture-bold.ttf` is no TrueType or OpenType font | WOFF and WOFF2 files must be unpacked first
    themes/default/fonts/picture.ttf:1:1-1 V0606 error `themes/default/fonts/picture.ttf` is no TrueType or OpenType font | WOFF and WOFF2 files must be unpacked first
    exit 1
    ");
}

#[test]
fn titles_that_can_t_be_drawn() {
    let site = Site::new()
        .question("junior/lists", |question| {
            question.set("title", "什么是列表？")
        })
        .question("senior/gil", |question| {
            question
                .set("title", "ما هو القفل؟")
                .set("topic", "concurrency")
        })
        .question("mid/decorators", |question| {
            question
                .set("title", "What 🎁 does a decorator wrap?")
                .set("topic", "runtime")
        });
    assert_snapshot!(site.check(), @"
    content/handbook.yaml:1:1-1 V0607 warning 2 titles can't be drawn on pictures for link previews, first that of `content/python/junior/lists.md` | the pictures have no title then; if the letters need no joining, put a font that has them into `themes/default/fonts/` as `picture.ttf` and `picture-bold.ttf`
    exit 0
    ");
    let files = site.built();
    let words = |address: &str| picture(files.page(address))[":alt"].clone();
    assert_eq!(words("/python/lists/"), "Junior · The Test Handbook");
    assert_eq!(
        words("/python/decorators/"),
        "Mid · What does a decorator wrap? · The Test Handbook"
    );
    let off = site.config("rules: { picture-text: off }");
    assert_snapshot!(off.check(), @"exit 0");
    let error = off.edit(
        "content/handbook.yaml",
        "picture-text: off",
        "picture-text: error",
    );
    assert_eq!(error.check().code, 1);
    assert_eq!(error.build().code, 1);
}

#[test]
fn titles_of_any_length() {
    let long = ["Why is this so long?"; 15].join(" ");
    let word = "x".repeat(200);
    let site = Site::new()
        .edit(
            "content/handbook.yaml",
            "title: The Test Handbook\ndescription: A handbook for tests.",
            &format!(
                "title: {}\ndescription: A.",
                "Handbook ".repeat(22).trim_end()
            ),
        )
        .question("junior/lists", |question| question.set("title", &long))
        .question("mid/decorators", |question| question.set("title", &word));
    let files = site.built();
    for address in ["/", "/python/lists/", "/python/decorators/"] {
        let bytes = &files.0[&picture_file(&files, address)];
        assert!(imagesize::blob_size(bytes).is_ok());
    }
}

/// The manifest, with its icons' addresses from the site's own.
fn manifest(files: &Files) -> serde_json::Value {
    serde_json::from_str(files.text("manifest.webmanifest")).unwrap()
}

#[test]
fn the_manifest_names_the_handbook_and_icons_that_exist() {
    for (base, path) in [
        ("https://example.org/", "/"),
        ("https://example.org/a/", "/a/"),
    ] {
        let files = everything().built_with(&["--base-url", base]);
        let manifest = manifest(&files);
        for field in ["id", "start_url", "scope"] {
            assert_eq!(manifest[field], path, "{field}");
        }
        assert_eq!(manifest["name"], "The Test Handbook");
        assert_eq!(manifest["short_name"], "The Test");
        assert_eq!(manifest["description"], "A handbook for tests.");
        assert_eq!(
            (&manifest["lang"], &manifest["dir"]),
            (&"en".into(), &"ltr".into())
        );
        let mut icons = Vec::new();
        for icon in manifest["icons"].as_array().unwrap() {
            let text = |field: &str| icon[field].as_str().unwrap();
            let bytes = &files.0[text("src").strip_prefix(path).unwrap()];
            if text("type") == "image/png" {
                let ImageSize { width, height } = imagesize::blob_size(bytes).unwrap();
                assert_eq!(text("sizes"), format!("{width}x{height}"));
            }
            icons.push(format!("{} {}", text("sizes"), text("purpose")));
        }
        assert_eq!(
            icons,
            ["192x192 any", "512x512 any", "512x512 maskable", "any any"]
        );
        let linked = elements(files.page("/")).into_iter().any(|element| {
            element.get("rel") == Some("manifest")
                && element.get("href") == Some(&format!("{path}manifest.webmanifest"))
        });
        assert!(linked);
    }
}

#[test]
fn a_theme_s_own_icon_has_the_size_that_it_has() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x1e\0\0\0\x1e\x08\x02\0\0\0";
    let site = Site::new().bytes("themes/default/assets/icon-192.png", png);
    let manifest = manifest(&site.built());
    assert_eq!(manifest["icons"][0]["sizes"], "30x30");
}

#[test]
fn the_home_screen_s_icon_is_opaque() {
    let files = Site::new().built();
    let page = elements(files.page("/"));
    let icon = page
        .iter()
        .find(|element| element.get("rel") == Some("apple-touch-icon"))
        .and_then(|element| element.get("href"))
        .unwrap();
    let bytes = &files.0[icon.trim_start_matches('/')];
    let size = imagesize::blob_size(bytes).unwrap();
    assert_eq!((size.width, size.height), (180, 180));
    let has = |name: &[u8]| bytes.windows(4).any(|four| four == name);
    assert!(has(b"PLTE") && !has(b"tRNS"));
}
