//! One module for each message, and what holds over all of them.

mod common;

mod access;
mod appoint_guardian;
mod credential;
mod decide;
mod deny;
mod edge;
mod enrol;
mod generation;
mod grant;
mod migration;
mod paging;
mod pause;
mod put_packages;
mod recipient;
mod revoke;
mod sequences;
