import { ExternalLink } from "lucide-react";
import type { ShopPage } from "../../main/contract/counter.ts";
import { useWords, type Words } from "../shared/words/intl.tsx";
import { useCounterSnapshot } from "./counter.tsx";
import styles from "./pages.module.css";

/** The ways to the other pages of the shop, and the PIN that its people have in the demo. */
export function Pages() {
  const words = useWords();
  const { pages, demoPin } = useCounterSnapshot();
  return (
    <nav className={styles.pages} aria-label={words("counter.pages")}>
      {pages.map(({ name, url }) => (
        <a key={name} className={styles.page} href={url} target="_blank" rel="noreferrer">
          <ExternalLink size={20} aria-hidden />
          {nameOf(name, words)}
        </a>
      ))}
      {demoPin !== "" && <p className={styles.pin}>{words("counter.pin", { pin: demoPin })}</p>}
    </nav>
  );
}

function nameOf(page: ShopPage["name"], words: Words): string {
  switch (page) {
    case "cashier":
      return words("counter.page-cashier");
    case "kiosk":
      return words("counter.page-kiosk");
    case "manager":
      return words("counter.page-manager");
    case "kiosk-manager":
      return words("counter.page-kiosk-manager");
    case "customer":
      return words("counter.page-customer");
    case "wallet":
      return words("counter.page-wallet");
    case "console":
      return words("counter.page-console");
  }
}
