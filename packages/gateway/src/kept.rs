//! Which hours' window keys are needed still: a rolling window, and before it each hour of a batch
//! that is not finished, alone.

use std::collections::BTreeSet;

use vitals_core::keytree::Cover;
use vitals_core::measure::Category;
use vitals_core::time::{Epoch, Window};

pub(crate) struct Kept {
    from: Epoch,
    singly: BTreeSet<(Category, Epoch)>,
}

impl Kept {
    /// All from an hour on, and those of batches before it.
    pub fn new(from: Epoch, unfinished: impl Iterator<Item = (Category, Epoch)>) -> Self {
        Self {
            from,
            singly: unfinished.filter(|(_, epoch)| *epoch < from).collect(),
        }
    }

    /// What a cover opens of these hours.
    pub fn of(&self, category: Category, cover: Cover) -> Cover {
        let singly = self.singly.iter().filter(|(of, _)| *of == category);
        let hours = singly.map(|(_, epoch)| *epoch).chain([self.from]);
        let (left, _) = hours.fold((cover, 0), |(cover, next), hour| {
            let left = match Window::new(next, hour) {
                Ok(gap) => cover.without(gap),
                Err(_) => cover,
            };
            (left, hour.saturating_add(1))
        });
        left
    }
}

#[cfg(test)]
mod tests {
    use vitals_core::keytree::GenerationSecret;

    use super::*;

    fn opened(kept: &Kept, category: Category) -> Vec<Epoch> {
        let secret = GenerationSecret::from_bytes([1; 32]);
        let all = Window::new(0, 1_000).unwrap();
        let left = kept.of(category, secret.cover(9, 1, category, all));
        (0..1_000).filter(|epoch| left.opens(*epoch)).collect()
    }

    #[test]
    fn hours_of_unfinished_batches_are_kept_singly_and_in_their_category_alone() {
        let hours = [0, 7, 8, 998].map(|epoch| (Category::Cardiac, epoch));
        let kept = Kept::new(998, hours.into_iter());
        assert_eq!(opened(&kept, Category::Cardiac), [0, 7, 8, 998, 999]);
        assert_eq!(opened(&kept, Category::Respiratory), [998, 999]);
    }

    #[test]
    fn from_the_first_hour_on_everything_is_kept() {
        let kept = Kept::new(0, std::iter::empty());
        assert_eq!(opened(&kept, Category::Cardiac).len(), 1_000);
    }
}
