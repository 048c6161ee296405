import { VitalsError } from "@cw-vitals/client/errors";
import { loadNetwork, type Network } from "@cw-vitals/client/network";

/** The network, from `config.json` beside the app. @throws VitalsError `app/config` where there is none */
export async function fetchNetwork(): Promise<Network> {
  const response = await fetch("./config.json", { cache: "no-cache" }).catch((cause: unknown) => {
    throw new VitalsError("app/config", "config.json could not be fetched", { cause });
  });
  if (!response.ok) throw new VitalsError("app/config", `config.json is not there: HTTP ${response.status}`);
  const json: unknown = await response.json().catch((cause: unknown) => {
    throw new VitalsError("app/config", "config.json is not JSON", { cause });
  });
  return loadNetwork(json);
}
