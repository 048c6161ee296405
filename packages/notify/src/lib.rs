#![doc = include_str!("../README.md")]

mod chain;
mod dispatch;
mod error;
mod event;
mod follow;
mod lanes;
mod later;
mod outgoing;
mod people;
mod quiet;
mod secret;
mod service;
mod settings;
mod sink;
mod store;
mod text;
mod undelivered;
mod whom;

pub use chain::{Blocks, Found, Seen};
pub use dispatch::Dispatcher;
pub use error::NotifyError;
pub use follow::Follower;
pub use outgoing::Outgoing;
pub use people::{People, Person, Route};
pub use quiet::QuietHours;
pub use service::{now_ms, Service};
pub use settings::{
    MailServer, MailTls, MqttBroker, PersonSettings, RouteSettings, Settings, WebPushSender,
};
pub use sink::{vapid::VapidKey, Kind, Outcome, Sink};
pub use store::{Attempt, Gap, Receipt, State, Store, Telling};
pub use text::{Language, Message, Urgency};
