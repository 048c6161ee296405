//! Small sets of enumerated values, one bit each.

use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use crate::bytes::FormatError;

/// An enumeration whose values are bits 0 to 15 of a set.
pub trait Member: Copy + Eq + fmt::Debug + 'static {
    const ALL: &'static [Self];
    const NAME: &'static str;
    fn bit(self) -> u16;
}

/// A set of `T` in two bytes.
pub struct Set<T> {
    bits: u16,
    of: PhantomData<T>,
}

impl<T: Member> Set<T> {
    pub const EMPTY: Self = Self {
        bits: 0,
        of: PhantomData,
    };

    pub fn of(members: &[T]) -> Self {
        members.iter().fold(Self::EMPTY, |set, m| set.with(*m))
    }

    pub fn with(self, member: T) -> Self {
        Self {
            bits: self.bits | member.bit(),
            of: PhantomData,
        }
    }

    pub fn all() -> Self {
        Self::of(T::ALL)
    }

    pub fn contains(&self, member: T) -> bool {
        self.bits & member.bit() != 0
    }

    pub fn contains_all(&self, other: &Self) -> bool {
        self.bits & other.bits == other.bits
    }

    pub fn is_empty(&self) -> bool {
        self.bits == 0
    }

    pub fn bits(&self) -> u16 {
        self.bits
    }

    pub fn from_bits(bits: u16) -> Result<Self, FormatError> {
        if bits & !Self::all().bits != 0 {
            return Err(FormatError::Value {
                what: T::NAME,
                got: bits.into(),
                rule: "only known members are set",
            });
        }
        Ok(Self {
            bits,
            of: PhantomData,
        })
    }

    pub fn members(&self) -> Vec<T> {
        T::ALL
            .iter()
            .copied()
            .filter(|m| self.contains(*m))
            .collect()
    }
}

impl<T> Clone for Set<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Set<T> {}

impl<T> PartialEq for Set<T> {
    fn eq(&self, other: &Self) -> bool {
        self.bits == other.bits
    }
}

impl<T> Eq for Set<T> {}

impl<T: Member> fmt::Debug for Set<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.members()).finish()
    }
}

impl Member for crate::measure::Category {
    const ALL: &'static [Self] = &crate::measure::Category::ALL;
    const NAME: &'static str = "categories";
    fn bit(self) -> u16 {
        match self {
            Self::Cardiac => 1,
            Self::Respiratory => 2,
            Self::Temperature => 4,
            Self::Metabolic => 8,
            Self::Activity => 16,
            Self::Medication => 32,
        }
    }
}

/// Bit n is measure number n + 1.
impl Member for crate::measure::Measure {
    const ALL: &'static [Self] = &crate::measure::Measure::ALL;
    const NAME: &'static str = "measures";
    fn bit(self) -> u16 {
        match self {
            Self::HeartRate => 1,
            Self::OxygenSaturation => 2,
            Self::RespiratoryRate => 4,
            Self::BodyTemperature => 8,
            Self::SystolicPressure => 16,
            Self::DiastolicPressure => 32,
            Self::Glucose => 64,
            Self::Steps => 128,
            Self::DoseTaken => 256,
        }
    }
}

impl Set<crate::measure::Measure> {
    /// What consent to these measures is asked by.
    pub fn categories(&self) -> Set<crate::measure::Category> {
        self.members()
            .into_iter()
            .fold(Set::EMPTY, |set, measure| set.with(measure.category()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{Category, Measure};

    #[test]
    fn a_measures_bit_follows_from_its_number() {
        for measure in Measure::ALL {
            assert_eq!(measure.bit(), 1 << (measure.code() - 1));
        }
        let set = Set::of(&[Measure::SystolicPressure, Measure::Glucose]);
        let expected = Set::of(&[Category::Cardiac, Category::Metabolic]);
        assert_eq!(set.categories(), expected);
    }

    #[test]
    fn a_set_holds_what_was_put_in_and_unknown_bits_are_refused() {
        let set = Set::of(&[Category::Cardiac, Category::Medication]);
        assert_eq!(set.bits(), 0b10_0001);
        assert!(set.contains(Category::Cardiac) && !set.contains(Category::Activity));
        assert_eq!(Set::<Category>::from_bits(set.bits()), Ok(set));
        assert!(Set::<Category>::from_bits(64).is_err());
        assert_eq!(
            set.members(),
            [Category::Cardiac, Category::Medication].to_vec()
        );
    }
}
