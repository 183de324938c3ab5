//! A tiny random number generator of our own (`SplitMix64`), so that the corpus
//! has the same bytes whatever version of whatever crate is installed.

/// A generator that always yields the same numbers from the same seed.
pub struct Rng(u64);

impl Rng {
    /// The generator for one purpose (`stream`) of one page (`index`).
    pub fn new(stream: u64, index: usize) -> Self {
        let mut rng = Self(0x5649_5641 ^ stream.rotate_left(40) ^ (index as u64).rotate_left(13));
        rng.next();
        rng
    }

    /// The next 64 random bits.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, but not including, `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// A number of an inclusive range.
    pub fn range(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last + 1 - first)
    }

    /// True in `percent` of a hundred draws.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// Any item, all equally likely.
    pub fn pick<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.below(items.len())]
    }

    /// An item as words come in a language: the first ones often, the last
    /// ones seldom (half of all draws fall into the first quarter).
    pub fn skewed<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        const ONE: usize = 1 << 20;
        let draw = self.below(ONE);
        items[(draw * draw / ONE) * items.len() / ONE]
    }
}
