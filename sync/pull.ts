import { contactKindOf, SyncError } from "./errors.ts";
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
  /** Forgets all answers: a platform that was restored counts them anew, and a new one would look older than those. */
  startOver(): void;
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
 * Takes in what has changed since the stored cursor, page by page, data and cursor together. A platform that was restored
 * from a backup (its epoch is another one, or it stands before the cursor) counts its changes anew: the catalogue starts
 * over then, and the old one is kept until the first page of the new one is here.
 * @returns the platform's epoch and whether anything changed.
 */
export async function pullChanges(
  store: ChangeStore,
  requests: PullRequests,
): Promise<{ epoch: number; changed: boolean }> {
  let changed = false;
  let startsOver = false;
  for (let page = 0; page < maximumPages; page += 1) {
    const position = store.position();
    const answer = await requests.changes(startsOver ? 0 : position.cursor);
    if (startsOver) store.reset();
    else if (isRestored(position, answer)) {
      startsOver = true;
      continue;
    }
    if (startsOver || answer.changes.length > 0 || answer.epoch !== position.epoch) {
      store.apply(answer.changes, answer.cursor, answer.epoch);
      changed = changed || startsOver || answer.changes.length > 0;
    }
    startsOver = false;
    if (!answer.more) return { epoch: answer.epoch, changed };
  }
  return { epoch: store.position().epoch, changed };
}

function isRestored(position: { cursor: number; epoch: number }, answer: PullResponse): boolean {
  if (position.cursor === 0) return false;
  return answer.cursor < position.cursor || (position.epoch > 0 && answer.epoch !== position.epoch);
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

/**
 * Fetches pictures that the catalogue names and the till lacks. One that the platform does not have, or that is not what
 * its name says, is left out and named in `unusable`, so that it is not asked for in every round: goods are sold without.
 * @throws SyncError when the platform cannot be heard.
 */
export async function pullPictures(
  store: ChangeStore,
  requests: PullRequests,
  options: { hash: HashBytes; unusable: Set<string> },
): Promise<boolean> {
  const missing = store.missingPictures().filter((name) => !options.unusable.has(name));
  let stored = false;
  for (const name of missing.slice(0, maximumPictures)) {
    const picture = await pictureOrNull(requests, name);
    if (picture !== null && options.hash(picture.bytes) === name) {
      store.storePicture(name, picture);
      stored = true;
    } else options.unusable.add(name);
  }
  return stored;
}

async function pictureOrNull(requests: PullRequests, name: string) {
  try {
    return await requests.picture(name);
  } catch (error) {
    if (error instanceof SyncError && contactKindOf(error.code) === "online") return null;
    throw error;
  }
}
