//! From findings to alerts, without wearing people out: findings of one episode are one alert, a
//! rule that fires again soon adds to it, and notices have a daily budget. What is urgent is never
//! held back by the budget, nor by what is urgent of another measure or for other people.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use vitals_core::measure::Measure;
use vitals_core::time::Millis;

use crate::baseline::DAY_MS;
use crate::finding::{Finding, Severity};

/// Episodes and rules that are remembered; the oldest go.
const MOST: usize = 64;
/// However busy it is, an episode takes no more findings after four hours: somebody is told anew.
const LONGEST_MS: u64 = 14_400_000;

/// When a finding is an alert of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AlertRules {
    /// A rule that fires again within this time adds to its alert.
    pub cooldown_ms: u64,
    /// Findings that follow one another within this time are one episode.
    pub episode_ms: u64,
    /// Alerts a day (of UTC) that are only notices.
    pub notices_a_day: u16,
}

/// Ours: an hour between two alerts of a rule, half an hour of calm between episodes, six notices.
impl Default for AlertRules {
    fn default() -> Self {
        Self {
            cooldown_ms: 3_600_000,
            episode_ms: 1_800_000,
            notices_a_day: 6,
        }
    }
}

/// What becomes of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Outcome {
    /// Somebody is to be told: the first of its episode.
    Raised { episode: u64 },
    /// Somebody is to be told again: the episode became more severe, or urgent in another measure.
    Worse { episode: u64 },
    /// It belongs to an alert that was raised, which now stands for `count` findings.
    Added { episode: u64, count: u32 },
    /// A notice beyond the day's budget, the `count`th of them.
    Held { count: u32 },
}

impl Outcome {
    pub fn is_told(&self) -> bool {
        matches!(self, Self::Raised { .. } | Self::Worse { .. })
    }
}

/// Serialised, it goes on where it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alerts {
    rules: AlertRules,
    episodes: Vec<Episode>,
    fired: Vec<Fired>,
    raised: u64,
    day: u64,
    notices: u16,
    held: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Episode {
    number: u64,
    /// Whom its alert calls.
    #[serde(default)]
    ladder: u8,
    /// What is more than a notice, by measure.
    #[serde(default)]
    urgent: BTreeMap<Measure, Severity>,
    first_ms: Millis,
    last_ms: Millis,
    count: u32,
}

/// The last time a rule was part of an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Fired {
    rule: u16,
    at_ms: Millis,
    episode: u64,
}

impl Episode {
    fn of(finding: &Finding, number: u64) -> Self {
        let mut episode = Self {
            number,
            ladder: finding.ladder,
            urgent: BTreeMap::new(),
            first_ms: finding.to_ms,
            last_ms: finding.to_ms,
            count: 0,
        };
        episode.take(finding);
        episode
    }

    /// Whether it is more severe than all before of its measure, and no mere notice.
    fn take(&mut self, finding: &Finding) -> bool {
        self.last_ms = finding.to_ms;
        self.count = self.count.saturating_add(1);
        let before = self.urgent.get(&finding.measure);
        let least = before.unwrap_or(&Severity::Notice);
        let worse = finding.severity > *least;
        if worse {
            self.urgent.insert(finding.measure, finding.severity);
        }
        worse
    }
}

impl Alerts {
    pub fn new(rules: AlertRules) -> Self {
        Self {
            rules,
            episodes: Vec::new(),
            fired: Vec::new(),
            raised: 0,
            day: 0,
            notices: 0,
            held: 0,
        }
    }

    pub fn set_rules(&mut self, rules: AlertRules) {
        self.rules = rules;
    }

    /// Findings come in the order in which they were made.
    pub fn take(&mut self, finding: &Finding) -> Outcome {
        self.begin_day(finding.to_ms);
        match self.episode_of(finding) {
            Some(at) => self.join(at, finding),
            None => self.open(finding),
        }
    }

    fn begin_day(&mut self, at_ms: Millis) {
        let day = at_ms / DAY_MS;
        if day != self.day {
            (self.day, self.notices, self.held) = (day, 0, 0);
        }
    }

    /// The rule's own alert within its cooldown, or else the episode that goes on; of its own ladder,
    /// for those of another hear nothing of it. Times are compared both ways: a clock that was ahead
    /// must not silence what comes after it was set.
    fn episode_of(&self, finding: &Finding) -> Option<usize> {
        let near = |at_ms: Millis, within: u64| finding.to_ms.abs_diff(at_ms) < within;
        let cooling = self
            .fired
            .iter()
            .find(|fired| fired.rule == finding.rule && near(fired.at_ms, self.rules.cooldown_ms));
        let own = cooling.and_then(|fired| {
            let mut episodes = self.episodes.iter();
            episodes.position(|episode| {
                episode.number == fired.episode && episode.ladder == finding.ladder
            })
        });
        own.or_else(|| {
            let mut episodes = self.episodes.iter();
            let at = episodes.rposition(|episode| episode.ladder == finding.ladder)?;
            let latest = self.episodes.get(at)?;
            let goes_on = near(latest.last_ms, self.rules.episode_ms);
            (goes_on && near(latest.first_ms, LONGEST_MS)).then_some(at)
        })
    }

    fn join(&mut self, at: usize, finding: &Finding) -> Outcome {
        let Some(episode) = self.episodes.get_mut(at) else {
            return self.open(finding);
        };
        let worse = episode.take(finding);
        let (number, count) = (episode.number, episode.count);
        // what only adds to an alert does not put off the next one of its rule
        if worse || !self.has_fired(finding.rule, number) {
            self.note(finding, number);
        }
        match worse {
            true => Outcome::Worse { episode: number },
            false => Outcome::Added {
                episode: number,
                count,
            },
        }
    }

    fn open(&mut self, finding: &Finding) -> Outcome {
        if finding.severity == Severity::Notice {
            if self.notices >= self.rules.notices_a_day {
                self.held = self.held.saturating_add(1);
                return Outcome::Held { count: self.held };
            }
            self.notices = self.notices.saturating_add(1);
        }
        self.raised = self.raised.saturating_add(1);
        let number = self.raised;
        keep(&mut self.episodes);
        self.episodes.push(Episode::of(finding, number));
        self.note(finding, number);
        Outcome::Raised { episode: number }
    }

    fn has_fired(&self, rule: u16, episode: u64) -> bool {
        let mut fired = self.fired.iter();
        fired.any(|fired| fired.rule == rule && fired.episode == episode)
    }

    fn note(&mut self, finding: &Finding, episode: u64) {
        self.fired.retain(|fired| fired.rule != finding.rule);
        keep(&mut self.fired);
        self.fired.push(Fired {
            rule: finding.rule,
            at_ms: finding.to_ms,
            episode,
        });
    }
}

/// Makes room for one more.
fn keep<T>(list: &mut Vec<T>) {
    if list.len() >= MOST {
        list.remove(0);
    }
}
