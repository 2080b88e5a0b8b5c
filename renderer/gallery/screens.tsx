import type { ReactNode } from "react";
import { localeSchema } from "../../main/contract/snapshot.ts";
import { setView, viewAtStart } from "../cashier/view.ts";
import { applyTheme, useAppearance, type Theme } from "../shared/appearance.ts";
import { ClockProvider } from "../shared/clock.tsx";
import { pseudoWords } from "../shared/words/pseudo.ts";
import { CashierGallery, cashierScreenNames } from "./cashier-gallery.tsx";
import { ConsoleGallery, consoleScreenNames } from "./console-gallery.tsx";
import { CounterGallery, counterScreenNames } from "./counter-gallery.tsx";
import { CustomerGallery, customerScreenNames } from "./customer-gallery.tsx";
import { KioskGallery, kioskScreenNames } from "./kiosk-gallery.tsx";
import { managerScreenNames, openManagerScreen } from "./manager-gallery.tsx";
import { RecoveryGallery, recoveryScreenNames } from "./recovery-gallery.tsx";
import { WalletGallery, walletScreenNames } from "./wallet-gallery.tsx";
import { galleryNow } from "./snapshots.ts";
import { Parts } from "./parts.tsx";

/** The names of the gallery's screens. */
const screenNames = [
  ...cashierScreenNames,
  ...counterScreenNames,
  ...managerScreenNames,
  ...kioskScreenNames,
  ...customerScreenNames,
  ...walletScreenNames,
  ...consoleScreenNames,
  ...recoveryScreenNames,
  "parts",
];

/** Draws the screen that the address asks for: `screen`, `theme`, `locale`, `text` (per cent), `total` (minor units) and `pseudo`. */
export function openScreen(query: URLSearchParams): ReactNode {
  const name = query.get("screen");
  const locale = localeSchema.catch("en").parse(query.get("locale"));
  useAppearance.setState({ theme: (query.get("theme") ?? "system") as Theme });
  applyTheme();
  document.documentElement.style.fontSize = `${query.get("text") ?? "100"}%`;
  setView(viewAtStart);
  const words = query.has("pseudo") ? pseudoWords : undefined;
  const clock = () => galleryNow;
  if (name === "parts") return <Parts locale={locale} words={words} />;
  if (name !== null && kioskScreenNames.includes(name)) {
    return (
      <ClockProvider clock={clock}>
        <KioskGallery name={name} locale={locale} words={words} />
      </ClockProvider>
    );
  }
  if (name !== null && recoveryScreenNames.includes(name)) {
    return (
      <ClockProvider clock={clock}>
        <RecoveryGallery name={name} locale={locale} words={words} />
      </ClockProvider>
    );
  }
  if (name !== null && (walletScreenNames.includes(name) || consoleScreenNames.includes(name))) {
    const PageGallery = walletScreenNames.includes(name) ? WalletGallery : ConsoleGallery;
    return (
      <ClockProvider clock={clock}>
        <PageGallery name={name} locale={locale} words={words} />
      </ClockProvider>
    );
  }
  if (name !== null && customerScreenNames.includes(name)) {
    return <CustomerGallery name={name} locale={locale} words={words} />;
  }
  if (name !== null && managerScreenNames.includes(name)) {
    return openManagerScreen(name, locale, words);
  }
  if (name !== null && counterScreenNames.includes(name)) {
    return (
      <ClockProvider clock={clock}>
        <CounterGallery screen={name} locale={locale} words={words} />
      </ClockProvider>
    );
  }
  if (name !== null && cashierScreenNames.includes(name)) {
    const total = query.get("total");
    return (
      <ClockProvider clock={clock}>
        <CashierGallery name={name} locale={locale} words={words} totalMinor={total === null ? null : Number(total)} />
      </ClockProvider>
    );
  }
  return (
    <ul>
      {screenNames.map((each) => (
        <li key={each}>
          <a href={`#screen=${each}`}>{each}</a>
        </li>
      ))}
    </ul>
  );
}
