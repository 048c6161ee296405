import { type ReactNode, useCallback, useEffect, useState } from "react";
import { IntlProvider, useIntl } from "react-intl";
import { type Language, loadMessages, localeOf, type MessageId } from "./catalogue";

export type { Language, MessageId } from "./catalogue";
export { LANGUAGES } from "./catalogue";

export type Values = Record<string, string | number | Date | null | undefined>;
export type Translate = (id: MessageId, values?: Values) => string;

/** Text of the catalogue: `const t = useT(); t('patient.home.title')`. Unknown keys do not compile. */
export function useT(): Translate {
  const intl = useIntl();
  return useCallback((id, values) => intl.formatMessage({ id }, values), [intl]);
}

type RichValue = ReactNode | ((chunks: ReactNode[]) => ReactNode);

/** Text with elements in it: `<T id="…" values={{ b: (x) => <strong>{x}</strong> }} />`. */
export function T({ id, values }: { id: MessageId; values?: Record<string, RichValue> }) {
  const intl = useIntl();
  return <>{intl.formatMessage({ id }, values as Record<string, ReactNode>)}</>;
}

/** Gives its children the messages of a language; shows nothing until they are there. */
export function Messages(props: { language: Language; timeZone: string; children: ReactNode }) {
  const { language, timeZone, children } = props;
  const [loaded, setLoaded] = useState<{ language: Language; messages: Record<string, string> }>();
  useEffect(() => {
    let current = true;
    void loadMessages(language).then((messages) => current && setLoaded({ language, messages }));
    document.documentElement.lang = localeOf(language, navigator.languages);
    return () => {
      current = false;
    };
  }, [language]);
  if (!loaded) return null;
  return (
    <IntlProvider
      locale={localeOf(loaded.language, navigator.languages)}
      messages={loaded.messages}
      timeZone={timeZone}
    >
      {children}
    </IntlProvider>
  );
}
