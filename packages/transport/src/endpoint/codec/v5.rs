//! MQTT 5.

use bytes::BytesMut;
use rumqttc::v5::mqttbytes::v5::{
    self, ConnAck, ConnAckProperties, ConnectReturnCode, DisconnectReasonCode, Packet, PingResp,
    PubAck, SubAck, SubscribeReasonCode, UnsubAck, UnsubAckReason,
};
use rumqttc::v5::mqttbytes::{Error, QoS};

use super::{Connect, Malformed, Publish, Reason, Refusal, Reply, Request, Welcome};

/// The type of a DISCONNECT. Of these rumqttc 0.25 neither reads nor writes all there are (MQTT 5,
/// 3.14): the forms without a reason or without properties.
const DISCONNECT: u8 = 0xe0;

pub(super) fn read(bytes: &mut BytesMut, most: usize) -> Result<Option<Request>, Malformed> {
    if bytes.first() == Some(&DISCONNECT) {
        // Whatever its reason is.
        return Ok(Some(Request::Disconnect));
    }
    let before = bytes.len();
    match Packet::read(bytes, u32::try_from(most).ok()) {
        Ok(packet) => request(packet).map(Some),
        // It says the same of a packet that is whole and holds less than it promises.
        Err(Error::InsufficientBytes(_)) if bytes.len() == before => Ok(None),
        Err(_) => Err(Malformed),
    }
}

fn request(packet: Packet) -> Result<Request, Malformed> {
    Ok(match packet {
        Packet::Connect(connect, will, login) => {
            Request::Connect(self::connect(connect, will.is_some(), login))
        }
        Packet::Publish(publish) => Request::Publish(self::publish(publish)?),
        Packet::Subscribe(asked) => Request::Subscribe {
            id: asked.pkid,
            filters: asked
                .filters
                .into_iter()
                .map(|filter| filter.path)
                .collect(),
        },
        Packet::Unsubscribe(asked) => Request::Unsubscribe {
            id: asked.pkid,
            filters: asked.filters,
        },
        Packet::PingReq(_) => Request::Ping,
        Packet::Disconnect(_) => Request::Disconnect,
        _ => Request::Unexpected,
    })
}

fn connect(connect: v5::Connect, will: bool, login: Option<v5::Login>) -> Connect {
    let login = login.unwrap_or_else(|| v5::Login::new("", ""));
    let expiry = connect.properties.and_then(|p| p.session_expiry_interval);
    Connect {
        client: connect.client_id,
        clean: connect.clean_start,
        keep: expiry.is_some_and(|seconds| seconds > 0),
        keep_alive: connect.keep_alive,
        will,
        user: login.username,
        password: login.password,
    }
}

/// An alias for a topic is none: we said that we know none.
fn publish(publish: v5::Publish) -> Result<Publish, Malformed> {
    let topic = String::from_utf8(publish.topic.to_vec()).map_err(|_| Malformed)?;
    Ok(Publish {
        topic,
        qos: publish.qos as u8,
        id: publish.pkid,
        again: publish.dup,
        payload: publish.payload,
    })
}

pub(super) fn write(reply: Reply, bytes: &mut BytesMut) -> Result<(), Malformed> {
    let packet = match reply {
        Reply::Bye(reason) => {
            // With the length of no properties, without which its own clients do not read it.
            bytes.extend_from_slice(&[DISCONNECT, 2, code_of(reason), 0]);
            return Ok(());
        }
        Reply::Welcome(welcome) => Packet::ConnAck(self::welcome(welcome)),
        Reply::Refused(refusal) => Packet::ConnAck(ConnAck {
            session_present: false,
            code: code(refusal),
            properties: None,
        }),
        Reply::Stored { id } => Packet::PubAck(PubAck::new(id, None)),
        Reply::Subscribed { id, granted } => Packet::SubAck(SubAck {
            pkid: id,
            return_codes: granted.into_iter().map(grant).collect(),
            properties: None,
        }),
        Reply::Unsubscribed { id, filters } => Packet::UnsubAck(UnsubAck {
            pkid: id,
            reasons: vec![UnsubAckReason::Success; filters],
            properties: None,
        }),
        Reply::Pong => Packet::PingResp(PingResp),
        Reply::Down { topic, line } => {
            Packet::Publish(v5::Publish::new(topic, QoS::AtMostOnce, line, None))
        }
    };
    packet
        .write(bytes, None)
        .map(|_written| ())
        .map_err(|_| Malformed)
}

fn welcome(welcome: Welcome) -> ConnAck {
    let properties = ConnAckProperties {
        // A session that is kept is kept for good, and whatever was asked for is overruled so.
        session_expiry_interval: Some(if welcome.keep { u32::MAX } else { 0 }),
        receive_max: Some(welcome.in_flight),
        max_qos: Some(1),
        retain_available: Some(0),
        max_packet_size: Some(welcome.packet_bytes),
        assigned_client_identifier: welcome.client,
        topic_alias_max: Some(0),
        reason_string: None,
        user_properties: Vec::new(),
        wildcard_subscription_available: Some(0),
        subscription_identifiers_available: Some(0),
        shared_subscription_available: Some(0),
        server_keep_alive: Some(welcome.keep_alive),
        response_information: None,
        server_reference: None,
        authentication_method: None,
        authentication_data: None,
    };
    ConnAck {
        session_present: welcome.session_present,
        code: ConnectReturnCode::Success,
        properties: Some(properties),
    }
}

fn code(refusal: Refusal) -> ConnectReturnCode {
    match refusal {
        Refusal::Password => ConnectReturnCode::BadUserNamePassword,
        Refusal::Form => ConnectReturnCode::NotAuthorized,
    }
}

fn grant(granted: bool) -> SubscribeReasonCode {
    if granted {
        SubscribeReasonCode::Success(QoS::AtMostOnce)
    } else {
        SubscribeReasonCode::NotAuthorized
    }
}

fn code_of(reason: Reason) -> u8 {
    let code = match reason {
        Reason::Malformed => DisconnectReasonCode::MalformedPacket,
        Reason::Protocol => DisconnectReasonCode::ProtocolError,
        Reason::NotAuthorized => DisconnectReasonCode::NotAuthorized,
        Reason::Qos => DisconnectReasonCode::QoSNotSupported,
        Reason::TakenOver => DisconnectReasonCode::SessionTakenOver,
        Reason::Silent => DisconnectReasonCode::KeepAliveTimeout,
        Reason::Again => DisconnectReasonCode::ServerBusy,
    };
    code as u8
}
