import { ListChecks } from "lucide-react";
import { maximumNoteCharacters } from "../../main/contract/methods.ts";
import type { BasketLine } from "../../main/contract/snapshot.ts";
import { refundReasonSchema, type RefundReason } from "../../sync/protocol/entry-types.ts";
import { minorDigits } from "../../sync/protocol/money.ts";
import { classNames } from "../shared/class-names.ts";
import { Key, SymbolKey } from "../shared/components/key.tsx";
import type { WordKey } from "../shared/words/en.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { useEntry } from "./entries/use-entry.ts";
import { EntrySheet } from "./entry-sheet.tsx";
import entryStyles from "./entry-sheet.module.css";
import { LineFacts } from "./line-facts.tsx";
import { chooseAll, isEverything, leftOfLine } from "./refund-choice.ts";
import styles from "./refund-sheet.module.css";
import { Sheet } from "./sheet.tsx";
import sheetStyles from "./sheets.module.css";
import { TextRow } from "./text-row.tsx";
import { useSnapshot } from "./till.tsx";
import { changePanel, openPanel, type OpenRefund, type Panel } from "./view.ts";

const reasonWords = {
  unwanted: "refund.unwanted",
  faulty: "refund.faulty",
  "wrong-item": "refund.wrong-item",
  "wrong-price": "refund.wrong-price",
  other: "refund.other",
} as const satisfies Record<RefundReason, WordKey>;

type RefundPanel = Extract<Panel, { kind: "refund" | "refund-amount" }>;

function change(panel: RefundPanel, refund: Partial<OpenRefund>): void {
  changePanel({ ...panel, refund: { ...panel.refund, ...refund } });
}

/** What comes back of a sale, piece by piece, and why. The bill beside it says what goes back; the main key gives it. */
export function RefundSheet({ panel }: { panel: Extract<Panel, { kind: "refund" }> }) {
  const words = useWords();
  const formats = useFormats();
  const { refund } = panel;
  const { opened, left } = refund;
  const isAll = isEverything(refund);
  return (
    <Sheet title={words("refund.title", { code: opened.receipt.receiptCode })}>
      <p className={sheetStyles.hint}>{words("refund.left", { amount: formats.money(left.totalMinor) })}</p>
      <Reasons panel={panel} />
      <div className={classNames(sheetStyles.keys, sheetStyles.three, styles.ways)}>
        <Key
          className={classNames(sheetStyles.key, isAll && sheetStyles.on)}
          icon={ListChecks}
          label={words("refund.everything")}
          isOn={isAll}
          onPress={() => change(panel, { chosen: isAll ? {} : chooseAll(refund) })}
        />
        <Key
          className={sheetStyles.key}
          label={words("refund.way-amount")}
          second={words("refund.way-amount-second")}
          reason={left.mostAmountMinor === 0 ? words("refund.no-amount") : undefined}
          onPress={() => openPanel({ kind: "refund-amount", refund })}
        />
      </div>
      <ul className={styles.lines} aria-label={words("refund.goods")}>
        {opened.basket.lines.map((line) => (
          <li key={line.lineId} className={styles.line}>
            <Line panel={panel} line={line} />
          </li>
        ))}
      </ul>
      <TextRow
        label={words("refund.note")}
        value={refund.note}
        mostCharacters={maximumNoteCharacters}
        onChange={(note) => change(panel, { note })}
      />
    </Sheet>
  );
}

/** Money without goods: any amount up to what is left. */
export function RefundAmountPad({ panel }: { panel: Extract<Panel, { kind: "refund-amount" }> }) {
  const words = useWords();
  const formats = useFormats();
  const { till } = useSnapshot();
  const entry = useEntry();
  const { refund } = panel;
  return (
    <EntrySheet
      title={words("refund.title", { code: refund.opened.receipt.receiptCode })}
      prefix={formats.note(0).replace("0", "")}
      placeholder={formats.column(0).slice(0, minorDigits(till.currency) === 0 ? 1 : undefined)}
      resultLabel={words("refund.then-left")}
      result={formats.money(entry?.resultMinor ?? 0)}
      above={<Reasons panel={panel} />}
      sideKeys={[
        <Key
          key="goods"
          className={classNames(entryStyles.side, entryStyles.wordy)}
          label={words("refund.way-goods")}
          isOn={false}
          onPress={() => openPanel({ kind: "refund", refund })}
        />,
        <Key
          key="amount"
          className={classNames(entryStyles.side, entryStyles.wordy, entryStyles.on)}
          label={words("refund.way-amount")}
          isOn
          onPress={() => undefined}
        />,
      ]}
    />
  );
}

function Reasons({ panel }: { panel: RefundPanel }) {
  const words = useWords();
  return (
    <div className={sheetStyles.quick} role="group" aria-label={words("refund.why")}>
      {refundReasonSchema.options.map((reason) => {
        const isOn = panel.refund.reason === reason;
        return (
          <Key
            key={reason}
            className={classNames(sheetStyles.key, sheetStyles.wordy, isOn && sheetStyles.on)}
            label={words(reasonWords[reason])}
            isOn={isOn}
            onPress={() => change(panel, { reason })}
          />
        );
      })}
    </div>
  );
}

/** A line of the sale with how much of it comes back. A weighed good comes back whole. */
function Line({ panel, line }: { panel: Extract<Panel, { kind: "refund" }>; line: BasketLine }) {
  const words = useWords();
  const formats = useFormats();
  const { refund } = panel;
  const { basket } = refund.opened;
  const left = leftOfLine(refund, line.lineId);
  const chosen = refund.chosen[line.lineId] ?? 0;
  const name = formats.name(line.name);
  const isWeighed = line.weightGrams !== undefined;
  const step = isWeighed ? left : 1;
  const choose = (units: number) =>
    change(panel, { chosen: { ...refund.chosen, [line.lineId]: Math.min(left, Math.max(0, units)) } });
  const count = words("refund.count", isWeighed ? { count: chosen > 0 ? 1 : 0, left: 1 } : { count: chosen, left });
  return (
    <>
      <span className={classNames(styles.words, left === 0 && styles.gone)}>
        <span className={styles.name}>{name}</span>
        <LineFacts line={line} basket={basket} />
      </span>
      {left === 0 ? (
        <span className={styles.back}>{words("refund.back-already")}</span>
      ) : (
        <span className={styles.stepper} role="group" aria-label={name}>
          <SymbolKey
            className={styles.step}
            symbol="−"
            name={words("refund.fewer", { name })}
            onPress={() => choose(chosen - step)}
          />
          <output className={classNames(styles.count, chosen > 0 && styles.chosen)}>{count}</output>
          <SymbolKey
            className={styles.step}
            symbol="+"
            name={words("refund.more", { name })}
            onPress={() => choose(chosen + step)}
          />
        </span>
      )}
    </>
  );
}
