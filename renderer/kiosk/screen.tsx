import type { ReactNode } from "react";
import { classNames } from "../shared/class-names.ts";
import styles from "./kiosk-page.module.css";

/** What stands in the middle of the page: the work, the beam, and what it adds up to. */
export function Screen(props: {
  /** What a screen reader is told when this screen comes; shown where the screen draws it itself. */
  title: string;
  isTitleHidden?: boolean;
  titleClassName?: string | undefined;
  /** The drawing has the beam in it, so that the page has none. */
  isOpen?: boolean;
  /** A drawing stands on the ground of the room, a list on a panel. */
  isDrawn?: boolean;
  workClassName?: string | undefined;
  work: ReactNode;
  lower: ReactNode;
}) {
  return (
    <>
      <main className={classNames(styles.work, props.isDrawn === true && styles.drawn, props.workClassName)}>
        <h1 tabIndex={-1} className={props.isTitleHidden === true ? styles.hidden : (props.titleClassName ?? "")}>
          {props.title}
        </h1>
        {props.work}
      </main>
      {props.isOpen !== true && <div className={styles.beam} />}
      <section className={styles.lower} aria-label={props.title}>
        {props.lower}
      </section>
    </>
  );
}
