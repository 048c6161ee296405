import type * as registry from "@cw-vitals/client/registry";
import { type ChainData, useChain } from "../../../data/chain";

export interface KnownModel extends registry.ModelInfo {
  makerName: string;
}

/** What the chain knows of a model: a file's own words for it are nobody's. */
export function useModel(model: number): ChainData<KnownModel> {
  return useChain<KnownModel>(["registry.model", model], async ({ registry: ask }) => {
    const info = await ask.model({ model });
    const { name } = await ask.maker({ maker: info.maker });
    return { ...info, makerName: name };
  });
}
