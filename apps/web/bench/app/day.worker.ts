/** The app's own worker, with a chain and a vault that answer from a file. */
import type { Vaults, Vitals } from "@cw-vitals/client";
import type { BatchInfo } from "@cw-vitals/client/anchor";
import { Identity, inCore, loadCore } from "@cw-vitals/client/core";
import { Reader } from "@cw-vitals/client/readings";
import { serve } from "../../src/worker/serve";
import { fromBase64, loadDay } from "../day";
import { listed } from "./chain";

const files = loadDay();

serve(async () => {
  const [{ day, sealed }] = await Promise.all([files, loadCore()]);
  const chain = {
    anchor: { batches: listed(day) },
    consent: { grant: async () => ({ package: { digest: day.package_digest } }) },
  };
  const vault = {
    getBatch: async (_: BatchInfo["id"], digest: string) => sealed.get(digest),
    getPackage: async () => fromBase64(day.package),
  };
  const identity = inCore(() => Identity.parse(day.identity));
  return new Reader(chain as unknown as Vitals, vault as unknown as Vaults, identity);
});
