import { HeartHandshake, ShieldCheck } from "lucide-react";
import type { RouteObject } from "react-router";
import type { NavItem } from "../../shell/nav";

export const nav: NavItem[] = [
  { to: "/guardian", label: "guardian.home.title", icon: HeartHandshake },
  { to: "/guardian/powers", label: "guardian.powers.title", icon: ShieldCheck },
];

export const routes: RouteObject[] = [
  {
    lazy: async () => ({ Component: (await import("./GuardianLayout")).GuardianLayout }),
    children: [
      { index: true, lazy: async () => ({ Component: (await import("./HomePage")).HomePage }) },
      { path: "powers", lazy: async () => ({ Component: (await import("./PowersPage")).PowersPage }) },
      { path: "patients/:patient", lazy: async () => ({ Component: (await import("./PatientPage")).PatientPage }) },
    ],
  },
];
