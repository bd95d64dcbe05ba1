/** What is not saved yet, kept in this browser, so that a crash or a dead network costs no keystroke. */
import type { Entry } from "../journal/journal";

export interface Fields {
  title?: string;
  summary?: string;
  extras?: Record<string, string>;
}

/** One kept slice of one draft; `at` in epoch milliseconds. */
export interface Kept {
  readonly key: string;
  readonly at: number;
  readonly from: number;
  readonly baseSha256: string;
  readonly entries: readonly Entry[];
  readonly text: string;
  readonly fields: Fields;
}

export interface Keep {
  put(kept: Kept): Promise<boolean>;
  take(key: string): Promise<Kept | null>;
  drop(key: string): Promise<void>;
}

export const DATABASE = "reviewdesk";
const STORE = "kept";
const LONGEST_MS = 7 * 24 * 3600 * 1000;

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB refused"));
  });
}

function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => { request.result.createObjectStore(STORE, { keyPath: "key" }); };
  return settled(request);
}

async function dropOld(store: IDBObjectStore, now: number): Promise<void> {
  const rows: Kept[] = await settled(store.getAll() as IDBRequest<Kept[]>);
  for (const row of rows) if (now - row.at > LONGEST_MS) store.delete(row.key);
}

/** The browser's own store; when it is closed to us (private windows), `put` answers false and nothing is kept. */
export function browserKeep(now: () => number): Keep {
  let database: Promise<IDBDatabase | null> | null = null;
  const store = async (mode: IDBTransactionMode): Promise<IDBObjectStore | null> => {
    database ??= opened().catch(() => null);
    return (await database)?.transaction(STORE, mode).objectStore(STORE) ?? null;
  };
  return {
    async put(kept) {
      const place = await store("readwrite");
      if (!place) return false;
      return settled(place.put(kept)).then(() => true, () => false);
    },
    async take(key) {
      const place = await store("readwrite");
      if (!place) return null;
      await dropOld(place, now());
      return (await settled(place.get(key) as IDBRequest<Kept | undefined>)) ?? null;
    },
    async drop(key) {
      const place = await store("readwrite");
      if (place) await settled(place.delete(key));
    },
  };
}

/** Removes everything kept on this device: what signing out does. */
export function forgetAll(): void {
  indexedDB.deleteDatabase(DATABASE);
}
