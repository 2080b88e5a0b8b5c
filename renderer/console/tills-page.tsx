import type { OperatorFollows, OperatorTill } from "../../sync/protocol/operator-api.ts";
import { classNames } from "../shared/class-names.ts";
import { useWords } from "../shared/words/intl.tsx";
import { currencyOfStore } from "./currency.ts";
import { useOverview } from "./desk-context.tsx";
import { Enrolment } from "./enrolment.tsx";
import { PageHead, ScrollTable } from "./page-head.tsx";
import page from "./page.module.css";
import { StateBead } from "./state-bead.tsx";
import { isSeenNow, stateOfTill, tillStateLooks } from "./till-states.ts";
import { useConsoleFormats } from "./use-console-formats.ts";

/** Every till with its state in words, and the way to take another one in. */
export function TillsPage() {
  const words = useWords();
  const { tills } = useOverview();
  return (
    <>
      <PageHead title={words("console.tills-title")} second={words("console.tills-second")} />
      <Enrolment />
      <div className={page.beam} />
      {tills.length === 0 ? (
        <p className={page.none}>{words("console.no-tills")}</p>
      ) : (
        <ScrollTable name={words("console.tills-title")}>
          <thead>
            <tr>
              <th scope="col">{words("console.state")}</th>
              <th scope="col">{words("console.till")}</th>
              <th scope="col">{words("console.last-seen")}</th>
              <th scope="col" className={page.number}>
                {words("console.head")}
              </th>
              <th scope="col" className={page.number}>
                {words("console.sold")}
              </th>
              <th scope="col" className={page.number}>
                {words("console.total")}
              </th>
              <th scope="col" className={page.number}>
                {words("console.needs")}
              </th>
              <th scope="col" className={page.number}>
                {words("console.held")}
              </th>
            </tr>
          </thead>
          <tbody>
            {tills.map((till) => (
              <Till key={till.ledger} till={till} />
            ))}
          </tbody>
        </ScrollTable>
      )}
    </>
  );
}

function Till({ till }: { till: OperatorTill }) {
  const words = useWords();
  const formats = useConsoleFormats();
  const overview = useOverview();
  const { time, stores } = overview;
  const look = tillStateLooks[stateOfTill(till, time)];
  const store = stores.find(({ storeId }) => storeId === till.storeId);
  const currency = currencyOfStore(overview, till.storeId);
  const { head, headAt, lastSeenAt } = till;
  let seen = words("console.state-never");
  if (lastSeenAt !== undefined) {
    seen = isSeenNow(till, time) ? words("console.seen-now") : formats.when(lastSeenAt, time);
  }
  return (
    <>
      <tr>
        <td>
          <span className={page.state}>
            <StateBead place={look.place} />
            {words(look.words)}
          </span>
        </td>
        <td>
          <strong>{words("console.till-number", { number: till.tillNumber })}</strong>
          <span className={page.small}>{store === undefined ? till.storeId : formats.name(store.name)}</span>
        </td>
        <td className={page.nowrap}>{seen}</td>
        <td className={page.number}>
          {head.seq === 0 ? words("console.no-entries") : words("console.head-number", { seq: head.seq })}
          {headAt !== undefined && <span className={page.small}>{formats.when(headAt, time)}</span>}
        </td>
        <td className={page.number}>
          {till.sales}
          {till.refunds > 0 && <span className={page.small}>{words("console.refunds", { count: till.refunds })}</span>}
        </td>
        <td className={page.number}>
          <strong>{formats.money(till.totalMinor, currency)}</strong>
          <span className={page.small}>
            {words("console.cash-and-wallet", {
              cash: formats.money(till.cashMinor, currency),
              wallet: formats.money(till.walletMinor, currency),
            })}
          </span>
        </td>
        <td className={page.number}>
          <span className={till.needsYou > 0 ? page.attention : undefined}>{till.needsYou}</span>
        </td>
        <td className={page.number}>
          <span className={till.held > 0 ? page.attention : undefined}>{till.held}</span>
        </td>
      </tr>
      {till.follows !== undefined && <Follows follows={till.follows} />}
    </>
  );
}

/** A row below the ledger's own: what it goes on from, and what a person should know of that. */
function Follows({ follows }: { follows: OperatorFollows }) {
  const words = useWords();
  const formats = useConsoleFormats();
  const { time } = useOverview();
  const { seq, missing, approvedBy, openedAt, at, isSecond } = follows;
  return (
    <tr>
      <td colSpan={8}>
        {words("console.follows", { seq, time: formats.when(at, time) })}
        {approvedBy !== undefined && (
          <span className={page.small}>
            {words("console.follows-approved", {
              person: formats.name(approvedBy.name),
              time: formats.when(openedAt ?? at, time),
            })}
          </span>
        )}
        {missing !== undefined && (
          <span className={classNames(page.small, page.attention)}>
            {words("console.follows-missing", {
              count: missing.toSeq - missing.fromSeq + 1,
              from: missing.fromSeq,
              to: missing.toSeq,
            })}
          </span>
        )}
        {isSecond && <span className={classNames(page.small, page.attention)}>{words("console.follows-second")}</span>}
      </td>
    </tr>
  );
}
