//! Code that says what it is and fits.

use unicode_width::UnicodeWidthChar;

use super::walk::Walker;
use crate::diag::{Span, rules};

/// As many columns of the theme's code type fit on a phone that is held sideways; upright there is
/// room for about half of them.
pub(super) const WIDEST: usize = 80;

/// The theme's `tab-size`.
const TAB: usize = 4;

/// Lines of one block that are too wide.
#[derive(Debug, Default)]
pub(super) struct Wide {
    /// What of the first one is too much, and its width.
    first: Option<(Span, usize)>,
    lines: usize,
    /// Columns of the line that goes on in the next piece.
    column: usize,
}

impl Wide {
    /// Measures a piece of code, which stands at `range` of the text.
    pub fn measure(&mut self, piece: &str, range: &Span) {
        let exact = piece.len() == range.len();
        let mut at = 0;
        for line in piece.split_inclusive('\n') {
            // Two bytes a column are the least that a wide line has.
            let bare = line.trim_end();
            let mut column = self.column;
            let mut beyond = None;
            if column + 2 * bare.len() > WIDEST {
                for (offset, c) in bare.char_indices() {
                    if column >= WIDEST && beyond.is_none() {
                        beyond = Some(offset);
                    }
                    column += match c {
                        '\t' => TAB - column % TAB,
                        c => c.width().unwrap_or(0),
                    };
                }
            }
            if column > WIDEST {
                self.lines += 1;
                if self.first.is_none() {
                    let from = at + beyond.unwrap_or(0);
                    let place = if exact {
                        range.start + from..range.start + at + bare.len()
                    } else {
                        range.clone()
                    };
                    self.first = Some((place, column));
                }
            }
            self.column = if line.ends_with('\n') { 0 } else { column };
            at += line.len();
        }
    }
}

impl Walker<'_, '_> {
    pub fn check_code_lines(&mut self, wide: Wide) {
        let Some((place, width)) = wide.first else {
            return;
        };
        let more = match wide.lines - 1 {
            0 => String::new(),
            1 => ", and one more of this block is too wide".to_owned(),
            more => format!(", and {more} more of this block are too wide"),
        };
        let fault = self
            .report
            .at(
                &rules::CODE_WIDTH,
                place,
                format!("this line of code has {width} columns{more}"),
            )
            .help(format!(
                "break it before column {}: phones show no more, even held sideways",
                WIDEST + 1
            ));
        self.report.add(fault);
    }

    /// A fence without a word after its signs.
    pub fn check_fence_language(&mut self, range: &Span) {
        let fault = self
            .report
            .at(
                &rules::FENCE_LANGUAGE,
                self.first_line(range),
                "the code fence names no language",
            )
            .help("write it after the signs, as in `python`; `text` is for plain text, `output` for what a sample prints");
        self.report.add(fault);
    }
}
