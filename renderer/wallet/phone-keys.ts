import { fromHex } from "../../sync/protocol/bytes.ts";
import { generateSigningKey, type SigningKeyPair } from "../../sync/protocol/web-crypto.ts";

/** What this phone keeps for one wallet. The private key is held by the browser and can never be read out. */
export type PhoneRecord = {
  readonly walletId: string;
  readonly keys: SigningKeyPair;
  readonly certificate?: Uint8Array<ArrayBuffer>;
  /** Milliseconds since 1970. */
  readonly certificateExpiresAt?: number;
  /** The number of the last code that was made, or may have been. */
  readonly counter: number;
};

const databaseName = "suanpan-wallet";
const storeName = "phones";

/** The keys, certificates and counters of the wallets on this phone, in IndexedDB; all tabs share them. */
export class PhoneKeys {
  readonly #database: Promise<IDBDatabase>;

  constructor(factory: IDBFactory) {
    this.#database = openDatabase(factory);
    // Whoever needs the store hears that there is none; until then it troubles nobody.
    this.#database.catch(() => {});
  }

  /**
   * What is kept for a wallet, with new keys for a wallet that is new here. Where two tabs come at once, both get the
   * keys of the first. A new record's numbers begin at the seconds since 1970, above any that a lost record had used.
   */
  async open(walletId: string, nowMs: number): Promise<PhoneRecord> {
    const known = await this.#read(walletId);
    if (known !== undefined) return known;
    const keys = await generateSigningKey("ES256", { extractable: false });
    const fresh: PhoneRecord = { walletId, keys, counter: Math.floor(nowMs / 1000) };
    return this.#change(walletId, (record) => record ?? fresh);
  }

  /** Keeps a certificate over the wallet's key. */
  async keepCertificate(walletId: string, certificateHex: string, expiresAt: number): Promise<void> {
    const certificate = fromHex(certificateHex);
    await this.#change(walletId, (record) => ({ ...known(record), certificate, certificateExpiresAt: expiresAt }));
  }

  /**
   * Takes the next number. It is stored before it is given, so that no tab and no restart ever uses it again; the
   * transactions of all tabs run one after the other.
   */
  reserve(walletId: string): Promise<PhoneRecord> {
    return this.#change(walletId, (record) => ({ ...known(record), counter: known(record).counter + 1 }));
  }

  async #read(walletId: string): Promise<PhoneRecord | undefined> {
    const transaction = (await this.#database).transaction(storeName, "readonly");
    return new Promise((resolve, reject) => {
      const request: IDBRequest<PhoneRecord | undefined> = transaction.objectStore(storeName).get(walletId);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error("The phone's store could not be read."));
    });
  }

  async #change(walletId: string, change: (record: PhoneRecord | undefined) => PhoneRecord): Promise<PhoneRecord> {
    const transaction = (await this.#database).transaction(storeName, "readwrite", { durability: "strict" });
    const store = transaction.objectStore(storeName);
    return new Promise((resolve, reject) => {
      let changed: PhoneRecord | undefined;
      const request: IDBRequest<PhoneRecord | undefined> = store.get(walletId);
      request.onsuccess = () => {
        changed = change(request.result);
        store.put(changed);
      };
      transaction.oncomplete = () => resolve(known(changed));
      transaction.onabort = () => reject(transaction.error ?? new Error("The phone's store could not be written."));
    });
  }
}

function known(record: PhoneRecord | undefined): PhoneRecord {
  if (record === undefined) throw new Error("There are no keys for this wallet on this phone.");
  return record;
}

function openDatabase(factory: IDBFactory): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(databaseName, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(storeName, { keyPath: "walletId" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("The phone's store could not be opened."));
  });
}
