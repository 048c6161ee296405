//! A name, a value, a note and keys that occur nowhere else go in by every way there is; afterwards
//! nothing of them is anywhere but where it is encrypted.

use anyhow::{ensure, Result};

use crate::world::{Paths, World};

mod flight;
mod needles;
mod notifications;
mod peel;
mod places;

use flight::Flight;
use needles::Needles;

const ACCOUNTS: [&str; 9] = [
    "board",
    "maker",
    "patient",
    "gateway",
    "vault",
    "vault-2",
    "writer",
    "responder",
    "stranger",
];

pub fn run(paths: Paths) -> Result<()> {
    let world = World::start(paths, &ACCOUNTS)?;
    let mut flight = Flight::take_off(world)?;
    let secrets = flight.secrets()?;
    let planted = flight.plant()?;
    let places = places::gather(&mut flight)?;
    let (hidden, plain) = (Needles::new(&secrets)?, Needles::new(&planted)?);
    let (mut leaks, mut blind, mut bytes) = (Vec::new(), Vec::new(), 0);
    for place in &places {
        let found = place.look(&[&hidden, &plain])?;
        bytes += found.bytes;
        leaks.extend(
            found
                .of(0)
                .map(|(what, form, at)| format!("{what} as {form} in {}: {at}", place.name)),
        );
        if place.planted && found.of(1).next().is_none() {
            blind.push(format!(
                "{}: what was planted there was not found",
                place.name
            ));
        }
        if !found.witnessed {
            blind.push(format!(
                "{}: {:?} must be there and is not",
                place.name, place.witness
            ));
        }
        println!(
            "  {:<34} {:>11} bytes in {:>4} pieces",
            place.name, found.bytes, found.pieces
        );
    }
    ensure!(
        blind.is_empty(),
        "the search saw too little:\n{}",
        blind.join("\n")
    );
    ensure!(
        leaks.is_empty(),
        "found what must be nowhere:\n{}",
        leaks.join("\n")
    );
    println!("{} secrets in {} forms: none in {bytes} bytes of {} places; what was planted in plain was found", secrets.len(), hidden.len(), places.len());
    Ok(())
}
