import { useCallback } from "react";
import type { ShopThread } from "../../../sync/protocol/chat.ts";
import { classNames } from "../../shared/class-names.ts";
import { useWords, type Words } from "../../shared/words/intl.tsx";
import { NotKnownYet } from "../parts/outcome.tsx";
import { SectionHead } from "../parts/section-head.tsx";
import { useTimes } from "../parts/use-times.ts";
import { useAgain, useEvery, useTillData } from "../till.tsx";
import { setView, useView } from "../view.ts";
import styles from "./chat-page.module.css";
import { Conversation } from "./conversation.tsx";
import { nameOfThread } from "./thread-name.ts";

const pollEveryMs = 3_000;

/** The shop's threads, and the one that is open beside them. */
export function ChatPage() {
  const words = useWords();
  const again = useAgain();
  const threads = useTillData("chat.threads", {}, pollEveryMs);
  useEvery(
    useCallback(() => again("chat.threads", {}), [again]),
    pollEveryMs,
  );
  const open = useView((view) => view.thread);
  if (threads.data === null) {
    return (
      <>
        <SectionHead title={words("manager.nav-chat")} />
        <NotKnownYet fault={threads.fault} />
      </>
    );
  }
  const list = threads.data.threads;
  const thread = list.find((each) => each.threadId === open || (open === "operator" && each.with === "operator"));
  const unread = list.reduce((sum, each) => sum + each.unread, 0);
  return (
    <div className={classNames(styles.page, thread !== undefined && styles.isOpen)}>
      <h1 className={styles.hidden}>{words("manager.nav-chat")}</h1>
      <div className={styles.side}>
        <SectionHead
          level={2}
          title={words("manager.nav-chat")}
          second={unread === 0 ? words("manager.chat-all-read") : words("manager.chat-unread", { count: unread })}
        />
        <ThreadList threads={list} openId={thread?.threadId} />
      </div>
      {thread === undefined ? (
        <p className={styles.choose}>{words(list.length > 1 ? "manager.chat-choose" : "manager.chat-no-shoppers")}</p>
      ) : (
        <Conversation key={thread.threadId} thread={thread} />
      )}
    </div>
  );
}

function ThreadList({ threads, openId }: { threads: readonly ShopThread[]; openId: string | undefined }) {
  const words = useWords();
  return (
    <nav className={styles.scroll} aria-label={words("manager.chat-threads")}>
      <ul>
        {threads.map((thread) => (
          <li key={thread.threadId}>
            <button
              type="button"
              className={styles.thread}
              aria-current={thread.threadId === openId ? "true" : undefined}
              onClick={() => setView({ thread: thread.threadId })}
            >
              <ThreadFace thread={thread} />
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function ThreadFace({ thread }: { thread: ShopThread }) {
  const words = useWords();
  const times = useTimes();
  const { last, unread } = thread;
  return (
    <>
      <span className={styles.name}>{nameOfThread(words, thread)}</span>
      {last !== undefined && (
        <time className={styles.at} dateTime={last.at}>
          {times.when(last.at)}
        </time>
      )}
      <span className={styles.last}>{lastWords(words, last)}</span>
      {unread > 0 && (
        <span className={styles.bead}>
          <span aria-hidden>{unread > 99 ? "99+" : unread}</span>
          <span className={styles.hidden}>{words("manager.nav-unread", { count: unread })}</span>
        </span>
      )}
    </>
  );
}

/** The newest message of a thread on one line. */
function lastWords(words: Words, last: ShopThread["last"]): string {
  if (last === undefined) return words("manager.chat-nothing-yet");
  const text = last.kind === "receipt" ? words("manager.chat-receipt", { text: last.text }) : last.text;
  return last.from === "shop" ? words("manager.chat-you", { text }) : text;
}
