import { useEffect, useState } from "react";
import { useT } from "../i18n";
import { Button } from "../ui/Button";
import { Notice, State } from "../ui/State";
import { askToPersist, isPersistent } from "./persistence";

/** Whether the browser may delete the keys on its own, and a way to ask it not to. */
export function StorageState() {
  const t = useT();
  const [kept, setKept] = useState<boolean>();
  const [refused, setRefused] = useState(false);
  useEffect(() => void isPersistent().then(setKept), []);
  const ask = async () => {
    const granted = await askToPersist();
    setKept(granted);
    setRefused(!granted);
  };
  if (kept === undefined) return null;
  if (kept) {
    return (
      <p>
        <State level="good">{t("session.storage.kept")}</State>
      </p>
    );
  }
  return (
    <Notice
      level="watch"
      title={t("session.storage.may_go")}
      actions={<Button onClick={() => void ask()}>{t("session.storage.ask")}</Button>}
    >
      <p>{t(refused ? "session.storage.refused" : "session.storage.why")}</p>
    </Notice>
  );
}
