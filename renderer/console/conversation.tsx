import { SendHorizontal, X } from "lucide-react";
import { useLayoutEffect, useRef } from "react";
import type { ChatMessage } from "../../sync/protocol/chat.ts";
import type { OperatorThread } from "../../sync/protocol/operator-api.ts";
import { Bubble, OutgoingBubble } from "../shared/chat/bubble.tsx";
import { Composer } from "../shared/chat/composer.tsx";
import { FetchingChat } from "../shared/chat/fetching.tsx";
import { emptyRoom, type Outgoing, type Room } from "../shared/chat/messages.ts";
import { leftToTell, useWriting } from "../shared/chat/writing.ts";
import { Key, SymbolKey } from "../shared/components/key.tsx";
import { useWords } from "../shared/words/intl.tsx";
import styles from "./conversation.module.css";
import { useDesk, useDeskState, useGoTo, useOverview } from "./desk-context.tsx";
import { useConsoleFormats } from "./use-console-formats.ts";

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
      <MessageComposer threadId={thread.threadId} shop={shop} about={about} outgoingCount={room.outgoing.length} />
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
    return <FetchingChat>{words("console.chat-fetching")}</FetchingChat>;
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
  const when = formats.when(message.at, time);
  return (
    <Bubble
      isOwn={isOwn}
      className={styles.bubble}
      about={message.about === undefined ? undefined : words("console.chat-about", { about: message.about })}
      text={message.text}
      status={isOwn ? `${when} · ${words(isRead ? "console.chat-read" : "console.chat-sent")}` : when}
    />
  );
}

function OnItsWay({ threadId, message }: { threadId: string; message: Outgoing }) {
  const words = useWords();
  const { writeAgain } = useDesk();
  return (
    <OutgoingBubble
      message={message}
      className={styles.bubble}
      words={{ sending: words("console.chat-sending"), notSent: words("console.chat-not-sent") }}
      onAgain={() => writeAgain(threadId, message.messageId)}
    />
  );
}

function MessageComposer(props: { threadId: string; shop: string; about: string | undefined; outgoingCount: number }) {
  const { threadId, shop, about } = props;
  const words = useWords();
  const go = useGoTo();
  const { write } = useDesk();
  const writing = useWriting(props.outgoingCount, (text) => {
    write(threadId, text, about);
    if (about !== undefined) go({ section: "chat", threadId });
  });
  const left = leftToTell(writing.text);
  return (
    <Composer
      writing={writing}
      classes={{ composer: styles.composer, about: styles.about, row: styles.row, field: styles.field }}
      label={words("console.chat-write", { shop })}
      placeholder={words("console.chat-write", { shop })}
      about={
        about === undefined
          ? undefined
          : {
              text: words("console.chat-about", { about }),
              removeKey: (
                <SymbolKey
                  symbol={<X size={20} aria-hidden />}
                  name={words("console.chat-about-remove")}
                  onPress={() => go({ section: "chat", threadId })}
                />
              ),
            }
      }
      notes={left !== undefined && <p className={styles.note}>{words("console.chat-left", { count: left })}</p>}
      sendKey={
        <Key className={styles.send} icon={SendHorizontal} label={words("console.chat-send")} onPress={writing.send} />
      }
    />
  );
}
