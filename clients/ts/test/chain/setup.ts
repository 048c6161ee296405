// One world for all tests of the chain: starting it takes longer than they do.

import type { TestProject } from "vitest/node";

import { Identity, loadCore } from "../../src/core/index.js";
import { startWard } from "./ward.js";
import { startWorld } from "./world.js";

declare module "vitest" {
  interface ProvidedContext {
    /** Directory of the world. */
    world: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await loadCore();
  const custodian = Identity.create();
  const { world, close } = await startWorld(custodian.reveal());
  const stop = await startWard(world, custodian).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  project.provide("world", world.home);
  return async () => {
    await stop();
    await close();
  };
}
