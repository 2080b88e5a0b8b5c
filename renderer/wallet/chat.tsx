import { useEffect, useLayoutEffect, useRef } from "react";
import type { ChatMessage } from "../../sync/protocol/chat.ts";
import { FetchingChat } from "../shared/chat/fetching.tsx";
import { emptyRoom, refundsOf, type Room } from "../shared/chat/messages.ts";
import { Key } from "../shared/components/key.tsx";
import { Mark } from "../shared/components/mark.tsx";
import { useFormats, useWords } from "../shared/words/intl.tsx";
import { AwayLine } from "./away-line.tsx";
import { OnItsWay, Written } from "./bubble.tsx";
import styles from "./chat.module.css";
import { MessageComposer } from "./composer.tsx";
import { ScreenHead } from "./frame.tsx";
import { BackKey } from "./head-keys.tsx";
import { useGo, usePhone, usePhoneState } from "./phone-context.tsx";
import { ReceiptCard } from "./receipt-card.tsx";
import { useWhen } from "./use-when.ts";

/** A new time is told where so much lies between two messages. */
const pauseMs = 15 * 60_000;
/** Somebody who has scrolled up further than this is reading, and is left there. */
const nearEndPx = 160;

/** The chat with one shop: receipts as cards, questions and answers. */
export function Chat({ threadId, about }: { threadId: string; about?: string | undefined }) {
  const words = useWords();
  const formats = useFormats();
  const { threads, rooms } = usePhoneState();
  const thread = threads?.find((each) => each.threadId === threadId);
  const room = rooms[threadId] ?? emptyRoom;
  const until = thread?.answersUntil;
  return (
    <div className={styles.screen}>
      <ScreenHead
        title={thread === undefined ? words("wallet.shop") : formats.name(thread.store)}
        second={until === undefined ? words("wallet.shop") : words("wallet.answers-until", { time: until })}
        start={
          <>
            <BackKey to={{ screen: "chats" }} />
            <span className={styles.picture} aria-hidden="true">
              <Mark widthPx={30} />
            </span>
          </>
        }
      />
      <AwayLine />
      <Messages threadId={threadId} room={room} />
      <MessageComposer threadId={threadId} about={about} outgoingCount={room.outgoing.length} />
    </div>
  );
}

function Messages({ threadId, room }: { threadId: string; room: Room }) {
  const words = useWords();
  const { olderMessages } = usePhone();
  const end = useScrollToEnd(`${room.messages?.at(-1)?.cursor ?? 0} ${room.outgoing.length}`);
  if (room.messages === null) {
    return <FetchingChat>{words("wallet.chat-fetching")}</FetchingChat>;
  }
  const { messages, outgoing } = room;
  const isEmpty = messages.length === 0 && outgoing.length === 0;
  return (
    // A list that scrolls has to be in reach of the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section ref={end} className={styles.messages} tabIndex={0} aria-label={words("wallet.messages")}>
      {isEmpty && <p className={styles.empty}>{words("wallet.chat-empty")}</p>}
      {room.hasOlder && (
        <Key className={styles.older} label={words("wallet.older")} onPress={() => olderMessages(threadId)} />
      )}
      <ol className={styles.list} aria-live="polite">
        {messages.map((message, index) => (
          <Message
            key={message.messageId}
            threadId={threadId}
            message={message}
            room={room}
            previous={messages[index - 1]}
          />
        ))}
        {outgoing.map((message) => (
          <li key={message.messageId}>
            <OnItsWay threadId={threadId} message={message} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Message(props: { threadId: string; message: ChatMessage; room: Room; previous: ChatMessage | undefined }) {
  const { threadId, message, room, previous } = props;
  const when = useWhen();
  const go = useGo();
  const hasPause = previous === undefined || Date.parse(message.at) - Date.parse(previous.at) > pauseMs;
  return (
    <>
      {hasPause && (
        <li className={styles.time}>
          <time dateTime={message.at}>{when.dayAndTime(message.at)}</time>
        </li>
      )}
      {message.kind === "receipt" ? (
        <li>
          <ReceiptCard
            receipt={message.receipt}
            refunds={refundsOf(room.messages ?? [], message.receipt.receiptCode)}
            onAsk={() => go({ screen: "chat", threadId, about: message.receipt.receiptCode })}
            onReturn={() => go({ screen: "return", threadId, messageId: message.messageId })}
          />
        </li>
      ) : (
        <li>
          <Written message={message} isRead={message.cursor <= room.readUpTo} />
        </li>
      )}
    </>
  );
}

/** Keeps the newest message in view, unless somebody has scrolled up to read. */
function useScrollToEnd(newest: string) {
  const place = useRef<HTMLElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const look = () => {
      isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearEndPx;
    };
    element.addEventListener("scroll", look, { passive: true });
    return () => element.removeEventListener("scroll", look);
  });
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null || !isAtEnd.current) return;
    element.scrollTop = element.scrollHeight;
    // A receipt that is longer than the screen is read from its top.
    const last = element.querySelector("li:last-child > article");
    if (last !== null && last.clientHeight > element.clientHeight) last.scrollIntoView({ block: "start" });
  }, [newest]);
  return place;
}
