//! The most that terms may ask for. The API shows the same numbers.

/// Claims one policy may pay, where it does not pay by the day.
pub const MAX_CLAIMS: u8 = 16;
/// Days one policy may pay, where it pays by the day; days a reward may ask for.
pub const MAX_DAYS: u16 = 366;
/// Batches one claim may rest on.
pub const MAX_EVIDENCE: usize = 30;
/// Ten years, the longest term and the longest deadline, in seconds.
pub const MAX_TERM_S: u32 = 315_360_000;
/// Instalments of one policy's premium.
pub const MAX_INSTALMENTS: u16 = 120;
/// Models a product may be limited to.
pub const MAX_PRODUCT_MODELS: usize = 8;
