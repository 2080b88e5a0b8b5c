import type { OperatorThread } from "../../sync/protocol/operator-api.ts";
import { BusyRod } from "../shared/components/rod.tsx";
import { useWords } from "../shared/words/intl.tsx";
import styles from "./chat-page.module.css";
import { Conversation } from "./conversation.tsx";
import { useConsoleView, useDeskState, useGoTo, useOverview } from "./desk-context.tsx";
import { PageHead } from "./page-head.tsx";
import page from "./page.module.css";
import { useConsoleFormats } from "./use-console-formats.ts";

/** The operator's chats with the shops: their list, and the one that is open. */
export function ChatPage() {
  const words = useWords();
  const { threadId, about } = useConsoleView();
  const { threads } = useDeskState();
  const open = threads?.find((thread) => thread.threadId === threadId);
  return (
    <>
      <PageHead title={words("console.chat-title")} />
      <div className={page.beam} />
      {threads === null && (
        <div className={page.none} role="status">
          <BusyRod />
        </div>
      )}
      {threads !== null && threads.length === 0 && <p className={page.none}>{words("console.chat-none")}</p>}
      {threads !== null && threads.length > 0 && (
        <div className={styles.columns}>
          <ul className={styles.list}>
            {threads.map((thread) => (
              <li key={thread.threadId}>
                <Thread thread={thread} isOpen={thread.threadId === threadId} />
              </li>
            ))}
          </ul>
          {open === undefined ? (
            <p className={styles.choose}>{words("console.chat-choose")}</p>
          ) : (
            <Conversation key={open.threadId} thread={open} about={about} />
          )}
        </div>
      )}
    </>
  );
}

function Thread({ thread, isOpen }: { thread: OperatorThread; isOpen: boolean }) {
  const words = useWords();
  const formats = useConsoleFormats();
  const go = useGoTo();
  const { time } = useOverview();
  const { last, unread } = thread;
  let text = words("console.chat-silent");
  if (last !== undefined) text = last.from === "operator" ? words("console.chat-own", { text: last.text }) : last.text;
  return (
    <button
      type="button"
      className={styles.thread}
      aria-current={isOpen ? "true" : undefined}
      onClick={() => go({ section: "chat", threadId: thread.threadId })}
    >
      <span className={styles.shop}>{formats.name(thread.store)}</span>
      <span className={styles.when}>{last === undefined ? "" : formats.when(last.at, time)}</span>
      <span className={styles.last}>{text}</span>
      {unread > 0 && <span className={styles.unread}>{words("console.chat-new", { count: unread })}</span>}
    </button>
  );
}
