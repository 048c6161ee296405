//! What takes funds, sent with tokens: open to whom the row of its namesake names, as everybody.

use vitals_api::access::{Paused, Row};
use vitals_api::admin::AdminMsg;
use vitals_testing::access::{Actor, World, ACTORS};
use vitals_testing::Contract;

use crate::cases::admin;
use crate::cases::claims_tokens::{Brought, BROUGHT};
use crate::outcome::wrong;

/// Who holds tokens only: its contract sends for others.
const TOKENS: [&str; 2] = ["token", "other token"];

fn tried(
    world: &mut World,
    actor: &Actor,
    brought: Brought,
    row: &Row,
    paused: bool,
) -> Vec<String> {
    let (msg, amount) = brought(world, actor);
    if paused {
        let claims = world.suite.at.claims.clone();
        world.act("owner", &claims, &admin::sent(AdminMsg::Pause {}).msg);
    }
    let stopped = paused && row.paused == Paused::Stops;
    let let_through = actor.is_one_of(row.who) && !stopped;
    let token = world.token.at.clone();
    let send = world.send_msg(amount, &msg);
    let attempt = world.attempt(actor.name, &token, &send, &[]);
    let shown = |why| format!("{}, paused {paused}: {} {why}", row.message, actor.name);
    wrong(&attempt, let_through, paused)
        .into_iter()
        .map(shown)
        .collect()
}

/// A stranger sends tokens with a message to bind the patient, or to claim for it, and hopes that
/// the token is believed in its stead. Everybody is who it is: whoever may not send the message with
/// coins may not send it with tokens, running or paused, and keeps them.
#[test]
fn tokens_open_to_nobody_what_coins_do_not() {
    let mut world = World::new();
    let kept = world.keep();
    let mut found = Vec::new();
    for (message, brought) in BROUGHT {
        let row = Contract::Claims.row(message);
        for actor in ACTORS.iter().filter(|actor| !TOKENS.contains(&actor.name)) {
            for paused in [false, true] {
                world.restore(&kept);
                found.extend(tried(&mut world, actor, brought, &row, paused));
            }
        }
    }
    assert!(found.is_empty(), "against the table:\n{}", found.join("\n"));
}
