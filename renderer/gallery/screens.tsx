import type { ReactNode } from "react";
import { localeSchema, type Snapshot } from "../../main/contract/snapshot.ts";
import { CashierApp } from "../cashier/cashier-app.tsx";
import { setView, viewAtStart, type View } from "../cashier/view.ts";
import { applyTheme, useAppearance, type Theme } from "../shared/appearance.ts";
import { ClockProvider } from "../shared/clock.tsx";
import { pseudoWords } from "../shared/words/pseudo.ts";
import type { Phase } from "../shared/session.ts";
import { CounterGallery, counterScreenNames } from "./counter-gallery.tsx";
import { fixedSession } from "./fixed-session.ts";
import { tiles } from "./goods.ts";
import { ManagerGallery, managerScreenNames } from "./manager-gallery.tsx";
import { galleryNow, inLocale, longBasket, snapshots, withTotal } from "./snapshots.ts";
import { Parts } from "./parts.tsx";

type Screen = { snapshot: Snapshot | null; phase?: Phase; view?: Partial<View> };

const apple = tiles[1]!;

/** Every state of the cashier's page. */
const screens: Readonly<Record<string, Screen>> = {
  ...Object.fromEntries(Object.entries(snapshots).map(([name, snapshot]) => [name, { snapshot }])),
  long: { snapshot: { ...snapshots.selling, basket: longBasket } },
  selected: { snapshot: snapshots.selling, view: { selectedLineId: snapshots.selling.basket.lines[1]!.lineId } },
  listening: { snapshot: snapshots.selling, view: { isListening: true } },
  "listening-offline": { snapshot: snapshots.offline, view: { isListening: true } },
  weight: { snapshot: snapshots.selling, view: { panel: { kind: "weight", tile: apple }, entry: "0.842" } },
  "weight-empty": { snapshot: snapshots.selling, view: { panel: { kind: "weight", tile: apple } } },
  cash: { snapshot: snapshots.selling, view: { panel: { kind: "cash" }, entry: "150" } },
  quantity: {
    snapshot: snapshots.selling,
    view: { panel: { kind: "quantity", lineId: "", name: "Soy milk", priceMinor: 350 }, entry: "12" },
  },
  void: { snapshot: snapshots.selling, view: { panel: { kind: "void" } } },
  settings: { snapshot: snapshots.selling, view: { panel: { kind: "settings" } } },
  help: { snapshot: snapshots.selling, view: { panel: { kind: "help" } } },
  search: { snapshot: snapshots.selling, view: { query: "ba" } },
  fault: {
    snapshot: snapshots.selling,
    view: { message: { kind: "fault", fault: { code: "tender.too-little", params: {} } } },
  },
  "scan-refused": {
    snapshot: snapshots.selling,
    view: { panel: { kind: "cash" }, message: { kind: "scan-refused" } },
  },
  "unknown-notice": { snapshot: { ...snapshots.unknown, notice: snapshots.declined.notice } },
  "paid-notice": { snapshot: { ...snapshots.paid, notice: snapshots.declined.notice } },
  "weight-notice": {
    snapshot: { ...snapshots.selling, notice: snapshots["unknown-code"].notice },
    view: { panel: { kind: "weight", tile: apple }, entry: "0.842" },
  },
  restarting: { snapshot: snapshots.selling, phase: "restarting" },
  opening: { snapshot: null, phase: "connecting" },
};

/** The names of the gallery's screens. */
const screenNames = [...Object.keys(screens), ...counterScreenNames, ...managerScreenNames, "parts"];

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
  if (name !== null && managerScreenNames.includes(name)) {
    return <ManagerGallery name={name} locale={locale} words={words} />;
  }
  if (name !== null && counterScreenNames.includes(name)) {
    return (
      <ClockProvider clock={clock}>
        <CounterGallery screen={name} locale={locale} words={words} />
      </ClockProvider>
    );
  }
  const screen = name === null ? undefined : screens[name];
  if (screen === undefined) {
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
  const told = screen.snapshot === null ? null : inLocale(screen.snapshot, locale);
  const totalMinor = query.get("total");
  const snapshot = told === null || totalMinor === null ? told : withTotal(told, Number(totalMinor));
  // The page tidies its view when it opens; what the gallery shows is set after that.
  requestAnimationFrame(() => requestAnimationFrame(() => setView(screen.view ?? {})));
  return (
    <ClockProvider clock={clock}>
      <CashierApp session={fixedSession(snapshot, screen.phase ?? "ready")} words={words} />
    </ClockProvider>
  );
}
