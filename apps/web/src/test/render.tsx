import { act, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { IntlProvider } from "react-intl";
import { MemoryRouter } from "react-router";
import type { Language } from "../i18n";
import { loadMessages } from "../i18n/catalogue";

const react = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean };

/** Does something, and draws what comes of it before it returns. */
export function acted(work: () => void): void {
  react.IS_REACT_ACT_ENVIRONMENT = true;
  act(work);
  react.IS_REACT_ACT_ENVIRONMENT = false;
}

/** Draws something in a language; it is drawn anew as its stores change. */
export async function drawn(what: ReactNode, language: Language = "en"): Promise<HTMLElement> {
  const messages = await loadMessages(language);
  const place = document.createElement("div");
  document.body.replaceChildren(place);
  acted(() =>
    createRoot(place).render(
      <MemoryRouter>
        <IntlProvider locale={language} messages={messages} timeZone="UTC">
          {what}
        </IntlProvider>
      </MemoryRouter>,
    ),
  );
  return place;
}
