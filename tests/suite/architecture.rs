//! The shape of the code: who may import whom.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// All modules, each of which may import those above it, and why it stands where it does.
const RANKS: [(&str, &str); 25] = [
    (
        "disk",
        "the door to the file system knows nothing of handbooks",
    ),
    ("diag", "whatever finds a problem makes one of its values"),
    ("fix", "edits of a text, whatever file it is of"),
    (
        "yaml",
        "a tree of values with their places, whatever they mean",
    ),
    ("markdown", "HTML of a text, whatever page it stands on"),
    ("highlight", "HTML of code, whatever page it stands on"),
    (
        "picture",
        "a drawing of a few words, whatever page they name",
    ),
    ("model", "documents hold what Markdown became"),
    ("search", "an index of what documents hold"),
    (
        "published",
        "the data of a site that was published, read back",
    ),
    ("compare", "two such data become a list of changes"),
    (
        "load",
        "files become sources before anything is known of them",
    ),
    (
        "parse",
        "a source becomes a document, without a look at any other",
    ),
    ("validate", "all documents become one handbook"),
    (
        "theme",
        "templates and words, by the handbook's configuration",
    ),
    ("plan", "a handbook and a theme become a table of addresses"),
    (
        "schema",
        "what can be written, with a handbook's names as choices",
    ),
    ("render", "an address of the table becomes bytes"),
    ("emit", "bytes become a folder"),
    (
        "pipeline",
        "runs the stages up to the plan, for every command",
    ),
    (
        "samples",
        "runs the code of pages, whatever becomes of the pages",
    ),
    (
        "outside",
        "asks other sites for what the pages name, whatever the pages become",
    ),
    ("serve", "renders what a browser asks for"),
    (
        "scaffold",
        "texts that begin a page or a handbook, which the commands write",
    ),
    ("cli", "the only part that knows arguments and exit codes"),
];

/// Modules that may touch the disk: the reader, the writer, and who starts them.
const USE_THE_DISK: [&str; 5] = ["load", "emit", "samples", "serve", "cli"];

/// Crates that are to be replaceable, and the modules that they are hidden in.
const HIDDEN: [(&str, &[&str]); 19] = [
    ("ab_glyph_rasterizer", &["picture"]),
    ("annotate_snippets", &["diag"]),
    ("clap", &["cli"]),
    ("http_body_util", &["serve"]),
    ("hyper", &["serve"]),
    ("hyper_util", &["serve"]),
    ("landlock", &["samples"]),
    ("notify", &["serve"]),
    ("pulldown_cmark", &["markdown"]),
    ("rust_embed", &["theme"]),
    ("rustls", &["outside"]),
    ("schemars", &["schema"]),
    ("serde_yaml", &["yaml"]),
    ("similar", &["samples"]),
    ("syntect", &["highlight"]),
    ("tera", &["theme", "render"]),
    ("ttf_parser", &["picture"]),
    ("two_face", &["highlight"]),
    ("ureq", &["outside"]),
];

