//! Who vouches for a request: its account, or the key of a session that its account began.

use vitals_core::key;

use crate::request::{header, header_parts};
use crate::session::{session_digest, session_id};
use crate::{sign_doc, Delegation, HeaderError, Payload, SignedRequest, Signer, SignerError};

/// The scheme in the `authorization` header of a request by a session.
pub const SESSION_SCHEME: &str = "Vitals-Session";

/// A delegation's text, with the key and signature of its account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegated {
    pub text: Vec<u8>,
    /// Compressed secp256k1, 33 bytes.
    pub public_key: Vec<u8>,
    /// 64 bytes, over the ADR-036 document of the text.
    pub signature: Vec<u8>,
}

/// Payload bytes with the session that vouches for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRequest {
    pub payload: Vec<u8>,
    /// 64 bytes, by the session's key.
    pub signature: Vec<u8>,
    pub delegated: Delegated,
}

/// An `authorization` header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Authorization {
    Account(SignedRequest),
    Session(SessionRequest),
}

impl Delegated {
    pub fn sign(delegation: &Delegation, signer: &impl Signer) -> Result<Self, SignerError> {
        let text = delegation.text();
        let text = text.map_err(|cause| SignerError(cause.to_string()))?;
        let signature = signer.sign(&sign_doc(text.as_bytes(), signer.address()))?;
        Ok(Self {
            text: text.into_bytes(),
            public_key: signer.public_key().to_vec(),
            signature: signature.to_vec(),
        })
    }
}

impl SessionRequest {
    pub fn sign(
        payload: &Payload,
        delegated: &Delegated,
        key: &impl key::Signer,
    ) -> Result<Self, SignerError> {
        let payload =
            serde_json::to_vec(payload).map_err(|cause| SignerError(cause.to_string()))?;
        let signature = key.sign(&session_digest(&session_id(&delegated.text), &payload));
        Ok(Self {
            payload,
            signature: signature.to_vec(),
            delegated: delegated.clone(),
        })
    }

    /// The value of the `authorization` header: payload, its signature, the delegation's text, and
    /// key and signature of its account.
    pub fn to_header(&self) -> String {
        let Delegated {
            text,
            public_key,
            signature,
        } = &self.delegated;
        header(
            SESSION_SCHEME,
            [&self.payload, &self.signature, text, public_key, signature],
        )
    }

    fn from_header(value: &str) -> Result<Self, HeaderError> {
        let names = [
            "payload",
            "session's signature",
            "delegation",
            "account's public key",
            "account's signature",
        ];
        let [payload, signature, text, public_key, by_account] =
            header_parts(SESSION_SCHEME, value, names)?;
        Ok(Self {
            payload,
            signature,
            delegated: Delegated {
                text,
                public_key,
                signature: by_account,
            },
        })
    }
}

impl Authorization {
    pub fn from_header(value: &str) -> Result<Self, HeaderError> {
        match value.split_once(' ') {
            Some((SESSION_SCHEME, _)) => SessionRequest::from_header(value).map(Self::Session),
            _ => SignedRequest::from_header(value).map(Self::Account),
        }
    }

    pub fn payload(&self) -> &[u8] {
        match self {
            Self::Account(request) => &request.payload,
            Self::Session(request) => &request.payload,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::MAX_HEADER;
    use crate::{MAX_SESSION_S, MAX_SESSION_VAULTS};

    fn request() -> SessionRequest {
        SessionRequest {
            payload: b"{}".to_vec(),
            signature: vec![3; 64],
            delegated: Delegated {
                text: b"text".to_vec(),
                public_key: vec![2; 33],
                signature: vec![4; 64],
            },
        }
    }

    #[test]
    fn each_scheme_comes_back_as_itself() {
        let header = request().to_header();
        let read = Authorization::from_header(&header);
        assert_eq!(read, Ok(Authorization::Session(request())));
        let own = SignedRequest {
            payload: b"{}".to_vec(),
            public_key: vec![2; 33],
            signature: vec![3; 64],
        };
        let read = Authorization::from_header(&own.to_header());
        assert_eq!(read, Ok(Authorization::Account(own)));
    }

    #[test]
    fn a_header_of_another_shape_is_refused() {
        for bad in [
            "Vitals-Session",
            "Vitals-Session ",
            "Vitals-Session YQ.YQ.YQ",
            "Vitals-Session YQ.YQ.YQ.YQ.YQ.YQ",
            "Vitals-Session YQ.YQ.YQ==.YQ.YQ",
            "Vitals YQ.YQ.YQ.YQ.YQ",
            "vitals-session YQ.YQ.YQ.YQ.YQ",
        ] {
            assert!(Authorization::from_header(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn the_longest_session_fits_and_a_longer_header_is_not_decoded() {
        let name = |letter: u8| char::from(b'a' + letter).to_string().repeat(90);
        let longest = Delegation {
            chain_id: name(0),
            account: name(1),
            vaults: (0..MAX_SESSION_VAULTS as u8).map(name).collect(),
            key: [7; 32],
            from: 1_795_442_000,
            until: 1_795_442_000 + MAX_SESSION_S,
        };
        let payload = Payload::new(&name(0), &name(1), "GET", &"/".repeat(1_000), b"", 5).unwrap();
        let mut request = request();
        request.delegated.text = longest.text().unwrap().into_bytes();
        request.payload = serde_json::to_vec(&payload).unwrap();
        assert!(Authorization::from_header(&request.to_header()).is_ok());
        request.payload = vec![b' '; MAX_HEADER];
        let long = Authorization::from_header(&request.to_header());
        assert!(matches!(long, Err(HeaderError::Long { .. })));
    }
}
