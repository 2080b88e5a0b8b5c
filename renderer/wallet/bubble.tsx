import type { ChatMessage } from "../../sync/protocol/chat.ts";
import { Bubble, OutgoingBubble } from "../shared/chat/bubble.tsx";
import type { Outgoing } from "../shared/chat/messages.ts";
import { useWords, type Words } from "../shared/words/intl.tsx";
import styles from "./bubble.module.css";
import { usePhone } from "./phone-context.tsx";

type TextMessage = Extract<ChatMessage, { kind: "text" }>;

function aboutInWords(words: Words, receipt: string | undefined): string | undefined {
  return receipt === undefined ? undefined : words("wallet.about", { receipt });
}

/** What somebody wrote. Of what the shopper wrote it is told whether the shop has read it. */
export function Written({ message, isRead }: { message: TextMessage; isRead: boolean }) {
  const words = useWords();
  const isOwn = message.from === "shopper";
  return (
    <Bubble
      isOwn={isOwn}
      className={styles.bubble}
      from={message.from === "operator" ? words("wallet.from-operator") : undefined}
      about={aboutInWords(words, message.about)}
      text={message.text}
      status={isOwn ? words(isRead ? "wallet.read" : "wallet.sent") : undefined}
    />
  );
}

/** What is on its way to the shop. */
export function OnItsWay({ threadId, message }: { threadId: string; message: Outgoing }) {
  const words = useWords();
  const { writeAgain } = usePhone();
  return (
    <OutgoingBubble
      message={message}
      className={styles.bubble}
      about={aboutInWords(words, message.about)}
      words={{ sending: words("wallet.sending"), notSent: words("wallet.not-sent") }}
      onAgain={() => writeAgain(threadId, message.messageId)}
    />
  );
}
