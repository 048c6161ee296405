//! The caller's side of the channel: answers a contract from what cw-multi-test lent, and counts.

use std::sync::mpsc::Receiver;

use cosmwasm_std::{
    from_json, Addr, Api, Binary, CanonicalAddr, ContractResult, Empty, Order, Querier,
    QueryRequest, Record, StdError, Storage, SystemResult, WasmQuery,
};

use crate::line::{Reply, Request};
use crate::meter::{Meter, Tally, Usage};

/// A query may not write; the VM sees to that before it asks.
pub enum Lent<'a> {
    Readable(&'a dyn Storage),
    Writable(&'a mut dyn Storage),
}

impl Lent<'_> {
    fn read(&self) -> &dyn Storage {
        match self {
            Self::Readable(storage) => *storage,
            Self::Writable(storage) => *storage,
        }
    }

    fn write(&mut self, change: impl FnOnce(&mut dyn Storage)) {
        if let Self::Writable(storage) = self {
            change(*storage);
        }
    }
}

pub struct Desk<'a> {
    pub storage: Lent<'a>,
    pub api: &'a dyn Api,
    pub querier: &'a dyn Querier,
    pub meter: &'a Meter,
}

/// Where an iterator is: what of its range lies before it.
struct Cursor {
    start: Option<Vec<u8>>,
    end: Option<Vec<u8>>,
    order: Order,
    /// The entry it stands on, already paid for.
    next: Option<Record>,
}

impl Cursor {
    /// Leaves the entry it stands on for the one after it.
    fn step(&mut self, storage: &dyn Storage) -> Option<Record> {
        let left = self.next.take()?;
        match self.order {
            // the first key after this one
            Order::Ascending => self.start = Some([&left.0[..], &[0]].concat()),
            Order::Descending => self.end = Some(left.0.clone()),
        }
        self.seek(storage);
        Some(left)
    }

    fn seek(&mut self, storage: &dyn Storage) {
        let (start, end) = (self.start.as_deref(), self.end.as_deref());
        self.next = storage.range(start, end, self.order).next();
    }

    fn tally(&self) -> Tally {
        match &self.next {
            Some((key, value)) => Tally::of(key, Some(value)),
            None => Tally { count: 1, bytes: 0 },
        }
    }
}

