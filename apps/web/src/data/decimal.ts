/** Decimals between what a person reads and types, and what programs write (`38.5`). As text: amounts pass 2^53. */

/** The character between whole and part in a language: `.` or `,`. */
export function decimalMark(locale: string): string {
  return new Intl.NumberFormat(locale).formatToParts(1.5).find((part) => part.type === "decimal")?.value ?? ".";
}

/** `38.5` as a person types it in that language. */
export const typedDecimal = (text: string, locale: string): string => text.replace(".", decimalMark(locale));

export type TypedDecimal =
  /** With a point, whatever was typed. */
  | { text: string; fault?: undefined }
  /** `thousands`: a mark that may stand between thousands as well as before decimals. */
  | { text?: undefined; fault: "number" | "thousands" };

/**
 * The number that was typed. Either mark is taken for the decimal one, since the keyboard of a phone may have that of
 * another language alone; but the other language's before three digits, and more marks than one, are what people write
 * between thousands: 1.000 is one or a thousand, and which of them is not guessed.
 */
export function readDecimal(typed: string, locale: string): TypedDecimal {
  const trimmed = typed.trim();
  if (GROUPED.test(trimmed)) return { fault: "thousands" };
  const [, whole, mark, part] = /^(-?\d+)(?:([.,])(\d+))?$/.exec(trimmed) ?? [];
  if (whole === undefined) return { fault: "number" };
  if (part === undefined) return { text: whole };
  return mark !== decimalMark(locale) && part.length === 3 ? { fault: "thousands" } : { text: `${whole}.${part}` };
}

/** Two marks or more: `1.000.000`, `1,000.5`. */
const GROUPED = /^-?\d{1,3}([.,]\d{3})+[.,]\d+$/;
