/** The hold on a draft: kept alive while somebody works, with a warning before it ends. */
import { type Answer, codeOf, detailOf } from "../page/http";

const BEAT_MS = 30_000;
/** Without input for this long the page no longer extends the hold by itself. */
const IDLE_MS = 600_000;

export interface LeaseOptions {
  readonly renew: () => Promise<Answer>;
  readonly lastInput: () => number;
  readonly now: () => number;
  readonly warnAt: number | null;
  readonly warn: (endsAt: Date) => void;
  readonly lost: (sentence: string) => void;
}

function timeIn(answer: Answer, name: string): number | null {
  const value = answer.body[name];
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

export class LeaseKeeper {
  private warnAt: number | null;
  private endsAt: number | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly options: LeaseOptions) {
    this.warnAt = options.warnAt;
  }

  start(): void {
    this.timer = setInterval(() => { void this.beat(); }, BEAT_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Extends the hold now, as the person asked. */
  async keepWorking(): Promise<void> {
    const answer = await this.options.renew();
    if (answer.status === 200) {
      this.warnAt = timeIn(answer, "warn_at");
      this.endsAt = timeIn(answer, "expires_at");
    } else if (codeOf(answer) === "lease_lost" || codeOf(answer) === "case_closed" || codeOf(answer) === "not_in_state") {
      this.stop();
      this.options.lost(detailOf(answer));
    }
  }

  private async beat(): Promise<void> {
    const now = this.options.now();
    if (!document.hidden && now - this.options.lastInput() < IDLE_MS) await this.keepWorking();
    else if (this.warnAt !== null && now >= this.warnAt) {
      this.options.warn(new Date(this.endsAt ?? this.warnAt));
      this.warnAt = null;
    }
  }
}
