import { useState } from "react";
import { classNames } from "../shared/class-names.ts";

/** The picture of a good; one that is not there leaves its place to the name. */
export function LinePicture(props: { hash: string | undefined; className?: string | undefined }) {
  const [missing, setMissing] = useState<string | null>(null);
  if (props.hash === undefined || missing === props.hash) return null;
  return (
    <img
      className={classNames(props.className)}
      src={`/pictures/${props.hash}`}
      alt=""
      draggable={false}
      onError={() => setMissing(props.hash ?? null)}
    />
  );
}
