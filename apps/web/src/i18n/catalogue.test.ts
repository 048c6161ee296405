import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { describe, expect, it } from "vitest";
import advice from "./advice.de.json";
import { LANGUAGES, localeOf, preferredLanguage } from "./catalogue";

const files = import.meta.glob<Record<string, string>>("./*/*.json", { eager: true, import: "default" });

const areas = [...new Set(Object.keys(files).map((path) => path.split("/")[2] as string))];
const catalogue = (language: string, area: string) => files[`./${language}/${area}`] ?? {};

/** Names of a message's values and tags, plural and select forms included. */
function placeholders(elements: MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
    if (element.type === TYPE.tag) return [element.value, ...placeholders(element.children)];
    if (element.type === TYPE.plural || element.type === TYPE.select) {
      return [element.value, ...Object.values(element.options).flatMap((option) => placeholders(option.value))];
    }
    return [element.value];
  });
}

const named = (message: string) => [...new Set(placeholders(parse(message)))].sort();

describe.each(areas)("%s", (area) => {
  const english = catalogue("en", area);

  it("has the same keys in every language", () => {
    for (const language of LANGUAGES)
      expect(Object.keys(catalogue(language, area)).sort()).toEqual(Object.keys(english).sort());
  });

  it("has the same values and tags in each message of every language", () => {
    for (const language of LANGUAGES) {
      for (const [key, message] of Object.entries(catalogue(language, area))) {
        expect([key, ...named(message)]).toEqual([key, ...named(english[key] ?? "")]);
      }
    }
  });

  it("prefixes its keys with its name", () => {
    const prefix = `${area.replace(".json", "")}.`;
    expect(Object.keys(english).filter((key) => !key.startsWith(prefix))).toEqual([]);
  });

  it("leaves no message empty", () => {
    for (const language of LANGUAGES)
      expect(Object.values(catalogue(language, area)).every((text) => text.trim() !== "")).toBe(true);
  });
});

it("German has one word for each thing: whoever reads another one asks whether it is another thing", () => {
  const others = /\b(Chain|Kette|Datentresor|Forderung|Leistungsantrag|Schlichter|Rufkette|Belohnung|Beitrag|Zugang)/;
  const german = [...areas.map((area) => catalogue("de", area)), advice];
  expect(german.flatMap((area) => Object.entries(area)).filter(([, text]) => others.test(text))).toEqual([]);
});

it("chooses the first language of the browser that the app speaks", () => {
  expect(preferredLanguage(["fr", "de-AT", "en"])).toBe("de");
  expect(preferredLanguage(["fr"])).toBe("en");
});

describe("the region of a language", () => {
  it("is that of the browser, wherever in its list the language stands", () => {
    expect(localeOf("en", ["de-AT", "en-GB", "en-US"])).toBe("en-GB");
    expect(localeOf("de", ["en-GB", "de-AT"])).toBe("de-AT");
  });

  it("is none where the browser names none, or none of that language", () => {
    expect(localeOf("en", ["en"])).toBe("en");
    expect(localeOf("en", ["fr-CA", "eng"])).toBe("en");
    expect(localeOf("de", [])).toBe("de");
  });

  it("is none where the browser gives what is no tag", () => expect(localeOf("en", ["en-_"])).toBe("en"));

  it("decides day before month and the clock of 24 hours", () => {
    const written = new Intl.DateTimeFormat(localeOf("en", ["en-GB"]), {
      dateStyle: "medium",
      timeStyle: "short",
      timeZone: "UTC",
    });
    expect(written.format(Date.UTC(2026, 10, 23, 18, 44))).toBe("23 Nov 2026, 18:44");
  });
});
