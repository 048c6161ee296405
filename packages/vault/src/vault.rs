//! What a running vault is made of.

use std::sync::Arc;

use vitals_ledger::{Account, Reader};

use crate::config::Config;
use crate::custody::Custodian;
use crate::log::DisclosureLog;
use crate::nonces::Nonces;
use crate::objects::Objects;
use crate::quota::Quota;
use crate::rates::Limiter;
use crate::refusal::Refusal;
use crate::reserve::Reserve;

/// The chain as the vault asks it.
pub type Chain = Arc<dyn Reader + Send + Sync>;

/// The vault's own account, which anchors the heads of its log.
pub type Own = Arc<dyn Account + Send + Sync>;

pub struct Vault {
    pub(crate) config: Config,
    pub(crate) chain: Chain,
    pub(crate) objects: Objects,
    pub(crate) log: Arc<DisclosureLog>,
    pub(crate) nonces: Arc<Nonces>,
    pub(crate) quota: Quota,
    pub(crate) limiter: Limiter,
    pub(crate) own: Option<Own>,
    pub(crate) custodian: Option<Custodian>,
    pub(crate) reserve: Reserve,
}

impl Vault {
    pub fn new(
        config: Config,
        chain: Chain,
        objects: Objects,
        log: DisclosureLog,
        nonces: Nonces,
    ) -> Self {
        Self {
            quota: Quota::new(config.limits()),
            limiter: Limiter::new(&config.rates),
            config,
            chain,
            objects,
            log: Arc::new(log),
            nonces: Arc::new(nonces),
            own: None,
            custodian: None,
            reserve: Reserve::default(),
        }
    }

    /// Anchors its receipts as this account, which needs a credential as vault operator.
    pub fn anchoring(mut self, own: Own) -> Self {
        self.own = Some(own);
        self
    }

    /// Keeps room on the disk for erasures.
    pub fn reserving(mut self, reserve: Reserve) -> Self {
        reserve.keep();
        self.reserve = reserve;
        self
    }

    /// Gives out shares in emergencies, as the custodian it is.
    pub fn with_custodian(mut self, custodian: Custodian) -> Self {
        self.custodian = Some(custodian);
        self
    }
}

/// Runs what blocks on a thread of its own.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| Refusal::unavailable("vault/stopping", "the vault is stopping"))?
}
