//! What a vault is asked, and who may by the table in its README.

use Body::{Blob, None, Package, Plan};
use Vault::{Custodian, Ward};

/// Of which bytes, other ones for each request.
#[derive(Debug, Clone, Copy)]
pub enum Body {
    None,
    Blob,
    Package,
    Plan,
}

/// Which vault it goes to.
#[derive(Debug, Clone, Copy)]
pub enum Vault {
    Ward,
    Custodian,
}

pub struct Request {
    pub name: &'static str,
    pub method: &'static str,
    /// Path and query; what is in braces the scene knows.
    pub target: &'static str,
    pub body: Body,
    pub vault: Vault,
    /// Signed by the key of a session that the actor's account began, not by the account.
    pub by_session: bool,
    /// Whether what is served leaves a receipt.
    pub releases: bool,
    /// Actors who are served.
    pub may: &'static [&'static str],
}

/// Whoever controls the patient.
const PATIENT: &[&str] = &["patient"];
const PATIENT_OR_GUARDIAN: &[&str] = &["patient", "guardian who reads"];

const fn get(name: &'static str, target: &'static str, may: &'static [&'static str]) -> Request {
    Request {
        name,
        method: "GET",
        target,
        body: None,
        vault: Ward,
        by_session: false,
        releases: true,
        may,
    }
}

const fn put(
    name: &'static str,
    target: &'static str,
    body: Body,
    may: &'static [&'static str],
) -> Request {
    Request {
        name,
        method: "PUT",
        target,
        body,
        vault: Ward,
        by_session: false,
        releases: false,
        may,
    }
}

