/**
 * What to do about an error, in languages other than the client's English: by its code, by its family, or what is
 * good for all. Downloaded with the language.
 */
import type { Language } from "./catalogue";

type Advice = Readonly<Record<string, string>>;

/** Good for every code. */
const ALL = "*";

let shown: Advice | undefined;

/** For the language that is shown from now on. */
export async function loadAdvice(language: Language): Promise<void> {
  shown = language === "de" ? (await import("./advice.de.json")).default : undefined;
}

/** Nothing where the language is the client's own. */
export function translatedAdvice(code: string): string | undefined {
  const [family] = code.split("/");
  return shown?.[code] ?? shown?.[`${family}/*`] ?? shown?.[ALL];
}
