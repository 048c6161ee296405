//! `vitals gateway device-password`.

use clap::Args;
use vitals_transport::credentials;

use super::{read, GatewayArgs};
use crate::failure::Failure;

#[derive(Args)]
pub struct PasswordArgs {
    #[command(flatten)]
    gateway: GatewayArgs,
    /// The device's number.
    #[arg(long)]
    device: u64,
    /// Take its password away instead: it cannot connect any more.
    #[arg(long)]
    remove: bool,
}

/// A gateway that runs takes it over within seconds.
pub fn run(args: &PasswordArgs) -> Result<(), Failure> {
    let settings = read(&args.gateway)?.settings;
    let file = settings.passwords();
    if args.remove {
        return match credentials::remove(&file, args.device)? {
            true => Ok(()),
            false => {
                let missing = format!("device {} has none", args.device);
                Err(Failure::new("gateway/device_password", missing))
            }
        };
    }
    std::fs::create_dir_all(&settings.dir).map_err(|cause| Failure::file(&settings.dir, cause))?;
    let password = credentials::new_password()?;
    credentials::set(&file, args.device, &password)?;
    println!("{password}");
    Ok(())
}
