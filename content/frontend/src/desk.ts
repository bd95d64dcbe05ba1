/** Entry of the review desk: puts text, record, saving and panels together. */
import { nextOf } from "./authorship/paint";
import type { DeskData } from "./data";
import { DeskCommands } from "./editor/commands";
import { listen } from "./editor/keys";
import { Session } from "./editor/session";
import { followScheme } from "./editor/setup";
import { browserKeep } from "./save/keep";
import { Saving } from "./save/saving";
import { Board } from "./panels/board";
import { ClaimsPanel } from "./panels/claims";
import { ClaimAnswers } from "./panels/claimAnswers";
import { kindLabel } from "./panels/words";
import { all, byId, embedded } from "./page/dom";

function start(data: DeskData, parent: HTMLElement): void {
  const labels = data.labels ?? {};
  const readOnly = data.readonly === true;
  parent.replaceChildren();
  // Each part calls the others only after all stand; the holders below are filled before the first event.
  const parts: { board?: Board; saving?: Saving; commands?: DeskCommands } = {};
  const session = new Session({
    data,
    parent,
    now: () => Date.now(),
    look: {
      label: parent.dataset.label ?? "",
      describedBy: "desk-needs",
      language: data.language ?? parent.lang,
      direction: parent.dir || "auto",
      readOnly,
    },
    changed: () => {
      parts.board?.soon();
      parts.saving?.touch();
    },
    leave: () => document.querySelector<HTMLElement>("#desk-modes button")?.focus(),
    kindLabel: (kind) => kindLabel(kind, labels),
  });
  const answers = new ClaimAnswers({ session, urls: data.urls, answered: () => parts.board?.answered(new Date()) });
  const place = byId("desk-claims");
  const claims = place && new ClaimsPanel(place, {
    go: (from, to) => session.go(from, to),
    check: (check) => { void parts.saving?.before(() => answers.check(check)); },
    stand: (hashes) => { void parts.saving?.before(() => answers.stand(hashes)); },
    readOnly: readOnly && data.claims_open !== true,
  });
  const board = new Board({
    session,
    claims,
    labels,
    readOnly,
    jump: (kind) => {
      const found = nextOf(session.modes.view.state, kind, session.modes.view.state.selection.main.from);
      if (found) session.go(found.from, found.to);
    },
  });
  const saving = new Saving({ data, session, keep: browserKeep(() => Date.now()), answered: () => {
    board.answered(new Date());
    whenIdle(() => { void session.modes.refresh(); });
  } });
  const commands = new DeskCommands({ session, saving, claims, original: data.original, readOnly });
  Object.assign(parts, { board, saving, commands });
  board.answered(data.saved_at ? new Date(data.saved_at) : new Date());
  commands.attach();
  listen((command) => { void commands.run(command); });
  followScheme(() => session.modes.view);
  narrowViews();
  void saving.open();
  void commands.setMode(data.start_mode).then(() => { document.documentElement.dataset.ready = ""; });
}

/** Work that may wait until nobody types. */
function whenIdle(run: () => void): void {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(run, { timeout: 2000 });
  else setTimeout(run, 200);
}

/** One column at a time on narrow screens. */
function narrowViews(): void {
  const desk = document.querySelector<HTMLElement>(".desk");
  const buttons = all<HTMLButtonElement>(".bottom-bar [data-view]");
  const show = (view: string): void => {
    if (desk) desk.dataset.view = view;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.view === view));
  };
  for (const button of buttons) button.addEventListener("click", () => show(button.dataset.view ?? "text"));
  show("text");
}

const data = embedded("desk-data") as DeskData | null;
const parent = byId("desk-editor");
if (data && parent) start(data, parent);
