import type { ReactNode } from "react";
import { BusyRod } from "../components/rod.tsx";
import styles from "./fetching.module.css";

/** Says that a chat is being fetched, in the middle of where it will stand. */
export function FetchingChat({ children }: { children: ReactNode }) {
  return (
    <div className={styles.fetching} role="status">
      <BusyRod />
      {children}
    </div>
  );
}
