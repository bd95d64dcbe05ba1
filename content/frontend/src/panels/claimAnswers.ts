/** Sends what the editor says about claims and paragraphs; the answer redraws panel and gate. */
import type { Urls } from "../data";
import type { Session } from "../editor/session";
import { hideBand, showBand } from "../page/bands";
import { gettext } from "../page/gettext";
import { type Answer, detailOf, send } from "../page/http";
import type { Check } from "./claims";

export interface ClaimAnswersOptions {
  readonly session: Session;
  readonly urls: Urls;
  readonly answered: () => void;
}

export class ClaimAnswers {
  constructor(private readonly options: ClaimAnswersOptions) {}

  async check(check: Check): Promise<void> {
    this.take(await send("POST", this.options.urls.claims, { fence: this.options.session.fence, ...check }));
  }

  async stand(hashes: readonly string[]): Promise<void> {
    this.take(await send("POST", this.options.urls.stands, { fence: this.options.session.fence, sentence_hashes: hashes }));
  }

  private take(answer: Answer): void {
    if (answer.status !== 200) {
      showBand("claims", "bad", detailOf(answer) || gettext("This answer was not saved. Try again when the connection is back."));
      return;
    }
    hideBand("claims");
    this.options.session.take(answer);
    this.options.answered();
  }
}
