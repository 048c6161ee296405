import { X } from "lucide-react";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";
import { useT } from "../i18n";
import { IconButton } from "./Button";
import { type Level, State } from "./State";

interface ToastMessage {
  id: number;
  level: Level;
  text: ReactNode;
}

type Say = (text: ReactNode, level?: Level) => void;

const Context = createContext<Say | undefined>(undefined);
const SHOWN_MS = 6000;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<ToastMessage[]>([]);
  const count = useRef(0);
  const drop = useCallback((id: number) => setMessages((all) => all.filter((one) => one.id !== id)), []);
  const say = useCallback<Say>(
    (text, level = "good") => {
      count.current += 1;
      const id = count.current;
      setMessages((all) => [...all, { id, level, text }]);
      setTimeout(() => drop(id), SHOWN_MS);
    },
    [drop],
  );
  const t = useT();
  const shown = useMemo(
    () =>
      messages.map((message) => (
        <div key={message.id} className="toast">
          <State level={message.level}>{message.text}</State>
          <IconButton icon={X} label={t("ui.close")} onClick={() => drop(message.id)} />
        </div>
      )),
    [messages, drop, t],
  );
  return (
    <Context.Provider value={say}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {shown}
      </div>
    </Context.Provider>
  );
}

/** `const say = useToast(); say(t('patient.grant.done'))`: a short word that something was done. Errors get an `ErrorNotice`. */
export function useToast(): Say {
  const say = useContext(Context);
  if (!say) throw new Error("useToast outside of ToastProvider");
  return say;
}
