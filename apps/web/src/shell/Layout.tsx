import type { LucideIcon } from "lucide-react";
import { Ellipsis, HeartPulse, Lock, Settings as SettingsIcon, UserRound } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { Link, NavLink, Outlet, useLocation } from "react-router";
import { useT } from "../i18n";
import { roleNav } from "../pages";
import { useSession } from "../session/useSession";
import { IconButton } from "../ui/Button";
import { ErrorBoundary } from "../ui/ErrorNotice";
import { Banners } from "./Banners";
import { LiveLine } from "./LiveLine";
import type { NavItem } from "./nav";
import { RoleSwitch } from "./RoleSwitch";

const ON_PHONE = 4;

export function Layout() {
  const t = useT();
  const { role, lock } = useSession();
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const skip = () => main.current?.focus();
  return (
    <div className="shell">
      <button type="button" className="skip" onClick={skip}>
        {t("shell.skip")}
      </button>
      <header className="topbar">
        <Link to={`/${role}`} className="brand">
          <HeartPulse aria-hidden="true" className="icon" />
          {t("shell.app.name")}
        </Link>
        <LiveLine />
        <div className="topbar-end">
          <RoleSwitch />
          <IconButton icon={Lock} label={t("shell.lock")} onClick={lock} />
        </div>
      </header>
      <Banners />
      <Navigation items={roleNav[role]} />
      <main ref={main} tabIndex={-1} id="main">
        <ErrorBoundary resetKey={pathname}>
          <Outlet />
        </ErrorBoundary>
      </main>
    </div>
  );
}

const OWN: readonly NavItem[] = [
  { to: "/account", label: "session.account.title", icon: UserRound },
  { to: "/settings", label: "shell.settings.title", icon: SettingsIcon },
];

function Navigation({ items }: { items: readonly NavItem[] }) {
  const t = useT();
  const all = [...items, ...OWN];
  const first = items.slice(0, ON_PHONE);
  const rest = all.slice(first.length);
  return (
    <nav className="nav" aria-label={t("shell.nav")}>
      <ul>
        {first.map((item) => (
          <Entry key={item.to} {...item} />
        ))}
        {rest.map((item) => (
          <Entry key={item.to} {...item} wide />
        ))}
      </ul>
      <More items={rest} />
    </nav>
  );
}

function Entry({ to, label, icon: Icon, wide }: NavItem & { wide?: boolean }) {
  const t = useT();
  // a role's first page is the start of all its paths
  const end = to.split("/").length === 2;
  return (
    <li className={wide ? "nav-wide" : undefined}>
      <NavLink to={to} end={end}>
        <Icon aria-hidden="true" className="icon" />
        <span>{t(label)}</span>
      </NavLink>
    </li>
  );
}

/** Only on a phone: what has no room in the bar. */
function More({ items }: { items: readonly NavItem[] }) {
  const t = useT();
  const box = useRef<HTMLDetailsElement>(null);
  const top = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: closes when another page is opened
  useEffect(() => {
    if (box.current) box.current.open = false;
  }, [pathname]);
  const Icon: LucideIcon = Ellipsis;
  const close = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !box.current?.open) return;
    box.current.open = false;
    // not on an entry that is hidden now
    top.current?.focus();
  };
  return (
    <details className="nav-more" ref={box} onKeyDown={close}>
      <summary ref={top}>
        <Icon aria-hidden="true" className="icon" />
        <span>{t("shell.more")}</span>
      </summary>
      <ul>
        {items.map((item) => (
          <Entry key={item.to} {...item} />
        ))}
      </ul>
    </details>
  );
}
