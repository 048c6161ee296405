import type { EmergencyInfo } from "@cw-vitals/client/consent";
import { Download } from "lucide-react";
import { useEffect, useState } from "react";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Button } from "../../../ui/Button";
import { download } from "../../../ui/download";
import { forgetReason, keptReason } from "./kept-reason";
import { reasonFile } from "./reason";

/** Hands out the written reason of an emergency that this browser opened, until a review upheld it. */
export function SaveReason({ patient, info }: { patient: string; info: EmergencyInfo }) {
  const t = useT();
  const { notes } = useSession();
  const [reason, setReason] = useState<string>();
  const upheld = info.review?.upheld === true;
  useEffect(() => {
    let current = true;
    // what was damaged is as what was never kept: there is the file
    const found = upheld ? forgetReason(notes, info.reason) : keptReason(notes, info.reason).catch(() => undefined);
    void found.then((text) => current && setReason(text ?? undefined));
    return () => {
      current = false;
    };
  }, [notes, info.reason, upheld]);
  if (reason === undefined || upheld) return null;
  return (
    <Button icon={Download} onClick={() => download(reasonFile(patient, info.emergency), reason)}>
      {t("clinician.emergency.reason.save")}
    </Button>
  );
}