pub const REQUESTS: [Request; 30] = [
    get(
        "GET batch, cardiac, for treatment",
        "/v1/batches/{patient}/cardiac/{hour}/{device}/1?purpose=TREAT&ground={ground}",
        &["patient", "guardian who reads", "reader", "team member"],
    ),
    get(
        "GET batch, cardiac, for payment",
        "/v1/batches/{patient}/cardiac/{hour}/{device}/1?purpose=HPAYMT&ground={ground}",
        &["patient", "guardian who reads", "reader for payment"],
    ),
    get(
        "GET batch, cardiac, for research",
        "/v1/batches/{patient}/cardiac/{hour}/{device}/1?purpose=HRESCH&ground={ground}",
        &["patient", "guardian who reads", "reader for research"],
    ),
    get(
        "GET batch, cardiac, for family",
        "/v1/batches/{patient}/cardiac/{hour}/{device}/1?purpose=FAMRQT&ground={ground}",
        &["patient", "guardian who reads", "reader for family"],
    ),
    get(
        "GET batch, cardiac, in an emergency",
        "/v1/batches/{patient}/cardiac/{hour}/{device}/1?purpose=ETREAT&ground={ground}",
        &[
            "patient",
            "guardian who reads",
            "responder in the emergency",
        ],
    ),
    get(
        "GET batch, respiratory, for treatment",
        "/v1/batches/{patient}/respiratory/{hour}/{device}/2?purpose=TREAT&ground={ground}",
        &[
            "patient",
            "guardian who reads",
            "reader of another category",
        ],
    ),
    get(
        "GET batch, cardiac, a week before (there is none)",
        "/v1/batches/{patient}/cardiac/{week_before}/{device}/1?purpose=TREAT&ground={ground}",
        &[],
    ),
    get(
        "GET batch of another patient",
        "/v1/batches/{other}/cardiac/{hour}/{device}/1?purpose=TREAT&ground={ground}",
        &[],
    ),
    get(
        "GET batch, citing nothing",
        "/v1/batches/{patient}/cardiac/{hour}/{device}/1?purpose=TREAT",
        &[
            "patient",
            "guardian who reads",
            "guardian who reads, as the patient",
            "reader",
            "reader citing a grant of another",
            "reader citing the patient",
            "team member",
        ],
    ),
    get(
        "GET key package of the grant cited, or the reader's",
        "/v1/packages/{patient}/{grant}?ground={ground}",
        &[
            "patient",
            "reader",
            "reader of another category",
            "reader of earlier hours",
            "reader for payment",
            "reader for research",
            "reader for family",
            "team member",
            "sealer",
        ],
    ),
    get(
        "GET plan of two categories",
        "/v1/plans/{patient}/1?ground={ground}",
        &["patient", "guardian who reads", "writer of plans"],
    ),
    get(
        "GET detail of an alert",
        "/v1/alerts/{patient}/{alert}?ground={ground}",
        &["patient", "guardian who acknowledges", "receiver of alerts"],
    ),
    get(
        "GET one's own share, or the custodian's",
        "/v1/shares/{patient}/{share}",
        &["patient", "custodian"],
    ),
    Request {
        vault: Custodian,
        ..get(
            "GET emergency share, of the custodian",
            "/v1/emergency/{patient}/{emergency}/share",
            &["responder in the emergency"],
        )
    },
    get(
        "GET emergency share, of a vault that is no custodian",
        "/v1/emergency/{patient}/{emergency}/share",
        &[],
    ),
    get(
        "GET emergency package",
        "/v1/emergency/{patient}/{emergency}/package/{package}",
        &["responder in the emergency"],
    ),
    Request {
        releases: false,
        ..get(
            "GET receipts",
            "/v1/receipts/{patient}?ground={ground}",
            PATIENT_OR_GUARDIAN,
        )
    },
    put(
        "PUT blob, cardiac",
        "/v1/blobs/{patient}/cardiac/{hour}/{digest}?ground={ground}",
        Blob,
        &["patient", "sealer"],
    ),
    put(
        "PUT blob, of a category not granted",
        "/v1/blobs/{patient}/metabolic/{hour}/{digest}?ground={ground}",
        Blob,
        PATIENT,
    ),
    put(
        "PUT blob, of an hour not granted",
        "/v1/blobs/{patient}/cardiac/{week_before}/{digest}?ground={ground}",
        Blob,
        PATIENT,
    ),
    put(
        "PUT key package",
        "/v1/packages/{patient}/{digest}",
        Package,
        PATIENT,
    ),
    put(
        "PUT share",
        "/v1/shares/{patient}/{digest}",
        Package,
        PATIENT,
    ),
    put(
        "PUT plan, cardiac",
        "/v1/plans/{patient}/{digest}?category=cardiac&ground={ground}",
        Plan,
        &["patient", "writer of plans"],
    ),
    put(
        "PUT plan, of a category not granted",
        "/v1/plans/{patient}/{digest}?category=metabolic&ground={ground}",
        Plan,
        PATIENT,
    ),
    Request {
        method: "POST",
        releases: false,
        ..get(
            "POST erase, hours without anything",
            "/v1/erase/{patient}?category=cardiac&from={week_before}&to={six_days_before}",
            PATIENT,
        )
    },
    Request {
        by_session: true,
        ..get(
            "by a session: GET batch, cardiac, for treatment",
            "/v1/batches/{patient}/cardiac/{hour}/{device}/1?purpose=TREAT&ground={ground}",
            &["patient", "guardian who reads", "reader", "team member"],
        )
    },
    Request {
        by_session: true,
        vault: Custodian,
        ..get(
            "by a session: GET emergency share, of the custodian",
            "/v1/emergency/{patient}/{emergency}/share",
            &["responder in the emergency"],
        )
    },
    Request {
        by_session: true,
        releases: false,
        ..get(
            "by a session: GET receipts",
            "/v1/receipts/{patient}?ground={ground}",
            PATIENT_OR_GUARDIAN,
        )
    },
    Request {
        by_session: true,
        ..put(
            "by a session: PUT blob, cardiac",
            "/v1/blobs/{patient}/cardiac/{hour}/{digest}?ground={ground}",
            Blob,
            &[],
        )
    },
    Request {
        by_session: true,
        method: "POST",
        releases: false,
        ..get(
            "by a session: POST erase",
            "/v1/erase/{patient}?category=cardiac&from={week_before}&to={six_days_before}",
            &[],
        )
    },
];

/// Once the patient erased everything.
pub const AFTER_ERASURE: [Request; 4] = [
    get(
        "erased: GET batch, cardiac, for treatment",
        "/v1/batches/{patient}/cardiac/{hour}/{device}/1?purpose=TREAT&ground={ground}",
        &[],
    ),
    get(
        "erased: GET key package of the grant cited, or the reader's",
        "/v1/packages/{patient}/{grant}?ground={ground}",
        &[],
    ),
    get(
        "erased: GET plan of two categories",
        "/v1/plans/{patient}/1?ground={ground}",
        &[],
    ),
    get(
        "erased: GET emergency package",
        "/v1/emergency/{patient}/{emergency}/package/{package}",
        &[],
    ),
];
