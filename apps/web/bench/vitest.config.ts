import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "node",
    include: ["bench/**/*.bench.ts"],
    // rounds on a machine that others use too
    testTimeout: 1_800_000,
    hookTimeout: 180_000,
  },
});
