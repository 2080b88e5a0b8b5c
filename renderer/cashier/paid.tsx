import { Banknote, Check, Clock, Inbox, TriangleAlert, Undo2, Wallet } from "lucide-react";
import type { ReactNode } from "react";
import type { Outcome, PrintState } from "../../main/contract/snapshot.ts";
import { wordsOfFault } from "../../main/contract/words/index.ts";
import { classNames } from "../shared/class-names.ts";
import { Notice } from "../shared/components/notice.tsx";
import { formatPaymentNumber } from "../shared/format.ts";
import type { WordKey } from "../shared/words/en.ts";
import { useFormats, useLocale, useWords } from "../shared/words/intl.tsx";
import styles from "./paid.module.css";
import { Paper } from "./paper.tsx";
import { walletWords } from "./refund-words.ts";
import { useIsPrinterMended } from "./tender-row.tsx";
import { useSnapshot } from "./till.tsx";
import { useView } from "./view.ts";

/** The sale is stored: the bead lies against the beam. For cash the large figure is what goes back to the shopper. */
export function Paid({ outcome }: { outcome: Outcome }) {
  const words = useWords();
  const formats = useFormats();
  const changeMinor = outcome.changeMinor ?? 0;
  // What leaves the drawer is the large figure: the change of a sale, the cash of a refund.
  const isRefund = outcome.kind === "refund";
  const givesCash = isRefund ? outcome.tender !== "wallet" : outcome.tender === "cash" && changeMinor > 0;
  const amount = formats.money(givesCash ? changeMinor : outcome.totalMinor + (outcome.roundingMinor ?? 0));
  const title = words(titleOf(outcome, givesCash));
  return (
    <section className={styles.panel}>
      <div className={styles.rod} aria-hidden="true">
        <span className={styles.wire} />
        <svg className={styles.ghost} viewBox="0 0 96 72">
          <rect x="2" y="2" width="92" height="68" rx="34" />
        </svg>
        <span className={styles.bead}>
          <Check size={60} strokeWidth={3.6} />
        </span>
        <span className={styles.beam} />
      </div>
      <div className={styles.words} role="status">
        <h1 className={styles.title}>{title}</h1>
        <p className={classNames(styles.amount, amount.length > 7 && styles.wide, amount.length > 9 && styles.wider)}>
          {amount}
        </p>
        <Facts outcome={outcome} />
      </div>
      <Printing outcome={outcome} />
    </section>
  );
}

function titleOf(outcome: Outcome, givesCash: boolean): WordKey {
  if (outcome.kind === "refund") {
    if (givesCash) return "refund.give-cash";
    return outcome.walletState === "given-back" ? "refund.given-back" : "refund.recorded";
  }
  if (outcome.tender === "mixed") return "paid.mixed";
  if (outcome.tender === "wallet") return "paid.wallet";
  return givesCash ? "paid.give-change" : "paid.cash";
}

function Facts({ outcome }: { outcome: Outcome }) {
  const words = useWords();
  const formats = useFormats();
  return (
    <ul className={styles.facts}>
      <Fact icon={<Check size={24} strokeWidth={2.5} aria-hidden />}>
        {words("paid.stored", { time: formats.timeToSecond(outcome.storedAt) })}
      </Fact>
      {outcome.originalReceiptCode !== undefined && (
        <Fact icon={<Undo2 size={24} aria-hidden />} isProportional>
          {words("refund.original", { code: outcome.originalReceiptCode })}
        </Fact>
      )}
      <WalletFact outcome={outcome} />
      {outcome.kind === "sale" && outcome.tender === "mixed" && (
        <Fact icon={<Banknote size={24} aria-hidden />}>
          {words("paid.parts", {
            cash: formats.money(outcome.cashMinor ?? 0),
            wallet: formats.money(outcome.walletMinor ?? 0),
          })}
        </Fact>
      )}
      {outcome.paymentNumber !== undefined && (
        <Fact icon={<Wallet size={24} aria-hidden />}>
          {words("paid.payment")} <strong>{formatPaymentNumber(outcome.paymentNumber)}</strong>
        </Fact>
      )}
      {outcome.kind === "sale" && outcome.tenderedMinor !== undefined && (outcome.changeMinor ?? 0) > 0 && (
        <Fact icon={<Banknote size={24} aria-hidden />}>
          {words("paid.taken", {
            taken: formats.money(outcome.tenderedMinor),
            total: formats.money(outcome.tenderedMinor - (outcome.changeMinor ?? 0)),
          })}
        </Fact>
      )}
      {outcome.drawer !== "none" && (
        <Fact icon={<Inbox size={24} aria-hidden />}>
          {words(outcome.drawer === "opened" ? "paid.drawer-opened" : "paid.drawer-failed")}
        </Fact>
      )}
    </ul>
  );
}

/** How far the money is that goes back to a wallet. What stands on the screen is never more than what the platform said. */
function WalletFact({ outcome: { walletState, walletMinor = 0 } }: { outcome: Outcome }) {
  const words = useWords();
  const formats = useFormats();
  if (walletState === undefined) return null;
  const Icon = walletIcons[walletState];
  return (
    <Fact icon={<Icon size={24} aria-hidden />} isAttention={walletState === "needs-you"}>
      {words(walletWords[walletState], { amount: formats.money(walletMinor) })}
    </Fact>
  );
}

const walletIcons = { recorded: Clock, "given-back": Wallet, "needs-you": TriangleAlert } as const;

/** A fact with its icon. A receipt's number stands in proportional figures, everything else in those of a table. */
function Fact(props: { icon: ReactNode; isProportional?: boolean; isAttention?: boolean; children: ReactNode }) {
  const { icon, children } = props;
  return (
    <li
      className={classNames(
        styles.fact,
        props.isProportional === true && styles.proportional,
        props.isAttention === true && styles.attention,
      )}
    >
      {icon}
      <span>{children}</span>
    </li>
  );
}

const printWords: Readonly<Record<Exclude<PrintState, "failed" | "none">, readonly [WordKey, WordKey]>> = {
  waiting: ["print.waiting", "print.waiting-second"],
  printing: ["print.printing", "print.printing-second"],
  printed: ["print.printed", "print.printed-second"],
  probably: ["print.probably", "print.probably-second"],
  unknown: ["print.unknown", "print.unknown-second"],
};

/** How far the paper has come: the slot and the paper, or in words why none came. */
function Printing({ outcome }: { outcome: Outcome }) {
  const words = useWords();
  const locale = useLocale();
  const { basket } = useSnapshot();
  const paidBasket = useView((view) => view.paidBasket);
  const isMended = useIsPrinterMended(outcome);
  if (isMended) return <Notice className={styles.failed} tone="wait" happened={words("print.mended")} />;
  if (outcome.print === "failed") {
    const fault = outcome.printFault ?? { code: "printer.offline" as const, params: {} };
    return <Notice className={styles.failed} tone="attention" {...wordsOfFault(fault, locale)} />;
  }
  // Nothing was asked of the printer, so there is nothing to say about paper.
  if (outcome.print === "none") return null;
  const [title, second] = printWords[outcome.print];
  const lines = basket.saleId === outcome.saleId ? basket : paidBasket;
  return (
    <div className={styles.printing}>
      <div className={styles.slot} />
      {outcome.print !== "waiting" && lines !== null && (
        <div className={styles.window}>
          <Paper outcome={outcome} basket={lines} />
        </div>
      )}
      <div className={styles.aside}>
        <p className={styles.asideTitle}>{words(title, { code: outcome.receiptCode })}</p>
        <p>{words(second)}</p>
      </div>
    </div>
  );
}
