//! MQTT 3.1.1.

use bytes::BytesMut;
use rumqttc::mqttbytes::v4::{
    self, ConnAck, ConnectReturnCode, Packet, PubAck, SubAck, SubscribeReasonCode, UnsubAck,
};
use rumqttc::mqttbytes::{Error, QoS};

use super::{Connect, Malformed, Publish, Refusal, Reply, Request};

pub(super) fn read(bytes: &mut BytesMut, most: usize) -> Result<Option<Request>, Malformed> {
    let before = bytes.len();
    match Packet::read(bytes, most) {
        Ok(packet) => Ok(Some(request(packet))),
        Err(Error::InsufficientBytes(_)) if bytes.len() == before => Ok(None),
        Err(_) => Err(Malformed),
    }
}

fn request(packet: Packet) -> Request {
    match packet {
        Packet::Connect(connect) => Request::Connect(self::connect(connect)),
        Packet::Publish(publish) => Request::Publish(Publish {
            topic: publish.topic,
            qos: publish.qos as u8,
            id: publish.pkid,
            again: publish.dup,
            payload: publish.payload,
        }),
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
            filters: asked.topics,
        },
        Packet::PingReq => Request::Ping,
        Packet::Disconnect => Request::Disconnect,
        _ => Request::Unexpected,
    }
}

fn connect(connect: v4::Connect) -> Connect {
    let login = connect.login.unwrap_or_else(|| v4::Login::new("", ""));
    Connect {
        client: connect.client_id,
        clean: connect.clean_session,
        keep: !connect.clean_session,
        keep_alive: connect.keep_alive,
        will: connect.last_will.is_some(),
        user: login.username,
        password: login.password,
    }
}

pub(super) fn write(reply: Reply, bytes: &mut BytesMut) -> Result<(), Malformed> {
    packet(reply)
        .map_or(Ok(0), |packet| packet.write(bytes, usize::MAX))
        .map(|_written| ())
        .map_err(|_| Malformed)
}

fn packet(reply: Reply) -> Option<Packet> {
    Some(match reply {
        Reply::Welcome(welcome) => Packet::ConnAck(ConnAck::new(
            ConnectReturnCode::Success,
            welcome.session_present,
        )),
        Reply::Refused(refusal) => Packet::ConnAck(ConnAck::new(code(refusal), false)),
        Reply::Stored { id } => Packet::PubAck(PubAck::new(id)),
        Reply::Subscribed { id, granted } => {
            let codes = granted.into_iter().map(grant).collect();
            Packet::SubAck(SubAck::new(id, codes))
        }
        Reply::Unsubscribed { id, .. } => Packet::UnsubAck(UnsubAck::new(id)),
        Reply::Pong => Packet::PingResp,
        Reply::Down { topic, line } => {
            Packet::Publish(v4::Publish::new(topic, QoS::AtMostOnce, line))
        }
        Reply::Bye(_) => return None,
    })
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
        SubscribeReasonCode::Failure
    }
}
