import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./shell/App";
import { installServiceWorker } from "./shell/update";
import "./styles/index.css";

const root = document.getElementById("app");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
// without it the app works, but not offline
void installServiceWorker().catch(() => undefined);
