import type { ReactNode } from "react";
import { Button } from "react-aria-components";
import { classNames } from "../shared/class-names.ts";

/** Something to touch that is no key with a lip: a row of a list, an icon in a head. Its look is its caller's. */
export function Press(props: {
  className: string | undefined;
  /** What a screen reader says, where what is seen would not do. */
  name?: string;
  isOff?: boolean;
  onPress(): void;
  children: ReactNode;
}) {
  return (
    <Button
      className={classNames(props.className)}
      {...(props.name === undefined ? {} : { "aria-label": props.name })}
      {...(props.isOff === true ? { "aria-disabled": true } : {})}
      onPress={props.onPress}
    >
      {props.children}
    </Button>
  );
}
