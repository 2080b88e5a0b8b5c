import type { ReactNode } from "react";
import { classNames } from "../../shared/class-names.ts";
import styles from "./scroll-page.module.css";

/** A part of the page that scrolls as a whole where it is longer than the panel; the keyboard can reach and move it. */
export function ScrollPage(props: { label: string; className?: string | undefined; children: ReactNode }) {
  return (
    // What scrolls is itself reached by the keyboard, also where it holds no key.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classNames(styles.page, props.className)} role="region" tabIndex={0} aria-label={props.label}>
      {props.children}
    </div>
  );
}
