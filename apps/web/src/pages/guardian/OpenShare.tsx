import { VitalsError } from "@cw-vitals/client";
import { useState } from "react";
import { useT } from "../../i18n";
import { useSession } from "../../session/useSession";
import { Card } from "../../ui/Card";
import { ErrorNotice } from "../../ui/ErrorNotice";
import { FileField } from "../../ui/Field";
import { Notice } from "../../ui/State";
import { CopyButton } from "../../ui/Text";
import { identityOf } from "../care/identity";

/** The share of the keys that the patient gave this guardian, opened to be handed back. */
export function OpenShare() {
  const t = useT();
  const { secrets } = useSession();
  const [line, setLine] = useState<string>();
  const [error, setError] = useState<unknown>();
  const open = async (file: File | undefined) => {
    setLine(undefined);
    setError(undefined);
    if (!file) return;
    try {
      const identity = await identityOf(secrets);
      const { inCore } = await import("@cw-vitals/client/core");
      const bytes = new Uint8Array(await file.arrayBuffer());
      setLine(shareIn(new TextDecoder().decode(inCore(() => identity.open(bytes)))));
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <Card title={t("guardian.share.title")}>
      <p>{t("guardian.share.lead")}</p>
      <FileField label={t("guardian.share.file")} onChoose={(file) => void open(file)} />
      {line !== undefined && (
        <Notice level="watch" title={t("guardian.share.opened")}>
          <p>{t("guardian.share.opened.text")}</p>
          <code className="wrap">{line}</code> <CopyButton text={line} label={t("guardian.share.copy")} />
        </Notice>
      )}
      {error !== undefined && <ErrorNotice error={error} title={t("guardian.share.failed")} />}
    </Card>
  );
}

function shareIn(text: string): string {
  const line = text.trim();
  if (/^vitals-share1[a-z0-9]+$/.test(line)) return line;
  throw new VitalsError("keys/share", "what is in the file is no share of keys");
}
