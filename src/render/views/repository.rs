//! Addresses of the handbook's repository, as GitHub has them.
//!
//! The issue forms are those that `viva init` writes. Where a repository has none, GitHub opens a
//! blank issue with the body; where it has them, it fills in the form's fields by their ids.
//! <https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/creating-an-issue>

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Where a page's source can be edited.
pub fn edit(repository: &str, source: &str) -> String {
    format!("{repository}/edit/HEAD/{source}")
}

/// Where a problem with a page can be reported.
pub fn report(repository: &str, title: &str, page: &str) -> String {
    let encoded = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
    let (title, page) = (encoded(title), encoded(page));
    format!("{repository}/issues/new?template=problem.yml&title={title}&address={page}&body={page}")
}

/// Where a question can be proposed.
pub fn propose(repository: &str) -> String {
    format!("{repository}/issues/new?template=question.yml")
}
