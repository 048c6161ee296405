// The client without the wasm core: what asks, sends, follows and talks to vaults.

export { type Account, localAccount } from "./account.js";
export { attribute, expectEvent, type VitalsEvent } from "./chain-events.js";
export { type ContractCall, type ContractName, type OneOf, type Queried, withFunds } from "./contract.js";
export { isVitalsError, VitalsError } from "./errors.js";
export type { EventFilter, Followed, FollowState, OnState, Unfollow } from "./follow.js";
export { funded, type Money } from "./funds.js";
export { AnchorQueries } from "./generated/anchor.js";
export * as anchorCalls from "./generated/anchor-calls.js";
export { CareQueries } from "./generated/care.js";
export * as careCalls from "./generated/care-calls.js";
export { ClaimsQueries } from "./generated/claims.js";
export * as claimsCalls from "./generated/claims-calls.js";
export { ConsentQueries } from "./generated/consent.js";
export * as consentCalls from "./generated/consent-calls.js";
export { RegistryQueries } from "./generated/registry.js";
export * as registryCalls from "./generated/registry-calls.js";
export type * from "./generated/shared.js";
export {
  type Announced,
  announced,
  type CallSeen,
  type EventSought,
  type SearchOptions,
  type TransactionSeen,
  transactions,
} from "./history.js";
export { type Deployment, loadNetwork, type Network, type VaultAt } from "./network.js";
export { ChainNode, type Head } from "./node.js";
export { allPages } from "./pages.js";
export { VaultClient } from "./vault-client.js";
export type { VaultFault, VaultFaultKind, VaultObserver } from "./vault-fault.js";
export { type ErasureReport, groundText, type Period, type Place, type Stored, Vaults } from "./vaults.js";
export { type SendOptions, type Sent, Vitals } from "./vitals.js";
export {
  onAccountChanged,
  type SuggestedChain,
  suggested,
  type WalletProvider,
  walletAccount,
  wallets,
} from "./wallet.js";
