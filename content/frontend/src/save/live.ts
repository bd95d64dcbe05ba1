/** News about the open draft from elsewhere: another holder, a newer version, somebody who asks for it. */
import { poll } from "../controllers/poll";
import type { DeskData } from "../data";
import type { Session } from "../editor/session";
import { showBand } from "../page/bands";
import { gettext, interpolate } from "../page/gettext";

export interface WatchOptions {
  readonly data: DeskData;
  readonly session: Session;
  readonly readOnly: boolean;
  readonly lost: (sentence: string) => void;
}

interface News {
  readonly lease_lost?: boolean;
  readonly ask?: { readonly who?: string; readonly note?: string };
  readonly case?: { readonly head?: number; readonly state?: string };
}

const EVERY_SECONDS = 15;

/** Starts looking; returns how to stop. */
export function watchDraft(options: WatchOptions): () => void {
  const { data, session } = options;
  const opened = { state: "" };
  return poll({
    url: data.urls.live,
    everySeconds: EVERY_SECONDS,
    news: async (response) => {
      if (!(response.headers.get("Content-Type") ?? "").includes("json")) return "stop";
      const news = (await response.json()) as News;
      if (news.lease_lost && !options.readOnly) {
        options.lost("");
        return "stop";
      }
      tell(news, session, opened, options.readOnly);
      return "go_on";
    },
  });
}

function tell(news: News, session: Session, opened: { state: string }, readOnly: boolean): void {
  const reload = { label: gettext("Load it"), run: () => location.reload() };
  const state = news.case?.state ?? "";
  if (news.ask?.who) {
    const values = { who: news.ask.who, note: news.ask.note ?? "" };
    showBand("ask", "info", interpolate(gettext("%(who)s asks to take over this draft. %(note)s"), values));
  }
  if ((news.case?.head ?? 0) > session.base) showBand("head", "warn", gettext("There is a newer version of this draft."), [reload]);
  else if (readOnly && opened.state && state && state !== opened.state) showBand("head", "info", gettext("This draft has moved on."), [reload]);
  opened.state = state || opened.state;
}
