import { SendHorizontal, X } from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { maximumMessageCharacters } from "../../sync/protocol/chat.ts";
import { useWords } from "../shared/words/intl.tsx";
import { mostOutgoing } from "../shared/chat/chat-rooms.ts";
import styles from "./composer.module.css";
import { useGo, usePhone } from "./phone-context.tsx";
import { Press } from "./press.tsx";

/** From here on the room that is left is told. */
const tellLeftFrom = 100;

/** Where one writes. `about` is the receipt that a question is about. */
export function Composer(props: { threadId: string; about?: string | undefined; outgoingCount: number }) {
  const { threadId, about } = props;
  const words = useWords();
  const go = useGo();
  const { write } = usePhone();
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (about !== undefined) field.current?.focus();
  }, [about]);

  const isFull = props.outgoingCount >= mostOutgoing;
  const isEmpty = text.trim() === "";
  const left = maximumMessageCharacters - text.length;

  const send = () => {
    if (isEmpty || isFull) return;
    write(threadId, text, about);
    setText("");
    if (about !== undefined) go({ screen: "chat", threadId });
    field.current?.focus();
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
          <span>{words("wallet.about", { receipt: about })}</span>
          <Press
            className={styles.remove}
            name={words("wallet.about-remove")}
            onPress={() => go({ screen: "chat", threadId })}
          >
            <X size={20} aria-hidden />
          </Press>
        </div>
      )}
      {isFull && <p className={styles.note}>{words("wallet.outgoing-full", { count: mostOutgoing })}</p>}
      {left < tellLeftFrom && <p className={styles.note}>{words("wallet.left", { count: left })}</p>}
      <div className={styles.row}>
        <textarea
          ref={field}
          className={styles.field}
          aria-label={words("wallet.message")}
          placeholder={about === undefined ? words("wallet.message") : words("wallet.question", { receipt: about })}
          rows={1}
          maxLength={maximumMessageCharacters}
          enterKeyHint="send"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <Press className={styles.send} name={words("wallet.send")} isOff={isEmpty || isFull} onPress={send}>
          <SendHorizontal size={26} aria-hidden />
        </Press>
      </div>
    </div>
  );
}
