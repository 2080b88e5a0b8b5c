import { ArrowLeft } from "lucide-react";
import { Fragment, useEffect, useRef } from "react";
import type { ChatMessage, ShopThread } from "../../../sync/protocol/chat.ts";
import { wordsOfFault } from "../../../main/contract/words/index.ts";
import { classNames } from "../../shared/class-names.ts";
import { Key } from "../../shared/components/key.tsx";
import { BusyRod } from "../../shared/components/rod.tsx";
import { useFormats, useLocale, useWords } from "../../shared/words/intl.tsx";
import { dayOf, formatDay, nearDay } from "../parts/days.ts";
import { NotKnownYet } from "../parts/outcome.tsx";
import { useTimes } from "../parts/use-times.ts";
import { useAsk, useSnapshot } from "../till.tsx";
import { setView } from "../view.ts";
import { Composer } from "./composer.tsx";
import styles from "./conversation.module.css";
import { deliver, useChat, type Unsent } from "./drafts.ts";
import { ReceiptCard } from "./receipt-card.tsx";
import { nameOfThread } from "./thread-name.ts";
import { useMessages } from "./use-messages.ts";

/** One thread: what was said, what is not sent yet, and the place to answer. */
export function Conversation({ thread }: { thread: ShopThread }) {
  const words = useWords();
  const locale = useLocale();
  const { threadId } = thread;
  const known = useMessages(threadId);
  const unsent = useChat((chat) => chat.unsent);
  const arrived = new Set(known.messages?.map(({ messageId }) => messageId));
  const waiting = unsent.filter((each) => each.threadId === threadId && !arrived.has(each.message.messageId));
  const name = nameOfThread(words, thread);
  return (
    <section className={styles.conversation} aria-label={words("manager.chat-with", { name })}>
      <div className={styles.head}>
        <button
          type="button"
          className={styles.back}
          aria-label={words("manager.chat-back")}
          onClick={() => setView({ thread: null })}
        >
          <ArrowLeft size={22} aria-hidden />
        </button>
        <div>
          <h2 className={styles.name}>{name}</h2>
          <p className={styles.about}>
            {words(thread.with === "operator" ? "manager.chat-operator-about" : "manager.chat-shopper-about")}
          </p>
        </div>
      </div>
      {known.fault !== null && known.messages !== null && (
        <p className={styles.fault} role="status">
          {words("manager.join", {
            first: wordsOfFault(known.fault, locale).happened,
            second: words("manager.chat-still"),
          })}
        </p>
      )}
      {known.messages === null ? (
        <NotKnownYet fault={known.fault} />
      ) : (
        <Said
          messages={known.messages}
          waiting={waiting}
          readUpTo={known.readUpTo}
          hasOlder={known.hasOlder}
          onSent={known.refresh}
        />
      )}
      <Composer thread={thread} onSent={known.refresh} />
    </section>
  );
}

function Said(props: {
  messages: readonly ChatMessage[];
  waiting: readonly Unsent[];
  readUpTo: number;
  hasOlder: boolean;
  onSent(): void;
}) {
  const { messages, waiting, readUpTo } = props;
  const words = useWords();
  const { zone } = useSnapshot().till;
  const place = useRef<HTMLDivElement>(null);
  const count = messages.length + waiting.length;
  useEffect(() => {
    const element = place.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, [count]);
  const lastRead = messages.findLast(({ from, cursor }) => from === "shop" && cursor <= readUpTo)?.messageId;
  return (
    // What scrolls is itself reached by the keyboard; new messages are spoken.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={place} className={styles.said} role="log" tabIndex={0} aria-label={words("manager.chat-messages")}>
      {props.hasOlder && <p className={styles.day}>{words("manager.chat-older")}</p>}
      {count === 0 && <p className={styles.none}>{words("manager.chat-none")}</p>}
      {messages.map((message, index) => {
        const before = messages[index - 1];
        const day = dayOf(Date.parse(message.at), zone);
        const isNewDay = before === undefined || dayOf(Date.parse(before.at), zone) !== day;
        return (
          <Fragment key={message.messageId}>
            {isNewDay && <Day at={Date.parse(message.at)} />}
            <Message message={message} isLastRead={message.messageId === lastRead} />
          </Fragment>
        );
      })}
      {waiting.map((each) => (
        <Waiting key={each.message.messageId} unsent={each} onSent={props.onSent} />
      ))}
    </div>
  );
}

function Day({ at }: { at: number }) {
  const words = useWords();
  const locale = useLocale();
  const { zone } = useSnapshot().till;
  const { now } = useTimes();
  const day = nearDay(at, now, zone);
  const text =
    day === "today"
      ? words("manager.day-today")
      : day === "yesterday"
        ? words("manager.day-yesterday")
        : formatDay(at, zone, locale);
  return <p className={styles.day}>{text}</p>;
}

function Message({ message, isLastRead }: { message: ChatMessage; isLastRead: boolean }) {
  const words = useWords();
  const { time } = useFormats();
  const isOwn = message.from === "shop";
  return (
    <div className={classNames(styles.message, isOwn && styles.own)}>
      {message.kind === "receipt" ? (
        <ReceiptCard receipt={message.receipt} />
      ) : (
        <div className={styles.text}>
          {message.about !== undefined && (
            <p className={styles.ref}>{words("manager.chat-about", { about: message.about })}</p>
          )}
          <p>{message.text}</p>
        </div>
      )}
      <p className={styles.at}>
        {time(message.at)}
        {isLastRead && ` · ${words("manager.chat-read")}`}
      </p>
    </div>
  );
}

/** A message that is not there yet: on its way, or come back with a key to send it once more. */
function Waiting({ unsent, onSent }: { unsent: Unsent; onSent(): void }) {
  const words = useWords();
  const locale = useLocale();
  const ask = useAsk();
  const { message, isSending, fault } = unsent;
  return (
    <div className={classNames(styles.message, styles.own)}>
      <div className={classNames(styles.text, styles.unsent, !isSending && styles.returned)}>
        {message.about !== undefined && (
          <p className={styles.ref}>{words("manager.chat-about", { about: message.about })}</p>
        )}
        <p>{message.text}</p>
      </div>
      {isSending ? (
        <p className={styles.at} role="status">
          <BusyRod />
          {words("manager.chat-sending")}
        </p>
      ) : (
        <>
          <p className={styles.notSent} role="alert">
            {fault === null
              ? words("manager.chat-not-sent")
              : words("manager.join", {
                  first: words("manager.chat-not-sent"),
                  second: wordsOfFault(fault, locale).happened,
                })}
          </p>
          <Key
            className={styles.again}
            label={words("manager.chat-send-again")}
            second={words("manager.chat-send-again-second")}
            onPress={() => void deliver(ask, unsent).then(onSent)}
          />
        </>
      )}
    </div>
  );
}
