import { createHashRouter, Navigate, type RouteObject } from "react-router";
import { roleRoutes } from "../pages";
import { useSession } from "../session/useSession";
import { Loading } from "../ui/Progress";
import { NotFound, RouteError } from "./errors";
import { OpenLink } from "./OpenLink";
import { Root } from "./Root";

function Start() {
  const { role } = useSession();
  return <Navigate to={`/${role}`} replace />;
}

const routes: RouteObject[] = [
  { path: "/open/*", Component: OpenLink },
  {
    path: "/",
    Component: Root,
    ErrorBoundary: RouteError,
    HydrateFallback: Loading,
    children: [
      {
        ErrorBoundary: RouteError,
        children: [
          { index: true, Component: Start },
          ...roleRoutes,
          { path: "settings", lazy: async () => ({ Component: (await import("./SettingsPage")).SettingsPage }) },
          { path: "account", lazy: async () => ({ Component: (await import("../session/AccountPage")).AccountPage }) },
          { path: "*", Component: NotFound },
        ],
      },
    ],
  },
];

export const router = createHashRouter(routes);
