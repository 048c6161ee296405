import type { LucideIcon } from "lucide-react";
import type { MessageId } from "../i18n";

/** An entry of a role's navigation. The first four are in the bar of a phone, the rest behind "More". */
export interface NavItem {
  /** Absolute: `/patient/devices`. */
  to: string;
  label: MessageId;
  icon: LucideIcon;
}
