//! What is stored. Keys are private; everything goes through these functions.

mod books;
mod claims;
mod config;
mod keys;
mod money;
mod packed;
#[cfg(test)]
mod pinned;
mod policies;
mod products;
mod staff;
mod waiting;

pub(crate) use books::{books, save_books, Books};
pub(crate) use claims::{
    claim, claims_of_policy, claims_of_product, forget_invoice, invoice_known, is_day_paid,
    mark_day_paid, note_invoice, save_claim, Appeal, Claim, ClaimEvidence, Invoice, Verdict,
};
pub(crate) use config::{config, save_config, Config};
pub(crate) use money::{
    admit_native, denoms_native, dismiss_native, is_native_admitted, is_token_admitted, owed,
    save_owed, save_token, set_token_admitted, token, tokens_admitted, Denom, Owed, Token,
};
pub(crate) use policies::{
    counted_days, is_day_counted, last_bound, list_policy, mark_day_counted, next_policy, payments,
    policies_of_patient, policies_of_product, policy, save_bound, save_payment, save_policy,
    Cancelled, Payment, Policy, Policyholder,
};
pub(crate) use products::{
    add_product, add_terms, has_products, product, products, products_of, save_product, terms,
    terms_digest, Product,
};
pub(crate) use staff::{is_arbiter, note_arbiter, parts, set_parts, staff, Parts};
pub(crate) use waiting::{forget_waiting, save_waiting, waiting, waiting_of, Subject, Waiting};
