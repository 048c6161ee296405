import {
  Bell,
  Download,
  Eye,
  HeartPulse,
  KeyRound,
  Pill,
  Share2,
  ShieldCheck,
  Siren,
  Users,
  Watch,
} from "lucide-react";
import type { RouteObject } from "react-router";
import type { NavItem } from "../../shell/nav";

/** Paths are relative to /patient. Pages are loaded when they are opened. */
export const routes: RouteObject[] = [
  { path: "start", lazy: async () => ({ Component: (await import("./start/StartPage")).StartPage }) },
  {
    lazy: async () => ({ Component: (await import("./lib/PatientGate")).PatientGate }),
    children: [
      { index: true, lazy: async () => ({ Component: (await import("./home/HomePage")).HomePage }) },
      {
        path: "measures/:measure",
        lazy: async () => ({ Component: (await import("./measures/MeasurePage")).MeasurePage }),
      },
      { path: "alerts", lazy: async () => ({ Component: (await import("./alerts/AlertsPage")).AlertsPage }) },
      { path: "alerts/ladder", lazy: async () => ({ Component: (await import("./alerts/LadderPage")).LadderPage }) },
      {
        path: "medication",
        lazy: async () => ({ Component: (await import("./medication/MedicationPage")).MedicationPage }),
      },
      { path: "devices", lazy: async () => ({ Component: (await import("./devices/DevicesPage")).DevicesPage }) },
      { path: "devices/pair", lazy: async () => ({ Component: (await import("./devices/PairPage")).PairPage }) },
      { path: "sharing", lazy: async () => ({ Component: (await import("./sharing/SharingPage")).SharingPage }) },
      { path: "sharing/new", lazy: async () => ({ Component: (await import("./sharing/GrantPage")).NewGrantPage }) },
      {
        path: "sharing/change/:grant",
        lazy: async () => ({ Component: (await import("./sharing/GrantPage")).ChangeGrantPage }),
      },
      { path: "receipts", lazy: async () => ({ Component: (await import("./receipts/ReceiptsPage")).ReceiptsPage }) },
      {
        path: "insurance",
        lazy: async () => ({ Component: (await import("./insurance/InsurancePage")).InsurancePage }),
      },
      {
        path: "insurance/products/:product",
        lazy: async () => ({ Component: (await import("./insurance/ProductPage")).ProductPage }),
      },
      {
        path: "insurance/policies/:policy",
        lazy: async () => ({ Component: (await import("./insurance/PolicyPage")).PolicyPage }),
      },
      {
        path: "insurance/policies/:policy/claim",
        lazy: async () => ({ Component: (await import("./insurance/ClaimPage")).ReadingsClaimPage }),
      },
      {
        path: "insurance/policies/:policy/reward",
        lazy: async () => ({ Component: (await import("./insurance/ClaimPage")).RewardPage }),
      },
      {
        path: "insurance/policies/:policy/invoice",
        lazy: async () => ({ Component: (await import("./insurance/InvoicePage")).InvoicePage }),
      },
      {
        path: "emergency",
        lazy: async () => ({ Component: (await import("./emergency/EmergencyPage")).EmergencyPage }),
      },
      { path: "keys", lazy: async () => ({ Component: (await import("./keys/KeysPage")).KeysPage }) },
      {
        path: "guardians",
        lazy: async () => ({ Component: (await import("./guardians/GuardiansPage")).GuardiansPage }),
      },
      { path: "export", lazy: async () => ({ Component: (await import("./export/ExportPage")).ExportPage }) },
    ],
  },
];

export const nav: NavItem[] = [
  { to: "/patient", label: "patient.home.title", icon: HeartPulse },
  { to: "/patient/alerts", label: "patient.alerts.title", icon: Bell },
  { to: "/patient/sharing", label: "patient.sharing.nav", icon: Share2 },
  { to: "/patient/devices", label: "patient.devices.nav", icon: Watch },
  { to: "/patient/medication", label: "patient.medication.nav", icon: Pill },
  { to: "/patient/receipts", label: "patient.receipts.nav", icon: Eye },
  { to: "/patient/insurance", label: "patient.insurance.nav", icon: ShieldCheck },
  { to: "/patient/emergency", label: "patient.emergency.nav", icon: Siren },
  { to: "/patient/guardians", label: "patient.guardians.nav", icon: Users },
  { to: "/patient/keys", label: "patient.keys.nav", icon: KeyRound },
  { to: "/patient/export", label: "patient.export.nav", icon: Download },
];