#[test]
fn no_module_imports_one_below_it() {
    let rank = |module: &str| RANKS.iter().position(|(name, _)| *name == module);
    let mut wrong = Vec::new();
    for file in sources() {
        for import in imports(&file.text, file.depth) {
            if rank(&import).is_none_or(|below| rank(&file.module) < Some(below)) {
                wrong.push(format!("{} imports {import}", file.path));
            }
            if import == "disk"
                && !["disk"]
                    .iter()
                    .chain(&USE_THE_DISK)
                    .any(|m| *m == file.module)
            {
                wrong.push(format!("{} touches the disk", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_has_a_rank() {
    let library = fs::read_to_string(folder().join("lib.rs")).unwrap();
    let modules: BTreeSet<&str> = library
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    let ranked: BTreeSet<&str> = RANKS.iter().map(|(name, _)| *name).collect();
    assert_eq!(modules, ranked);
    // The stages in their order, as the library's first lines tell it.
    let told: Vec<&str> = library
        .lines()
        .filter_map(|line| {
            let stage = line.strip_prefix("//! ")?.split_once(". [`")?.1;
            stage.split('`').next()
        })
        .collect();
    let stages: Vec<&str> = RANKS
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| told.contains(name))
        .collect();
    assert_eq!(told, stages);
    assert_eq!(told.len(), 6);
}

#[test]
fn crates_stay_in_the_modules_that_hide_them() {
    let mut wrong = Vec::new();
    for file in sources() {
        for (name, homes) in HIDDEN {
            let paths = [format!("{name}::"), format!("use {name};")];
            if !homes.contains(&file.module.as_str())
                && paths.iter().any(|path| has_word(&file.text, path))
            {
                wrong.push(format!("{} uses {name}", file.path));
            }
        }
        if file.module != "disk" && !file.is_test && has_word(&file.text, "std::fs") {
            wrong.push(format!("{} uses std::fs", file.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn imports_are_found_however_they_are_written() {
    let found = |text: &str, depth: usize| {
        let code = without_comments(text);
        imports(&code, depth)
            .into_iter()
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        found("use crate::disk;\nfn f() { crate::yaml::g(); }", 1),
        "disk yaml"
    );
    assert_eq!(
        found("use crate::{disk::{self, Entry}, yaml as y};", 1),
        "disk yaml"
    );
    assert_eq!(
        found("use crate::{\n    diag,\n    model::{A, B},\n};", 1),
        "diag model"
    );
    assert_eq!(found("// crate::disk\n/// [`crate::yaml`]\n", 1), "");
    assert_eq!(found("\"//\"; use crate::disk; // crate::yaml", 1), "disk");
    assert_eq!(found("use super::disk;", 1), "disk");
    assert_eq!(found("use super::page;", 2), "");
    assert_eq!(found("use super::super::{disk, yaml};", 2), "disk yaml");
    assert_eq!(found("mod tests {\n    use super::*;\n}\n", 1), "");
    assert_eq!(
        found("mod tests {\n    use super::super::disk;\n}\n", 1),
        "disk"
    );
    assert_eq!(found("pub(in crate::parse) fn f() {}", 2), "parse");
    assert_eq!(found("$crate::disk", 1), "disk");
}

/// A file of the library.
struct Source {
    /// From `src/`.
    path: String,
    /// The part of the library that it belongs to.
    module: String,
    /// Steps from the library's root to this file's module.
    depth: usize,
    is_test: bool,
    /// Without comments.
    text: String,
}

fn sources() -> Vec<Source> {
    let mut paths = Vec::new();
    collect(&folder(), &mut paths);
    paths.sort();
    let sources: Vec<Source> = paths
        .iter()
        .map(|path| {
            let relative = path.strip_prefix(folder()).unwrap();
            let mut parts: Vec<&str> = relative.iter().map(|part| part.to_str().unwrap()).collect();
            let file = parts.pop().unwrap().trim_end_matches(".rs");
            if file != "mod" {
                parts.push(file);
            }
            let text = fs::read_to_string(path).unwrap();
            Source {
                path: relative.display().to_string(),
                module: parts[0].to_owned(),
                depth: parts.len(),
                is_test: parts.iter().any(|part| part.starts_with("tests")),
                text: without_comments(&text),
            }
        })
        .filter(|source| !["lib", "main"].contains(&source.module.as_str()))
        .collect();
    assert!(sources.len() > 80, "only {} files", sources.len());
    sources
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension() == Some("rs".as_ref()) {
            files.push(path);
        }
    }
}

/// Code up to `//` in each line, unless that stands in a text.
fn without_comments(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    for line in text.lines() {
        let end = line
            .match_indices("//")
            .map(|(at, _)| at)
            .find(|&at| line[..at].matches('"').count() % 2 == 0)
            .unwrap_or(line.len());
        code.push_str(&line[..end]);
        code.push('\n');
    }
    code
}

/// The modules of the library's first level that the code of a module names.
fn imports(code: &str, depth: usize) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, word) in code.match_indices("crate::") {
        if is_start(code, at) {
            found.extend(first_names(&code[at + word.len()..]));
        }
    }
    for (at, word) in code.match_indices("super::") {
        // The first of a chain counts the rest.
        if !is_start(code, at) || code[..at].ends_with("super::") {
            continue;
        }
        let mut rest = &code[at + word.len()..];
        let mut steps = 1;
        while let Some(next) = rest.strip_prefix("super::") {
            rest = next;
            steps += 1;
        }
        let inner =
            usize::from(code[..at].contains("\nmod tests {") || code.starts_with("mod tests {"));
        if steps >= depth + inner {
            found.extend(first_names(rest));
        }
    }
    found
}

fn is_start(code: &str, at: usize) -> bool {
    !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// `a` of `a::b`, `a` and `b` of `{a::{c, d}, b}`.
fn first_names(path: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        text.trim_start()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let Some(list) = path.strip_prefix('{') else {
        return vec![name(path)];
    };
    let mut names = vec![name(list)];
    let mut open = 0_usize;
    for (at, c) in list.char_indices() {
        match c {
            '{' => open += 1,
            '}' if open == 0 => break,
            '}' => open -= 1,
            ',' if open == 0 => names.push(name(&list[at + 1..])),
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

fn has_word(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| is_start(code, at))
}
