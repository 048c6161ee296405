//! Who asks, and the ground that each cites.

use Cites::{Emergency, Grant, Guardian, Patient};

/// The ground in a request, by what the scene set up under that name.
#[derive(Debug, Clone, Copy)]
pub enum Cites {
    Patient,
    Guardian,
    /// The grant made to this account.
    Grant(&'static str),
    /// The emergency that this account opened.
    Emergency(&'static str),
}

#[derive(Debug, Clone, Copy)]
pub struct Actor {
    pub name: &'static str,
    pub account: &'static str,
    pub cites: Cites,
}

const fn actor(name: &'static str, account: &'static str, cites: Cites) -> Actor {
    Actor {
        name,
        account,
        cites,
    }
}

pub const ACTORS: [Actor; 47] = [
    actor("patient", "patient", Patient),
    actor("other patient", "other", Patient),
    actor("stranger", "stranger", Patient),
    actor("vault operator", "vault", Patient),
    actor(
        "vault operator citing a grant of another",
        "vault",
        Grant("reader"),
    ),
    actor("guardian who reads", "guardian-reads", Guardian),
    actor(
        "guardian who reads, as the patient",
        "guardian-reads",
        Patient,
    ),
    actor("guardian who revokes", "guardian-revokes", Guardian),
    actor(
        "guardian who acknowledges",
        "guardian-acknowledges",
        Guardian,
    ),
    actor("guardian whose time is over", "guardian-over", Guardian),
    actor("guardian who was dismissed", "guardian-dismissed", Guardian),
    actor("guardian who is denied", "guardian-denied", Guardian),
    actor("stranger as guardian", "stranger", Guardian),
    actor("reader", "reader", Grant("reader")),
    actor("reader citing a grant of another", "reader", Grant("payer")),
    actor("reader citing the patient", "reader", Patient),
    actor(
        "reader of another category",
        "reader-respiratory",
        Grant("reader-respiratory"),
    ),
    actor(
        "reader of earlier hours",
        "reader-earlier",
        Grant("reader-earlier"),
    ),
    actor("reader for payment", "payer", Grant("payer")),
    actor("reader for research", "researcher", Grant("researcher")),
    actor("reader for family", "relative", Grant("relative")),
    actor(
        "reader whose grant expired",
        "reader-expired",
        Grant("reader-expired"),
    ),
    actor(
        "reader whose grant begins later",
        "reader-later",
        Grant("reader-later"),
    ),
    actor(
        "reader whose grant was revoked",
        "reader-revoked",
        Grant("reader-revoked"),
    ),
    actor(
        "reader without a credential",
        "reader-plain",
        Grant("reader-plain"),
    ),
    actor(
        "reader whose credential was withdrawn",
        "reader-withdrawn",
        Grant("reader-withdrawn"),
    ),
    actor(
        "reader who is denied",
        "reader-denied",
        Grant("reader-denied"),
    ),
    actor(
        "stranger citing the reader's grant",
        "stranger",
        Grant("reader"),
    ),
    actor("discloser", "discloser", Grant("discloser")),
    actor("receiver of alerts", "receiver", Grant("receiver")),
    actor("writer of plans", "writer", Grant("writer")),
    actor("sealer", "gateway", Grant("gateway")),
    actor("team member", "member", Grant("team")),
    actor("member who left", "member-left", Grant("team")),
    actor("member who was removed", "member-removed", Grant("team")),
    actor("invited, not joined", "member-invited", Grant("team")),
    actor(
        "member of a denied team",
        "member-denied",
        Grant("team-denied"),
    ),
    actor(
        "responder in the emergency",
        "responder",
        Emergency("responder"),
    ),
    actor(
        "responder after its end",
        "responder-over",
        Emergency("responder-over"),
    ),
    actor(
        "responder whose credential was withdrawn",
        "responder-withdrawn",
        Emergency("responder-withdrawn"),
    ),
    actor(
        "responder who is denied",
        "responder-denied",
        Emergency("responder-denied"),
    ),
    actor(
        "responder citing the emergency of another",
        "responder-over",
        Emergency("responder"),
    ),
    actor(
        "stranger citing an emergency",
        "stranger",
        Emergency("responder"),
    ),
    actor("custodian", "custodian", Patient),
    actor(
        "account that was named custodian no more",
        "custodian-former",
        Patient,
    ),
    actor("custodian who is denied", "custodian-denied", Patient),
    actor(
        "custodian whose credential was withdrawn",
        "custodian-withdrawn",
        Patient,
    ),
];
