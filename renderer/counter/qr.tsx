import type { CSSProperties } from "react";
import styles from "./qr.module.css";

/** Light modules around the code, on each side (ISO/IEC 18004, 5.3.8). */
const quietModules = 4;

/** A QR code from its rows of `1` (dark) and `0`, sharp at any size: whole pixels for each module, quiet zone included. */
export function Qr({ rows, name, mostPixels }: { rows: readonly string[]; name: string; mostPixels: number }) {
  const modules = rows.length + 2 * quietModules;
  const path = rows
    .flatMap((row, y) =>
      [...row.matchAll(/1+/g)].map(
        (run) => `M${run.index + quietModules} ${y + quietModules}h${run[0].length}v1h-${run[0].length}z`,
      ),
    )
    .join("");
  const sizes: CSSProperties & Record<"--modules" | "--most", string> = {
    "--modules": String(modules),
    "--most": `${mostPixels}px`,
  };
  return (
    <div className={styles.place} style={sizes}>
      <svg
        className={styles.code}
        viewBox={`0 0 ${modules} ${modules}`}
        shapeRendering="crispEdges"
        role="img"
        aria-label={name}
      >
        <path d={path} fill="#0e1e1a" />
      </svg>
    </div>
  );
}
