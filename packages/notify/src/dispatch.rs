//! Gets what waits in the store to people: by their routes in order, again and again, until it is
//! delivered, answered, or its time is over.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use metrics::{counter, gauge};

use crate::lanes::{Done, Job, Lanes};
use crate::people::{People, Person, Route};
use crate::store::{Due, State, Store, Tried};
use crate::{NotifyError, Outcome, Outgoing, Urgency};

/// Of one person, looked at in one pass.
const AT_ONCE: usize = 64;

/// Before all routes of a person are tried again: doubled from the first to the last.
const FIRST_WAIT_MS: u64 = 10_000;
const LAST_WAIT_MS: u64 = 300_000;
/// Before the next route is tried, at most.
const NEXT_ROUTE_MS: u64 = 1_000;

/// What was not tried in its time, for its lanes were busy, has so long after it: neither a clock that
/// jumps ahead nor a notifier that was away gives up what its lane takes at once. Then others are told.
const LAST_CHANCE: Duration = Duration::from_secs(20);
/// What can wait waits behind all that cannot.
const LAST_CHANCE_ROUTINE: Duration = Duration::from_secs(3_600);

/// A route is left alone no longer, whatever the other side asks for.
const LONGEST_HOLD: Duration = Duration::from_secs(1_800);

/// What a push service keeps a message for: at least a minute, at most four weeks.
const TTL_S: (u64, u64) = (60, 2_419_200);

pub struct Dispatcher {
    store: Store,
    people: Arc<People>,
    lanes: Lanes,
    /// Under way: not started again.
    in_flight: HashSet<String>,
    /// Tried, and not noted yet: where the store cannot be written, nobody is told again and again.
    unsettled: VecDeque<Done>,
    /// Routes that asked to be left alone, until when. By a clock that does not jump.
    held: HashMap<String, Instant>,
    gone: HashSet<String>,
    /// Late, and not tried by every route: since when it is seen to be. By a clock that does not jump.
    late: HashMap<String, Instant>,
    keep_ms: u64,
}

impl Dispatcher {
    pub fn new(store: Store, people: Arc<People>, keep_days: u64) -> Result<Self, NotifyError> {
        let mut gone = HashSet::new();
        for route in people.all().flat_map(|person| &person.routes) {
            if store.is_gone(&route.key)? {
                gone.insert(route.key.clone());
            }
        }
        Ok(Self {
            store,
            people,
            lanes: Lanes::new(),
            in_flight: HashSet::new(),
            unsettled: VecDeque::new(),
            held: HashMap::new(),
            gone,
            late: HashMap::new(),
            keep_ms: keep_days.saturating_mul(86_400_000),
        })
    }

    /// Notes what has been tried, waiting for the first for so long, then starts what is due.
    pub fn pass(&mut self, wait: Duration, now_ms: u64) -> Result<(), NotifyError> {
        self.settle_finished(wait, now_ms)?;
        self.end_late(now_ms)?;
        let people = Arc::clone(&self.people);
        for (person, due) in self.due(&people, now_ms)? {
            match person {
                Some(person) => self.start(person, due, now_ms)?,
                // Taken out of the configuration since.
                None => self.give_up(&due.id, "notify/no_person", now_ms)?,
            }
        }
        self.tell_counts()
    }

    /// Notes what is still under way, and starts nothing.
    pub fn finish(&mut self, patience: Duration, now_ms: u64) -> Result<(), NotifyError> {
        let end = Instant::now() + patience;
        while !self.in_flight.is_empty() && Instant::now() < end {
            self.settle_finished(Duration::from_millis(50), now_ms)?;
        }
        Ok(())
    }

    /// An error where somebody could not be told in the last day.
    pub fn all_told(&self, now_ms: u64) -> Result<(), NotifyError> {
        match self
            .store
            .undelivered_since(now_ms.saturating_sub(86_400_000))?
        {
            true => Err(NotifyError::Undelivered),
            false => Ok(()),
        }
    }

