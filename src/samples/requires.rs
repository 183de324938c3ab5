//! `requires="python>=3.12"`

use std::cmp::Ordering;
use std::fmt;

/// A program and the versions of it that will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    pub program: String,
    /// All must hold.
    conditions: Vec<(Sign, Version)>,
    source: String,
}

/// `3.12.1`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version(Vec<u32>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Less,
    AtMost,
    Is,
    IsNot,
    AtLeast,
    More,
}

/// Those of two characters first.
const SIGNS: [(&str, Sign); 6] = [
    ("<=", Sign::AtMost),
    ("==", Sign::Is),
    ("!=", Sign::IsNot),
    (">=", Sign::AtLeast),
    ("<", Sign::Less),
    (">", Sign::More),
];

impl Requirement {
    /// Reads `python>=3.12` or `python>=3.9,<3.12`.
    pub fn parse(text: &str) -> Option<Self> {
        let at = text.find(['<', '>', '=', '!'])?;
        let (program, conditions) = text.split_at(at);
        let program = program.trim();
        let conditions = conditions
            .split(',')
            .map(condition)
            .collect::<Option<_>>()?;
        (!program.is_empty() && !program.contains(char::is_whitespace)).then(|| Self {
            program: program.to_owned(),
            conditions,
            source: text.trim().to_owned(),
        })
    }

    /// Whether this version will do. A condition looks at as many numbers as it has itself, so that
    /// 3.12.1 is `==3.12`, and not `>3.12`.
    pub fn is_met_by(&self, version: &Version) -> bool {
        self.conditions.iter().all(|(sign, wanted)| {
            let mut numbers = version.0.clone();
            numbers.resize(wanted.0.len(), 0);
            let order = numbers.cmp(&wanted.0);
            match sign {
                Sign::Less => order == Ordering::Less,
                Sign::AtMost => order != Ordering::Greater,
                Sign::Is => order == Ordering::Equal,
                Sign::IsNot => order != Ordering::Equal,
                Sign::AtLeast => order != Ordering::Less,
                Sign::More => order == Ordering::Greater,
            }
        })
    }
}

fn condition(text: &str) -> Option<(Sign, Version)> {
    let text = text.trim();
    let (sign, rest) = SIGNS
        .iter()
        .find_map(|(word, sign)| Some((*sign, text.strip_prefix(word)?)))?;
    Some((sign, Version::parse(rest.trim())?))
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

impl Version {
    /// Reads numbers with dots between them.
    pub fn parse(text: &str) -> Option<Self> {
        let numbers: Option<Vec<u32>> = text.split('.').map(|part| part.parse().ok()).collect();
        numbers.map(Self)
    }

    /// The first version that a program tells of itself, as in `v20.9.0` or `ruby 3.1.2p20`.
    pub fn find(text: &str) -> Option<Self> {
        let is_part = |c: char| c.is_ascii_digit() || c == '.';
        text.split(|c| !is_part(c))
            .map(|word| word.trim_matches('.'))
            .find(|word| word.contains('.'))
            .and_then(Self::parse)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers: Vec<String> = self.0.iter().map(u32::to_string).collect();
        f.write_str(&numbers.join("."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(requires: &str, version: &str) -> bool {
        let requires = Requirement::parse(requires).unwrap();
        requires.is_met_by(&Version::parse(version).unwrap())
    }

    #[test]
    fn a_condition_looks_at_as_many_numbers_as_it_has() {
        for (requires, yes, no) in [
            ("python>=3.12", "3.12.0", "3.11.9"),
            ("python >= 3.9, < 3.12", "3.11.7", "3.12.0"),
            ("python>=3.9,<3.12", "3.9.0", "3.8.20"),
            ("python==3.12", "3.12.4", "3.1.2"),
            ("python!=3.12", "3.13.0", "3.12.4"),
            ("python<=3.12", "3.12.4", "3.13.0"),
            ("python>3.12", "3.13.0", "3.12.4"),
            ("node>=20", "20.0.0", "18.19.1"),
            ("python>=3.12.1", "3.12.1", "3.12"),
        ] {
            assert!(met(requires, yes), "{requires} {yes}");
            assert!(!met(requires, no), "{requires} {no}");
        }
    }

    #[test]
    fn what_is_no_requirement_is_none() {
        for text in [
            "",
            "python",
            "3.12",
            ">=3.12",
            "python>=",
            "python=3.12",
            "python>=3.x",
            "python>=3.12,",
            "a b>=1",
            "python~=3.12",
            "python>=3..1",
            "python>=99999999999",
        ] {
            assert_eq!(Requirement::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_program_tells_its_version_among_other_words() {
        let found = |text| Version::find(text).map(|version| version.to_string());
        assert_eq!(found("v20.9.0\n").as_deref(), Some("20.9.0"));
        assert_eq!(
            found("ruby 3.1.2p20 (2022-04-12)").as_deref(),
            Some("3.1.2")
        );
        assert_eq!(
            found("go version go1.22.1 linux/amd64").as_deref(),
            Some("1.22.1")
        );
        assert_eq!(found("The end. 7"), None);
    }
}
