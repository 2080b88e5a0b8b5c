import type { WalletThread } from "../../sync/protocol/wallet-api.ts";
import { Mark } from "../shared/components/mark.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { AwayLine } from "./away-line.tsx";
import styles from "./chats.module.css";
import { ScreenHead } from "./frame.tsx";
import { BackKey } from "./head-keys.tsx";
import { useGo, usePhoneState } from "./phone-context.tsx";
import { useWhen } from "./use-when.ts";
import { NoRows, Row, Rows, WaitingForRows } from "./rows.tsx";

/** The shops that this shopper has a chat with, the newest first. */
export function Chats() {
  const words = useWords();
  const { threads } = usePhoneState();
  return (
    <div className={styles.screen}>
      <ScreenHead title={words("wallet.chats-title")} start={<BackKey to={{ screen: "pay" }} />} />
      <AwayLine />
      {threads === null && <WaitingForRows>{words("wallet.reaching")}</WaitingForRows>}
      {threads !== null && threads.length === 0 && (
        <NoRows>
          <div className={styles.none}>
            <p className={styles.noneTitle}>{words("wallet.chats-none")}</p>
            <p>{words("wallet.chats-none-second")}</p>
          </div>
        </NoRows>
      )}
      {threads !== null && threads.length > 0 && (
        <Rows look="band">
          {threads.map((thread) => (
            <ThreadRow key={thread.threadId} thread={thread} />
          ))}
        </Rows>
      )}
    </div>
  );
}

function ThreadRow({ thread }: { thread: WalletThread }) {
  const words = useWords();
  const formats = useFormats();
  const when = useWhen();
  const go = useGo();
  const { last, unread } = thread;
  let text = "";
  if (last?.kind === "receipt") {
    text = words("wallet.last-receipt", { amount: formats.money(last.totalMinor ?? 0) });
  } else if (last !== undefined) {
    text = last.from === "shopper" ? words("wallet.last-own", { text: last.text }) : last.text;
  }
  return (
    <Row className={styles.row} onPress={() => go({ screen: "chat", threadId: thread.threadId })}>
      <span className={styles.picture} aria-hidden="true">
        <Mark widthPx={32} />
      </span>
      <span className={styles.words}>
        <span className={styles.name}>{formats.name(thread.store)}</span>
        <span className={styles.last}>{text}</span>
      </span>
      <span className={styles.side}>
        {last !== undefined && <span className={styles.time}>{when.time(last.at)}</span>}
        {unread > 0 && <span className={styles.unread}>{words("wallet.unread", { count: unread })}</span>}
      </span>
    </Row>
  );
}
