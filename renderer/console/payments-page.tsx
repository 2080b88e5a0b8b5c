import type { DeclineCode } from "../../sync/protocol/api.ts";
import type { OperatorPayment } from "../../sync/protocol/operator-api.ts";
import { Key } from "../shared/components/key.tsx";
import { BusyRod } from "../shared/components/rod.tsx";
import { formatPaymentNumber } from "../shared/format.ts";
import type { WordKey } from "../shared/words/en.ts";
import { useWords } from "../shared/words/intl.tsx";
import type { BeadPlace } from "./bead-place.ts";
import { useDesk, useDeskState, useOverview } from "./desk-context.tsx";
import { PageHead, ScrollTable } from "./page-head.tsx";
import page from "./page.module.css";
import { railWords } from "./rail-words.ts";
import { StateBead } from "./state-bead.tsx";
import { useConsoleFormats } from "./use-console-formats.ts";

const states: Readonly<Record<OperatorPayment["state"], { words: WordKey; place: BeadPlace }>> = {
  paid: { words: "console.payment-paid", place: "there" },
  declined: { words: "console.payment-declined", place: "far" },
  reversed: { words: "console.payment-reversed", place: "back" },
  waiting: { words: "console.payment-waiting", place: "far" },
  unknown: { words: "console.payment-unknown", place: "far" },
  reversing: { words: "console.payment-reversing", place: "far" },
};

const declines: Readonly<Record<DeclineCode, WordKey>> = {
  "wallet.insufficient": "console.declined-insufficient",
  "wallet.blocked": "console.declined-blocked",
  "wallet.unknown": "console.declined-unknown-wallet",
  "token.invalid": "console.declined-unreadable",
  "token.expired": "console.declined-expired",
  "token.not-yet-valid": "console.declined-early",
  "token.used": "console.declined-used",
  "token.above-limit": "console.declined-limit",
  "currency.mismatch": "console.declined-currency",
  "payment.reversed": "console.declined-undone",
  "rail.off": "console.declined-off",
  "rail.not-reached": "console.declined-not-reached",
  "rail.code-invalid": "console.declined-unreadable",
  "rail.code-expired": "console.declined-expired",
  "rail.code-used": "console.declined-used",
  "rail.insufficient": "console.declined-insufficient",
  "rail.above-limit": "console.declined-limit",
  "rail.declined": "console.declined-rail",
  "rail.not-confirmed": "console.declined-not-confirmed",
};

/** Charges of wallets: what was taken, what was kept of it, and how it stands. */
export function PaymentsPage() {
  const words = useWords();
  const { payments, hasOlderPayments } = useDeskState();
  const { olderPayments } = useDesk();
  return (
    <>
      <PageHead title={words("console.payments-title")} second={words("console.payments-second")} />
      <div className={page.beam} />
      {payments === null && (
        <div className={page.none} role="status">
          <BusyRod />
        </div>
      )}
      {payments !== null && payments.length === 0 && <p className={page.none}>{words("console.no-payments")}</p>}
      {payments !== null && payments.length > 0 && (
        <ScrollTable name={words("console.payments-title")}>
          <thead>
            <tr>
              <th scope="col">{words("console.state")}</th>
              <th scope="col">{words("console.number")}</th>
              <th scope="col">{words("console.when")}</th>
              <th scope="col" className={page.number}>
                {words("console.amount")}
              </th>
              <th scope="col" className={page.number}>
                {words("console.kept")}
              </th>
              <th scope="col">{words("console.till")}</th>
              <th scope="col">{words("console.receipt")}</th>
            </tr>
          </thead>
          <tbody>
            {payments.map((payment) => (
              <Payment key={payment.paymentId} payment={payment} />
            ))}
          </tbody>
          {hasOlderPayments && (
            <tfoot>
              <tr>
                <td colSpan={7}>
                  <Key className={page.older} label={words("console.older")} onPress={olderPayments} />
                </td>
              </tr>
            </tfoot>
          )}
        </ScrollTable>
      )}
    </>
  );
}

function Payment({ payment }: { payment: OperatorPayment }) {
  const words = useWords();
  const formats = useConsoleFormats();
  const { time, stores } = useOverview();
  const look = states[payment.state];
  const store = stores.find(({ storeId }) => storeId === payment.storeId);
  const { commissionMinor, currency, code } = payment;
  return (
    <tr>
      <td>
        <span className={page.state}>
          <StateBead place={look.place} />
          <span>
            {words(look.words)}
            {code !== undefined && <span className={page.small}>{words(declines[code])}</span>}
          </span>
        </span>
      </td>
      <td className={page.code}>
        <strong>{formatPaymentNumber(payment.number)}</strong>
        <span className={page.small}>{words(railWords[payment.rail])}</span>
      </td>
      <td className={page.nowrap}>{formats.when(payment.at, time)}</td>
      <td className={page.number}>
        <strong>{formats.money(payment.amountMinor, currency)}</strong>
      </td>
      <td className={page.number}>{commissionMinor === undefined ? "" : formats.money(commissionMinor, currency)}</td>
      <td>
        {words("console.till-number", { number: payment.tillNumber })}
        <span className={page.small}>{store === undefined ? payment.storeId : formats.name(store.name)}</span>
      </td>
      <td className={page.nowrap}>
        {payment.receiptCode ?? (payment.state === "paid" ? words("console.receipt-not-yet") : "")}
      </td>
    </tr>
  );
}
