import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  Clock,
  Info,
  type LucideIcon,
  OctagonAlert,
  TriangleAlert,
} from "lucide-react";
import type { ReactNode } from "react";

/** How things stand. Always a word, an icon and a colour together: never colour alone. */
export type Level = "good" | "note" | "watch" | "warning" | "danger" | "waiting" | "unknown";

const ICONS: Record<Level, LucideIcon> = {
  good: CircleCheck,
  note: Info,
  watch: CircleAlert,
  warning: TriangleAlert,
  danger: OctagonAlert,
  waiting: Clock,
  unknown: CircleDashed,
};

/** `<State level="warning">Low</State>`: the word is the children. */
export function State({ level, children }: { level: Level; children: ReactNode }) {
  const Icon = ICONS[level];
  return (
    <span className={`state state-${level}`}>
      <Icon aria-hidden="true" className="icon" />
      <span>{children}</span>
    </span>
  );
}

interface NoticeProps {
  level: Level;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}

/** A box that says something about the page. `danger` and `warning` are read out at once. */
export function Notice({ level, title, children, actions }: NoticeProps) {
  const Icon = ICONS[level];
  const urgent = level === "danger" || level === "warning";
  return (
    <div className={`notice notice-${level}`} role={urgent ? "alert" : "status"}>
      <Icon aria-hidden="true" className="icon" />
      <div className="notice-body">
        {title && <p className="notice-title">{title}</p>}
        {children}
        {actions && <div className="actions">{actions}</div>}
      </div>
    </div>
  );
}
