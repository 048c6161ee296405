//! One module for each message, and what holds over all of them.

mod common;

mod access;
mod adversarial;
mod appoint_guardian;
mod credential;
mod custodians;
mod dates;
mod decide;
mod decide_emergency;
mod deny;
mod edge;
mod emergency;
mod enrol;
mod generation;
mod grant;
mod hooks;
mod migration;
mod paging;
mod pause;
mod put_packages;
mod quorum;
mod receipts;
mod recipient;
mod recovered;
mod recovery;
mod review;
mod revoke;
mod safety;
mod sequences;
mod table;
mod team_denials;
mod team_grants;
mod teams;
mod thieves;
mod timing;
