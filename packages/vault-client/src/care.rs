//! Care plans and details of alerts, from the caller's side.

use ureq::http::Method;
use vitals_core::decision::GroundRef;
use vitals_core::measure::Category;

use crate::client::same;
use crate::{digest, ground_text, Place, Signer, VaultClient, VaultError, PLACE_HEADER};

impl<S: Signer> VaultClient<S> {
    /// Stores an encrypted plan under its digest, which is returned. Needs a ground to write plans
    /// of the category, one of those it is about.
    pub fn put_plan(
        &self,
        patient: u64,
        category: Category,
        ground: &GroundRef,
        plan: &[u8],
    ) -> Result<[u8; 32], VaultError> {
        let digest = digest(plan);
        let target = format!(
            "/v1/plans/{patient}/{}?category={}&ground={}",
            hex::encode(digest),
            category.name(),
            ground_text(ground)
        );
        self.call(Method::PUT, &target, plan)?;
        Ok(digest)
    }

    /// A plan by its version, checked against the digest that the chain keeps. Whoever may read, or
    /// write plans of, all the categories it is about.
    pub fn read_plan(
        &self,
        patient: u64,
        version: u32,
        expected: &[u8; 32],
        ground: &GroundRef,
    ) -> Result<Vec<u8>, VaultError> {
        let target = format!(
            "/v1/plans/{patient}/{version}?ground={}",
            ground_text(ground)
        );
        same(self.call(Method::GET, &target, &[])?, expected)
    }

    /// The encrypted detail of an alert, checked against the digest that the chain keeps, and where
    /// it is kept: putting it there as a blob brings it to another vault. Whoever may receive alerts
    /// of its category.
    pub fn read_alert(
        &self,
        patient: u64,
        alert: u64,
        expected: &[u8; 32],
        ground: &GroundRef,
    ) -> Result<(Vec<u8>, Place), VaultError> {
        let target = format!(
            "/v1/alerts/{patient}/{alert}?ground={}",
            ground_text(ground)
        );
        let answer = self.send(Method::GET, &target, &[])?;
        let told = answer.headers().get(PLACE_HEADER).cloned();
        let bytes = same(self.read(answer)?, expected)?;
        let place = told
            .as_ref()
            .and_then(|told| place(patient, told.to_str().ok()?));
        let place = place.ok_or_else(|| VaultError::Answer {
            cause: format!("no {PLACE_HEADER} says where the detail is kept"),
        })?;
        Ok((bytes, place))
    }
}

fn place(patient: u64, told: &str) -> Option<Place> {
    let (name, epoch) = told.split_once('/')?;
    let category = Category::ALL.into_iter().find(|c| c.name() == name)?;
    Some(Place {
        patient,
        category,
        epoch: epoch.parse().ok()?,
    })
}
