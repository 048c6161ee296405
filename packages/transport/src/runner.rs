//! A thread for what waits on the network, that ends with its owner.

use std::future::Future;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

use crate::TransportError;

/// How long a password that is being hashed is waited for at the end.
const LEFT_OVER: Duration = Duration::from_secs(1);

pub(crate) struct Runner(Runtime);

/// Ends the thread, and waits for it, when it is dropped.
pub(crate) struct Running {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Runner {
    pub fn new() -> Result<Self, TransportError> {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(2)
            .build()
            .map_err(TransportError::Thread)?;
        Ok(Self(runtime))
    }

    pub fn run(
        self,
        name: &str,
        work: impl Future<Output = ()> + Send + 'static,
    ) -> Result<Running, TransportError> {
        let (stop, stopped) = oneshot::channel::<()>();
        let body = move || {
            self.0.block_on(async {
                tokio::select! {
                    () = work => {}
                    // Its other end is dropped.
                    _ = stopped => {}
                }
            });
            self.0.shutdown_timeout(LEFT_OVER);
        };
        let thread = thread::Builder::new()
            .name(name.into())
            .spawn(body)
            .map_err(TransportError::Thread)?;
        Ok(Running {
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic in it was reported where it happened.
            let _ended = thread.join();
        }
    }
}
