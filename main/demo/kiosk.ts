import { ChildError } from "../child.ts";
import { sentenceOf } from "../sentence.ts";
import type { StationAddresses } from "./station.ts";
import { supervise, type Supervised } from "./supervise.ts";
import { stationParameters, tillEntry, type TillReady } from "./till-start.ts";

/** The demo shop's kiosk while it starts and while it runs. */
export type StartingKiosk = {
  /** Resolves with null where it could not be started; nobody but the shoppers who stand before it needs it. */
  started: Promise<Supervised<TillReady> | null>;
  /** Ends it, also in the middle of its start. */
  stop(): Promise<void>;
};

/** What the kiosk is started with. `enrolmentCode` asks the platform for a code of its own. */
export type KioskOptions = {
  folder: string;
  port: number;
  station: StationAddresses;
  enrolmentCode(): Promise<string>;
  onWords(words: string): void;
};

/** Starts a second till, in its own folder and as a kiosk. What goes wrong with it is said in words and stops nothing else. */
export function startKiosk(options: KioskOptions): StartingKiosk {
  const { folder, port, station, onWords } = options;
  const ending = new AbortController();

  async function start(): Promise<Supervised<TillReady> | null> {
    try {
      const kiosk = await supervise<TillReady>({
        name: "kiosk",
        entry: tillEntry,
        parameters: stationParameters({ mode: "kiosk", folder, port, station }),
        environment: { SUANPAN_ENROL: await options.enrolmentCode() },
        onWords,
        signal: ending.signal,
      });
      void kiosk.failed.then((words) => onWords(`${words} Till and counter go on without it.\n`));
      return kiosk;
    } catch (error) {
      const words = error instanceof ChildError ? error.words : sentenceOf(error);
      if (!ending.signal.aborted)
        onWords(`The kiosk could not be started; till and counter go on without it. ${words}\n`);
      return null;
    }
  }

  const started = start();
  return {
    started,
    async stop() {
      ending.abort();
      await (await started)?.stop();
    },
  };
}
