import { Button } from "react-aria-components";
import { classNames } from "../class-names.ts";
import styles from "./bubble.module.css";
import type { Outgoing } from "./messages.ts";

/** What somebody wrote. How wide it grows, and how its small lines stand, is its page's. */
export function Bubble(props: {
  isOwn: boolean;
  className: string | undefined;
  /** Who wrote it, where that is not plain. */
  from?: string | undefined;
  /** What it is about. */
  about?: string | undefined;
  text: string;
  /** What became of it, or when it was. */
  status?: string | undefined;
}) {
  return (
    <div className={classNames(styles.bubble, props.isOwn && styles.own, props.className)}>
      {props.from !== undefined && <p className={styles.small}>{props.from}</p>}
      {props.about !== undefined && <p className={styles.small}>{props.about}</p>}
      <p className={styles.text}>{props.text}</p>
      {props.status !== undefined && <p className={classNames(styles.small, styles.status)}>{props.status}</p>}
    </div>
  );
}

/** What is on its way. One that did not arrive is a key that sends it again. */
export function OutgoingBubble(props: {
  message: Outgoing;
  className: string | undefined;
  about?: string | undefined;
  /** What is said under it while it is sent, and once it was not. */
  words: { readonly sending: string; readonly notSent: string };
  onAgain(): void;
}) {
  const { message, className, about, words } = props;
  if (message.state === "sending") {
    return <Bubble isOwn className={className} about={about} text={message.text} status={words.sending} />;
  }
  return (
    <Button className={classNames(styles.bubble, styles.own, styles.notSent, className)} onPress={props.onAgain}>
      {about !== undefined && <span className={styles.small}>{about}</span>}
      <span className={styles.text}>{message.text}</span>
      <span className={styles.again}>{words.notSent}</span>
    </Button>
  );
}
