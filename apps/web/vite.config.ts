import react from "@vitejs/plugin-react";
import { VitePWA } from "vite-plugin-pwa";
import { defineConfig } from "vitest/config";

const pwa = VitePWA({
  strategies: "injectManifest",
  srcDir: "src",
  filename: "sw.ts",
  injectRegister: false,
  manifest: {
    name: "Vitals",
    short_name: "Vitals",
    description: "Health monitoring whose readings only you and those you admit can read",
    start_url: "./",
    scope: "./",
    display: "standalone",
    background_color: "#f5f8f9",
    theme_color: "#0b5c8c",
    icons: [
      { src: "icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" },
      { src: "icon-192.png", sizes: "192x192", type: "image/png", purpose: "any maskable" },
      { src: "icon-512.png", sizes: "512x512", type: "image/png", purpose: "any maskable" },
    ],
  },
  injectManifest: {
    globPatterns: ["**/*.{js,css,html,svg,png,wasm,webmanifest}"],
    // the core alone is some megabytes
    maximumFileSizeToCacheInBytes: 16 * 1024 * 1024,
  },
});

export default defineConfig({
  // relative: the app works in any directory of any host
  base: "./",
  plugins: [react(), pwa],
  build: {
    target: "es2022",
    // inlined scripts and fonts are data: URLs, which the policy refuses
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: "es" },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test/setup.ts"],
  },
});
