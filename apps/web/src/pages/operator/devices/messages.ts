/** Messages of the registry that these pages send. */
import type { ExecuteMsgs } from "@cw-vitals/client/registry";

export type ListModel = ExecuteMsgs["list_model"];
export type AdmitMaker = ExecuteMsgs["admit_maker"];
