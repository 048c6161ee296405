//! `vitals sponsor`: an account that pays the fees of others, for calls of these contracts.

mod amounts;
mod grant;
mod list;
mod state;
mod watch;

use clap::Subcommand;

use crate::failure::Failure;

#[derive(Subcommand)]
pub enum Command {
    /// Let an account spend on fees: so much in all, so much a period, until a date.
    Grant(grant::GrantArgs),
    /// Show what was granted, and what is left of it.
    List(list::ListArgs),
    /// Take grants back.
    Revoke(grant::RevokeArgs),
    /// Follow what is spent, and take the grant of whoever spends it on other contracts.
    Watch(watch::WatchArgs),
}

pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Grant(args) => grant::grant(&args),
        Command::List(args) => list::list(&args),
        Command::Revoke(args) => grant::revoke(&args),
        Command::Watch(args) => watch::run(&args),
    }
}
