//! A code sample and what its page says of it.

use std::sync::Arc;

use super::requires::Requirement;
use crate::diag::Span;

/// A fence of a language that can be run.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// Of the page, from the root.
    pub path: Arc<str>,
    /// As handbook.yaml's `samples` names it; `python` for all of Python's names.
    pub language: String,
    pub code: Arc<str>,
    /// The fence, its first and last line included.
    pub span: Span,
    /// What `continues` makes it go on from, first to last.
    pub before: Vec<Earlier>,
    /// Why it is not run.
    pub norun: Option<String>,
    /// Whether that is said of a sample that it continues.
    pub norun_before: bool,
    /// What the interpreter must be.
    pub requires: Option<Requirement>,
    /// The exception that it must end with.
    pub raises: Option<String>,
    pub output: Option<Expected>,
    /// Whether its lines are prompts and what they answer.
    pub prompts: bool,
}

/// A sample that another one goes on from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    pub code: Arc<str>,
    pub prompts: bool,
    /// Whether it may end with an exception: then that is tried where the sample itself is.
    pub may_fail: bool,
}

/// A fence of output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    pub text: Arc<str>,
    pub span: Span,
}

impl Sample {
    /// Why it is not run, unless its page wants it so.
    pub fn why_not_run(&self) -> String {
        match &self.norun {
            Some(reason) if self.norun_before => {
                format!("it continues a sample that is not to be run: {reason}")
            }
            Some(reason) => format!("not to be run: {reason}"),
            None => "nothing says what comes of it".to_owned(),
        }
    }

    /// Whether the page says what comes of it.
    pub fn is_told(&self) -> bool {
        self.output.is_some() || self.raises.is_some() || self.prompts
    }
}
