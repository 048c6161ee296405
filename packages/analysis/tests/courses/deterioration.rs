//! Injected deteriorations, with their onset known. Shapes and sizes are ours, of the order that
//! textbooks give; each person has between half and all of it.

use super::patient::Shift;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    SepsisLike,
    Bleeding,
    Hypoxia,
    Fever,
    Bradycardia,
}

pub const KINDS: [Kind; 5] = [
    Kind::SepsisLike,
    Kind::Bleeding,
    Kind::Hypoxia,
    Kind::Fever,
    Kind::Bradycardia,
];

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::SepsisLike => "sepsis-like, over 12 h",
            Kind::Bleeding => "bleeding, over 3 h",
            Kind::Hypoxia => "hypoxia, sudden",
            Kind::Fever => "fever, over 4 h",
            Kind::Bradycardia => "bradycardia, over 30 min",
        }
    }

    /// So many hours after the onset, `how` being the person's share.
    pub fn shift(self, hours: f64, how: f64) -> Shift {
        if hours < 0.0 {
            return Shift::default();
        }
        let over = |length: f64, most: f64| how * most * (hours / length).min(1.0);
        let later = |after: f64, length: f64, most: f64| {
            how * most * ((hours - after) / length).clamp(0.0, 1.0)
        };
        match self {
            Kind::SepsisLike => Shift {
                heart: over(12.0, 30.0),
                breath: over(12.0, 8.0),
                oxygen: over(12.0, -4.0),
                temperature: over(12.0, 1.2),
                pressure: over(12.0, -18.0),
            },
            Kind::Bleeding => Shift {
                heart: over(3.0, 32.0),
                breath: over(3.0, 5.0),
                pressure: later(1.0, 2.0, -35.0),
                ..Shift::default()
            },
            Kind::Hypoxia => Shift {
                oxygen: over(0.1, -9.0),
                breath: over(0.5, 6.0),
                heart: over(0.5, 12.0),
                ..Shift::default()
            },
            Kind::Fever => Shift {
                temperature: over(4.0, 1.8),
                heart: over(4.0, 15.0),
                breath: over(4.0, 2.0),
                ..Shift::default()
            },
            Kind::Bradycardia => Shift {
                heart: over(0.5, -24.0),
                ..Shift::default()
            },
        }
    }
}
