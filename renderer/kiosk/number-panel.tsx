import { Check, Plus, type LucideIcon } from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";
import type { Tile } from "../../main/contract/snapshot.ts";
import { weighedPriceMinor } from "../shared/format.ts";
import { entryKeyOf, typeInto, unitsOf, type EntryKey, type EntryRules } from "../shared/number-entry.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { DigitPad } from "./digit-pad.tsx";
import { KioskMainKey } from "./kiosk-key.tsx";
import { LinePicture } from "./line-picture.tsx";
import { Notices } from "./notices.tsx";
import styles from "./number-panel.module.css";
import { Screen } from "./screen.tsx";
import { Totals } from "./totals.tsx";
import { useAct } from "./use-act.ts";
import { closePanel, setView, useView } from "./view.ts";

/** A number to type: its question, its read-out, the pad, and what the main key does with it. */
export function NumberPanel(props: {
  title: string;
  text?: string;
  picture?: ReactNode;
  readout: ReactNode;
  /** What a screen reader is told of the read-out, where its face would not do. */
  spoken?: string;
  hasPoint?: boolean;
  /** What stands in the read-out after a key. */
  typed(entry: string, key: EntryKey): string;
  mainKey: { icon: LucideIcon; title: string; second: string; reason?: string | undefined; take(): void };
}) {
  const { typed, mainKey } = props;
  const type = (key: EntryKey) => setView({ entry: typed(useView.getState().entry, key), reason: null });
  useTyping(type, mainKey.reason === undefined ? mainKey.take : null);
  return (
    <Screen
      title={props.title}
      titleClassName={styles.title}
      work={
        <>
          <div className={styles.panel}>
            {props.text !== undefined && <p className={styles.text}>{props.text}</p>}
            <div className={styles.readout}>
              {props.picture}
              <output className={styles.typed} {...(props.spoken === undefined ? {} : { "aria-label": props.spoken })}>
                {props.readout}
              </output>
            </div>
            <DigitPad hasPoint={props.hasPoint === true} onKey={type} />
          </div>
          <Notices />
        </>
      }
      lower={
        <>
          <Totals label="kiosk.total" />
          <KioskMainKey
            icon={mainKey.icon}
            title={mainKey.title}
            second={mainKey.second}
            reason={mainKey.reason}
            onPress={mainKey.take}
          />
        </>
      }
    />
  );
}

/** Takes the digits of a keyboard as well; Enter takes the number, unless a key has the focus that it would press. */
function useTyping(type: (key: EntryKey) => void, take: (() => void) | null): void {
  const newest = useRef({ type, take });
  useEffect(() => {
    newest.current = { type, take };
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === "Enter" && !(event.target instanceof HTMLButtonElement)) newest.current.take?.();
      const key = entryKeyOf(event.key);
      if (key !== null) newest.current.type(key);
    };
    window.addEventListener("keydown", hear, { capture: true });
    return () => window.removeEventListener("keydown", hear, { capture: true });
  }, []);
}

const weightRules: EntryRules = { decimals: 3, wholeDigits: 2 };

/** The weight of a good as the scale beside the kiosk shows it, and what it comes to. */
export function WeightPanel({ tile }: { tile: Tile }) {
  const words = useWords();
  const formats = useFormats();
  const act = useAct();
  const entry = useView((view) => view.entry);
  const grams = unitsOf(entry, 3);
  const name = formats.name(tile.name);
  const price = formats.money(weighedPriceMinor(grams, tile.priceMinor));
  return (
    <NumberPanel
      title={words("kiosk.weigh-title")}
      text={words("kiosk.weigh-text")}
      picture={
        <>
          <LinePicture hash={tile.picture} className={styles.picture} />
          <span className={styles.name}>
            {name}
            <span className={styles.price}>
              {words("kiosk.goods-kilogram", { price: formats.money(tile.priceMinor) })}
            </span>
          </span>
        </>
      }
      readout={
        <>
          <span className={entry === "" ? styles.nothing : undefined}>{entry === "" ? "0.000" : entry}</span>{" "}
          <span className={styles.unit}>{words("kiosk.weigh-unit")}</span>
        </>
      }
      hasPoint
      typed={(before, key) => typeInto(before, key, weightRules)}
      mainKey={{
        icon: Plus,
        title: grams === 0 ? words("kiosk.weigh-key-empty") : words("kiosk.weigh-key", { amount: price }),
        second:
          grams === 0
            ? words("kiosk.weigh-missing")
            : words("kiosk.weigh-key-second", { weight: formats.kilograms(grams), name }),
        reason: grams === 0 ? words("kiosk.weigh-missing") : undefined,
        take: () => void act("basket.add", { itemId: tile.itemId, weightGrams: grams }),
      }}
    />
  );
}

const quantityRules: EntryRules = { decimals: 0, wholeDigits: 3 };

/** How many of a line; none takes it out. */
export function QuantityPanel({ lineId, name }: { lineId: string; name: string }) {
  const words = useWords();
  const act = useAct();
  const entry = useView((view) => view.entry);
  const quantity = unitsOf(entry, 0);
  const take = async () => {
    const done =
      quantity === 0
        ? await act("basket.remove-line", { lineId })
        : await act("basket.set-quantity", { lineId, quantity });
    if (done !== null) closePanel();
  };
  return (
    <NumberPanel
      title={words("kiosk.quantity-title")}
      text={name}
      readout={<span className={entry === "" ? styles.nothing : undefined}>{entry === "" ? "0" : entry}</span>}
      typed={(before, key) => typeInto(before, key, quantityRules)}
      mainKey={{
        icon: Check,
        title: entry !== "" && quantity === 0 ? words("kiosk.remove") : words("kiosk.quantity-key", { quantity }),
        second: name,
        reason: entry === "" ? words("kiosk.quantity-missing") : undefined,
        take: () => void take(),
      }}
    />
  );
}
