import { ArrowDownLeft, ArrowUpRight, ChevronRight, Undo2 } from "lucide-react";
import type { WalletMove } from "../../sync/protocol/wallet-api.ts";
import { Key } from "../shared/components/key.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { AwayLine } from "./away-line.tsx";
import { dayOf } from "./day.ts";
import { ScreenHead } from "./frame.tsx";
import { BackKey } from "./head-keys.tsx";
import styles from "./history.module.css";
import { useGo, usePhone, usePhoneState, useZone } from "./phone-context.tsx";
import { useWhen } from "./use-when.ts";
import { unbrokenPaymentNumber } from "./payment-number.ts";
import { NoRows, Row, Rows, WaitingForRows } from "./rows.tsx";

const icons = { "top-up": ArrowDownLeft, charge: ArrowUpRight, reversal: Undo2, refund: Undo2 } as const;
const kindWords = {
  "top-up": "wallet.move-top-up",
  charge: "wallet.move-charge",
  reversal: "wallet.move-reversal",
  refund: "wallet.move-refund",
} as const;

/** What has moved the balance, the newest first, by day. */
export function History() {
  const words = useWords();
  const formats = useFormats();
  const zone = useZone();
  const when = useWhen();
  const { wallet, moves, hasOlderMoves } = usePhoneState();
  const { olderMoves } = usePhone();
  return (
    <div className={styles.screen}>
      <ScreenHead
        title={words("wallet.history-title")}
        second={wallet === null ? undefined : words("wallet.balance", { amount: formats.money(wallet.balanceMinor) })}
        start={<BackKey to={{ screen: "pay" }} />}
      />
      <AwayLine />
      {moves === null && <WaitingForRows>{words("wallet.history-fetching")}</WaitingForRows>}
      {moves !== null && moves.length === 0 && <NoRows>{words("wallet.history-none")}</NoRows>}
      {moves !== null && moves.length > 0 && (
        <div className={styles.days}>
          {byDay(moves, zone).map(([day, ofDay]) => (
            <section key={day}>
              <h2 className={styles.day}>{when.day(ofDay[0]?.at ?? day)}</h2>
              <Rows look="band">
                {ofDay.map((move) => (
                  <Move key={move.id} move={move} />
                ))}
              </Rows>
            </section>
          ))}
          {hasOlderMoves && <Key className={styles.older} label={words("wallet.older")} onPress={olderMoves} />}
        </div>
      )}
    </div>
  );
}

/** Moves under the day on which they were, in the order in which they came. */
function byDay(moves: readonly WalletMove[], zone: string): [string, readonly WalletMove[]][] {
  const days = new Map<string, WalletMove[]>();
  for (const move of moves) {
    const day = dayOf(move.at, zone);
    days.set(day, [...(days.get(day) ?? []), move]);
  }
  return [...days];
}

function Move({ move }: { move: WalletMove }) {
  const go = useGo();
  const { threadId } = move;
  return (
    <Row className={styles.move} onPress={threadId === undefined ? undefined : () => go({ screen: "chat", threadId })}>
      <MoveWords move={move} />
    </Row>
  );
}

function MoveWords({ move }: { move: WalletMove }) {
  const words = useWords();
  const formats = useFormats();
  const Icon = icons[move.kind];
  const facts = [
    formats.time(move.at),
    // A payment says by its sign that it is one.
    move.store === undefined || move.kind === "charge" ? undefined : words(kindWords[move.kind]),
    move.number === undefined ? undefined : unbrokenPaymentNumber(move.number),
  ];
  const amount = formats.money(move.amountMinor);
  return (
    <>
      <span className={styles.icon} aria-hidden="true">
        <Icon size={22} />
      </span>
      <span className={styles.words}>
        <span className={styles.name}>
          {move.store === undefined ? words(kindWords[move.kind]) : formats.name(move.store)}
        </span>
        <span className={styles.second}>{facts.filter((fact) => fact !== undefined).join(" · ")}</span>
      </span>
      <span className={styles.amounts}>
        <span className={move.amountMinor > 0 ? styles.more : styles.amount}>
          {move.amountMinor > 0 ? `+${amount}` : amount}
        </span>
        <span className={styles.second}>
          {words("wallet.move-balance", { amount: formats.money(move.balanceAfterMinor) })}
        </span>
      </span>
      {move.threadId === undefined ? <span /> : <ChevronRight size={20} aria-hidden />}
    </>
  );
}
