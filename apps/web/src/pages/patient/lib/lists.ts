import { useCallback } from "react";
import { useIntl } from "react-intl";
import { CATEGORIES, type Category, MEASURES, type Measure } from "../../../data/measures";
import { useT } from "../../../i18n";

/** "heart and circulation, breathing and temperature"; of all categories "all kinds of readings". */
export function useCategoryList(): (categories: readonly Category[]) => string {
  const intl = useIntl();
  const t = useT();
  return useCallback(
    (categories) => {
      if (categories.length === CATEGORIES.length) return t("patient.categories.all");
      const known = CATEGORIES.filter((category) => categories.includes(category));
      return intl.formatList(known.map((category) => t(`patient.category.${category}`)));
    },
    [intl, t],
  );
}

export function useMeasureList(): (measures: readonly Measure[]) => string {
  const intl = useIntl();
  const t = useT();
  return useCallback(
    (measures) => intl.formatList(MEASURES.filter((one) => measures.includes(one)).map((one) => t(`measures.${one}`))),
    [intl, t],
  );
}
