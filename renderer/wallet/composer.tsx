import { SendHorizontal, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { mostOutgoing } from "../shared/chat/chat-rooms.ts";
import { Composer } from "../shared/chat/composer.tsx";
import { leftToTell, useWriting } from "../shared/chat/writing.ts";
import { useWords } from "../shared/words/intl.tsx";
import styles from "./composer.module.css";
import { useGo, usePhone } from "./phone-context.tsx";
import { Press } from "./press.tsx";

/** Where one writes. `about` is the receipt that a question is about. */
export function MessageComposer(props: { threadId: string; about?: string | undefined; outgoingCount: number }) {
  const { threadId, about } = props;
  const words = useWords();
  const go = useGo();
  const { write } = usePhone();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (about !== undefined) field.current?.focus();
  }, [about]);

  const writing = useWriting(props.outgoingCount, (text) => {
    write(threadId, text, about);
    if (about !== undefined) go({ screen: "chat", threadId });
    field.current?.focus();
  });
  const left = leftToTell(writing.text);

  return (
    <Composer
      writing={writing}
      field={field}
      classes={{ composer: styles.composer, about: styles.about, row: styles.row, field: styles.field }}
      label={words("wallet.message")}
      placeholder={about === undefined ? words("wallet.message") : words("wallet.question", { receipt: about })}
      about={
        about === undefined
          ? undefined
          : {
              text: words("wallet.about", { receipt: about }),
              removeKey: (
                <Press
                  className={styles.remove}
                  name={words("wallet.about-remove")}
                  onPress={() => go({ screen: "chat", threadId })}
                >
                  <X size={20} aria-hidden />
                </Press>
              ),
            }
      }
      notes={
        <>
          {writing.isFull && <p className={styles.note}>{words("wallet.outgoing-full", { count: mostOutgoing })}</p>}
          {left !== undefined && <p className={styles.note}>{words("wallet.left", { count: left })}</p>}
        </>
      }
      sendKey={
        <Press
          className={styles.send}
          name={words("wallet.send")}
          isOff={writing.isEmpty || writing.isFull}
          onPress={writing.send}
        >
          <SendHorizontal size={26} aria-hidden />
        </Press>
      }
    />
  );
}
