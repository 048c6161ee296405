import "./operator.css";
import { Boxes, Cpu, Gauge, Hourglass, Radio, UserCheck } from "lucide-react";
import type { RouteObject } from "react-router";
import type { NavItem } from "../../shell/nav";

/** Paths are relative to /operator. Pages are loaded when they are opened. */
export const routes: RouteObject[] = [
  { index: true, lazy: async () => ({ Component: (await import("./network/OverviewPage")).OverviewPage }) },
  { path: "waiting", lazy: async () => ({ Component: (await import("./waiting/WaitingPage")).WaitingPage }) },
  { path: "devices", lazy: async () => ({ Component: (await import("./devices/DevicesPage")).DevicesPage }) },
  { path: "devices/new", lazy: async () => ({ Component: (await import("./devices/RegisterPage")).RegisterPage }) },
  { path: "devices/:device", lazy: async () => ({ Component: (await import("./devices/DevicePage")).DevicePage }) },
  { path: "models", lazy: async () => ({ Component: (await import("./devices/ModelsPage")).ModelsPage }) },
  { path: "models/:model", lazy: async () => ({ Component: (await import("./devices/ModelPage")).ModelPage }) },
  { path: "gateways", lazy: async () => ({ Component: (await import("./gateways/GatewaysPage")).GatewaysPage }) },
  {
    path: "admissions",
    lazy: async () => ({ Component: (await import("./admissions/AdmissionsPage")).AdmissionsPage }),
  },
  { path: "contracts", lazy: async () => ({ Component: (await import("./contracts/ContractsPage")).ContractsPage }) },
];

export const nav: NavItem[] = [
  { to: "/operator", label: "operator.nav.overview", icon: Gauge },
  { to: "/operator/waiting", label: "operator.nav.waiting", icon: Hourglass },
  { to: "/operator/devices", label: "operator.nav.devices", icon: Cpu },
  { to: "/operator/gateways", label: "operator.nav.gateways", icon: Radio },
  { to: "/operator/admissions", label: "operator.nav.admissions", icon: UserCheck },
  { to: "/operator/contracts", label: "operator.nav.contracts", icon: Boxes },
];
