//! Numbers that look random, the same for the same seed.

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): enough for a simulation, never for a key.
#[derive(Debug, Clone)]
pub struct SplitMix(u64);

impl SplitMix {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From `-spread` to `spread`, both included.
    pub fn spread(&mut self, spread: u32) -> i64 {
        let spread = u64::from(spread);
        i64::try_from(self.next() % (2 * spread + 1)).unwrap_or(0) - spread.cast_signed()
    }
}
