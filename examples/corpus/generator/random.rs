//! Random numbers that are the same on every machine and in every release.
//!
//! In: a seed. Out: a stream of numbers, or of ranks whose frequencies fall as in real text. Not for secrets.

/// A stream of random numbers (SplitMix64).
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// Returns the stream for one part of the corpus, so that parts can be written in any order.
    pub fn stream(seed: u64, part: u64, purpose: u64) -> Self {
        let mut random = Self(seed ^ part.wrapping_mul(0xD134_2543_DE82_EF95));
        let start = random.next() ^ purpose.wrapping_mul(0x9FB2_1C65_1E98_DF25);
        Self(start)
    }

    /// Returns the next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number from 0 to `count - 1`.
    pub fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.next()) * count as u128) >> 64) as usize
    }

    /// Returns a number from `low` to `high`, both included.
    pub fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// Returns `true` in so many of a hundred cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// Returns one of the choices.
    pub fn pick<'c, T: ?Sized>(&mut self, choices: &[&'c T]) -> &'c T {
        choices[self.below(choices.len())]
    }
}

/// Ranks from 0, the first ones most often, after Zipf and Mandelbrot: frequency ~ 1 / (rank + 2.7).
#[derive(Debug)]
pub struct Zipf(Vec<u16>);

impl Zipf {
    const DRAWS: usize = 1 << 16;

    /// Prepares ranks below `count`, which must be from 1 to 16,384.
    pub fn new(count: usize) -> Self {
        assert!(
            (1..=Self::DRAWS / 4).contains(&count),
            "too many or no ranks: {count}"
        );
        let weight = |rank: usize| 1.0 / (rank as f64 + 2.7);
        let total: f64 = (0..count).map(weight).sum();
        let mut draws = Vec::with_capacity(Self::DRAWS);
        let mut sum = 0.0;
        for rank in 0..count {
            sum += weight(rank);
            let end = (sum / total * Self::DRAWS as f64).round() as usize;
            draws.resize(end.min(Self::DRAWS), rank as u16);
        }
        draws.resize(Self::DRAWS, (count - 1) as u16);
        Self(draws)
    }

    /// Returns a rank.
    pub fn draw(&self, random: &mut Random) -> usize {
        usize::from(self.0[(random.next() >> 48) as usize])
    }
}
