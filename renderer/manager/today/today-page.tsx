import { useMemo } from "react";
import type { DayReport } from "../../../main/contract/manager.ts";
import { useFormats, useLocale, useWords } from "../../shared/words/intl.tsx";
import { needsOf } from "../needs.ts";
import { formatBusinessDay } from "../parts/days.ts";
import { Facts, type Fact } from "../parts/facts.tsx";
import { NotKnownYet } from "../parts/outcome.tsx";
import { ScrollPage } from "../parts/scroll-page.tsx";
import { SectionHead } from "../parts/section-head.tsx";
import { useTimes } from "../parts/use-times.ts";
import { useSnapshot, useTillData } from "../till.tsx";
import { BestGoods } from "./best-goods.tsx";
import { HoursChart } from "./hours-chart.tsx";
import { Needs } from "./needs-list.tsx";
import styles from "./today-page.module.css";

/** The business day on one page; what needs the manager stands on top of it. */
export function TodayPage() {
  const words = useWords();
  const day = useTillData("report.day", {});
  return (
    <ScrollPage label={words("manager.nav-today")}>
      <TodayNeeds />
      {day.data === null ? <NoDay fault={day.fault} /> : <Day day={day.data} />}
    </ScrollPage>
  );
}

function TodayNeeds() {
  const snapshot = useSnapshot();
  const overview = useTillData("sync.overview", {});
  const { now } = useTimes();
  const needs = useMemo(() => needsOf(snapshot, overview.data, now), [snapshot, overview.data, now]);
  return <Needs needs={needs} isKnown={overview.data !== null} />;
}

function NoDay({ fault }: { fault: Parameters<typeof NotKnownYet>[0]["fault"] }) {
  const words = useWords();
  return (
    <>
      <SectionHead title={words("manager.nav-today")} />
      <NotKnownYet fault={fault} />
    </>
  );
}

function Day({ day }: { day: DayReport }) {
  const words = useWords();
  const locale = useLocale();
  const { money } = useFormats();
  const { till } = useSnapshot();
  const where = words("manager.today-where", {
    day: formatBusinessDay(day.businessDay, locale),
    number: till.number,
  });
  if (day.sales === 0 && day.refunds === 0) {
    return (
      <>
        <SectionHead title={words("manager.today-none")} second={where} />
        <p className={styles.empty}>{words("manager.today-none-second")}</p>
      </>
    );
  }
  return (
    <>
      <SectionHead
        title={words("manager.today-title", { amount: money(day.salesMinor), sales: day.sales })}
        second={where}
      />
      <DayFacts day={day} />
      {day.unread !== undefined && <p className={styles.unread}>{words("report.unread", { count: day.unread })}</p>}
      <HoursChart day={day} />
      <BestGoods goods={day.goods} />
    </>
  );
}

function DayFacts({ day }: { day: DayReport }) {
  const words = useWords();
  const { money } = useFormats();
  const tender = (kind: "cash" | "wallet") => day.tenders.find((each) => each.kind === kind);
  const averageMinor = day.sales === 0 ? 0 : Math.round(day.salesMinor / day.sales);
  const facts: Fact[] = [
    {
      label: words("manager.today-net"),
      value: money(day.netMinor),
      about:
        day.refunds === 0
          ? words("manager.today-no-refunds")
          : words("manager.today-refunds", { count: day.refunds, amount: money(day.refundsMinor) }),
    },
    {
      label: words("manager.today-cash"),
      value: money(tender("cash")?.amountMinor ?? 0),
      about: words("manager.today-payments", { count: tender("cash")?.count ?? 0 }),
    },
    {
      label: words("manager.today-wallet"),
      value: money(tender("wallet")?.amountMinor ?? 0),
      about: words("manager.today-payments", { count: tender("wallet")?.count ?? 0 }),
    },
    {
      label: words("manager.today-commission"),
      value: money(day.commissionMinor),
      about: words("manager.today-commission-about"),
    },
    {
      label: words("manager.today-average"),
      value: money(averageMinor),
      about: words("manager.today-items", { count: day.items }),
    },
  ];
  return <Facts facts={facts} />;
}
