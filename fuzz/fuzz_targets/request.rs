#![no_main]

use libfuzzer_sys::fuzz_target;
use vitals_fuzz::{canonical, choice};
use vitals_vault_client::{
    ground_text, parse_ground, Authorization, Delegation, Payload, SessionRequest, SignedRequest,
};

fuzz_target!(|data: &[u8]| {
    let Some((which, bytes)) = choice(data) else {
        return;
    };
    let Ok(text) = std::str::from_utf8(bytes) else {
        let _ = Payload::from_bytes(bytes);
        return;
    };
    match which % 5 {
        0 => canonical(
            bytes,
            |_| SignedRequest::from_header(text),
            SignedRequest::to_header,
        ),
        1 => canonical(bytes, |_| parse_ground(text).ok_or(()), ground_text),
        2 => {
            if let Ok(payload) = Payload::from_bytes(bytes) {
                let _ = payload.nonce_bytes();
            }
        }
        3 => canonical(bytes, |_| by_session(text), SessionRequest::to_header),
        _ => canonical(bytes, Delegation::parse, |session| {
            session.text().unwrap_or_default()
        }),
    }
});

fn by_session(text: &str) -> Result<SessionRequest, ()> {
    match Authorization::from_header(text) {
        Ok(Authorization::Session(request)) => Ok(request),
        _ => Err(()),
    }
}
