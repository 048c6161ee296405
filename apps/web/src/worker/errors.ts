/** Errors lose their class when they are cloned: they cross over as plain data. */
import { VitalsError } from "@cw-vitals/client/errors";
import type { PlainError } from "./protocol";

export function plain(error: unknown): PlainError {
  if (error instanceof VitalsError) return { code: error.code, reason: error.reason };
  // the core's own errors have a code and a reason too
  const { code, reason, message } = error as { code?: unknown; reason?: unknown; message?: unknown };
  if (typeof code === "string" && typeof reason === "string") return { code, reason };
  return { reason: typeof message === "string" ? message : String(error) };
}

export function revived({ code, reason }: PlainError): Error {
  return code === undefined ? new Error(reason) : new VitalsError(code, reason);
}
