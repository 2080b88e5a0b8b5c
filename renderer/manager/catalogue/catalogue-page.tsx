import { RotateCw } from "lucide-react";
import { Key } from "../../shared/components/key.tsx";
import { useFormats, useWords } from "../../shared/words/intl.tsx";
import { oldContactMs } from "../parts/ages.ts";
import { Facts, type Fact } from "../parts/facts.tsx";
import { Done, Refusal } from "../parts/outcome.tsx";
import { ScrollPage } from "../parts/scroll-page.tsx";
import { SectionHead } from "../parts/section-head.tsx";
import { useTimes } from "../parts/use-times.ts";
import { useAction, useSnapshot } from "../till.tsx";
import styles from "./catalogue-page.module.css";

/** How old the goods of this till are, and asking the platform for news at once. */
export function CataloguePage() {
  const words = useWords();
  const times = useTimes();
  const { staff, sync } = useSnapshot();
  const ask = useAction("sync.try-now");
  const items = staff?.catalog.items ?? 0;
  const checkedAt = staff?.catalog.checkedAt;
  const contactAt = sync.lastContactAt ?? checkedAt;
  const isOld = contactAt !== undefined && times.now - Date.parse(contactAt) > oldContactMs;
  return (
    <ScrollPage label={words("manager.nav-catalogue")}>
      <SectionHead
        title={items === 0 ? words("manager.catalogue-none") : words("manager.catalogue-title", { items })}
        urgent={isOld ? words("manager.catalogue-old", { age: times.age(contactAt) }) : undefined}
        second={
          isOld
            ? words("manager.catalogue-old-second")
            : words(items === 0 ? "manager.catalogue-none-second" : "manager.catalogue-second")
        }
      >
        <Key
          icon={RotateCw}
          label={words(ask.isBusy ? "manager.asking" : "manager.ask-now")}
          onPress={() => void ask.run({})}
        />
      </SectionHead>
      {ask.fault !== null && (
        <div className={styles.part}>
          <Refusal fault={ask.fault} onDismiss={ask.clear} />
        </div>
      )}
      {ask.isDone && (
        <div className={styles.part}>
          <Done text={words(sync.state === "online" ? "manager.asked" : "manager.asked-offline")} />
        </div>
      )}
      <CatalogueFacts isOld={isOld} />
      <div className={styles.beam} />
      <Categories />
    </ScrollPage>
  );
}

function CatalogueFacts({ isOld }: { isOld: boolean }) {
  const words = useWords();
  const times = useTimes();
  const { staff, sync } = useSnapshot();
  const catalog = staff?.catalog;
  const moment = (label: string, instant: string | undefined, tone?: Fact["tone"]): Fact => ({
    label,
    value: instant === undefined ? words("manager.catalogue-never") : times.when(instant),
    about: instant === undefined ? undefined : words("manager.catalogue-ago", { age: times.age(instant) }),
    tone,
  });
  const facts: Fact[] = [
    {
      label: words("manager.catalogue-goods"),
      value: words("manager.catalogue-count", { items: catalog?.items ?? 0 }),
      about: words("manager.catalogue-on-till"),
    },
    moment(words("manager.catalogue-changed"), catalog?.changedAt),
    moment(words("manager.catalogue-checked"), catalog?.checkedAt),
    moment(words("manager.catalogue-contact"), sync.lastContactAt, isOld ? "attention" : undefined),
  ];
  return <Facts facts={facts} />;
}

/** The categories as the till shows them, so that a manager sees at a glance whose goods these are. */
function Categories() {
  const words = useWords();
  const { name } = useFormats();
  const { categories } = useSnapshot();
  if (categories.length === 0) return null;
  return (
    <section className={styles.categories} aria-label={words("manager.catalogue-categories")}>
      <h2>{words("manager.catalogue-categories")}</h2>
      <ul>
        {categories.map((category) => (
          <li key={category.id}>{name(category.name)}</li>
        ))}
      </ul>
    </section>
  );
}
