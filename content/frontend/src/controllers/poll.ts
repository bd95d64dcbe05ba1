/** Asks the server for news, gently: with an ETag, only while the page is seen, slower when it fails. */

export interface Polling {
  readonly url: string;
  readonly everySeconds: number;
  /** A 200 answer with new content. Answer "stop" to end. */
  readonly news: (response: Response) => Promise<"go_on" | "stop">;
  readonly signedOut?: () => void;
}

const LONGEST_SECONDS = 120;

/** Starts polling; returns how to stop. */
export function poll(options: Polling): () => void {
  let etag = "";
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;

  const plan = (): void => {
    if (ended) return;
    const seconds = Math.min(LONGEST_SECONDS, options.everySeconds * 2 ** failures);
    // A fifth of play, so that a hundred open desks do not ask in the same moment.
    timer = setTimeout(() => { void ask(); }, seconds * 1000 * (0.8 + 0.4 * Math.random()));
  };
  const stop = (): void => {
    ended = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", seen);
  };
  const ask = async (): Promise<void> => {
    if (document.hidden || ended) return;
    const response = await fetch(options.url, {
      cache: "no-store",
      credentials: "same-origin",
      headers: { Accept: "application/json, text/html;q=0.9", "X-Poll": "1", ...(etag ? { "If-None-Match": etag } : {}) },
    }).catch(() => null);
    if (response?.status === 204) return stop();
    if (response?.status === 401 || response?.redirected) {
      options.signedOut?.();
      return stop();
    }
    failures = response && response.status < 400 ? 0 : failures + 1;
    if (response?.status === 200) {
      etag = response.headers.get("ETag") ?? "";
      if (await options.news(response) === "stop") return stop();
    }
    plan();
  };
  function seen(): void {
    clearTimeout(timer);
    if (!document.hidden) void ask();
  }

  document.addEventListener("visibilitychange", seen);
  plan();
  return stop;
}
