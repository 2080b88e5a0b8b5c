import {
  ArrowUpFromLine,
  CalendarDays,
  FileChartColumn,
  MessageCircle,
  MonitorCog,
  Package,
  Plug,
  ShieldCheck,
  type LucideIcon,
} from "lucide-react";
import { SideNavigation, type NavigationBadge } from "../shared/components/side-navigation.tsx";
import type { WordKey } from "../shared/words/en.ts";
import { useFormats, useWords, type Words } from "../shared/words/intl.tsx";
import { needsOf } from "./needs.ts";
import styles from "./navigation.module.css";
import { useTimes } from "./parts/use-times.ts";
import { useSnapshot, useTillData } from "./till.tsx";
import { openSection, sections, useView, type Section } from "./view.ts";

const faces: Readonly<Record<Section, { icon: LucideIcon; key: WordKey }>> = {
  today: { icon: CalendarDays, key: "manager.nav-today" },
  sync: { icon: ArrowUpFromLine, key: "manager.nav-sync" },
  reports: { icon: FileChartColumn, key: "manager.nav-reports" },
  ledger: { icon: ShieldCheck, key: "manager.nav-ledger" },
  devices: { icon: Plug, key: "manager.nav-devices" },
  catalogue: { icon: Package, key: "manager.nav-catalogue" },
  chat: { icon: MessageCircle, key: "manager.nav-chat" },
  till: { icon: MonitorCog, key: "manager.nav-till" },
};

/** The beads of the navigation need not be new to the second. */
const beadsEveryMs = 10_000;
const unreadEveryMs = 30_000;

/** The way around, with the mark on top and the till, the shop and who sells at the foot. */
export function Navigation() {
  const words = useWords();
  const open = useView((view) => view.section);
  const counts = useCounts();
  const parts = sections.map((section) => {
    const { icon, key } = faces[section];
    return { name: section, icon, label: words(key), badge: badgeOf(words, counts[section]) };
  });
  return (
    <SideNavigation
      label={words("manager.nav")}
      parts={parts}
      open={open}
      onOpen={openSection}
      inSmallWindow="tiles"
      className={styles.side}
    >
      <Foot />
    </SideNavigation>
  );
}

function badgeOf(words: Words, count: Count | undefined): NavigationBadge | undefined {
  if (count === undefined) return undefined;
  return {
    text: count.count > 99 ? "99+" : String(count.count),
    spoken: words(count.tone === "unread" ? "manager.nav-unread" : "manager.nav-needs", { count: count.count }),
    className: styles[count.tone],
  };
}

type Count = { readonly count: number; readonly tone: "needs" | "unread" };

function useCounts(): Partial<Record<Section, Count>> {
  const snapshot = useSnapshot();
  const overview = useTillData("sync.overview", {}, beadsEveryMs).data;
  const threads = useTillData("chat.threads", {}, unreadEveryMs).data;
  const { now } = useTimes();
  const counts: Partial<Record<Section, Count>> = {};
  for (const need of needsOf(snapshot, overview, now)) {
    if (need.tone === "wait") continue;
    const before = counts[need.section]?.count ?? 0;
    counts[need.section] = { count: before + need.count, tone: "needs" };
  }
  const unread = threads?.threads.reduce((sum, thread) => sum + thread.unread, 0) ?? 0;
  if (unread > 0) counts.chat = { count: unread, tone: "unread" };
  return counts;
}

function Foot() {
  const words = useWords();
  const formats = useFormats();
  const { till } = useSnapshot();
  return (
    <div className={styles.foot}>
      <p className={styles.till}>{words("status.till", { number: till.number })}</p>
      <p>{formats.name(till.store)}</p>
      <p>
        {till.cashier === undefined
          ? words("manager.foot-kiosk")
          : words("manager.foot-cashier", { name: formats.name(till.cashier) })}
      </p>
    </div>
  );
}
