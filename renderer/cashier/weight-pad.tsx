import type { Tile } from "../../main/contract/snapshot.ts";
import { classNames } from "../shared/class-names.ts";
import { Key } from "../shared/components/key.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { useEntry } from "./entries/use-entry.ts";
import { EntrySheet } from "./entry-sheet.tsx";
import styles from "./entry-sheet.module.css";
import { setView, useView, type View } from "./view.ts";

/** The weight of a good as it is typed off a scale, in kilograms to the gram or in whole grams, and what it costs. */
export function WeightPad({ tile }: { tile: Tile }) {
  const words = useWords();
  const formats = useFormats();
  const entry = useEntry();
  const unit = useView((view) => view.weightUnit);
  const unitKey = (choice: View["weightUnit"], label: string) => (
    <Key
      key={choice}
      className={classNames(styles.side, unit === choice && styles.on)}
      label={label}
      isOn={unit === choice}
      onPress={() => setView({ weightUnit: choice, entry: "" })}
    />
  );
  return (
    <EntrySheet
      title={formats.name(tile.name)}
      before={tile.picture !== undefined && <img className={styles.picture} src={`/pictures/${tile.picture}`} alt="" />}
      unit={words(unit === "kilogram" ? "weight.kg" : "weight.g")}
      placeholder={unit === "kilogram" ? "0.000" : "0"}
      resultLabel={words("weight.per-kilogram", { price: formats.money(tile.priceMinor) })}
      result={formats.money(entry?.resultMinor ?? 0)}
      sideKeys={[unitKey("kilogram", words("weight.kg")), unitKey("gram", words("weight.g"))]}
    />
  );
}
