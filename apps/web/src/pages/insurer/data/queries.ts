/** What the insurer's pages ask of the chain. Equal keys share one answer. */
import { allPages, type Vitals } from "@cw-vitals/client";
import type {
  ClaimInfo,
  ClaimState,
  ExposureInfo,
  HistoryEntry,
  PolicyState,
  PoolInfo,
  ProductInfo,
  WaitingInfo,
} from "@cw-vitals/client/claims";
import { useChain } from "../../../data";
import { productsOf, staffOf } from "./desk";

const CLAIMS = { contracts: ["claims"] } as const;
/** States of policies and claims follow from the time: no event tells of a deadline that passes. */
export const TIMED = { ...CLAIMS, everyMs: 5_000 } as const;

export const useProducts = (insurer: string) =>
  useChain(["insurer", "products", insurer], (vitals) => productsOf(vitals, insurer), CLAIMS);

export const useAllProducts = () => useChain(["insurer", "products"], (vitals) => productsOf(vitals), CLAIMS);

export const useStaff = (insurer: string) =>
  useChain(["insurer", "staff", insurer], (vitals) => staffOf(vitals, insurer), CLAIMS);

/** The product in one version of its terms, the newest where none is named. */
export const useProduct = (product: string, version?: number) =>
  useChain(
    ["insurer", "product", product, version],
    ({ claims }) => claims.product({ product, ...(version ? { version } : {}) }),
    CLAIMS,
  );

export interface Money {
  product: ProductInfo;
  pool: PoolInfo;
  exposure: ExposureInfo;
}

export const useMoney = (product: string) =>
  useChain(["insurer", "money", product], (vitals) => moneyOf(vitals, product), CLAIMS);

export const useMoneyOfAll = (products: readonly ProductInfo[]) =>
  useChain(
    ["insurer", "money", products.map(({ product }) => product)],
    (vitals) => Promise.all(products.map(({ product }) => moneyOf(vitals, product))),
    CLAIMS,
  );

async function moneyOf({ claims }: Vitals, number: string): Promise<Money> {
  const [product, pool, exposure] = await Promise.all([
    claims.product({ product: number }),
    claims.pool({ product: number }),
    claims.exposure({ product: number }),
  ]);
  return { product, pool, exposure };
}

export interface Waiting extends WaitingInfo {
  product: string;
}

/** What waits for a second person, of all these products. */
export const useWaiting = (products: readonly string[]) =>
  useChain(
    ["insurer", "waiting", products],
    async ({ claims }) => {
      const lists = products.map(async (product) => {
        const { waiting } = await claims.waiting({ product, limit: 30 });
        return waiting.map((one): Waiting => ({ ...one, product }));
      });
      return (await Promise.all(lists)).flat();
    },
    { ...CLAIMS, enabled: products.length > 0 },
  );

export const usePolicy = (policy: string) =>
  useChain(["insurer", "policy", policy], ({ claims }) => claims.policy({ policy }), TIMED);

export const useHistory = (policy: string) =>
  useChain(["insurer", "history", policy], (vitals) => historyOf(vitals, policy), CLAIMS);

/** What was done about a policy and its claims, oldest first. */
export async function historyOf({ claims }: Vitals, policy: string): Promise<HistoryEntry[]> {
  const all: HistoryEntry[] = [];
  for (;;) {
    const { entries } = await claims.history({ policy, skip: all.length, limit: 30 });
    if (entries.length === 0) return all;
    all.push(...entries);
  }
}

export const usePolicyClaims = (policy: string) =>
  useChain(
    ["insurer", "policy-claims", policy],
    ({ claims }) =>
      allPages(async (after: ClaimInfo | undefined) => {
        const page = await claims.claims({ policy, ...(after ? { start_after: after.claim } : {}), limit: 30 });
        return page.claims;
      }),
    TIMED,
  );

export const useClaim = (policy: string, claim: number) =>
  useChain(["insurer", "claim", policy, claim], ({ claims }) => claims.claim({ policy, claim }), TIMED);

/** One page of a product's policies. A page that names a state may be short: `next` says whether there are more. */
export function policiesPage(
  { claims }: Vitals,
  product: string,
  state: PolicyState | undefined,
  after: string | undefined,
) {
  return claims.productPolicies({
    product,
    limit: 30,
    ...(state ? { state } : {}),
    ...(after ? { start_after: after } : {}),
  });
}

export interface ProductClaim extends ClaimInfo {
  product: string;
}

/** All of some products' claims in a state, oldest first. */
export const useClaimsIn = (products: readonly string[], states: readonly ClaimState[]) =>
  useChain(
    ["insurer", "claims-in", products, states],
    async (vitals) =>
      (
        await Promise.all(products.flatMap((product) => states.map((state) => claimsIn(vitals, product, state))))
      ).flat(),
    { ...TIMED, enabled: products.length > 0 },
  );

async function claimsIn({ claims }: Vitals, product: string, state: ClaimState): Promise<ProductClaim[]> {
  const all: ProductClaim[] = [];
  let after: { policy: string; claim: number } | null | undefined;
  do {
    const page = await claims.productClaims({ product, state, limit: 30, ...(after ? { start_after: after } : {}) });
    all.push(...page.claims.map((claim): ProductClaim => ({ ...claim, product })));
    after = page.next;
  } while (after);
  return all;
}
