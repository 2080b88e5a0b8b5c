import type { OperatorStore } from "../../sync/protocol/operator-api.ts";
import { formatPercent } from "../shared/format.ts";
import { useWords } from "../shared/words/intl.tsx";
import { currencyOfStore, sumsByCurrency, type Money } from "./currency.ts";
import { useDeskState, useOverview } from "./desk-context.tsx";
import styles from "./overview-page.module.css";
import { PageHead, ScrollTable } from "./page-head.tsx";
import page from "./page.module.css";
import { isHeard, newestLedgers } from "./till-states.ts";
import { useConsoleFormats } from "./use-console-formats.ts";

/** The platform at a glance: what is heard, what needs somebody, whose money is where, and every shop. */
export function OverviewPage() {
  const words = useWords();
  const formats = useConsoleFormats();
  const overview = useOverview();
  const { needs } = useDeskState();
  const live = newestLedgers(overview.tills).filter(({ revoked }) => !revoked);
  const heard = live.filter((till) => isHeard(till, overview.time)).length;
  const count = live.length;
  const needsCount = needs?.count ?? 0;
  let title = words("console.heard-some", { heard, count });
  if (count === 0) title = words("console.heard-none-enrolled");
  else if (heard === count) title = words("console.heard-all", { count });
  return (
    <>
      <PageHead
        title={needsCount === 0 ? `${title} ${words("console.nothing-needs")}` : title}
        needs={needsCount === 0 ? undefined : words("console.need-you", { count: needsCount })}
        second={words("console.answered", { time: formats.timeToSecond(overview.time), epoch: overview.epoch })}
      />
      <Facts />
      <div className={page.beam} />
      <ScrollTable name={words("console.shops")}>
        <thead>
          <tr>
            <th scope="col">{words("console.shop")}</th>
            <th scope="col" className={page.number}>
              {words("console.tills")}
            </th>
            <th scope="col" className={page.number}>
              {words("console.total")}
            </th>
            <th scope="col" className={page.number}>
              {words("console.balance")}
            </th>
            <th scope="col">{words("console.terms")}</th>
            <th scope="col">{words("console.shopper-chat")}</th>
          </tr>
        </thead>
        <tbody>
          {overview.stores.map((store) => (
            <Shop key={store.storeId} store={store} />
          ))}
        </tbody>
      </ScrollTable>
      {overview.stores.length === 0 && <p className={page.none}>{words("console.no-shops")}</p>}
    </>
  );
}

function Facts() {
  const words = useWords();
  const overview = useOverview();
  const { accounts, tills, stores } = overview;
  const totals = tills.map((till) => ({
    currency: currencyOfStore(overview, till.storeId),
    balanceMinor: till.totalMinor,
  }));
  const sales = tills.reduce((sum, till) => sum + till.sales, 0);
  const wallets = accounts.wallets.reduce((sum, account) => sum + account.count, 0);
  const sold = useMoneys(sumsByCurrency(totals));
  return (
    <dl className={styles.facts}>
      <Fact
        name={words("console.owed")}
        value={useMoneys(sumsByCurrency(accounts.merchants))}
        second={words("console.owed-second", { count: stores.length })}
      />
      <Fact
        name={words("console.commission")}
        value={useMoneys(sumsByCurrency(accounts.commission))}
        second={words("console.commission-second")}
      />
      <Fact
        name={words("console.wallets")}
        value={useMoneys(sumsByCurrency(accounts.wallets))}
        second={words("console.wallets-second", { count: wallets })}
      />
      <Fact
        name={words("console.sales")}
        value={String(sales)}
        second={words("console.sales-second", { amount: sold })}
      />
    </dl>
  );
}

function Fact({ name, value, second }: { name: string; value: string; second: string }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd className={styles.value}>{value}</dd>
      <dd>{second}</dd>
    </div>
  );
}

function useMoneys(sums: readonly Money[]): string {
  const formats = useConsoleFormats();
  if (sums.length === 0) return formats.money(0, "CNY");
  return sums.map(({ amountMinor, currency }) => formats.money(amountMinor, currency)).join(" + ");
}

function Shop({ store }: { store: OperatorStore }) {
  const words = useWords();
  const formats = useConsoleFormats();
  const overview = useOverview();
  const currency = currencyOfStore(overview, store.storeId);
  const balance = overview.accounts.merchants.filter(({ storeId }) => storeId === store.storeId);
  const soldMinor = overview.tills
    .filter(({ storeId }) => storeId === store.storeId)
    .reduce((sum, { totalMinor }) => sum + totalMinor, 0);
  const { ratePartsPerMillion, fixedMinor, since } = store.terms;
  const rate = formatPercent(ratePartsPerMillion);
  const { threads, messages, unread } = store.shopperChat;
  return (
    <tr>
      <td>
        <strong>{formats.name(store.name)}</strong>
        <span className={page.small}>{formats.name(store.address)}</span>
      </td>
      <td className={page.number}>{store.tills}</td>
      <td className={page.number}>{formats.money(soldMinor, currency)}</td>
      <td className={page.number}>
        <strong>{useMoneys(sumsByCurrency(balance))}</strong>
      </td>
      <td className={page.nowrap}>
        {fixedMinor === 0
          ? words("console.terms-rate", { rate })
          : words("console.terms-rate-fixed", { rate, fixed: formats.money(fixedMinor, currency) })}
        {Date.parse(since) > 0 && (
          <span className={page.small}>{words("console.since", { day: formats.day(since) })}</span>
        )}
      </td>
      <td>
        {words("console.shopper-chat-counts", { threads, messages })}
        <span className={page.small}>
          {unread === 0 ? words("console.shopper-chat-read") : words("console.shopper-chat-unread", { count: unread })}
        </span>
      </td>
    </tr>
  );
}
