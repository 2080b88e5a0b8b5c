import { useMemo, useRef } from "react";
import type { SyncOverview } from "../../../main/contract/manager.ts";
import { classNames } from "../../shared/class-names.ts";
import { useFormats, useWords, type Formats, type Words } from "../../shared/words/intl.tsx";
import { HeldBead } from "../../shared/components/rod-picture.tsx";
import { useTimes } from "../parts/use-times.ts";
import { useMedia } from "../parts/use-media.ts";
import { useWidth } from "../parts/use-width.ts";
import { drawThreads, placeLabels, textWidthPx, type ThreadBead, type ThreadDrawing } from "./thread-geometry.ts";
import styles from "./threads.module.css";

const usualHeightPx = 110;
const lowHeightPx = 84;
/** A window that is lower than this keeps the room for the log. */
const lowWindow = "(max-height: 780px)";
const usualTextPx = 16;
const beamPx = 5;
const tickPx = 8;

/** One thread for each sale of the day, from the beam on which it was made to the beam on which it arrived. */
export function Threads({ overview }: { overview: SyncOverview }) {
  const words = useWords();
  const formats = useFormats();
  const { now } = useTimes();
  const sheet = useRef<HTMLDivElement>(null);
  const widthPx = useWidth(sheet);
  const heightPx = useMedia(lowWindow) ? lowHeightPx : usualHeightPx;
  const textScale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / usualTextPx;
  const drawing = useMemo(() => {
    const clockOf = (instant: number) => {
      const [hour = 0, minute = 0] = formats.time(instant).split(":").map(Number);
      return { hour, minute };
    };
    return drawThreads(overview, { widthPx, heightPx, now, textScale, clockOf });
  }, [overview, widthPx, heightPx, now, textScale, formats]);
  const labels = labelsOf(words, formats, overview, drawing);
  const places = placeLabels(
    labels.map(({ text, middleX }) => ({ middleX, widthPx: textWidthPx(text) * textScale })),
    widthPx,
  );
  const below = labels.filter((_, index) => places[index] === null);
  return (
    <figure className={styles.figure}>
      <div className={styles.sides} style={{ height: heightPx + 2 * beamPx }} aria-hidden>
        <span className={styles.made}>{words("manager.threads-made")}</span>
        <span>{words("manager.threads-one")}</span>
        <span className={styles.arrived}>{words("manager.threads-arrived")}</span>
      </div>
      <div ref={sheet} className={styles.sheet}>
        <div className={styles.labels} aria-hidden>
          {labels.map(({ text, tone }, index) => {
            const place = places[index];
            if (place === null || place === undefined) return null;
            return (
              <span key={text} className={classNames(styles.label, styles[tone])} style={{ insetInlineStart: place }}>
                {text}
              </span>
            );
          })}
        </div>
        <svg
          className={styles.drawing}
          width={widthPx}
          height={heightPx + 2 * beamPx + tickPx}
          viewBox={`0 ${-beamPx} ${Math.max(1, widthPx)} ${heightPx + 2 * beamPx + tickPx}`}
          role="img"
          aria-label={description(words, formats, overview, labels)}
        >
          <Drawing drawing={drawing} widthPx={widthPx} heightPx={heightPx} />
        </svg>
        <div className={styles.hours} aria-hidden>
          {drawing.ticks.map(({ x, hour }) => (
            <span key={hour} className={styles.hour} style={{ insetInlineStart: x }}>
              {String(hour).padStart(2, "0")}
            </span>
          ))}
          <span className={classNames(styles.hour, styles.now)} style={{ insetInlineStart: drawing.nowX }}>
            {words("manager.threads-now")}
          </span>
        </div>
      </div>
      {below.length > 0 && (
        <ul className={styles.below} aria-hidden>
          {below.map(({ text, tone }) => (
            <li key={text} className={styles[tone]}>
              {text}
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}

function Drawing(props: { drawing: ThreadDrawing; widthPx: number; heightPx: number }) {
  const { drawing, widthPx, heightPx } = props;
  return (
    <>
      {drawing.washes.map(({ points }, index) => (
        // The outages of a day stay in their order.
        // eslint-disable-next-line react/no-array-index-key
        <polygon key={index} points={points} fill="var(--wait-wash)" />
      ))}
      <path className={styles.arrivedThreads} d={drawing.paths.arrived} />
      <path className={styles.lateThreads} d={drawing.paths.late} />
      <path className={styles.waitingThreads} d={drawing.paths.waiting} />
      <path className={styles.heldThreads} d={drawing.paths.held} />
      <rect y={-beamPx} width={widthPx} height={beamPx} rx="2" fill="var(--ink)" />
      <rect y={heightPx} width={widthPx} height={beamPx} rx="2" fill="var(--ink)" />
      {drawing.ticks.map(({ x, hour }) => (
        <rect key={hour} x={x - 0.75} y={heightPx + beamPx} width="1.5" height={tickPx - 2} fill="var(--edge)" />
      ))}
      {drawing.beads.map((bead, index) => (
        // Two sales of one minute may lie on one spot; beads have no life of their own.
        // eslint-disable-next-line react/no-array-index-key
        <ThreadBeadShape key={index} bead={bead} />
      ))}
    </>
  );
}

function ThreadBeadShape({ bead: { kind, x, y } }: { bead: ThreadBead }) {
  if (kind === "held") return <HeldBead x={x} y={y} />;
  if (kind === "safe") return <rect x={x - 4} y={y - 5} width="8" height="10" rx="4" fill="var(--wait)" />;
  return (
    <rect x={x - 4} y={y - 5} width="8" height="10" rx="4" fill="var(--surface)" stroke="var(--wait)" strokeWidth="2" />
  );
}

type ThreadLabel = { readonly text: string; readonly tone: "wait" | "attention"; readonly middleX: number };

/** What is said over the drawing: what needs somebody first, then the outages, the newest first. */
function labelsOf(words: Words, formats: Formats, overview: SyncOverview, drawing: ThreadDrawing): ThreadLabel[] {
  const held = drawing.held.map(({ x, count, madeAt }): ThreadLabel => {
    const text = words("manager.threads-held", { count, time: formats.time(madeAt) });
    return { text, tone: "attention", middleX: x };
  });
  const outages = overview.outages.map(({ from, to, kept, arrivedBy }, index): ThreadLabel => {
    const values = {
      from: formats.time(from),
      to: formats.time(to ?? from),
      kept,
      by: formats.time(arrivedBy ?? from),
    };
    const key =
      to === undefined
        ? "manager.threads-offline"
        : arrivedBy === undefined
          ? "manager.threads-outage"
          : "manager.threads-outage-over";
    return { text: words(key, values), tone: "wait", middleX: drawing.washes[index]?.middleX ?? 0 };
  });
  return [...held, ...outages.toReversed()];
}

/** The drawing for whoever cannot see it. */
function description(words: Words, formats: Formats, overview: SyncOverview, labels: readonly ThreadLabel[]): string {
  const first = overview.threads.reduce<string | null>(
    (least, { madeAt }) => (least === null || madeAt < least ? madeAt : least),
    null,
  );
  if (first === null) return words("manager.threads-none");
  const all = words("manager.threads-described", {
    count: overview.threads.length,
    from: formats.time(first),
    arrived: overview.threads.filter(({ arrivedAt }) => arrivedAt !== undefined).length,
  });
  return [all, ...labels.map(({ text }) => words("manager.threads-also", { text }))].join(" ");
}
