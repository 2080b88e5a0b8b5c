import { useState } from "react";
import type { Locale } from "../../main/contract/snapshot.ts";

function firstLocale(storageName: string): Locale {
  const kept = localStorage.getItem(storageName);
  if (kept === "en" || kept === "zh-CN") return kept;
  return navigator.language.startsWith("zh") ? "zh-CN" : "en";
}

/** Whoever looks: the language, which stays chosen under `storageName`, and the IANA time zone of where they are. */
export type OwnPlace = { readonly locale: Locale; readonly zone: string; setLocale(locale: Locale): void };

/** The language and the time zone of whoever looks; `given` stands in for what the browser says. */
export function useOwnPlace(
  storageName: string,
  given: { locale?: Locale | undefined; zone?: string | undefined },
): OwnPlace {
  const [locale, setLocale] = useState<Locale>(() => given.locale ?? firstLocale(storageName));
  const [zone] = useState(() => given.zone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone);
  return {
    locale,
    zone,
    setLocale(next) {
      localStorage.setItem(storageName, next);
      setLocale(next);
    },
  };
}