impl Desk<'_> {
    /// Answers until the contract is done; returns what it used of the storage.
    pub fn serve(mut self, requests: &Receiver<Request>) -> Usage {
        let mut usage = Usage::default();
        let mut cursors = Vec::new();
        while let Ok(request) = requests.recv() {
            let used = self.answer(request, &mut cursors);
            usage = usage + used;
        }
        usage
    }

    fn answer(&mut self, request: Request, cursors: &mut Vec<Cursor>) -> Usage {
        match request {
            Request::Get(key, reply) => self.get(&key, &reply),
            Request::Set(key, value, reply) => self.set(&key, &value, &reply),
            Request::Remove(key, reply) => self.remove(&key, &reply),
            Request::Scan(start, end, order, reply) => {
                let cursor = Cursor {
                    start,
                    end,
                    order,
                    next: None,
                };
                self.scan(cursor, cursors, &reply)
            }
            Request::Next(id, reply) => self.next(id, cursors, &reply),
            Request::Query(request, reply) => self.query(&request, &reply),
            conversion => self.convert(conversion),
        }
    }

    fn get(&self, key: &[u8], reply: &Reply<Option<Vec<u8>>>) -> Usage {
        let value = self.storage.read().get(key);
        let usage = Usage {
            reads: Tally::of(key, value.as_deref()),
            ..Usage::default()
        };
        paid(reply, value, usage)
    }

    fn set(&mut self, key: &[u8], value: &[u8], reply: &Reply<()>) -> Usage {
        self.storage.write(|storage| storage.set(key, value));
        let usage = Usage {
            writes: Tally::of(key, Some(value)),
            ..Usage::default()
        };
        paid(reply, (), usage)
    }

    fn remove(&mut self, key: &[u8], reply: &Reply<()>) -> Usage {
        self.storage.write(|storage| storage.remove(key));
        let usage = Usage {
            removes: 1,
            ..Usage::default()
        };
        paid(reply, (), usage)
    }

    fn scan(&self, mut cursor: Cursor, cursors: &mut Vec<Cursor>, reply: &Reply<u32>) -> Usage {
        // an empty range, which a storage need not take
        let empty = matches!((&cursor.start, &cursor.end), (Some(s), Some(e)) if s >= e);
        if !empty {
            cursor.seek(self.storage.read());
        }
        let usage = stood(cursor.tally());
        cursors.push(cursor);
        let id = u32::try_from(cursors.len() - 1).expect("a contract makes few iterators");
        paid(reply, id, usage)
    }

    fn next(&self, id: u32, cursors: &mut [Cursor], reply: &Reply<Option<Record>>) -> Usage {
        let cursor = &mut cursors[id as usize];
        let record = cursor.step(self.storage.read());
        let usage = stood(cursor.tally());
        paid(reply, record, usage)
    }

    fn query(&self, request: &[u8], reply: &Reply<SystemResult<ContractResult<Binary>>>) -> Usage {
        let before = self.meter.spent();
        let answer = self.querier.raw_query(request);
        let called = self.meter.spent() - before;
        let usage = match from_json::<QueryRequest<Empty>>(request) {
            Ok(QueryRequest::Wasm(WasmQuery::Raw { key, .. })) => Usage {
                raw_queries: Tally::of(&key, value_of(&answer)),
                ..Usage::default()
            },
            _ => Usage {
                other_queries: 1,
                ..Usage::default()
            },
        };
        let _ = reply.send((answer, usage.sdk_gas() + called));
        usage
    }

    fn convert(&self, request: Request) -> Usage {
        let text = |e: StdError| e.to_string();
        match request {
            Request::Validate(human, reply) => {
                let valid = self.api.addr_validate(&human).map(|_| ()).map_err(text);
                paid(&reply, valid, Usage::default())
            }
            Request::Canonicalize(human, reply) => {
                let canonical = self.api.addr_canonicalize(&human).map_err(text);
                paid(&reply, canonical.map(Vec::from), Usage::default())
            }
            Request::Humanize(canonical, reply) => {
                let human = self.api.addr_humanize(&CanonicalAddr::from(canonical));
                paid(
                    &reply,
                    human.map(Addr::into_string).map_err(text),
                    Usage::default(),
                )
            }
            _ => Usage::default(),
        }
    }
}

/// Answers with what the usage costs.
fn paid<T>(reply: &Reply<T>, value: T, usage: Usage) -> Usage {
    // nobody listens where the contract ran out of gas meanwhile
    let _ = reply.send((value, usage.sdk_gas()));
    usage
}

fn stood(at: Tally) -> Usage {
    Usage {
        steps: at,
        ..Usage::default()
    }
}

fn value_of(answer: &SystemResult<ContractResult<Binary>>) -> Option<&[u8]> {
    match answer {
        SystemResult::Ok(ContractResult::Ok(value)) => Some(value.as_slice()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::testing::MockStorage;

    use super::*;

    fn storage() -> MockStorage {
        let mut storage = MockStorage::new();
        for key in [&b"a"[..], b"a\0", b"ab", b"b", b"b\xff", b"c"] {
            storage.set(key, b"value");
        }
        storage
    }

    fn walked(start: Option<&[u8]>, end: Option<&[u8]>, order: Order) -> (Vec<Record>, u64) {
        let storage = storage();
        let mut cursor = Cursor {
            start: start.map(<[u8]>::to_vec),
            end: end.map(<[u8]>::to_vec),
            order,
            next: None,
        };
        cursor.seek(&storage);
        let mut stood = cursor.tally();
        let mut records = Vec::new();
        while let Some(record) = cursor.step(&storage) {
            stood += cursor.tally();
            records.push(record);
        }
        (records, stood.count)
    }

    #[test]
    fn an_iterator_passes_the_same_entries_as_the_storages_own_in_either_order() {
        for (start, end) in [
            (None, None),
            (Some(&b"a\0"[..]), Some(&b"b\xff"[..])),
            (Some(b"d"), None),
        ] {
            for order in [Order::Ascending, Order::Descending] {
                let own: Vec<_> = storage().range(start, end, order).collect();
                let (records, stood) = walked(start, end, order);
                assert_eq!(records, own);
                assert_eq!(stood, own.len() as u64 + 1, "each entry, and the end");
            }
        }
    }
}
