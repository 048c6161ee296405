//! The one clamp every list is paged through.

pub const DEFAULT_LIMIT: u32 = 10;
pub const MAX_LIMIT: u32 = 30;

/// How many items a page holds.
pub fn page_limit(asked: Option<u32>) -> usize {
    let limit = asked.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT);
    usize::try_from(limit).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_never_empty_and_never_above_the_most() {
        assert_eq!(page_limit(None), 10);
        assert_eq!(page_limit(Some(0)), 1);
        assert_eq!(page_limit(Some(MAX_LIMIT)), 30);
        assert_eq!(page_limit(Some(MAX_LIMIT + 1)), 30);
        assert_eq!(page_limit(Some(u32::MAX)), 30);
    }
}
