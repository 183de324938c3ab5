//! Opening a place in the editor of the one who writes.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};
use serde::Deserialize;

use crate::disk;

/// A place in a file of the handbook.
#[derive(Debug, Deserialize)]
pub struct Place {
    /// From the root.
    path: String,
    #[serde(default = "first")]
    line: u32,
    #[serde(default = "first")]
    column: u32,
}

fn first() -> u32 {
    1
}

/// Starts the editor with a file that lies in the handbook.
///
/// # Errors
/// When the file lies elsewhere, or there is no such program.
pub fn open(root: &Path, editor: &str, place: &Place) -> anyhow::Result<()> {
    let file = disk::canonicalize(&root.join(&place.path))?;
    let folders = ["content", "themes"].map(|folder| root.join(folder));
    let inside = folders
        .iter()
        .any(|folder| disk::canonicalize(folder).is_ok_and(|folder| file.starts_with(&folder)));
    if !inside || !disk::is_file(&file) {
        bail!("{} is no file of the handbook", place.path);
    }
    let file = file.to_str().context("the file's name is not UTF-8")?;
    let words = command(editor, file, place.line, place.column);
    let (program, arguments) = words.split_first().context("no editor is named")?;
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(root)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("can't start {program}"))?;
    std::thread::spawn(move || child.wait());
    Ok(())
}

/// The editor's program and arguments: as its template says, or as its kind is known to want them.
fn command(editor: &str, file: &str, line: u32, column: u32) -> Vec<String> {
    let mut words = words(editor);
    if words.iter().any(|word| word.contains("{file}")) {
        for word in &mut words {
            *word = word
                .replace("{line}", &line.to_string())
                .replace("{column}", &column.to_string())
                .replace("{file}", file);
        }
        return words;
    }
    let program = words.first().map_or("", String::as_str);
    let name = Path::new(program)
        .file_stem()
        .and_then(|name| name.to_str())
        .unwrap_or_default()
        .to_ascii_lowercase();
    let with_place = format!("{file}:{line}:{column}");
    match name.as_str() {
        "code" | "code-insiders" | "codium" | "vscodium" | "cursor" | "windsurf" => {
            words.extend(["--goto".to_owned(), with_place]);
        }
        "subl" | "sublime_text" | "zed" | "zeditor" | "hx" | "helix" | "atom" | "pulsar" => {
            words.push(with_place);
        }
        "vi" | "vim" | "nvim" | "gvim" | "mvim" | "neovide" | "nano" | "micro" | "kak" | "joe"
        | "gedit" | "gnome-text-editor" => {
            words.extend([format!("+{line}"), file.to_owned()]);
        }
        "emacs" | "emacsclient" => {
            words.extend([format!("+{line}:{column}"), file.to_owned()]);
        }
        "idea" | "pycharm" | "webstorm" | "rustrover" | "clion" | "goland" | "phpstorm"
        | "rubymine" | "fleet" | "kate" | "mate" => {
            words.extend(["--line".to_owned(), line.to_string(), file.to_owned()]);
        }
        // Every editor takes a file.
        _ => words.push(file.to_owned()),
    }
    words
}

/// Words between blanks; quotes hold blanks together. No shell reads them.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for character in text.chars() {
        match quote {
            Some(open) if character == open => quote = None,
            None if character == '"' || character == '\'' => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            None if character.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(character),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_editor_is_told_the_place_in_its_own_way() {
        for (editor, expected) in [
            ("code", "code|--goto|/a b.md:3:7"),
            (
                "/usr/bin/code --wait",
                "/usr/bin/code|--wait|--goto|/a b.md:3:7",
            ),
            ("nvim", "nvim|+3|/a b.md"),
            ("emacsclient -n", "emacsclient|-n|+3:7|/a b.md"),
            ("subl", "subl|/a b.md:3:7"),
            ("pycharm", "pycharm|--line|3|/a b.md"),
            ("notes", "notes|/a b.md"),
            ("x --at {line},{column} \"{file}\"", "x|--at|3,7|/a b.md"),
            ("'/opt/my editor/ed' -f", "/opt/my editor/ed|-f|/a b.md"),
            ("x; rm {file}", "x;|rm|/a b.md"),
        ] {
            assert_eq!(
                command(editor, "/a b.md", 3, 7).join("|"),
                expected,
                "{editor}"
            );
        }
    }
}
