import { useEffect, useState } from "react";
import { TillError } from "../../main/contract/errors.ts";
import type { FoundPayment } from "../../main/contract/found-payment.ts";
import { formatPaymentNumber } from "../shared/format.ts";
import { walletNames } from "../shared/wallet-names.ts";
import type { WordKey } from "../shared/words/en.ts";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import styles from "./row-list.module.css";
import { useAsk, useSnapshot } from "./till.tsx";
import { setView } from "./view.ts";

/** Eight digits, with or without the gap that screens show them with. */
const numberShape = /^\d{4} ?\d{4}$/;

/** The payment number in what was typed, or null where it is none. */
export function paymentNumberIn(query: string): string | null {
  const text = query.trim();
  return numberShape.test(text) ? text.replace(" ", "") : null;
}

type Found = { readonly number: string; readonly payments: readonly FoundPayment[]; readonly isPlatformAsked: boolean };

const stateWords: Readonly<Record<FoundPayment["state"], WordKey>> = {
  asking: "found.asking",
  waiting: "found.waiting",
  unknown: "found.unknown",
  paid: "found.paid",
  declined: "found.declined",
  reversing: "found.reversing",
  reversed: "found.reversed",
};

/** What became of the payments under a number that a shopper shows: at this till, and at the others of the shop. */
export function FoundPayments({ number }: { number: string }) {
  const words = useWords();
  const found = useFoundPayments(number);
  if (found === null) return null;
  return (
    <section aria-label={words("found.title")}>
      <ul className={styles.rows}>
        {found.payments.map((payment) => (
          <li key={payment.paymentId}>
            <Row payment={payment} />
          </li>
        ))}
      </ul>
      {found.payments.length === 0 && (
        <p className={styles.none} role="status">
          {words(found.isPlatformAsked ? "found.none" : "found.none-here")}
        </p>
      )}
      {found.payments.length > 0 && !found.isPlatformAsked && <p className={styles.none}>{words("found.not-asked")}</p>}
    </section>
  );
}

function Row({ payment }: { payment: FoundPayment }) {
  const words = useWords();
  const formats = useFormats();
  const { till } = useSnapshot();
  const { number, rail, amountMinor, at, state, tillNumber, receipt } = payment;
  const parts = [
    words(stateWords[state], { wallet: words(walletNames[rail]) }),
    receipt === undefined ? undefined : words("found.receipt", { code: receipt.receiptCode }),
    tillNumber === till.number ? undefined : words("found.till", { number: tillNumber }),
  ];
  return (
    <div className={styles.row}>
      <span className={styles.words}>
        <span className={styles.first}>
          {formatPaymentNumber(number)}
          <span className={styles.time}>
            {formats.day(at.slice(0, 10))} {formats.time(at)}
          </span>
        </span>
        <span className={styles.second}>{parts.filter((part) => part !== undefined).join(words("found.comma"))}</span>
      </span>
      <span className={styles.amount}>{formats.money(amountMinor)}</span>
    </div>
  );
}

function useFoundPayments(number: string): Found | null {
  const ask = useAsk();
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    let isWanted = true;
    ask("payments.find", { number }).then(
      (answer) => {
        if (isWanted) setFound({ number, ...answer });
      },
      (error: unknown) => {
        if (!(error instanceof TillError)) throw error;
        if (!isWanted || error.code === "wire.closed") return;
        setView({ message: { kind: "fault", fault: { code: error.code, params: { ...error.params } } } });
      },
    );
    return () => {
      isWanted = false;
    };
  }, [ask, number]);
  return found?.number === number ? found : null;
}
