/** The message catalogues: one JSON file for each area and language, keys flat and prefixed by the area. */
import { loadAdvice } from "./advice";
import type care from "./en/care.json";
import type chart from "./en/chart.json";
import type clinician from "./en/clinician.json";
import type errors from "./en/errors.json";
import type guardian from "./en/guardian.json";
import type insurer from "./en/insurer.json";
import type measures from "./en/measures.json";
import type operator from "./en/operator.json";
import type patient from "./en/patient.json";
import type session from "./en/session.json";
import type shell from "./en/shell.json";
import type ui from "./en/ui.json";

type Catalogue = typeof care &
  typeof chart &
  typeof clinician &
  typeof errors &
  typeof guardian &
  typeof insurer &
  typeof measures &
  typeof operator &
  typeof patient &
  typeof session &
  typeof shell &
  typeof ui;

/** A key of the English catalogue. The German one has the same keys: a test holds them together. */
export type MessageId = keyof Catalogue;

export const LANGUAGES = ["en", "de"] as const;
export type Language = (typeof LANGUAGES)[number];

type Area = Record<string, string>;

const files = import.meta.glob<Area>("./*/*.json", { import: "default" });

/** All messages of a language. Only that language is downloaded. */
export async function loadMessages(language: Language): Promise<Area> {
  const areas = Object.entries(files).filter(([path]) => path.startsWith(`./${language}/`));
  const [loaded] = await Promise.all([Promise.all(areas.map(([, load]) => load())), loadAdvice(language)]);
  return Object.assign({}, ...loaded) as Area;
}

/** The first language of the browser that the app speaks. */
export function preferredLanguage(wanted: readonly string[]): Language {
  const short = wanted.map((tag) => tag.slice(0, 2).toLowerCase());
  return short.find((tag): tag is Language => LANGUAGES.includes(tag as Language)) ?? "en";
}

/**
 * How dates, clocks and numbers are written: the browser's own tag of the language (`en-GB`, `de-AT`), so that its
 * region counts; the language alone where the browser has none of it.
 */
export function localeOf(language: Language, wanted: readonly string[]): string {
  const own = wanted.find((tag) => tag.split("-")[0]?.toLowerCase() === language);
  try {
    return (own && Intl.DateTimeFormat.supportedLocalesOf(own)[0]) || language;
  } catch {
    // no tag at all, such as those of an environment (`en_US.UTF-8`)
    return language;
  }
}
