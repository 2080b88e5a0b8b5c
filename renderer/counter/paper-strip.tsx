import { useLayoutEffect, useRef } from "react";
import { Button } from "react-aria-components";
import type { PaperLine } from "../../main/contract/counter.ts";
import { classNames } from "../shared/class-names.ts";
import { useWords } from "../shared/words/intl.tsx";
import { segmentsOf, type Segment } from "./paper-cells.ts";
import styles from "./paper-strip.module.css";
import { Qr } from "./qr.tsx";
import { useCounterAct, useStation } from "./counter.tsx";

/** The paper as it came out of the printer, read from its bytes: the newest line lies at the slot. */
export function PaperStrip() {
  const words = useWords();
  const { paper, printer } = useStation();
  const well = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = well.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, [paper]);
  return (
    <>
      {/* A place that scrolls has to be in reach of the keyboard (WCAG 2.1.1). */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={well} className={styles.well} tabIndex={0} role="group" aria-label={words("counter.paper")}>
        {paper.length === 0 && <p className={styles.empty}>{words("counter.paper-empty")}</p>}
        {paper.map((receipt, index) => (
          <div
            key={receipt.id}
            className={classNames(
              styles.receipt,
              index === 0 && styles.first,
              index === paper.length - 1 && styles.last,
            )}
          >
            {receipt.lines.map((line, row) => (
              // Lines of a receipt are only ever added at its end.
              // oxlint-disable-next-line react/no-array-index-key
              <Line key={row} line={line} columns={printer.columns} />
            ))}
          </div>
        ))}
      </div>
      <div className={styles.slot} />
    </>
  );
}

function Line({ line, columns }: { line: PaperLine; columns: number }) {
  const words = useWords();
  switch (line.kind) {
    case "text":
      return <TextLine line={line} columns={columns} />;
    case "feed":
      return <div className={styles.feed} />;
    case "qr":
      return <PrintedCode line={line} />;
    case "image":
      return <div className={styles.image}>{words("counter.paper-image")}</div>;
    case "cut":
      return <div className={styles.cut} />;
  }
}

/** A code on the paper. Touching it holds the receipt under the scanner. */
function PrintedCode({ line: { rows, text } }: { line: Extract<PaperLine, { kind: "qr" }> }) {
  const words = useWords();
  const act = useCounterAct();
  const { id: station } = useStation();
  return (
    <Button
      className={styles.code ?? ""}
      aria-label={words("counter.hold-paper")}
      onPress={() => void act("scanner.scan-text", { station, text })}
    >
      <Qr rows={rows} name={text} mostPixels={3} />
    </Button>
  );
}

/** The till centres with spaces; letters of different widths need it said. */
function isCentred({ start, end }: Segment, cells: number): boolean {
  return start > 2 && Math.abs(start - (cells - end)) <= 1;
}

function TextLine({ line, columns }: { line: Extract<PaperLine, { kind: "text" }>; columns: number }) {
  const name = classNames(styles.line, line.bold && styles.bold, line.heightScale > 1 && styles.tall);
  if (/^\s*[-=_─]{8,}\s*$/u.test(line.text)) {
    return (
      <div className={name}>
        <span className={styles.rule} />
      </div>
    );
  }
  if (line.align !== "left") {
    return (
      <div className={classNames(name, line.align === "center" ? styles.center : styles.right)}>{line.text.trim()}</div>
    );
  }
  const cells = columns / line.widthScale;
  const segments = segmentsOf(line.text);
  const [only] = segments;
  if (only !== undefined && segments.length === 1 && isCentred(only, cells)) {
    return <div className={classNames(name, styles.center)}>{only.text}</div>;
  }
  return (
    <div className={name}>
      {segments.map((segment) => (
        <span
          key={segment.start}
          className={styles.segment}
          style={
            segment.end >= cells - 1 && segment.start > 0
              ? { insetInlineEnd: `${((cells - segment.end) / cells) * 100}%` }
              : { insetInlineStart: `${(segment.start / cells) * 100}%` }
          }
        >
          {segment.text}
        </span>
      ))}
    </div>
  );
}
