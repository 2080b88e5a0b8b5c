import type { ReconciliationDay, ReconciliationDifference } from "../../sync/protocol/operator-api.ts";
import { BusyRod } from "../shared/components/rod.tsx";
import { formatDay, formatPaymentNumber } from "../shared/format.ts";
import { useLocale, useWords } from "../shared/words/intl.tsx";
import type { BeadPlace } from "./bead-place.ts";
import { differenceWords, reasonWords } from "./bill-words.ts";
import { useDeskState, useOverview } from "./desk-context.tsx";
import list from "./needs-page.module.css";
import { PageHead } from "./page-head.tsx";
import page from "./page.module.css";
import { railWords } from "./rail-words.ts";
import { StateBead } from "./state-bead.tsx";
import { useConsoleFormats } from "./use-console-formats.ts";

/** Bills of the rails are in yuan. */
const billCurrency = "CNY";

/** The bills of WeChat Pay and Alipay held against the charges: what differs, and how each day stands. */
export function BillsPage() {
  const words = useWords();
  const { bills } = useDeskState();
  if (bills === null) {
    return (
      <div className={page.none} role="status">
        <BusyRod />
      </div>
    );
  }
  const { count, days, differences } = bills;
  const title = days.length === 0 ? words("console.bills") : words("console.bills-title", { count });
  return (
    <>
      <PageHead title={title} second={words("console.bills-second")} />
      <div className={page.beam} />
      {days.length === 0 ? (
        <p className={page.none}>{words("console.bills-none")}</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <section className={page.scroll} tabIndex={0} aria-label={words("console.bills")}>
          {differences.length > 0 && (
            <ul className={list.list}>
              {differences.map((difference, place) => (
                <li
                  key={`${difference.rail} ${difference.day} ${difference.orderNumber} ${place}`}
                  className={list.entry}
                >
                  <Difference difference={difference} />
                </li>
              ))}
            </ul>
          )}
          {differences.length < count && (
            <p className={list.more}>{words("console.needs-more", { shown: differences.length, count })}</p>
          )}
          <Days days={days} />
        </section>
      )}
    </>
  );
}

function Difference({ difference }: { difference: ReconciliationDifference }) {
  const words = useWords();
  const locale = useLocale();
  const formats = useConsoleFormats();
  const { stores } = useOverview();
  const { rail, day, orderNumber, oursMinor, theirsMinor, payment } = difference;
  const company = words(railWords[rail]);
  const { title, advice } = differenceWords(difference);
  const store = stores.find(({ storeId }) => storeId === payment?.storeId);
  const nothing = words("console.bill-nothing");
  const amounts = words("console.bill-amounts", {
    ours: oursMinor === undefined ? nothing : formats.money(oursMinor, billCurrency),
    theirs: theirsMinor === undefined ? nothing : formats.money(theirsMinor, billCurrency),
  });
  return (
    <>
      <StateBead place="stopped" />
      <div className={list.what}>
        <h2 className={list.title}>{words(title)}</h2>
        <p>{words(advice, { company })}</p>
        <p className={list.second}>
          {company} · {formatDay(day, locale)} · {amounts}
          {payment !== undefined && (
            <>
              {" · "}
              {words("console.needs-where", {
                number: payment.tillNumber,
                shop: store === undefined ? payment.storeId : formats.name(store.name),
              })}
              {" · "}
              {words("console.bill-payment", { number: formatPaymentNumber(payment.number) })}
            </>
          )}
          {" · "}
          <span className={list.code}>{orderNumber}</span>
        </p>
      </div>
    </>
  );
}

function Days({ days }: { days: readonly ReconciliationDay[] }) {
  const words = useWords();
  return (
    <table className={page.table}>
      <caption className={page.second}>{words("console.bills-days")}</caption>
      <thead>
        <tr>
          <th scope="col">{words("console.state")}</th>
          <th scope="col">{words("console.bill-day")}</th>
          <th scope="col">{words("console.bill-company")}</th>
          <th scope="col" className={page.number}>
            {words("console.bill-payments")}
          </th>
          <th scope="col" className={page.number}>
            {words("console.bill-sum")}
          </th>
        </tr>
      </thead>
      <tbody>
        {days.map((day) => (
          <Day key={`${day.rail} ${day.day}`} day={day} />
        ))}
      </tbody>
    </table>
  );
}

function Day({ day: { rail, day, state, reason, payments, paymentsMinor, differences } }: { day: ReconciliationDay }) {
  const words = useWords();
  const locale = useLocale();
  const formats = useConsoleFormats();
  let place: BeadPlace = differences > 0 ? "stopped" : "there";
  let text = differences > 0 ? words("console.bill-differs", { count: differences }) : words("console.bill-agrees");
  if (state === "waiting") {
    place = "far";
    text = words("console.bill-waiting");
  }
  const isRead = state === "done";
  return (
    <tr>
      <td>
        <span className={page.state}>
          <StateBead place={place} />
          <span>
            {text}
            {reason !== undefined && <span className={page.small}>{words(reasonWords(reason))}</span>}
          </span>
        </span>
      </td>
      <td className={page.nowrap}>{formatDay(day, locale)}</td>
      <td>{words(railWords[rail])}</td>
      <td className={page.number}>{isRead ? payments : ""}</td>
      <td className={page.number}>{isRead ? formats.money(paymentsMinor, billCurrency) : ""}</td>
    </tr>
  );
}
