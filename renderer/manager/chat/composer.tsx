import { SendHorizontal, X } from "lucide-react";
import { useId } from "react";
import { maximumMessageCharacters, type ShopThread } from "../../../sync/protocol/chat.ts";
import { leftToTell, sendOnEnter } from "../../shared/chat/writing.ts";
import { Key } from "../../shared/components/key.tsx";
import { useWords } from "../../shared/words/intl.tsx";
import { useAsk } from "../till.tsx";
import styles from "./composer.module.css";
import { deliver, mostUnsent, setDraft, takeDraft, useChat } from "./drafts.ts";

/** The place to write: what it is about, the text, and the key that sends it. What is written stays while one looks elsewhere. */
export function Composer({ thread, onSent }: { thread: ShopThread; onSent(): void }) {
  const words = useWords();
  const ask = useAsk();
  const fieldId = useId();
  const name = thread.with === "operator" ? "operator" : thread.threadId;
  const draft = useChat((chat) => chat.drafts[name]) ?? { text: "" };
  const isFull = useChat((chat) => chat.unsent.length >= mostUnsent);
  const left = leftToTell(draft.text);
  const reason = isFull
    ? words("manager.chat-full")
    : draft.text.trim() === ""
      ? words("manager.chat-write-first")
      : undefined;
  const send = () => {
    const taken = takeDraft(name, thread.threadId, Date.now());
    if (taken !== null) void deliver(ask, taken).then(onSent);
  };
  return (
    <div className={styles.composer}>
      {draft.about !== undefined && (
        <div className={styles.about}>
          <span>{words("manager.chat-about", { about: draft.about })}</span>
          <button
            type="button"
            className={styles.remove}
            aria-label={words("manager.chat-about-remove")}
            onClick={() => setDraft(name, { text: draft.text })}
          >
            <X size={20} aria-hidden />
          </button>
        </div>
      )}
      <label className={styles.label} htmlFor={fieldId}>
        {words("manager.chat-write")}
      </label>
      <div className={styles.row}>
        <textarea
          id={fieldId}
          className={styles.field}
          rows={2}
          maxLength={maximumMessageCharacters}
          value={draft.text}
          onChange={(event) => setDraft(name, { ...draft, text: event.target.value })}
          onKeyDown={(event) => sendOnEnter(event, send)}
        />
        <Key
          className={styles.send}
          icon={SendHorizontal}
          label={words("manager.chat-send")}
          reason={reason}
          onPress={send}
        />
      </div>
      <p className={styles.hint}>
        {left === undefined ? words("manager.chat-hint") : words("manager.chat-left", { count: left })}
      </p>
    </div>
  );
}
