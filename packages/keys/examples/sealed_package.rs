//! Seals a key package made for it alone to the recipients given, on stdout: `clients/age-check`
//! opens it with another implementation of age. On stderr: the SHA-256 of what is inside.

use std::io::Write;

use vitals_core::measure::Category;
use vitals_core::package::{digest, KeyPackage};
use vitals_core::time::Window;
use vitals_keys::Keys;

const PATIENT: u64 = 7;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let recipients: Vec<String> = std::env::args().skip(1).collect();
    let package: KeyPackage = Keys::create(PATIENT, 1)?.package(
        &[Category::Cardiac, Category::Respiratory],
        Window::new(495_000, 495_168)?,
    )?;
    std::io::stdout().write_all(&package.seal_to_all(&recipients)?)?;
    eprintln!("{}", hex::encode(digest(&package.to_bytes()?)));
    Ok(())
}
