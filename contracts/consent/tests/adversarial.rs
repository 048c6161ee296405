//! Attacks, each with what it is after. What a hostile sender may put into the fields of messages is
//! tried over all contracts in `vitals-testing` (`tests/message_access/hostile`).

mod asks;
mod flooding;
mod former;
mod pages;
mod seconds;
mod thief;
