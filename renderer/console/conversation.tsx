import { SendHorizontal, X } from "lucide-react";
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { maximumMessageCharacters, type ChatMessage } from "../../sync/protocol/chat.ts";
import type { OperatorThread } from "../../sync/protocol/operator-api.ts";
import { mostOutgoing } from "../shared/chat/chat-rooms.ts";
import { emptyRoom, type Outgoing, type Room } from "../shared/chat/messages.ts";
import { Key, SymbolKey } from "../shared/components/key.tsx";
import { BusyRod } from "../shared/components/rod.tsx";
import { useWords } from "../shared/words/intl.tsx";
import styles from "./conversation.module.css";
import { useDesk, useDeskState, useGoTo, useOverview } from "./desk-context.tsx";
import { useConsoleFormats } from "./use-console-formats.ts";

/** From here on the room that is left is told. */
const tellLeftFrom = 100;

/** What the operator and one shop have written to each other, and where one writes. */
export function Conversation({ thread, about }: { thread: OperatorThread; about?: string | undefined }) {
  const words = useWords();
  const formats = useConsoleFormats();
  const { rooms } = useDeskState();
  const room = rooms[thread.threadId] ?? emptyRoom;
  const shop = formats.name(thread.store);
  return (
    <section className={styles.conversation} aria-label={words("console.chat-messages", { shop })}>
      <h2 className={styles.title}>{shop}</h2>
      <Messages threadId={thread.threadId} room={room} />
      <Composer threadId={thread.threadId} shop={shop} about={about} outgoingCount={room.outgoing.length} />
    </section>
  );
}

function Messages({ threadId, room }: { threadId: string; room: Room }) {
  const words = useWords();
  const { olderMessages } = useDesk();
  const place = useRef<HTMLDivElement>(null);
  const { messages, outgoing } = room;
  const newest = `${messages?.at(-1)?.cursor ?? 0} ${outgoing.length}`;
  useLayoutEffect(() => {
    const element = place.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, [newest]);
  if (messages === null) {
    return (
      <div className={styles.fetching} role="status">
        <BusyRod />
        {words("console.chat-fetching")}
      </div>
    );
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={place} className={styles.messages} tabIndex={0} role="group" aria-label={words("console.chat")}>
      {messages.length === 0 && outgoing.length === 0 && <p className={styles.empty}>{words("console.chat-empty")}</p>}
      {room.hasOlder && (
        <Key className={styles.older} label={words("console.older")} onPress={() => olderMessages(threadId)} />
      )}
      <ol className={styles.list} aria-live="polite">
        {messages.map((message) => (
          <li key={message.messageId}>
            <Written message={message} isRead={message.cursor <= room.readUpTo} />
          </li>
        ))}
        {outgoing.map((message) => (
          <li key={message.messageId}>
            <OnItsWay threadId={threadId} message={message} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function Written({ message, isRead }: { message: ChatMessage; isRead: boolean }) {
  const words = useWords();
  const formats = useConsoleFormats();
  const { time } = useOverview();
  // Receipts are between a shop and its shoppers; none comes into a thread with the operator.
  if (message.kind !== "text") return null;
  const isOwn = message.from === "operator";
  return (
    <div className={isOwn ? styles.own : styles.other}>
      {message.about !== undefined && (
        <p className={styles.small}>{words("console.chat-about", { about: message.about })}</p>
      )}
      <p className={styles.text}>{message.text}</p>
      <p className={styles.small}>
        {formats.when(message.at, time)}
        {isOwn && ` · ${words(isRead ? "console.chat-read" : "console.chat-sent")}`}
      </p>
    </div>
  );
}

function OnItsWay({ threadId, message }: { threadId: string; message: Outgoing }) {
  const words = useWords();
  const { writeAgain } = useDesk();
  if (message.state === "sending") {
    return (
      <div className={styles.own}>
        <p className={styles.text}>{message.text}</p>
        <p className={styles.small}>{words("console.chat-sending")}</p>
      </div>
    );
  }
  return (
    <button type="button" className={styles.notSent} onClick={() => writeAgain(threadId, message.messageId)}>
      <span className={styles.text}>{message.text}</span>
      <span className={styles.again}>{words("console.chat-not-sent")}</span>
    </button>
  );
}

function Composer(props: { threadId: string; shop: string; about: string | undefined; outgoingCount: number }) {
  const { threadId, shop, about } = props;
  const words = useWords();
  const go = useGoTo();
  const { write } = useDesk();
  const [text, setText] = useState("");
  const left = maximumMessageCharacters - text.length;
  const send = () => {
    if (text.trim() === "" || props.outgoingCount >= mostOutgoing) return;
    write(threadId, text, about);
    setText("");
    if (about !== undefined) go({ section: "chat", threadId });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends the choice of a Chinese character does not send.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <div className={styles.composer}>
      {about !== undefined && (
        <div className={styles.about}>
          <span>{words("console.chat-about", { about })}</span>
          <SymbolKey
            symbol={<X size={20} aria-hidden />}
            name={words("console.chat-about-remove")}
            onPress={() => go({ section: "chat", threadId })}
          />
        </div>
      )}
      {left < tellLeftFrom && <p className={styles.small}>{words("console.chat-left", { count: left })}</p>}
      <div className={styles.row}>
        <textarea
          className={styles.field}
          aria-label={words("console.chat-write", { shop })}
          placeholder={words("console.chat-write", { shop })}
          rows={1}
          maxLength={maximumMessageCharacters}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <Key className={styles.send} icon={SendHorizontal} label={words("console.chat-send")} onPress={send} />
      </div>
    </div>
  );
}
