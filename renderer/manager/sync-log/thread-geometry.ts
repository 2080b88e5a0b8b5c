import type { SyncOverview } from "../../../main/contract/manager.ts";

/** A bead that hangs on its thread: held for a person, kept here, or on its way. */
export type ThreadBead = { readonly kind: "held" | "safe" | "on-the-way"; readonly x: number; readonly y: number };

/** Held threads close to each other, under one label. */
export type HeldGroup = { readonly x: number; readonly count: number; readonly madeAt: string };

/** A time without the platform, as it lies in the drawing. */
export type OutageWash = { readonly points: string; readonly middleX: number };

/** All threads of a day, joined to few paths, so that 2,000 of them are drawn as fast as two. */
export type ThreadDrawing = {
  readonly paths: { readonly arrived: string; readonly late: string; readonly waiting: string; readonly held: string };
  readonly beads: readonly ThreadBead[];
  readonly held: readonly HeldGroup[];
  readonly washes: readonly OutageWash[];
  readonly ticks: readonly { readonly x: number; readonly hour: number }[];
  readonly nowX: number;
};

/** What a drawing is made of; `clockOf` reads the shop's own clock. */
export type ThreadSheet = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly now: number;
  /** How large text is, as a multiple of its usual size; labels need so much more room. */
  readonly textScale: number;
  clockOf(instant: number): { readonly hour: number; readonly minute: number };
};

const hourMs = 3_600_000;
const sidePx = 14;
/** A thread that took so long is drawn as one that was kept here. */
const lateMs = 60_000;
const heldDepth = 0.32;
const safeDepth = 0.3;
const movingDepth = 0.62;
/** More beads than this would be a bar; the words carry the count. */
const mostBeads = 40;
const heldLabelPx = 90;
const leastTickPx = 46;
const nowLabelPx = 44;
const tickSteps = [1, 2, 3, 4, 6, 12, 24];
/** A morning's first sale alone would lie on a needle: the sheet is at least so long. */
const leastSpanMs = hourMs;

type Scale = { readonly x: (instant: number) => number; readonly from: number; readonly to: number };

function scaleOf(overview: SyncOverview, { widthPx, now }: ThreadSheet): Scale {
  const instants = [
    ...overview.threads.map(({ madeAt }) => Date.parse(madeAt)),
    ...overview.outages.map(({ from }) => Date.parse(from)),
  ].filter((instant) => instant <= now);
  const from = instants.reduce((least, instant) => Math.min(least, instant), now - leastSpanMs);
  const room = Math.max(1, widthPx - 2 * sidePx);
  const x = (instant: number): number => {
    const share = (Math.min(Math.max(instant, from), now) - from) / (now - from);
    return Math.round((sidePx + share * room) * 10) / 10;
  };
  return { x, from, to: now };
}

function ticksOf({ x, from, to }: Scale, { widthPx, textScale, clockOf }: ThreadSheet): ThreadDrawing["ticks"] {
  const hours = (to - from) / hourMs;
  const hourPx = (widthPx - 2 * sidePx) / hours;
  const step = tickSteps.find((each) => each * hourPx >= leastTickPx * textScale) ?? 24;
  const ticks: { x: number; hour: number }[] = [];
  // The shop's hours need not be those of the world's clock: some zones lie half an hour beside it.
  const firstMinute = clockOf(from).minute;
  const start = from - (from % 60_000) + ((60 - firstMinute) % 60) * 60_000;
  for (let instant = start; instant <= to; instant += hourMs) {
    const { hour } = clockOf(instant);
    const at = x(instant);
    if (hour % step === 0 && x(to) - at >= nowLabelPx * textScale) ticks.push({ x: at, hour });
  }
  return ticks;
}

function washesOf(overview: SyncOverview, { x, to }: Scale, heightPx: number): OutageWash[] {
  return overview.outages.map((outage) => {
    const start = x(Date.parse(outage.from));
    const end = Math.max(start + 3, x(outage.to === undefined ? to : Date.parse(outage.to)));
    const middleX = (start + end) / 2;
    if (outage.to === undefined) {
      return { points: `${start},0 ${end},0 ${end},${heightPx} ${start},${heightPx}`, middleX };
    }
    const landed = outage.arrivedBy === undefined ? end : Math.max(end, x(Date.parse(outage.arrivedBy)));
    return { points: `${start},0 ${end},0 ${landed},${heightPx}`, middleX };
  });
}

