import { BedDouble, KeyRound, Siren, Users } from "lucide-react";
import type { RouteObject } from "react-router";
import type { NavItem } from "../../shell/nav";

export const nav: NavItem[] = [
  { to: "/clinician", label: "clinician.home.title", icon: BedDouble },
  { to: "/clinician/access", label: "clinician.access.nav", icon: KeyRound },
  { to: "/clinician/emergency", label: "clinician.emergency.title", icon: Siren },
  { to: "/clinician/teams", label: "clinician.teams.title", icon: Users },
];

export const routes: RouteObject[] = [
  {
    lazy: async () => ({ Component: (await import("./ClinicianLayout")).ClinicianLayout }),
    children: [
      { index: true, lazy: async () => ({ Component: (await import("./ward/WardPage")).WardPage }) },
      { path: "access", lazy: async () => ({ Component: (await import("./access/AccessPage")).AccessPage }) },
      {
        path: "emergency",
        lazy: async () => ({ Component: (await import("./emergency/EmergencyPage")).EmergencyPage }),
      },
      {
        path: "emergency/:patient/:emergency",
        lazy: async () => ({ Component: (await import("./emergency/RunningPage")).RunningPage }),
      },
      { path: "teams", lazy: async () => ({ Component: (await import("./teams/TeamsPage")).TeamsPage }) },
      {
        path: "patients/:patient",
        lazy: async () => ({ Component: (await import("./patient/PatientPage")).PatientPage }),
      },
      {
        path: "patients/:patient/plan",
        lazy: async () => ({ Component: (await import("./plan/PlanEditorPage")).PlanEditorPage }),
      },
    ],
  },
];
