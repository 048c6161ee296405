import { allPages, type Vitals } from "@cw-vitals/client";
import type * as claims from "@cw-vitals/client/claims";
import { useEffect } from "react";
import { type ChainData, useChain } from "../../../data/chain";
import { useClock } from "../../../data/clock";
import { historyOf } from "../../insurer/data/queries";
import { nextOf, nextTurn, premium } from "./terms";

export interface MyPolicy {
  policy: claims.PolicyInfo;
  /** With the terms that the policy was sold on. */
  product: claims.ProductInfo;
}

const ON = { contracts: ["claims"] as const };

/** A policy's state follows from the time too: asked again once a block after its next turn is there. */
function useTurns(asked: ChainData<readonly MyPolicy[]>): void {
  const { data, refetch } = asked;
  const times = (data ?? []).map(({ policy, product }) => ({ ...policy, graceS: premium(product.terms).graceS }));
  useTurn(nextTurn(times, useClock()()), refetch);
}

function useTurn(turn: number | undefined, refetch: () => void): void {
  const clock = useClock();
  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again gives another function each time
  useEffect(() => {
    if (turn === undefined) return;
    const timers = BLOCKS_MS.map((later) => setTimeout(refetch, Math.min(turn - clock() + later, LONGEST_MS)));
    return () => timers.forEach(clearTimeout);
  }, [turn]);
}

/** After so long a block is there, on a fast chain and on a slow one. */
const BLOCKS_MS = [2_000, 12_000];
/** A timer counts no further than 2^31 ms. */
const LONGEST_MS = 2_000_000_000;

/** The patient's policies, the newest first. */
export function usePolicies(patient: string): ChainData<MyPolicy[]> {
  const asked = useChain<MyPolicy[]>(
    ["claims.policies", patient],
    async (vitals) => {
      const policies = await allPages<claims.PolicyInfo>(async (after) => {
        const page = await vitals.claims.policies({ patient, limit: 30, ...(after && { start_after: after.policy }) });
        return page.policies;
      });
      const known = await Promise.all(policies.map((policy) => withProduct(vitals, policy)));
      return known.reverse();
    },
    { patient, ...ON },
  );
  useTurns(asked);
  return asked;
}

export function usePolicy(patient: string, number: string): ChainData<MyPolicy> {
  const asked = useChain<MyPolicy>(
    ["claims.policy", number],
    async (vitals) => withProduct(vitals, await vitals.claims.policy({ policy: number })),
    { patient, ...ON },
  );
  useTurns({ ...asked, data: asked.data && [asked.data] });
  return asked;
}

async function withProduct(vitals: Vitals, policy: claims.PolicyInfo): Promise<MyPolicy> {
  const { product, version } = policy;
  return { policy, product: await vitals.claims.product({ product, version }) };
}

/** What is on sale. */
export function useProducts(): ChainData<claims.ProductInfo[]> {
  return useChain<claims.ProductInfo[]>(
    ["claims.products"],
    async (vitals) => {
      const all = await allPages<claims.ProductInfo>(async (after) => {
        const page = await vitals.claims.products({ limit: 30, ...(after && { start_after: after.product }) });
        return page.products;
      });
      return all.filter(({ on_sale }) => on_sale);
    },
    ON,
  );
}

export function useProduct(product: string): ChainData<claims.ProductInfo> {
  return useChain<claims.ProductInfo>(["claims.product", product], (vitals) => vitals.claims.product({ product }), ON);
}

export function useClaims(patient: string, policy: string): ChainData<claims.ClaimInfo[]> {
  const asked = useChain<claims.ClaimInfo[]>(
    ["claims.claims", policy],
    (vitals) =>
      allPages(async (after: claims.ClaimInfo | undefined) => {
        const page = await vitals.claims.claims({ policy, limit: 30, ...(after && { start_after: after.claim }) });
        return page.claims;
      }),
    { patient, ...ON },
  );
  const deadlines = (asked.data ?? []).map(({ evidence }) =>
    "invoice" in evidence ? evidence.invoice.deadline : null,
  );
  useTurn(
    nextOf(
      deadlines.map((deadline) => deadline ?? 0),
      useClock()(),
    ),
    asked.refetch,
  );
  return asked;
}

/** What a cancelled policy gives back once it is over, unless a claim is paid; nothing where it was not cancelled. */
export function useRefund({ policy, patient, state }: claims.PolicyInfo): string | undefined {
  const { data } = useChain<string | null>(
    ["claims.refund", policy],
    async (vitals) => {
      const entries = await historyOf(vitals, policy);
      return entries.find(({ kind }) => kind === "cancelled")?.amount ?? null;
    },
    { patient, ...ON, enabled: state === "cancelled" || state === "elapsed" },
  );
  return data ?? undefined;
}

/** What could not be paid to the account when it was due. */
export function useOwed(account: string, product: string): ChainData<claims.OwedInfo> {
  return useChain<claims.OwedInfo>(
    ["claims.owed", product, account],
    (vitals) => vitals.claims.owed({ account, product }),
    ON,
  );
}

/** What an account has of a coin of the chain, in its smallest unit. Asked where the coin is one. */
export function useBalance(account: string, denom: string | undefined): ChainData<string> {
  return useChain<string>(
    ["balance", account, denom],
    async ({ node }) => String(await node.balance(account, denom ?? "")),
    { ...ON, enabled: denom !== undefined },
  );
}
