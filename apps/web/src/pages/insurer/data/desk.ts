/** In whose name an account works: its own insurance, or that of others who gave it a part. */
import { allPages, type EventSought, transactions, type Vitals } from "@cw-vitals/client";
import type { ProductInfo, StaffInfo, StaffPart } from "@cw-vitals/client/claims";

export const PARTS = ["underwriter", "assessor", "treasurer"] as const satisfies readonly StaffPart[];

export interface Desk {
  insurer: string;
  /** The insurer's own account: may do all, and appoints. */
  own: boolean;
  parts: readonly StaffPart[];
}

export const may = (desk: Desk, part: StaffPart): boolean => desk.own || desk.parts.includes(part);

/** Desks of an account, its own first. */
export async function desksOf(vitals: Vitals, account: string): Promise<Desk[]> {
  const [own, insurers] = await Promise.all([isInsurer(vitals, account), insurersNaming(vitals, account)]);
  const others = await Promise.all(insurers.map((insurer) => deskAt(vitals, insurer, account)));
  const mine: Desk[] = own ? [{ insurer: account, own: true, parts: PARTS }] : [];
  return [...mine, ...others.flat()];
}

async function isInsurer({ consent, claims }: Vitals, account: string): Promise<boolean> {
  const [{ live }, { products }] = await Promise.all([
    consent.credential({ account, role: "insurer" }),
    claims.products({ insurer: account, limit: 1 }),
  ]);
  return live || products.length > 0;
}

/** No contract lists for whom an account works: the node's index of events does, and the contract confirms it. */
async function insurersNaming(vitals: Vitals, account: string): Promise<string[]> {
  const sought: EventSought = { contract: "claims", kind: "staff_set", attributes: { account } };
  const found = await transactions(vitals, sought);
  const events = found.flatMap(({ events }) =>
    events.filter(({ kind, attributes }) => kind === "staff_set" && attributes.account === account),
  );
  return [...new Set(events.flatMap(({ attributes }) => attributes.insurer ?? []))];
}

async function deskAt(vitals: Vitals, insurer: string, account: string): Promise<Desk[]> {
  const found = (await staffOf(vitals, insurer)).find((one) => one.account === account);
  return found ? [{ insurer, own: false, parts: found.parts }] : [];
}

export function staffOf({ claims }: Vitals, insurer: string): Promise<StaffInfo[]> {
  return allPages(async (after: StaffInfo | undefined) => {
    const { staff } = await claims.staff({ insurer, ...(after ? { start_after: after.account } : {}) });
    return staff;
  });
}

/** An insurer's products; everybody's where none is named. */
export function productsOf({ claims }: Vitals, insurer?: string): Promise<ProductInfo[]> {
  return allPages(async (after: ProductInfo | undefined) => {
    const { products } = await claims.products({
      ...(insurer ? { insurer } : {}),
      ...(after ? { start_after: after.product } : {}),
      limit: 30,
    });
    return products;
  });
}

/** Products whose newest terms name the account as arbiter. */
export function arbitratedBy(products: readonly ProductInfo[], account: string): ProductInfo[] {
  return products.filter(({ terms }) => "invoice" in terms.evidence && terms.evidence.invoice.arbiter === account);
}
