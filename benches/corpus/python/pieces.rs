//! The pieces of a line: names, literals and expressions.

use super::Writer;
use crate::corpus::words::{WORDS, capital, fill};

impl Writer<'_> {
    pub(super) fn condition(&mut self) -> String {
        let (left, right) = (self.known(), self.noun());
        match self.rng.below(5) {
            0 => format!("not {left}.{right}"),
            1 => format!("{left} is None or len({left}) > {}", self.number()),
            2 => format!("isinstance({left}, {})", self.class()),
            3 => format!("{left}.{right} in ({}, {})", self.literal(), self.literal()),
            _ => format!(
                "{left} {} {}",
                self.rng.pick(&["<", ">=", "==", "!="]),
                self.number()
            ),
        }
    }

    pub(super) fn expression(&mut self) -> String {
        match self.rng.below(5) {
            0 => self.invocation(),
            1 => format!("{}.{}", self.known(), self.noun()),
            2 => format!(
                "{} {} {}",
                self.known(),
                self.rng.pick(&["+", "-", "*", "//", "%", "**"]),
                self.number()
            ),
            3 => format!(
                "f\"{}-{{{}:>{}}}\"",
                self.noun(),
                self.known(),
                self.rng.range(2, 40)
            ),
            _ => self.known(),
        }
    }

    pub(super) fn invocation(&mut self) -> String {
        let (call, argument) = (self.call(), self.known());
        match self.rng.below(4) {
            0 => format!("{argument}.{call}({})", self.literal()),
            1 => format!("{call}({argument}, {}={})", self.noun(), self.literal()),
            2 => format!("{}({argument}, *{})", self.class(), self.noun()),
            _ => format!("{call}({argument}.{}, {})", self.noun(), self.literal()),
        }
    }

    pub(super) fn source(&mut self) -> String {
        let name = self.known();
        match self.rng.below(5) {
            0 => format!("{name}.{}()", self.call()),
            1 => format!(
                "range({}, {}, {})",
                self.rng.range(0, 99),
                self.rng.range(100, 99_999),
                self.rng.range(2, 50)
            ),
            2 => format!("zip({name}, {}, strict=True)", self.noun()),
            3 => format!(
                "{}({name})",
                self.rng
                    .pick(&["reversed", "enumerate", "set", "iter", "list"])
            ),
            _ => name,
        }
    }

    pub(super) fn literal(&mut self) -> String {
        match self.rng.below(9) {
            0..3 => self.string(),
            3 => format!("({}, {})", self.number(), self.number()),
            4 => self
                .rng
                .pick(&["None", "True", "False", "[]", "frozenset()"])
                .to_owned(),
            _ => self.number(),
        }
    }

    pub(super) fn string(&mut self) -> String {
        let (one, two) = (self.noun(), self.noun());
        match self.rng.below(7) {
            0 => format!("'{one}/{two}'"),
            1 => format!("r\"^{one}-\\d{{{}}}$\"", self.rng.range(2, 64)),
            2 => format!("b\"{one}\\x{:02x}\"", self.rng.below(256)),
            3 => format!("\"{}\"", self.words("{J} {P}")),
            4 => format!("\"{one}\\n\""),
            _ => format!("\"{one}_{two}\""),
        }
    }

    pub(super) fn number(&mut self) -> String {
        let number = self.rng.below(10_000);
        match self.rng.below(6) {
            0 => format!("{number:#x}"),
            1 => format!("{}.{}", number / 100, number % 100),
            2 => format!("{}_{:03}", 1 + number / 100, number % 1000),
            3 => format!("{}e-{}", 1 + number % 90, 1 + number / 1000),
            _ => number.to_string(),
        }
    }

    /// A type.
    pub(super) fn kind(&mut self) -> String {
        let class = self.class();
        match self.rng.below(7) {
            0 => format!("list[{class}]"),
            1 => format!("dict[str, {class}]"),
            2 => format!("{class} | None"),
            3 | 4 => self.rng.pick(&["int", "str", "float", "bytes"]).to_owned(),
            _ => class,
        }
    }

    /// A name that was bound before, or any when there is none.
    pub(super) fn known(&mut self) -> String {
        match self.names.len() {
            0 => self.name(),
            len => self.names[self.rng.below(len)].clone(),
        }
    }

    /// A new name, which later lines may read.
    pub(super) fn fresh(&mut self) -> String {
        loop {
            let name = self.name();
            if !self.names.contains(&name) {
                self.names.push(name.clone());
                return name;
            }
        }
    }

    pub(super) fn name(&mut self) -> String {
        match self.rng.below(8) {
            0 => format!("{}_{}", self.rng.pick(&WORDS.adjectives), self.noun()),
            1 | 2 => format!("{}_{}", self.noun(), self.noun()),
            _ => self.noun(),
        }
    }

    /// The name of a function.
    pub(super) fn call(&mut self) -> String {
        let verb = self.rng.pick(&WORDS.verbs);
        let keyword = matches!(verb, "assert" | "import" | "raise" | "return");
        if keyword || self.rng.chance(60) {
            format!("{verb}_{}", self.noun())
        } else {
            verb.to_owned()
        }
    }

    pub(super) fn class(&mut self) -> String {
        let noun = capital(&self.noun());
        if self.rng.chance(40) {
            capital(self.rng.pick(&WORDS.adjectives)) + &noun
        } else {
            noun
        }
    }

    pub(super) fn module(&mut self) -> String {
        format!("{}.{}", self.noun(), self.name())
    }

    pub(super) fn noun(&mut self) -> String {
        self.rng.pick(&WORDS.nouns).replace('-', "_")
    }

    /// Words in lower case, safe in a string.
    pub(super) fn words(&mut self, pattern: &str) -> String {
        fill(pattern, self.rng).to_lowercase()
    }
}