    /// Removes receipts that are old enough.
    pub fn tidy(&mut self, now_ms: u64) -> Result<usize, NotifyError> {
        self.store.forget(now_ms.saturating_sub(self.keep_ms))
    }

    fn tell_counts(&self) -> Result<(), NotifyError> {
        let gauged = |state| -> Result<f64, NotifyError> { Ok(self.store.count(state)? as f64) };
        gauge!("vitals_notify_waiting").set(gauged(State::Waiting)?);
        gauge!("vitals_notify_undelivered").set(gauged(State::Undelivered)?);
        gauge!("vitals_notify_routes_gone").set(self.gone.len() as f64);
        Ok(())
    }

    /// Ends what was tried in vain until its time was over, or could not be tried for too long since.
    fn end_late(&mut self, now_ms: u64) -> Result<(), NotifyError> {
        let now = Instant::now();
        let mut still = HashMap::new();
        for late in self.store.late(now_ms)? {
            let since = *self.late.get(&late.id).unwrap_or(&now);
            let over = match late.tried {
                true => !self.in_flight.contains(&late.id),
                false => now.duration_since(since) >= last_chance(late.urgency),
            };
            let kept_back = least(self.people.get(&late.person), now_ms) > late.urgency;
            if over {
                self.give_up(&late.id, "notify/late", now_ms)?;
            } else if !kept_back {
                still.insert(late.id, since);
            }
        }
        self.late = still;
        Ok(())
    }

    /// What can be tried now and is not under way, the longest due first: nobody's come before
    /// another's because of who they are.
    fn due<'a>(
        &self,
        people: &'a People,
        now_ms: u64,
    ) -> Result<Vec<(Option<&'a Person>, Due)>, NotifyError> {
        let mut all = Vec::new();
        for id in self.store.due_people(now_ms)? {
            let person = people.get(&id);
            let due = self
                .store
                .due(&id, least(person, now_ms), now_ms, AT_ONCE)?;
            let waits = due
                .into_iter()
                .filter(|due| !self.in_flight.contains(&due.id));
            all.extend(waits.map(|due| (person, due)));
        }
        all.sort_by_key(|(_, due)| due.next_ms);
        Ok(all)
    }

    /// By the first route of the rest of the round that takes it.
    fn start(&mut self, person: &Person, due: Due, now_ms: u64) -> Result<(), NotifyError> {
        let routes = &person.routes;
        if routes.iter().all(|route| self.gone.contains(&route.key)) {
            return self.give_up(&due.id, "notify/no_route", now_ms);
        }
        let mut busy = false;
        for (place, route) in routes.iter().enumerate().skip(due.route) {
            if !self.is_free(route) {
                continue;
            }
            let job = Job {
                at: (place, routes.len()),
                round: due.round,
                route: route.clone(),
                outgoing: outgoing(person, &due, now_ms),
            };
            if self.lanes.take(job)? {
                self.in_flight.insert(due.id);
                return Ok(());
            }
            busy = true;
        }
        match busy {
            true => Ok(()),
            false => self.next_round(&due, now_ms),
        }
    }

    fn is_free(&mut self, route: &Route) -> bool {
        let held = self.held.get(&route.key);
        if held.is_some_and(|until| *until <= Instant::now()) {
            self.held.remove(&route.key);
        }
        !self.gone.contains(&route.key) && !self.held.contains_key(&route.key)
    }

    fn next_round(&self, due: &Due, now_ms: u64) -> Result<(), NotifyError> {
        let round = due.round.saturating_add(1);
        self.store
            .begin_round(&due.id, round, now_ms.saturating_add(wait_ms(round)?))
    }

    fn settle_finished(&mut self, wait: Duration, now_ms: u64) -> Result<(), NotifyError> {
        self.unsettled.extend(self.lanes.finished(wait));
        while let Some(done) = self.unsettled.pop_front() {
            if let Err(error) = self.settle(&done, now_ms) {
                self.unsettled.push_front(done);
                return Err(error);
            }
            self.in_flight.remove(&done.job.outgoing.id);
            let (kind, code) = (done.job.route.kind.name(), done.outcome.code());
            counter!("vitals_notify_attempts_total", "route" => kind, "outcome" => code)
                .increment(1);
        }
        Ok(())
    }

    fn settle(&mut self, done: &Done, now_ms: u64) -> Result<(), NotifyError> {
        let Done { job, outcome } = done;
        let (kind, code) = (job.route.kind.name(), outcome.code());
        let tried = Tried {
            id: &job.outgoing.id,
            at_ms: now_ms,
            route: kind,
            outcome: code,
        };
        match outcome {
            Outcome::Delivered => return self.store.delivered(&tried),
            Outcome::Failed { after: None, .. } => {}
            Outcome::Failed {
                after: Some(wait), ..
            } => {
                let until = Instant::now() + (*wait).min(LONGEST_HOLD);
                self.held.insert(job.route.key.clone(), until);
            }
            Outcome::Gone => {
                self.store.gone(&job.route.key, now_ms)?;
                self.gone.insert(job.route.key.clone());
            }
        }
        let (place, routes) = job.at;
        let last = place + 1 >= routes;
        let (route, round) = match last {
            true => (0, job.round.saturating_add(1)),
            false => (place + 1, job.round),
        };
        let wait = if last {
            wait_ms(round)?
        } else {
            random_below(NEXT_ROUTE_MS)?
        };
        self.store
            .failed(&tried, route, round, now_ms.saturating_add(wait))
    }

    fn give_up(&mut self, id: &str, why: &'static str, now_ms: u64) -> Result<(), NotifyError> {
        counter!("vitals_notify_given_up_total", "why" => why).increment(1);
        tracing::warn!(why, "somebody could not be told");
        self.store.give_up(id, why, &self.people, now_ms)
    }
}

