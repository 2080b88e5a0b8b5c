import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "../class-names.ts";
import { Mark } from "./mark.tsx";
import styles from "./side-navigation.module.css";

/** How many things wait in a part of a page. */
export type NavigationBadge = {
  readonly text: string;
  /** What a screen reader says instead of the bare number. */
  readonly spoken?: string | undefined;
  /** Its colours. */
  readonly className: string | undefined;
};

/** A part of a page, as the way around names it. */
export type NavigationPart<Name extends string> = {
  readonly name: Name;
  readonly icon: LucideIcon;
  readonly label: string;
  readonly badge?: NavigationBadge | undefined;
};

/**
 * The way around a page: the mark, the parts of the page, and at the foot whatever the page puts there. In a small window
 * it stands above the page, its parts as lines of words or as tiles with the icon above the word.
 */
export function SideNavigation<Name extends string>(props: {
  /** What a screen reader calls the list of parts. */
  label: string;
  parts: readonly NavigationPart<Name>[];
  open: Name;
  onOpen(name: Name): void;
  inSmallWindow: "lines" | "tiles";
  className?: string | undefined;
  children: ReactNode;
}) {
  return (
    <header className={classNames(styles.side, styles[props.inSmallWindow], props.className)}>
      <p className={styles.brand}>
        <Mark widthPx={34} />
        Suanpan
      </p>
      <nav aria-label={props.label}>
        <ul className={styles.list}>
          {props.parts.map(({ name, icon, label, badge }) => (
            <li key={name}>
              <NavigationKey
                icon={icon}
                label={label}
                badge={badge}
                isOpen={name === props.open}
                onPress={() => props.onOpen(name)}
              />
            </li>
          ))}
        </ul>
      </nav>
      <div className={styles.foot}>{props.children}</div>
    </header>
  );
}

/** One key of the way around. */
export function NavigationKey(props: {
  icon: LucideIcon;
  label: string;
  badge?: NavigationBadge | undefined;
  isOpen?: boolean;
  /** The language of the label, where it is not the page's. */
  lang?: string;
  onPress(): void;
}) {
  const { icon: Icon, badge } = props;
  return (
    <button
      type="button"
      className={styles.item}
      lang={props.lang}
      aria-current={props.isOpen === true ? "page" : undefined}
      onClick={props.onPress}
    >
      <Icon size={22} aria-hidden />
      <span className={styles.label}>{props.label}</span>
      {badge !== undefined && (
        <span className={classNames(styles.bead, badge.className)}>
          <span aria-hidden={badge.spoken !== undefined}>{badge.text}</span>
          {badge.spoken !== undefined && <span className={styles.spoken}>{badge.spoken}</span>}
        </span>
      )}
    </button>
  );
}
