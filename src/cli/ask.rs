//! Questions on the terminal: asked on standard error, answered on standard input, a line each.

use std::io::{self, BufRead};

use super::report::{ask, say};
use anyhow::bail;

/// Asks whoever sits at standard input, be it a person or a file.
pub struct Asker<R = io::StdinLock<'static>> {
    input: R,
}

impl Asker {
    /// One that reads standard input.
    pub fn new() -> Self {
        Self {
            input: io::stdin().lock(),
        }
    }
}

impl<R: BufRead> Asker<R> {
    /// Asks until the answer will do. An empty answer is the default.
    ///
    /// # Errors
    /// When the input ends: `option` is what could have been given instead.
    pub fn ask<T>(
        &mut self,
        question: &str,
        option: &str,
        default: Option<&str>,
        accept: impl Fn(&str) -> Result<T, String>,
    ) -> anyhow::Result<T> {
        loop {
            match default {
                Some(default) => ask!("{question} [{default}]: "),
                None => ask!("{question}: "),
            }
            let Some(line) = self.line()? else {
                say!("");
                bail!("nobody answers: give {option}");
            };
            let answer = match line.trim() {
                "" => default.unwrap_or_default(),
                answer => answer,
            };
            match accept(answer) {
                Ok(value) => return Ok(value),
                Err(why) => say!("{why}"),
            }
        }
    }

    /// Asks for a yes. Anything else is a no, the end of the input too.
    pub fn confirm(&mut self, question: &str) -> anyhow::Result<bool> {
        ask!("{question} [y/N]: ");
        let Some(line) = self.line()? else {
            say!("");
            return Ok(false);
        };
        Ok(["y", "yes"].contains(&line.trim().to_lowercase().as_str()))
    }

    /// `None` at the end.
    fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = String::new();
        Ok((self.input.read_line(&mut line)? > 0).then_some(line))
    }
}
