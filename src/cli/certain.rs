//! Which edits of a file leave whatever else it says as it is.

use crate::diag::Fix;
use crate::fix;
use crate::load::Source;
use crate::parse::{self, Says};

/// A file with more doubtful edits than can be tried in so many ways keeps those that are left.
const TRIES: usize = 200;

/// Those of `fixes` after which the file reads as before, but for what they mend.
pub fn certain<'f>(path: &str, file: &str, fixes: &[&'f Fix]) -> Vec<&'f Fix> {
    let (signs, words): (Vec<&Fix>, Vec<&Fix>) =
        fixes.iter().partition(|fix| fix.replacement.is_empty());
    let mut kept = Kept {
        path,
        file,
        fixes: Vec::new(),
        says: parse::says(&Source::new(path, file)),
        tries: TRIES,
    };
    kept.add(&words, Says::is_no_worse_in);
    kept.add(&signs, Says::is_kept_by);
    kept.fixes
}

struct Kept<'t, 'f> {
    path: &'t str,
    file: &'t str,
    fixes: Vec<&'f Fix>,
    /// What the file says with these edits.
    says: Says,
    tries: usize,
}

impl<'f> Kept<'_, 'f> {
    /// All of the edits, or those of each half.
    fn add(&mut self, fixes: &[&'f Fix], keeps: fn(&Says, &Says) -> bool) {
        if fixes.is_empty() || self.tries == 0 {
            return;
        }
        self.tries -= 1;
        let together = self.fixes.iter().chain(fixes).copied();
        let (text, _) = fix::apply(self.file, together);
        let says = parse::says(&Source::new(self.path, &text));
        if keeps(&self.says, &says) {
            self.fixes.extend(fixes);
            self.says = says;
        } else if fixes.len() > 1 {
            let (first, second) = fixes.split_at(fixes.len() / 2);
            self.add(first, keeps);
            self.add(second, keeps);
        }
    }
}
