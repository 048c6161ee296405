import type { Network } from "@cw-vitals/client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { RouterProvider } from "react-router/dom";
import { Messages } from "../i18n";
import { SessionProvider } from "../session/Session";
import { ErrorBoundary, ErrorNotice } from "../ui/ErrorNotice";
import { ToastProvider } from "../ui/Toast";
import { fetchNetwork } from "./config";
import { router } from "./router";
import { SettingsProvider, useSettings } from "./settings";

const queries = new QueryClient({
  defaultOptions: {
    // followed events say when to ask anew; a failed attempt shows at once, and is tried again when the node is back
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      retry: 1,
      retryDelay: 500,
      networkMode: "always",
      refetchOnWindowFocus: false,
    },
    mutations: { networkMode: "always" },
  },
});

export function App() {
  return (
    <SettingsProvider>
      <Localised>
        <ErrorBoundary>
          <ToastProvider>
            <Configured />
          </ToastProvider>
        </ErrorBoundary>
      </Localised>
    </SettingsProvider>
  );
}

function Localised({ children }: { children: ReactNode }) {
  const { language, zone } = useSettings();
  return (
    <Messages language={language} timeZone={zone}>
      {children}
    </Messages>
  );
}

function Configured() {
  const [network, setNetwork] = useState<Network>();
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt fetches again
  useEffect(() => {
    setError(undefined);
    fetchNetwork().then(setNetwork, setError);
  }, [attempt]);
  if (error !== undefined) return <ErrorNotice error={error} onRetry={() => setAttempt((n) => n + 1)} />;
  if (!network) return null;
  return (
    <QueryClientProvider client={queries}>
      <SessionProvider network={network}>
        <RouterProvider router={router} />
      </SessionProvider>
    </QueryClientProvider>
  );
}
