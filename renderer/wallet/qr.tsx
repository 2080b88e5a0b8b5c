import { useMemo, type CSSProperties } from "react";
import { quietModules, qrPath } from "./qr-path.ts";
import styles from "./qr.module.css";

/** A QR code, dark on white in every theme, sharp at any size: whole pixels for each module, quiet zone included. */
export function Qr({ text, name, mostPixels }: { text: string; name: string; mostPixels: number }) {
  const { modules, path } = useMemo(() => qrPath(text), [text]);
  const all = modules + 2 * quietModules;
  const sizes: CSSProperties & Record<"--modules" | "--most", string> = {
    "--modules": String(all),
    "--most": `${mostPixels}px`,
  };
  return (
    <div className={styles.place} style={sizes}>
      <svg
        className={styles.code}
        viewBox={`${-quietModules} ${-quietModules} ${all} ${all}`}
        shapeRendering="crispEdges"
        role="img"
        aria-label={name}
      >
        <path className={styles.dark} d={path} fillRule="evenodd" />
      </svg>
    </div>
  );
}
