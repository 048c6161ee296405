import { ClipboardCheck, Coins, FileText, LayoutDashboard, ScrollText, Users } from "lucide-react";
import type { RouteObject } from "react-router";
import type { NavItem } from "../../shell/nav";

/** Paths are relative to /insurer. Pages are loaded when they are opened. */
export const routes: RouteObject[] = [
  {
    lazy: async () => {
      await import("./insurer.css");
      return { Component: (await import("./data/DeskProvider")).DeskProvider };
    },
    children: [
      { index: true, lazy: async () => ({ Component: (await import("./OverviewPage")).OverviewPage }) },
      { path: "products", lazy: async () => ({ Component: (await import("./products/ProductsPage")).ProductsPage }) },
      { path: "products/new", lazy: async () => ({ Component: (await import("./products/NewProduct")).NewProduct }) },
      {
        path: "products/:product",
        lazy: async () => ({ Component: (await import("./products/ProductPage")).ProductPage }),
      },
      {
        path: "products/:product/amend",
        lazy: async () => ({ Component: (await import("./products/AmendProduct")).AmendProduct }),
      },
      { path: "claims", lazy: async () => ({ Component: (await import("./claims/ClaimsPage")).ClaimsPage }) },
      {
        path: "claims/:policy/:claim",
        lazy: async () => ({ Component: (await import("./claims/ClaimPage")).ClaimPage }),
      },
      { path: "policies", lazy: async () => ({ Component: (await import("./policies/PoliciesPage")).PoliciesPage }) },
      {
        path: "policies/:policy",
        lazy: async () => ({ Component: (await import("./policies/PolicyPage")).PolicyPage }),
      },
      { path: "money", lazy: async () => ({ Component: (await import("./money/MoneyPage")).MoneyPage }) },
      { path: "staff", lazy: async () => ({ Component: (await import("./staff/StaffPage")).StaffPage }) },
    ],
  },
];

export const nav: NavItem[] = [
  { to: "/insurer", label: "insurer.nav.overview", icon: LayoutDashboard },
  { to: "/insurer/claims", label: "insurer.nav.claims", icon: ClipboardCheck },
  { to: "/insurer/products", label: "insurer.nav.products", icon: FileText },
  { to: "/insurer/policies", label: "insurer.nav.policies", icon: ScrollText },
  { to: "/insurer/money", label: "insurer.nav.money", icon: Coins },
  { to: "/insurer/staff", label: "insurer.nav.staff", icon: Users },
];
