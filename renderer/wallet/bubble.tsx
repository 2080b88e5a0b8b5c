import type { ChatMessage } from "../../sync/protocol/chat.ts";
import { useWords } from "../shared/words/intl.tsx";
import styles from "./bubble.module.css";
import type { Outgoing } from "../shared/chat/messages.ts";
import { usePhone } from "./phone-context.tsx";
import { Press } from "./press.tsx";

type TextMessage = Extract<ChatMessage, { kind: "text" }>;

/** What somebody wrote. Of what the shopper wrote it is told whether the shop has read it. */
export function Bubble({ message, isRead }: { message: TextMessage; isRead: boolean }) {
  const words = useWords();
  const isOwn = message.from === "shopper";
  return (
    <div className={isOwn ? styles.own : styles.other}>
      {message.from === "operator" && <p className={styles.small}>{words("wallet.from-operator")}</p>}
      <About receipt={message.about} />
      <p className={styles.text}>{message.text}</p>
      {isOwn && <p className={styles.small}>{words(isRead ? "wallet.read" : "wallet.sent")}</p>}
    </div>
  );
}

/** What is on its way to the shop. One that did not arrive is a key that sends it again. */
export function OutgoingBubble({ threadId, message }: { threadId: string; message: Outgoing }) {
  const words = useWords();
  const { writeAgain } = usePhone();
  if (message.state === "sending") {
    return (
      <div className={styles.own}>
        <About receipt={message.about} />
        <p className={styles.text}>{message.text}</p>
        <p className={styles.small}>{words("wallet.sending")}</p>
      </div>
    );
  }
  return (
    <Press className={styles.notSent} onPress={() => writeAgain(threadId, message.messageId)}>
      <About receipt={message.about} />
      <span className={styles.text}>{message.text}</span>
      <span className={styles.needs}>{words("wallet.not-sent")}</span>
    </Press>
  );
}

function About({ receipt }: { receipt: string | undefined }) {
  const words = useWords();
  // Spans, because the one that was not sent stands in a key.
  return receipt === undefined ? null : <span className={styles.about}>{words("wallet.about", { receipt })}</span>;
}
