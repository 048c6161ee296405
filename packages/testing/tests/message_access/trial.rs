//! One case, tried as one actor.

use cosmwasm_std::{Addr, Uint64};
use vitals_api::access::{Row, Who};
use vitals_api::admin::AdminMsg;
use vitals_testing::access::{Actor, Attempt, World};
use vitals_testing::Contract;

use crate::cases::{admin, Case, Sent};
use crate::outcome::{code, wrong, wrong_elsewhere};

pub struct Trial<'a> {
    contract: Contract,
    case: &'a Case,
    row: Row,
    paused: bool,
}

pub struct Answer {
    pub code: String,
    /// What is not as the table says.
    pub wrong: Vec<String>,
}

impl<'a> Trial<'a> {
    pub fn new(contract: Contract, case: &'a Case, paused: bool) -> Self {
        Self {
            contract,
            case,
            row: contract.row(case.message),
            paused,
        }
    }

    /// In a world where nothing was tried before.
    pub fn run(&self, world: &mut World, actor: &Actor) -> Answer {
        let address = self.contract.address(&world.suite.at).clone();
        let sent = (self.case.build)(world, actor);
        assert_eq!(sent.name(), self.case.message, "the case is of its message");
        let mut found = Vec::new();
        if self.paused {
            world.act("owner", &address, &admin::sent(AdminMsg::Pause {}).msg);
        } else {
            found.extend(self.foreign(world, actor, &address, &sent));
        }
        let attempt = send(world, actor, &address, &sent);
        found.extend(wrong(&attempt, self.lets(actor), self.paused));
        let shown = |why| self.shown(actor, why);
        Answer {
            code: code(&attempt),
            wrong: found.into_iter().map(shown).collect(),
        }
    }

    fn lets(&self, actor: &Actor) -> bool {
        let stopped = self.paused && self.case.stops(&self.row);
        self.case.lets_actor(&self.row, actor) && !stopped
    }

    /// What went wrong with messages that are like the one to be tried, but lean on a right that is
    /// somebody else's, or over somebody else. All are refused, so that the world stays as it is.
    fn foreign(
        &self,
        world: &mut World,
        actor: &Actor,
        address: &Addr,
        sent: &Sent,
    ) -> Vec<String> {
        let mut found = Vec::new();
        for foreign in foreign_grounds(world, actor, sent) {
            let attempt = send(world, actor, address, &foreign);
            found.extend(with(wrong(&attempt, false, false), &foreign));
        }
        if let Some(foreign) = self.of_another_patient(world, actor, sent) {
            let attempt = send(world, actor, address, &foreign);
            found.extend(with(wrong_elsewhere(&attempt), &foreign));
        }
        found
    }

    /// The same message about another patient, where only a right over the patient lets it through.
    fn of_another_patient(&self, world: &World, actor: &Actor, sent: &Sent) -> Option<Sent> {
        if actor.name == "other patient" || !self.row.who.iter().all(is_over_a_patient) {
            return None;
        }
        sent.replaced("patient", &Uint64::new(world.other_patient))
    }

    fn shown(&self, actor: &Actor, why: String) -> String {
        let state = if self.paused { "paused" } else { "running" };
        let title = title(self.contract, self.case);
        format!("{title}, {state}: {} {why}", actor.name)
    }
}

pub fn title(contract: Contract, case: &Case) -> String {
    let of = match case.of {
        "" => String::new(),
        of => format!(" ({of})"),
    };
    format!("{} {}{of}", contract.name(), case.message)
}

fn send(world: &mut World, actor: &Actor, address: &Addr, sent: &Sent) -> Attempt {
    world.attempt(actor.name, address, &sent.msg, &sent.funds)
}

fn with(why: Option<String>, sent: &Sent) -> Option<String> {
    why.map(|why| format!("{why}, with {}", sent.msg))
}

/// The same message on each ground that is not the actor's, where it names one.
fn foreign_grounds(world: &World, actor: &Actor, sent: &Sent) -> Vec<Sent> {
    let own = world.ground(actor);
    let grounds = world.grounds().into_iter().filter(|ground| *ground != own);
    grounds
        .filter_map(|ground| sent.replaced("ground", &ground))
        .collect()
}

fn is_over_a_patient(who: &Who) -> bool {
    matches!(
        who,
        Who::Patient | Who::Guardian(_) | Who::Permitted(_) | Who::PlanAuthor
    )
}
