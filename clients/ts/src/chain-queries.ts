// What is asked of the chain's modules, straight over a node's RPC: CosmJS's own client brings every message of every
// module along, most of what an application that only asks would download.

import { fromUtf8, toUtf8 } from "@cosmjs/encoding";
import type { Comet38Client } from "@cosmjs/tendermint-rpc";
import { QueryBalanceRequest, QueryBalanceResponse } from "cosmjs-types/cosmos/bank/v1beta1/query";
import {
  QueryContractInfoRequest,
  QueryContractInfoResponse,
  QueryRawContractStateRequest,
  QueryRawContractStateResponse,
  QuerySmartContractStateRequest,
  QuerySmartContractStateResponse,
} from "cosmjs-types/cosmwasm/wasm/v1/query";

/** The node's RPC, as far as it is asked here. */
export type Asks = Pick<Comet38Client, "abciQuery">;

/** What a contract answers to a query. Fails where that is no JSON. */
export async function smartState(node: Asks, address: string, query: object): Promise<unknown> {
  const request = QuerySmartContractStateRequest.fromPartial({ address, queryData: toUtf8(JSON.stringify(query)) });
  const encoded = QuerySmartContractStateRequest.encode(request).finish();
  const answer = await answered(node, "/cosmwasm.wasm.v1.Query/SmartContractState", encoded);
  return JSON.parse(fromUtf8(QuerySmartContractStateResponse.decode(answer).data));
}

/** The bytes under a key of a contract's state; none where there is no such key. */
export async function rawState(node: Asks, address: string, key: Uint8Array): Promise<Uint8Array> {
  const encoded = QueryRawContractStateRequest.encode({ address, queryData: key }).finish();
  const answer = await answered(node, "/cosmwasm.wasm.v1.Query/RawContractState", encoded);
  return QueryRawContractStateResponse.decode(answer).data;
}

/** What the chain keeps of a contract itself. */
export interface ContractRecord {
  readonly codeId: number;
  /** Who can migrate it; nobody where absent. */
  readonly admin?: string;
}

export async function contractRecord(node: Asks, address: string): Promise<ContractRecord> {
  const encoded = QueryContractInfoRequest.encode({ address }).finish();
  const answer = await answered(node, "/cosmwasm.wasm.v1.Query/ContractInfo", encoded);
  const { contractInfo } = QueryContractInfoResponse.decode(answer);
  const { codeId, admin } = contractInfo ?? {};
  return { codeId: Number(codeId ?? 0), ...(admin ? { admin } : {}) };
}

/** What an account has of a denomination, in its smallest unit. */
export async function balanceOf(node: Asks, address: string, denom: string): Promise<bigint> {
  const encoded = QueryBalanceRequest.encode(QueryBalanceRequest.fromPartial({ address, denom })).finish();
  const answer = await answered(node, "/cosmos.bank.v1beta1.Query/Balance", encoded);
  return BigInt(QueryBalanceResponse.decode(answer).balance?.amount ?? 0);
}

async function answered(node: Asks, path: string, data: Uint8Array): Promise<Uint8Array> {
  const { code, log, value } = await node.abciQuery({ path, data, prove: false });
  if (code) throw new Error(`Query failed with (${code}): ${log ?? ""}`);
  return value;
}