function groupHeld(held: readonly { x: number; madeAt: string }[], textScale: number): HeldGroup[] {
  const groups: HeldGroup[] = [];
  for (const { x, madeAt } of held) {
    const last = groups.at(-1);
    if (last !== undefined && x - last.x < heldLabelPx * textScale)
      groups[groups.length - 1] = { ...last, count: last.count + 1 };
    else groups.push({ x, madeAt, count: 1 });
  }
  return groups;
}

/** Draws one thread for each sale, from when it was made (0) to when it had arrived (`heightPx`). */
export function drawThreads(overview: SyncOverview, sheet: ThreadSheet): ThreadDrawing {
  const { heightPx } = sheet;
  const scale = scaleOf(overview, sheet);
  const paths = { arrived: "", late: "", waiting: "", held: "" };
  const beads: ThreadBead[] = [];
  const held: { x: number; madeAt: string }[] = [];
  const threads = [...overview.threads].sort((one, other) => one.seq - other.seq);
  const hang = (kind: ThreadBead["kind"], path: "waiting" | "held", x: number, depth: number): void => {
    const y = Math.round(heightPx * depth);
    paths[path] += `M${x} 0V${y}`;
    beads.push({ kind, x, y });
  };
  for (const { madeAt, arrivedAt, state } of threads) {
    const made = Date.parse(madeAt);
    const x = scale.x(made);
    if (state === "needs-you") {
      held.push({ x, madeAt });
      hang("held", "held", x, heldDepth);
    } else if (state === "safe") hang("safe", "waiting", x, safeDepth);
    else if (state === "on-the-way") hang("on-the-way", "waiting", x, movingDepth);
    else {
      const arrived = arrivedAt === undefined ? made : Date.parse(arrivedAt);
      paths[arrived - made > lateMs ? "late" : "arrived"] += `M${x} 0L${scale.x(arrived)} ${heightPx}`;
    }
  }
  const waiting = beads.filter(({ kind }) => kind !== "held");
  return {
    paths,
    beads: [...waiting.slice(-mostBeads), ...beads.filter(({ kind }) => kind === "held").slice(-mostBeads)],
    held: groupHeld(held, sheet.textScale),
    washes: washesOf(overview, scale, heightPx),
    ticks: ticksOf(scale, sheet),
    nowX: scale.x(sheet.now),
  };
}

/** A label over the drawing: where its middle belongs and how wide it is. */
export type Label = { readonly middleX: number; readonly widthPx: number };

const labelGapPx = 16;

/**
 * Finds a place for each label on one line, the first ones first. One whose place is taken is moved sideways, as long as
 * it still lies over what it is about; a label that finds no place is null, and its words then stand below the drawing.
 */
export function placeLabels(labels: readonly Label[], widthPx: number): (number | null)[] {
  const taken: { from: number; to: number }[] = [];
  return labels.map(({ middleX, widthPx: labelPx }) => {
    if (labelPx > widthPx) return null;
    const clamp = (from: number) => Math.min(Math.max(0, from), widthPx - labelPx);
    const ideal = clamp(middleX - labelPx / 2);
    const beside = taken.flatMap(({ from, to }) => [from - labelGapPx - labelPx, to + labelGapPx]);
    const isFree = (from: number) =>
      taken.every((other) => from >= other.to + labelGapPx || from + labelPx <= other.from - labelGapPx);
    const isOver = (from: number) => from <= middleX && from + labelPx >= middleX;
    const place = [ideal, ...beside]
      .filter((from) => from >= 0 && from <= widthPx - labelPx && isFree(from) && isOver(from))
      .sort((one, other) => Math.abs(one - ideal) - Math.abs(other - ideal))[0];
    if (place === undefined) return null;
    taken.push({ from: place, to: place + labelPx });
    return place;
  });
}

const latinPx = 7.6;
const hanPx = 15;

/** About how wide a text of 15 px is; a little more than it is, so that no two labels touch. */
export function textWidthPx(text: string): number {
  let widthPx = 0;
  for (const character of text) widthPx += character > "\u2e80" ? hanPx : latinPx;
  return Math.ceil(widthPx);
}
