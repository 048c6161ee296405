import { useEffect, useState } from "react";
import { DeviceFileError, type DeviceFileProblem } from "./device-file";

export interface FileIn<File> {
  file?: File;
  /** Why the text cannot be used. */
  problem?: DeviceFileProblem;
  /** It could not be looked at. */
  error?: unknown;
}

/** What is in a text, once it was read; never what was in an earlier one. */
export function useFileIn<File>(text: string, read: (text: string) => Promise<File>): FileIn<File> {
  const [found, setFound] = useState<FileIn<File> & { of: string }>({ of: "" });
  useEffect(() => {
    if (text.trim() === "") return;
    let over = false;
    const put = (what: FileIn<File>) => {
      if (!over) setFound({ of: text, ...what });
    };
    read(text).then(
      (file) => put({ file }),
      (error: unknown) => put(error instanceof DeviceFileError ? { problem: error.problem } : { error }),
    );
    return () => {
      over = true;
    };
  }, [text, read]);
  return found.of === text ? found : {};
}