/// What comes through to a person now.
fn least(person: Option<&Person>, now_ms: u64) -> Urgency {
    let quiet = person.and_then(|person| person.quiet.as_ref());
    match quiet.is_some_and(|hours| hours.hold(now_ms)) {
        true => Urgency::Urgent,
        false => Urgency::Routine,
    }
}

fn last_chance(urgency: Urgency) -> Duration {
    match urgency {
        Urgency::Routine => LAST_CHANCE_ROUTINE,
        Urgency::Urgent | Urgency::Emergency => LAST_CHANCE,
    }
}

fn outgoing(person: &Person, due: &Due, now_ms: u64) -> Outgoing {
    let left_s = due.deadline_ms.saturating_sub(now_ms) / 1_000;
    Outgoing {
        id: due.id.clone(),
        message: due.message,
        urgency: due.urgency,
        language: person.language,
        ttl_s: left_s.clamp(TTL_S.0, TTL_S.1),
    }
}

/// Half of it at least, the rest at random: not everybody comes back at once.
fn wait_ms(round: u32) -> Result<u64, NotifyError> {
    let doubled = FIRST_WAIT_MS.saturating_mul(1 << round.saturating_sub(1).min(10));
    let half = doubled.min(LAST_WAIT_MS) / 2;
    Ok(half + random_below(half)?)
}

fn random_below(end: u64) -> Result<u64, NotifyError> {
    let mut bytes = [0u8; 8];
    getrandom::fill(&mut bytes).map_err(|_| NotifyError::Random)?;
    Ok(u64::from_le_bytes(bytes) % end.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_from_ten_seconds_to_five_minutes_and_differ() {
        for (round, least) in [
            (1, 5_000),
            (2, 10_000),
            (3, 20_000),
            (6, 150_000),
            (99, 150_000),
        ] {
            let waits: Vec<_> = (0..20).map(|_| wait_ms(round).unwrap()).collect();
            assert!(
                waits.iter().all(|wait| (least..2 * least).contains(wait)),
                "{round}"
            );
            assert!(waits.iter().any(|wait| *wait != waits[0]), "{round}");
        }
    }
}
