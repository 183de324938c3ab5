//! New pages and new handbooks: texts whose parts marked `TODO` a person writes.
//!
//! Nothing here touches the disk: a [`File`] is a value that a command writes.

mod alike;
mod handbook;
mod question;

pub use alike::{Likely, likely};
pub use handbook::{NewHandbook, Role};
pub use question::{NewQuestion, slug_of, why_not};

/// A file that does not exist yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// From the root, with `/` between its parts.
    pub path: String,
    pub text: String,
}
