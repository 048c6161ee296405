import { useChain } from "../../../data";
import { CONTRACTS, contractsOf } from "./info";

export const useContracts = () => useChain(["operator", "contracts"], contractsOf, { contracts: CONTRACTS });
