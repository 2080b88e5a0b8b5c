import { createContext, use, useEffect, useState, type ReactNode } from "react";

/** Tells the time in milliseconds since 1970; handed in so that pictures and tests stand still. */
type Clock = () => number;

const ClockContext = createContext<Clock>(Date.now);

/** Gives the pages below it another clock. */
export function ClockProvider({ clock, children }: { clock: Clock; children: ReactNode }) {
  return <ClockContext value={clock}>{children}</ClockContext>;
}

/** What tells the time, for what has to know it at a moment of its own. */
export function useClock(): Clock {
  return use(ClockContext);
}

/** The time, read anew each `everyMs`. */
export function useNow(everyMs: number): number {
  const clock = use(ClockContext);
  const [now, setNow] = useState(clock);
  useEffect(() => {
    setNow(clock());
    const timer = setInterval(() => setNow(clock()), everyMs);
    return () => clearInterval(timer);
  }, [clock, everyMs]);
  return now;
}
