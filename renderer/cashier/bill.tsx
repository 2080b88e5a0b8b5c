import { useWords } from "../shared/words/intl.tsx";
import { BeamLine } from "./beam-line.tsx";
import { BillLines } from "./bill-lines.tsx";
import styles from "./bill.module.css";
import { isInDoubt } from "./is-in-doubt.ts";
import { NextStep } from "./next-step.tsx";
import { PaidTotals } from "./paid-totals.tsx";
import { refundPreview, useRefund } from "./refund-choice.ts";
import { PaidRow, RefundRow, TenderRow, UnknownRow } from "./tender-row.tsx";
import { useSessionState, useSnapshot } from "./till.tsx";
import { Totals } from "./totals.tsx";
import { useView } from "./view.ts";

/** The sale: its lines rise from the beam, its total, its tenders and the one next step stand below and never move. */
export function Bill() {
  const words = useWords();
  const { basket, outcome, payment } = useSnapshot();
  const { phase } = useSessionState();
  const panel = useView((view) => view.panel);
  const paidBasket = useView((view) => view.paidBasket);
  const selectedLineId = useView((view) => view.selectedLineId);
  const isPaid = outcome !== undefined;
  // While a sale is given back, the bill is that sale: what the main key pays out stands above it.
  const { quote } = useRefund();
  const isRefund = panel?.kind === "refund" || panel?.kind === "refund-amount";
  const returned = isRefund && !isPaid && payment === undefined && phase === "ready" ? panel.refund : null;
  const preview = returned === null ? null : refundPreview(returned.opened, quote);
  const open = isPaid && basket.saleId !== outcome.saleId ? (paidBasket ?? basket) : basket;
  const shown = returned === null ? open : returned.opened.basket;
  const isFixed = isPaid || payment !== undefined || returned !== null;
  const onBeam = isFixed
    ? undefined
    : (shown.lines.find((line) => line.lineId === selectedLineId) ??
      shown.lines.find((line) => line.lineId === shown.newestLineId) ??
      shown.lines.at(-1));
  return (
    <section className={styles.bill} aria-label={words("bill.name")}>
      <div className={styles.upper}>
        <BillLines
          basket={shown}
          lines={shown.lines.filter((line) => line !== onBeam)}
          isFixed={isFixed}
          isSettled={isPaid || returned !== null}
          widestQuantity={Math.max(0, ...shown.lines.map((line) => line.quantity ?? 0))}
        />
        {onBeam !== undefined && (
          <BeamLine key={onBeam.lineId} line={onBeam} basket={shown} isNewest={onBeam.lineId === shown.newestLineId} />
        )}
      </div>
      <div className={styles.beam} />
      <div className={styles.lower}>
        {isPaid && <PaidTotals outcome={outcome} />}
        {!isPaid && (preview === null ? <Totals basket={shown} /> : <PaidTotals outcome={preview} />)}
        {isPaid && <PaidRow outcome={outcome} />}
        {!isPaid && isInDoubt(payment) && <UnknownRow payment={payment} />}
        {preview !== null && <RefundRow outcome={preview} />}
        {!isPaid && returned === null && !isInDoubt(payment) && <TenderRow />}
        <div className={styles.next}>
          <NextStep />
        </div>
      </div>
    </section>
  );
}
