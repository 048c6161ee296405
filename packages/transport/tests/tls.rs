//! TLS at the endpoint, with certificates of an authority of our own.

mod support;

use std::sync::Arc;

use rumqttc::tokio_rustls::rustls::crypto::ring::default_provider;
use rumqttc::tokio_rustls::rustls::pki_types::pem::PemObject;
use rumqttc::tokio_rustls::rustls::pki_types::CertificateDer;
use rumqttc::tokio_rustls::rustls::{ClientConfig, RootCertStore};
use rumqttc::{MqttOptions, TlsConfiguration, Transport};
use support::certify::certify;
use support::*;
use vitals_transport::{endpoint, Plain};

fn edge() -> Edge {
    Edge::with(|config, dir| config.tls = Some(certify(dir, "a")))
}

fn trusting(edge: &Edge, authority: &str) -> MqttOptions {
    let pem = edge.dir.path().join(format!("{authority}.pem"));
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_file(pem).unwrap())
        .unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let mut options = MqttOptions::new("tls", "localhost", edge.port());
    options.set_credentials("1", password(1));
    let tls = TlsConfiguration::Rustls(Arc::new(config));
    options.set_transport(Transport::tls_with_config(tls));
    options
}

#[test]
fn a_device_that_trusts_the_authority_is_served() {
    let edge = edge();
    let device = Device::start(trusting(&edge, "a"));
    device.connected();
    assert!(device.subscribe(&down(1)));
    device.publish(&up(1), "AQEx");
    let received = edge.next();
    assert_eq!(line(&received), (Some(1), "AQEx"));
    received.ack.done();
    device.stored();
    edge.outbox.send(1, "AQMx");
    assert_eq!(device.seen(), Seen::Down(down(1), "AQMx".into()));
}

#[test]
fn neither_another_authority_nor_plain_text_gets_through() {
    let edge = edge();
    certify(edge.dir.path(), "b");
    let wrong = Device::start(trusting(&edge, "b")).ended();
    assert!(
        wrong.contains("UnknownIssuer") || wrong.contains("certificate"),
        "{wrong}"
    );
    Device::start(edge.options(1)).ended();
    edge.nothing_comes();
}

#[test]
fn a_renewed_certificate_holds_without_a_restart() {
    let edge = edge();
    let renewed = certify(edge.dir.path(), "b");
    let files = edge.config.tls.clone().unwrap();
    std::fs::rename(renewed.key, &files.key).unwrap();
    std::fs::rename(renewed.certificate, &files.certificate).unwrap();
    Device::start(trusting(&edge, "b")).connected();
}

#[test]
fn a_network_needs_tls_or_an_explicit_word() {
    let edge = edge();
    let refused = |change: &dyn Fn(&mut endpoint::Config)| {
        let mut config = edge.config.clone();
        config.listen = ([0, 0, 0, 0], 0).into();
        change(&mut config);
        let (tx, _received) = std::sync::mpsc::sync_channel(1);
        endpoint::start(config, tx)
            .err()
            .map(|refused| refused.to_string())
    };
    let plain = refused(&|config| config.tls = None).unwrap();
    assert!(plain.starts_with("transport/plain: 0.0.0.0"), "{plain}");
    assert_eq!(refused(&|_| {}), None);
    assert_eq!(
        refused(&|config| {
            config.tls = None;
            config.plain = Plain::Anywhere;
        }),
        None
    );
    let swapped = refused(&|config| {
        let files = config.tls.as_mut().unwrap();
        std::mem::swap(&mut files.certificate, &mut files.key);
    });
    assert!(swapped.unwrap().starts_with("transport/tls: "));
    let taken = refused(&|config| config.listen = edge.config.listen).unwrap();
    assert!(taken.starts_with("transport/listen: "), "{taken}");
}
