//! What a schedule and its doses add up to.

use alloc::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Fate;

/// Scheduled doses of a period by what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub on_time: u32,
    pub late: u32,
    pub missed: u32,
    /// Neither taken nor missed yet: not due.
    pub pending: u32,
    /// Doses taken that belong to no scheduled one.
    pub extra: u32,
    /// Days on which a dose was due and none is pending.
    pub days_due: u32,
    /// Those of them on which every dose due was taken, late ones included.
    pub days_covered: u32,
}

impl Report {
    /// Scheduled doses that were taken or can no longer be.
    pub fn due(&self) -> u32 {
        self.taken().saturating_add(self.missed)
    }

    pub fn taken(&self) -> u32 {
        self.on_time.saturating_add(self.late)
    }

    /// Doses taken of those due, in thousandths, rounded down; none where nothing was due.
    pub fn taken_per_mille(&self) -> Option<u16> {
        per_mille(self.taken(), self.due())
    }

    /// Proportion of days covered (PDC), in thousandths, rounded down: days covered / days in the
    /// period, of which only those count on which something was due. The Pharmacy Quality
    /// Alliance's measure takes a day as covered by the supply dispensed for it and calls 80 %
    /// adherent (D. Nau, Proportion of Days Covered as a Preferred Method of Measuring Medication
    /// Adherence, PQA); here the doses themselves are known, so a day is covered by taking them.
    pub fn days_covered_per_mille(&self) -> Option<u16> {
        per_mille(self.days_covered, self.days_due)
    }
}

fn per_mille(part: u32, whole: u32) -> Option<u16> {
    let thousandths = u64::from(part)
        .saturating_mul(1_000)
        .checked_div(whole.into())?;
    u16::try_from(thousandths).ok()
}

#[derive(Default)]
struct Day {
    taken: u32,
    missed: u32,
    pending: u32,
}

impl Day {
    fn note(&mut self, fate: Fate) {
        let count = match fate {
            Fate::OnTime | Fate::Late => &mut self.taken,
            Fate::Missed => &mut self.missed,
            Fate::Pending => &mut self.pending,
        };
        *count = count.saturating_add(1);
    }
}

/// Counts slots by fate, and their days by number.
pub(super) fn of(slots: impl Iterator<Item = (u64, Fate)>, extra: usize) -> Report {
    let mut report = Report {
        extra: u32::try_from(extra).unwrap_or(u32::MAX),
        ..Report::default()
    };
    let mut days: BTreeMap<u64, Day> = BTreeMap::new();
    for (day, fate) in slots {
        days.entry(day).or_default().note(fate);
        let count = match fate {
            Fate::OnTime => &mut report.on_time,
            Fate::Late => &mut report.late,
            Fate::Missed => &mut report.missed,
            Fate::Pending => &mut report.pending,
        };
        *count = count.saturating_add(1);
    }
    for day in days.values().filter(|day| day.pending == 0) {
        report.days_due = report.days_due.saturating_add(1);
        let covered = u32::from(day.missed == 0);
        report.days_covered = report.days_covered.saturating_add(covered);
    }
    report
}
