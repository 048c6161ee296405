//! The end of a service: SIGTERM, or Ctrl-C.

use tokio::signal::unix::{signal, Signal, SignalKind};

use crate::failure::Failure;

/// Calls `stop` once the process is asked to end; a second time it is not waited for.
pub fn on_stop(stop: impl FnOnce() + Send + 'static) -> Result<(), Failure> {
    let failed = |cause: std::io::Error| Failure::new("cli/signal", cause);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(failed)?;
    let (mut terminate, mut interrupt) = runtime
        .block_on(async {
            let one = |kind| -> std::io::Result<Signal> { signal(kind) };
            Ok::<_, std::io::Error>((one(SignalKind::terminate())?, one(SignalKind::interrupt())?))
        })
        .map_err(failed)?;
    std::thread::spawn(move || {
        runtime.block_on(async {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            stop();
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            std::process::exit(1);
        });
    });
    Ok(())
}
