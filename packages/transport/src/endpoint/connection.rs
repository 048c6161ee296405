//! One connection, from its first byte to its end.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{split, AsyncRead, AsyncWrite, ReadHalf, WriteHalf};
use tokio::sync::{mpsc, Semaphore};
use tokio::time::{timeout_at, Instant};

use super::codec::{Connect, Refusal, Reply, Request, Version, Welcome};
use super::end::End;
use super::reader::{Packets, Reader};
use super::strangers::Stranger;
use super::writer::Writer;
use super::Shared;

/// The largest first packet: names, a password and a client identifier.
const GREETING_BYTES: usize = 4 * 1024;

/// Replies that wait to be written; a client that does not read is not read from.
const REPLIES: usize = 256;

/// A device that was let in.
struct Guest<S> {
    packets: Packets<ReadHalf<S>>,
    writer: Writer<WriteHalf<S>>,
    version: Version,
    connect: Connect,
    device: u64,
}

/// Until it ends. It has until `greeted` to say who it is.
pub(super) async fn serve<S: AsyncRead + AsyncWrite>(
    stream: S,
    shared: &Shared,
    mut stranger: Stranger,
    greeted: Instant,
) -> End {
    let guest = tokio::select! {
        () = stranger.crowded_out() => Err(End::Crowded),
        guest = timeout_at(greeted, greet(stream, shared)) => guest.unwrap_or(Err(End::Silent)),
    };
    drop(stranger);
    match guest {
        Err(end) => end,
        Ok(guest) => host(guest, shared).await,
    }
}

async fn greet<S: AsyncRead + AsyncWrite>(stream: S, shared: &Shared) -> Result<Guest<S>, End> {
    let (input, output) = split(stream);
    let mut packets = Packets::new(input, GREETING_BYTES);
    let version = packets.version().await?;
    let mut writer = Writer::new(output, version, shared.limits.write);
    let Request::Connect(connect) = packets.next(version).await? else {
        return Err(End::Protocol);
    };
    match admit(&connect, version, shared).await {
        Err((refusal, end)) => {
            writer.say(Reply::Refused(refusal)).await?;
            writer.close(end).await;
            Err(end)
        }
        Ok(device) => Ok(Guest {
            packets,
            writer,
            version,
            connect,
            device,
        }),
    }
}

/// A will would have no reader, and a session that is kept needs a name to know it by.
async fn admit(
    connect: &Connect,
    version: Version,
    shared: &Shared,
) -> Result<u64, (Refusal, End)> {
    let nameless = version == Version::V4 && connect.keep && connect.client.is_empty();
    if connect.will || nameless {
        return Err((Refusal::Form, End::Protocol));
    }
    let device = shared.guard.admit(&connect.user, &connect.password).await;
    device.ok_or((Refusal::Password, End::Password))
}

async fn host<S: AsyncRead + AsyncWrite>(guest: Guest<S>, shared: &Shared) -> End {
    let Guest {
        mut packets,
        mut writer,
        version,
        connect,
        device,
    } = guest;
    let client = client(&connect, device);
    let session = shared
        .sessions
        .resume(device, &client, connect.clean, connect.keep);
    let (outgoing, mut waiting) = mpsc::channel(REPLIES);
    let listens = session.unwrap_or(false);
    let (seat, ended) = shared.peers.enter(device, outgoing.clone(), listens);
    let keep_alive = shared.keep_alive(connect.keep_alive);
    let welcome = shared.welcome(&connect, client, session.is_some(), keep_alive);
    if let Err(end) = writer.say(Reply::Welcome(welcome)).await {
        return end;
    }
    packets.most = shared.limits.packet_bytes;
    let reader = Reader {
        packets,
        version,
        silence: Duration::from_secs(u64::from(keep_alive)) * 3 / 2,
        seat: &seat,
        shared,
        outgoing,
        in_flight: Arc::new(Semaphore::new(shared.limits.in_flight.into())),
    };
    let end = tokio::select! {
        end = ended => end.unwrap_or(End::Closing),
        end = reader.run() => end,
        end = writer.run(&mut waiting) => end,
    };
    writer.close(end).await;
    end
}

/// What a session is known by; a client without a name of its own gets one.
fn client(connect: &Connect, device: u64) -> String {
    if connect.client.is_empty() {
        return format!("device-{device}");
    }
    connect.client.clone()
}

impl Shared {
    /// Seconds; a client that asks for none, or for very long, is held to what we wait.
    fn keep_alive(&self, asked: u16) -> u16 {
        let most = u16::try_from(self.limits.silence.as_secs()).unwrap_or(u16::MAX);
        if asked == 0 {
            most
        } else {
            asked.min(most)
        }
    }

    fn welcome(
        &self,
        connect: &Connect,
        client: String,
        present: bool,
        keep_alive: u16,
    ) -> Welcome {
        Welcome {
            session_present: present,
            keep: connect.keep,
            in_flight: self.limits.in_flight,
            packet_bytes: u32::try_from(self.limits.packet_bytes).unwrap_or(u32::MAX),
            keep_alive,
            client: connect.client.is_empty().then_some(client),
        }
    }
}
