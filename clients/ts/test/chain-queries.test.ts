import { fromUtf8, toUtf8 } from "@cosmjs/encoding";
import { QueryBalanceRequest, QueryBalanceResponse } from "cosmjs-types/cosmos/bank/v1beta1/query";
import {
  QueryContractInfoResponse,
  QueryRawContractStateResponse,
  QuerySmartContractStateRequest,
  QuerySmartContractStateResponse,
} from "cosmjs-types/cosmwasm/wasm/v1/query";
import { expect, test } from "vitest";

import { type Asks, balanceOf, contractRecord, rawState, smartState } from "../src/chain-queries.js";

/** A node that answers with these bytes, and what it was asked. */
function node(value: Uint8Array, code = 0, log = "") {
  const heard: { path: string; data: Uint8Array }[] = [];
  const abciQuery: Asks["abciQuery"] = (asked) => {
    heard.push(asked);
    return Promise.resolve({ code, log, value, key: new Uint8Array(), codespace: "", info: "" });
  };
  return { heard, abciQuery };
}

const smart = (text: string) => QuerySmartContractStateResponse.encode({ data: toUtf8(text) }).finish();

test("a smart query asks the contract in JSON, and its answer is JSON", async () => {
  const of = node(smart('{"owner":"wasm1o"}'));
  expect(await smartState(of, "wasm1c", { admin: {} })).toEqual({ owner: "wasm1o" });
  expect(of.heard[0]?.path).toBe("/cosmwasm.wasm.v1.Query/SmartContractState");
  const { address, queryData } = QuerySmartContractStateRequest.decode(of.heard[0]?.data ?? new Uint8Array());
  expect([address, fromUtf8(queryData)]).toEqual(["wasm1c", '{"admin":{}}']);
  await expect(smartState(node(smart("no json")), "wasm1c", {})).rejects.toThrow();
});

test("a refusal is told in the node's words, which name the contract's code", async () => {
  const refused = smartState(node(new Uint8Array(), 9, "consent/not_found: no patient 7"), "wasm1c", {});
  await expect(refused).rejects.toThrow("Query failed with (9): consent/not_found: no patient 7");
});

test("a key that a contract has not is no bytes", async () => {
  const record = QueryRawContractStateResponse.encode({ data: new Uint8Array([1, 2]) }).finish();
  expect(await rawState(node(record), "wasm1c", new Uint8Array([9]))).toEqual(new Uint8Array([1, 2]));
  expect(await rawState(node(new Uint8Array()), "wasm1c", new Uint8Array([9]))).toEqual(new Uint8Array());
});

test("a balance is of the denomination asked for, beyond 2^53 too, and 0 where there is none", async () => {
  const balance = { denom: "uvital", amount: "9007199254740993" };
  const of = node(QueryBalanceResponse.encode({ balance }).finish());
  expect(await balanceOf(of, "wasm1a", "uvital")).toBe(9007199254740993n);
  expect(QueryBalanceRequest.decode(of.heard[0]?.data ?? new Uint8Array())).toMatchObject({ denom: "uvital" });
  expect(await balanceOf(node(new Uint8Array()), "wasm1a", "uvital")).toBe(0n);
});

test("a contract's record names its code, and nobody where nobody can migrate it", async () => {
  const record = (admin: string) =>
    QueryContractInfoResponse.encode(
      QueryContractInfoResponse.fromPartial({ address: "wasm1c", contractInfo: { codeId: 3n, admin } }),
    ).finish();
  expect(await contractRecord(node(record("wasm1a")), "wasm1c")).toEqual({ codeId: 3, admin: "wasm1a" });
  expect(await contractRecord(node(record("")), "wasm1c")).toEqual({ codeId: 3 });
});
