/** A small card over a word: who wrote it. Stays while the pointer is on word or card, goes with Escape. */
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { authorshipField } from "../authorship/field";
import { type Kind, eachRun } from "../authorship/runs";
import { el } from "../page/dom";

const WAIT_MS = 450;

function kindAt(view: EditorView, position: number): Kind {
  let found: Kind = "machine";
  eachRun(view.state.field(authorshipField), position, position + 1, (_from, _to, kind) => { found = kind; });
  return found;
}

class Card {
  private readonly dom = el("div", { class: "word-card", role: "tooltip", hidden: true });
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly label: (kind: Kind) => string) {}

  move(event: MouseEvent, view: EditorView): void {
    if (event.target === this.dom) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(event, view), this.dom.hidden ? WAIT_MS : 120);
  }

  hide(): void {
    clearTimeout(this.timer);
    this.dom.hidden = true;
  }

  private show(event: MouseEvent, view: EditorView): void {
    const position = view.posAtCoords({ x: event.clientX, y: event.clientY });
    const word = position === null ? null : view.state.wordAt(position);
    const place = word && view.coordsAtPos(word.from);
    const kind = word ? kindAt(view, word.from) : "machine";
    if (!place || kind === "machine" || event.clientY > place.bottom) {
      this.hide();
      return;
    }
    this.dom.textContent = this.label(kind);
    if (!this.dom.isConnected) document.body.append(this.dom);
    this.dom.hidden = false;
    Object.assign(this.dom.style, { left: `${place.left}px`, top: `${place.top}px` });
  }
}

export function wordCard(label: (kind: Kind) => string): Extension {
  const card = new Card(label);
  return EditorView.domEventObservers({
    mousemove: (event, view) => card.move(event, view),
    mouseleave: (event) => { if (!(event.relatedTarget instanceof Element && event.relatedTarget.matches(".word-card"))) card.hide(); },
    scroll: () => card.hide(),
    keydown: () => card.hide(),
    wheel: () => card.hide(),
  });
}
