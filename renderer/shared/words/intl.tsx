import { createContext, use, useEffect, useMemo, type ReactNode } from "react";
import { IntlProvider, useIntl } from "react-intl";
import type { Names } from "../../../sync/protocol/entry-types.ts";
import type { Currency } from "../../../sync/protocol/money.ts";
import type { Locale } from "../../../main/contract/snapshot.ts";
import {
  formatColumn,
  formatDay,
  formatKilograms,
  formatMoney,
  formatName,
  formatNote,
  formatTime,
  formatTimeToSecond,
} from "../format.ts";
import { english, type WordKey } from "./en.ts";
import { chinese } from "./zh-cn.ts";

const catalogues: Readonly<Record<Locale, Readonly<Record<WordKey, string>>>> = { en: english, "zh-CN": chinese };

const LocaleContext = createContext<Locale>("en");

/** What stands in the place of every catalogue: the pseudo-locale of the tests. */
const ReplacedWordsContext = createContext<Readonly<Record<WordKey, string>> | undefined>(undefined);

/** Puts the words of a language on everything below; `words` replaces the catalogue (the pseudo-locale of the tests). */
export function WordsProvider(props: {
  locale: Locale;
  words?: Readonly<Record<WordKey, string>> | undefined;
  children: ReactNode;
}) {
  useEffect(() => {
    document.documentElement.lang = props.locale;
  }, [props.locale]);
  return (
    <ReplacedWordsContext value={props.words}>
      <WordsIn locale={props.locale}>{props.children}</WordsIn>
    </ReplacedWordsContext>
  );
}

/**
 * Says a part of a page in a language of its own, for pages that speak both at once. The element around it has to carry
 * the `lang` that goes with it; the document keeps its own.
 */
export function WordsIn({ locale, children }: { locale: Locale; children: ReactNode }) {
  const replaced = use(ReplacedWordsContext);
  return (
    <LocaleContext value={locale}>
      <IntlProvider locale={locale} messages={replaced ?? catalogues[locale]}>
        {children}
      </IntlProvider>
    </LocaleContext>
  );
}

/** Fills the words for a key. */
export type Words = (key: WordKey, values?: Readonly<Record<string, string | number>>) => string;

/** The words of the page's language. */
export function useWords(): Words {
  const intl = useIntl();
  return useMemo(() => (key, values) => intl.formatMessage({ id: key }, values), [intl]);
}

/** The language of the page. */
export function useLocale(): Locale {
  return use(LocaleContext);
}

/** What amounts and times are written in. */
type Trade = { readonly currency: Currency; readonly zone: string };

const TradeContext = createContext<Trade>({ currency: "CNY", zone: "Asia/Shanghai" });

/** Says what amounts and times below it are written in. */
export function TradeProvider({ trade, children }: { trade: Trade; children: ReactNode }) {
  return <TradeContext value={trade}>{children}</TradeContext>;
}

/** How the page writes names, amounts, weights and times. */
export type Formats = {
  name(names: Names): string;
  money(amountMinor: number): string;
  note(amountMinor: number): string;
  column(amountMinor: number): string;
  kilograms(weightGrams: number): string;
  time(instant: string | number): string;
  timeToSecond(instant: string | number): string;
  day(isoDay: string): string;
};

/** How the page writes names, amounts, weights and times. */
export function useFormats(): Formats {
  const locale = useLocale();
  const { currency, zone } = use(TradeContext);
  return useMemo(
    () => ({
      name: (names) => formatName(names[locale]),
      money: (amountMinor) => formatMoney(amountMinor, currency, locale),
      note: (amountMinor) => formatNote(amountMinor, currency, locale),
      column: (amountMinor) => formatColumn(amountMinor, currency, locale),
      kilograms: (weightGrams) => formatKilograms(weightGrams, locale),
      time: (instant) => formatTime(instant, zone),
      timeToSecond: (instant) => formatTimeToSecond(instant, zone),
      day: (isoDay) => formatDay(isoDay, locale),
    }),
    [locale, currency, zone],
  );
}
