import type { Answer, PullResponse } from "./protocol/api.ts";
import type { Change } from "./protocol/change.ts";

/** What pull needs of the till's catalogue. */
export type ChangeStore = {
  position(): { cursor: number; epoch: number };
  /** Takes the changes in with their cursor in one transaction. */
  apply(changes: readonly Change[], cursor: number, epoch: number): void;
  /** Forgets the catalogue, so that everything is pulled again. */
  reset(): void;
  missingPictures(): string[];
  storePicture(hash: string, picture: { type: string; bytes: Uint8Array }): void;
};

/** What pull needs of the till's store of answers. */
export type AnswerStore = {
  answerCursor(): number;
  storeAnswers(answers: readonly Answer[], cursor: number): void;
};

/** Asks the platform; each rejects with a SyncError. */
export type PullRequests = {
  changes(after: number): Promise<PullResponse>;
  answers(after: number): Promise<{ answers: Answer[]; cursor: number; more: boolean }>;
  picture(hash: string): Promise<{ type: string; bytes: Uint8Array }>;
};

/** Hashes bytes to lower-case hexadecimal SHA-256. */
export type HashBytes = (bytes: Uint8Array) => string;

/** Pages of one pull; a longer feed goes on with the next round, so that selling is never starved. */
const maximumPages = 200;

/** Pictures of one round; a picture is nice to have and waits for the next. */
const maximumPictures = 200;

/**
 * Takes in what has changed since the stored cursor, page by page, data and cursor together. A cursor that the platform
 * no longer reaches (it was restored from an older backup) starts the catalogue over.
 * @returns the platform's epoch and whether anything changed.
 */
export async function pullChanges(
  store: ChangeStore,
  requests: PullRequests,
): Promise<{ epoch: number; changed: boolean }> {
  let changed = false;
  for (let page = 0; page < maximumPages; page += 1) {
    const position = store.position();
    const answer = await requests.changes(position.cursor);
    if (answer.cursor < position.cursor) {
      store.reset();
      changed = true;
      continue;
    }
    if (answer.changes.length > 0 || answer.epoch !== position.epoch) {
      store.apply(answer.changes, answer.cursor, answer.epoch);
      changed = changed || answer.changes.length > 0;
    }
    if (!answer.more) return { epoch: answer.epoch, changed };
  }
  return { epoch: store.position().epoch, changed };
}

/** Takes in what the platform made of the entries it stores. */
export async function pullAnswers(store: AnswerStore, requests: PullRequests): Promise<boolean> {
  let changed = false;
  for (let page = 0; page < maximumPages; page += 1) {
    const answer = await requests.answers(store.answerCursor());
    if (answer.answers.length > 0) {
      store.storeAnswers(answer.answers, answer.cursor);
      changed = true;
    }
    if (!answer.more) break;
  }
  return changed;
}

/** Fetches pictures that the catalogue names and the till lacks. One that is not what its name says is left out. */
export async function pullPictures(store: ChangeStore, requests: PullRequests, hash: HashBytes): Promise<boolean> {
  const missing = store.missingPictures().slice(0, maximumPictures);
  for (const name of missing) {
    const picture = await requests.picture(name);
    if (hash(picture.bytes) === name) store.storePicture(name, picture);
  }
  return missing.length > 0;
}
