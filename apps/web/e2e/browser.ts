/** The system's Chromium, by playwright-core. */
import { type Browser, chromium } from "playwright-core";

export function launch(): Promise<Browser> {
  // its sandbox takes a user namespace, which root in a container has not
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });
}
