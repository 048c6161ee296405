//! Mail over SMTP, by TLS from the first byte or by STARTTLS, never in the clear beyond this
//! machine.

use std::sync::Arc;

use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, CertificateStore, Tls, TlsParameters};
use lettre::transport::smtp::{Error, SmtpTransport};
use lettre::{Message, Transport};

use super::http::is_loopback;
use super::{Outcome, Sink, PATIENCE};
use crate::settings::{MailServer, MailTls};
use crate::{secret, NotifyError, Outgoing};

/// How to reach the server, for all who get mail.
pub(crate) struct Post {
    transport: SmtpTransport,
    from: Mailbox,
}

pub(crate) struct Mail {
    post: Arc<Post>,
    to: Mailbox,
}

impl Post {
    pub fn open(settings: &MailServer) -> Result<Self, NotifyError> {
        let usual = SmtpTransport::builder_dangerous(&settings.host)
            .port(settings.port)
            .timeout(Some(PATIENCE))
            .tls(tls(settings)?);
        let transport = match (&settings.username, &settings.password_file) {
            (Some(user), Some(file)) => {
                let password = secret::read(file)?.to_string();
                usual.credentials(Credentials::new(user.clone(), password))
            }
            _ => usual,
        };
        Ok(Self {
            transport: transport.build(),
            from: mailbox(&settings.from)?,
        })
    }
}

fn tls(settings: &MailServer) -> Result<Tls, NotifyError> {
    match settings.tls {
        MailTls::Implicit => Ok(Tls::Wrapper(parameters(settings)?)),
        MailTls::Starttls => Ok(Tls::Required(parameters(settings)?)),
        MailTls::None if is_loopback(&settings.host) => Ok(Tls::None),
        MailTls::None => Err(NotifyError::Url {
            got: settings.host.clone(),
            rule: "mail in the clear is for an address of this machine",
        }),
    }
}

fn parameters(settings: &MailServer) -> Result<TlsParameters, NotifyError> {
    let failed = |cause: Error| NotifyError::Tls {
        cause: cause.to_string(),
    };
    let builder = TlsParameters::builder(settings.host.clone());
    let Some(path) = &settings.authority_file else {
        return builder.build_rustls().map_err(failed);
    };
    let pem = std::fs::read(path).map_err(|cause| NotifyError::file(path, cause))?;
    builder
        .certificate_store(CertificateStore::None)
        .add_root_certificate(Certificate::from_pem(&pem).map_err(failed)?)
        .build_rustls()
        .map_err(failed)
}

pub(crate) fn mailbox(address: &str) -> Result<Mailbox, NotifyError> {
    address.parse().map_err(
        |cause: lettre::address::AddressError| NotifyError::Address {
            got: address.into(),
            rule: cause.to_string(),
        },
    )
}

impl Mail {
    pub fn new(address: &str, post: Arc<Post>) -> Result<Self, NotifyError> {
        let to = mailbox(address)?;
        Ok(Self { post, to })
    }

    fn message(&self, outgoing: &Outgoing) -> Option<Message> {
        let domain = self.post.from.email.domain();
        Message::builder()
            .from(self.post.from.clone())
            .to(self.to.clone())
            .subject(outgoing.title())
            .message_id(Some(format!("<{}@{domain}>", outgoing.id)))
            .header(ContentType::TEXT_PLAIN)
            .header(AutoSubmitted)
            .body(format!("{}\n", outgoing.text()))
            .ok()
    }
}

impl Sink for Mail {
    fn send(&self, outgoing: &Outgoing, _now_ms: u64) -> Outcome {
        let Some(message) = self.message(outgoing) else {
            return Outcome::failed("notify/request");
        };
        match self.post.transport.send(&message) {
            Ok(_) => Outcome::Delivered,
            Err(error) => Outcome::failed(why(&error)),
        }
    }
}

/// The server's words may hold the address: only the kind is told.
fn why(error: &Error) -> &'static str {
    match error {
        error if error.is_permanent() => "notify/refused",
        error if error.is_transient() => "notify/server",
        error if error.is_timeout() => "notify/timeout",
        error if error.is_tls() => "notify/tls",
        _ => "notify/unreachable",
    }
}

/// Keeps out-of-office answers away (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".into())
    }
}
