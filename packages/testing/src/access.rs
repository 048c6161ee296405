//! Everybody who meets the contracts, in one world where each can do what is theirs; and what
//! becomes of a message that one of them sends.
//!
//! `tests/message_access` tries every message as every actor against the contracts' tables of
//! permissions. A test of an attack takes the same world: [`World::attempt`] says what a contract
//! answered, and whether anything on the chain is other than before.

mod actors;
mod world;

pub use actors::{actor, Actor, RestsOn, ACTORS};
pub use world::{
    Attempt, Claimed, Devices, Kept, Known, World, FIRMWARE, IMAGE, LADDER, NEWER_FIRMWARE,
    OFFERED_S, WITHIN_S,
};
