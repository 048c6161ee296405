import { useT } from "../../i18n";
import { ErrorNotice } from "../../ui/ErrorNotice";
import { Notice } from "../../ui/State";
import { useFollowed } from "./followed";

/** What keeps a list from being whole: somebody may be missing, or it could not be kept. */
export function ListNotice() {
  const t = useT();
  const { cut, unkept } = useFollowed();
  return (
    <>
      {unkept !== undefined && <ErrorNotice error={unkept} title={t("care.list.unsaved")} />}
      {cut && (
        <Notice level="watch" title={t("care.cut")}>
          <p>{t("care.cut.todo")}</p>
        </Notice>
      )}
    </>
  );
}
