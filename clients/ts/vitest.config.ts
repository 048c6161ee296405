import { defineConfig } from "vitest/config";

const project = (name: string, include: string, testTimeout: number) => ({
  test: { name, include: [include], testTimeout, hookTimeout: testTimeout },
});

export default defineConfig({
  test: {
    projects: [
      project("unit", "test/*.test.ts", 20_000),
      project("package", "test/package/*.test.ts", 120_000),
      {
        test: {
          ...project("chain", "test/chain/*.test.ts", 120_000).test,
          globalSetup: "test/chain/setup.ts",
          fileParallelism: false,
        },
      },
    ],
  },
});
