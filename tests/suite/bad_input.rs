//! What is wrong with a handbook is said, and the last good site stays.

use insta::assert_snapshot;

use crate::site::Site;

#[test]
fn the_minimal_handbook_has_no_problem() {
    assert_snapshot!(Site::new().check(), @"exit 0");
    assert_snapshot!(Site::new().build(), @"exit 0");
}
