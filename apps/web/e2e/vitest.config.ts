import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "node",
    include: ["e2e/**/*.e2e.ts"],
    // one network and one browser at a time: figures are of an idle machine
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
