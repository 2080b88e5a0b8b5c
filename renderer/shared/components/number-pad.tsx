import { Delete } from "lucide-react";
import type { ReactNode } from "react";
import type { EntryKey } from "../number-entry.ts";
import { useWords } from "../words/intl.tsx";
import { Key, SymbolKey } from "./key.tsx";
import styles from "./number-pad.module.css";

const upperRows: readonly (readonly EntryKey[])[] = [
  ["7", "8", "9"],
  ["4", "5", "6"],
  ["1", "2", "3"],
];

const amountRow: readonly EntryKey[] = ["00", "0", "."];

/**
 * Twelve keys for a number, or ten for digits alone, and a fourth column: back, clear, and up to two keys of the page's own.
 * Digits have the order of a till, 7 8 9 on top.
 */
export function NumberPad(props: {
  form?: "amount" | "digits";
  onKey(key: EntryKey): void;
  sideKeys?: readonly [ReactNode, ReactNode];
}) {
  const words = useWords();
  const rows = [...upperRows, props.form === "digits" ? ([null, "0", null] as const) : amountRow];
  const side = [
    <Key
      key="back"
      className={styles.side}
      isStacked
      icon={Delete}
      label={words("pad.back")}
      onPress={() => props.onKey("back")}
    />,
    <Key key="clear" className={styles.side} label={words("pad.clear")} onPress={() => props.onKey("clear")} />,
    ...(props.sideKeys ?? []),
  ];
  return (
    <div className={styles.pad}>
      {rows.map((row, index) => [
        ...row.map((key, place) =>
          key === null ? (
            <span key={`none-${place}`} />
          ) : (
            <SymbolKey
              key={key}
              className={styles.digit}
              symbol={key}
              name={key === "." ? words("pad.point") : key}
              onPress={() => props.onKey(key)}
            />
          ),
        ),
        side[index] ?? <span key={`space-${index}`} />,
      ])}
    </div>
  );
}
