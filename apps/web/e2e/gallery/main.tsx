import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { HashRouter, Route, Routes } from "react-router";
import { Messages } from "../../src/i18n";
import { SettingsProvider, useSettings } from "../../src/shell/settings";
import "../../src/styles/index.css";
import { ToastProvider } from "../../src/ui/Toast";
import { Charts } from "./charts";
import { Controls } from "./controls";
import { Dialogs } from "./dialogs";

function Gallery() {
  const { language, zone } = useSettings();
  return (
    <Messages language={language} timeZone={zone}>
      <ToastProvider>
        <HashRouter>
          <main>
            <Routes>
              <Route path="controls" element={<Controls />} />
              <Route path="charts" element={<Charts />} />
              <Route path="dialogs" element={<Dialogs />} />
            </Routes>
          </main>
        </HashRouter>
      </ToastProvider>
    </Messages>
  );
}

const root = document.getElementById("app");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <SettingsProvider>
        <Gallery />
      </SettingsProvider>
    </StrictMode>,
  );
}
