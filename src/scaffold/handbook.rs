//! The files of a new handbook.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use super::File;
use super::question::quoted;
use crate::load::{CONFIG, Source};
use crate::model::address::FIXED;
use crate::parse;

/// Where each file goes, and its text. What stands in braces is filled in.
const FILES: [(&str, &str); 19] = [
    (
        "content/handbook.yaml",
        include_str!("handbook/handbook.yaml"),
    ),
    ("content/index.md", include_str!("handbook/home.md")),
    (
        "content/{guide}/index.md",
        include_str!("handbook/guide.md"),
    ),
    (
        "content/{guide}/junior/index.md",
        include_str!("handbook/junior.md"),
    ),
    (
        "content/{guide}/junior/order-of-texts.md",
        include_str!("handbook/order-of-texts.md"),
    ),
    (
        "content/{guide}/mid/index.md",
        include_str!("handbook/mid.md"),
    ),
    (
        "content/{guide}/mid/fault-that-took-long.md",
        include_str!("handbook/fault-that-took-long.md"),
    ),
    (
        "content/{guide}/senior/index.md",
        include_str!("handbook/senior.md"),
    ),
    (
        "content/{guide}/senior/system-that-nobody-knows.md",
        include_str!("handbook/system-that-nobody-knows.md"),
    ),
    (
        "content/{guide}/kits/first-interview.md",
        include_str!("handbook/first-interview.md"),
    ),
    ("README.md", include_str!("handbook/README.md")),
    (".gitignore", include_str!("handbook/gitignore")),
    ("netlify.toml", include_str!("handbook/netlify.toml")),
    (
        ".github/workflows/handbook.yml",
        include_str!("handbook/workflow.yml"),
    ),
    (
        ".github/dependabot.yml",
        include_str!("handbook/dependabot.yml"),
    ),
    (
        ".github/pull_request_template.md",
        include_str!("handbook/pull_request_template.md"),
    ),
    (
        ".github/ISSUE_TEMPLATE/config.yml",
        include_str!("handbook/config.yml"),
    ),
    (
        ".github/ISSUE_TEMPLATE/problem.yml",
        include_str!("handbook/problem.yml"),
    ),
    (
        ".github/ISSUE_TEMPLATE/question.yml",
        include_str!("handbook/question.yml"),
    ),
];

/// The folder of pages, beside the guides'.
const PAGES: &str = "pages";

/// Letters of a guide's folder.
const LONGEST: usize = 60;

/// The name of a role: letters, digits and spaces, and what names of roles have besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    name: String,
    guide: String,
}

impl Role {
    /// The name of the guide's folder.
    pub fn guide(&self) -> &str {
        &self.guide
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let usual = |c: char| c.is_alphanumeric() || " +#.,/&'’()-".contains(c);
        if let Some(strange) = name.chars().find(|c| !usual(*c)) {
            return Err(format!("a role's name has no `{}`", strange.escape_debug()));
        }
        let guide = parse::slug_like(&name).ok_or("a role's name has letters")?;
        if FIXED.contains(&guide.as_str()) || guide == PAGES {
            return Err(format!("the site needs the name `{guide}` for itself"));
        }
        if guide.len() > LONGEST {
            return Err(format!("a role's name has at most {LONGEST} letters"));
        }
        Ok(Self { name, guide })
    }
}

/// What is known of a handbook before it is written.
#[derive(Debug, Clone)]
pub struct NewHandbook {
    pub role: Role,
    pub title: String,
    /// When it is written.
    pub day: Date,
}

impl NewHandbook {
    /// All files: a site that builds, checks and tests as it is.
    ///
    /// # Errors
    /// What is wrong with the title: everything else is ours.
    pub fn files(&self) -> Result<Vec<File>, String> {
        let Self { role, title, day } = self;
        let description = format!("Interview questions for {role}, with what to listen for.");
        let day = day.to_string();
        let level = |level: &str| format!("{level} {role}");
        let (role_name, guide) = (role.to_string(), role.guide.clone());
        let values = [
            ("title", title.clone()),
            ("description", description),
            ("role", role_name),
            ("junior", level("Junior")),
            ("mid", level("Mid")),
            ("senior", level("Senior")),
            ("guide", guide),
            ("day", day),
        ];
        let filled = |text: &str| {
            values.iter().fold(text.to_owned(), |text, (name, value)| {
                text.replace(&format!("{{{name}:quoted}}"), &quoted(value))
                    .replace(&format!("{{{name}}}"), value)
            })
        };
        let files: Vec<File> = FILES
            .iter()
            .map(|(path, text)| File {
                path: filled(path),
                text: filled(text),
            })
            .collect();
        let config = files.iter().find(|file| file.path == CONFIG);
        let problem = config.and_then(|File { path, text }| {
            let problems = parse::config(&Source::new(path, text)).1;
            problems.into_iter().next()
        });
        match problem {
            Some(problem) => Err(format!("the title: {}", problem.message)),
            None => Ok(files),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_roles() {
        for (name, guide) in [
            ("Data engineer", "data-engineer"),
            ("  C#  /  .NET developer ", "c-net-developer"),
            ("Ärztin", "arztin"),
        ] {
            assert_eq!(name.parse::<Role>().unwrap().guide(), guide);
        }
        for wrong in [
            "",
            "!",
            "<b>",
            "a\u{202e}b",
            "Tags",
            "Pages",
            "a*b",
            &"x".repeat(61),
        ] {
            assert!(wrong.parse::<Role>().is_err(), "{wrong}");
        }
    }
}
