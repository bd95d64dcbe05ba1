/** Find and replace. Our own, so that replaced words are recorded as the small inputs they are, and in the page's language. */
import { type Extension, RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import { el } from "../page/dom";
import { counted, gettext, interpolate } from "../page/gettext";
import { sayPolitely } from "../page/speech";

export interface Query {
  readonly text: string;
  readonly matchCase: boolean;
}

/** More matches than this are not counted or marked. */
const MOST_MATCHES = 5000;

/** Where the query stands in `text`; without case only if lower case keeps every length. */
export function matchesIn(text: string, query: Query): number[] {
  if (query.text === "") return [];
  const lower = [text.toLowerCase(), query.text.toLowerCase()] as const;
  const folds = !query.matchCase && lower[0].length === text.length && lower[1].length === query.text.length;
  const [hay, needle] = folds ? lower : [text, query.text];
  const found: number[] = [];
  for (let at = hay.indexOf(needle); at >= 0 && found.length < MOST_MATCHES; at = hay.indexOf(needle, at + needle.length)) found.push(at);
  return found;
}

const setQuery = StateEffect.define<Query>();
const mark = Decoration.mark({ class: "find-match" });

interface Found {
  readonly query: Query;
  readonly marks: DecorationSet;
}

function marksFor(text: string, query: Query): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const at of matchesIn(text, query)) builder.add(at, at + query.text.length, mark);
  return builder.finish();
}

const found = StateField.define<Found>({
  create: () => ({ query: { text: "", matchCase: false }, marks: Decoration.none }),
  update(value, tr) {
    const effect = tr.effects.find((one) => one.is(setQuery));
    const query = effect ? (effect.value as Query) : value.query;
    if (query === value.query && (!tr.docChanged || query.text === "")) return value;
    return { query, marks: marksFor(tr.newDoc.sliceString(0, undefined, "\n"), query) };
  },
  provide: (field) => EditorView.decorations.from(field, (value) => value.marks),
});

/** Marks what the find bar looks for. */
export function finding(): Extension {
  return found;
}

/** The bar above the text. */
export class FindBar {
  private readonly query = el("input", { type: "text", "aria-label": gettext("Find"), placeholder: gettext("Find"), oninput: () => this.search() });
  private readonly replacement = el("input", { type: "text", "aria-label": gettext("Replace with"), placeholder: gettext("Replace with") });
  private readonly matchCase = el("input", { type: "checkbox", onchange: () => this.search() });
  private readonly count = el("span", { class: "muted small" });
  private readonly bar: HTMLFormElement;

  constructor(private readonly view: () => EditorView, place: Element, readOnly: boolean) {
    const button = (label: string, run: () => void): HTMLElement => el("button", { class: "btn btn-small", type: "button", onclick: run }, label);
    this.bar = el("form", { class: "find", hidden: true, "aria-label": gettext("Find and replace") },
      this.query, button(gettext("Next"), () => this.step(1)), button(gettext("Previous"), () => this.step(-1)),
      el("label", { class: "inline-field" }, this.matchCase, gettext("Match case")), this.count,
      ...(readOnly ? [] : [this.replacement, button(gettext("Replace"), () => this.replace()), button(gettext("Replace all"), () => this.replaceAll())]),
      el("button", { class: "btn btn-quiet btn-small", type: "button", onclick: () => this.close() }, gettext("Close")));
    this.bar.addEventListener("submit", (event) => {
      event.preventDefault();
      this.step(1);
    });
    this.bar.addEventListener("keydown", (event) => { if (event.key === "Escape") this.close(); });
    place.append(this.bar);
  }

  open(): void {
    const { state } = this.view();
    const chosen = state.sliceDoc(state.selection.main.from, state.selection.main.to);
    if (chosen && !chosen.includes("\n")) this.query.value = chosen;
    this.bar.hidden = false;
    this.query.select();
    this.query.focus();
    this.search();
  }

  close(): void {
    this.bar.hidden = true;
    this.view().dispatch({ effects: setQuery.of({ text: "", matchCase: false }) });
    this.view().focus();
  }

  /** Goes to the next (1) or previous (-1) match, round the end. */
  step(by: 1 | -1): void {
    const { state } = this.view();
    const all = this.matches();
    const { from, to } = state.selection.main;
    const next = by > 0 ? all.find((at) => at >= to) ?? all[0] : [...all].reverse().find((at) => at < from) ?? all[all.length - 1];
    if (next === undefined) {
      sayPolitely(gettext("Not found."));
      return;
    }
    this.show(next);
    this.count.textContent = interpolate(gettext("%(n)s of %(of)s"), { n: all.indexOf(next) + 1, of: all.length });
    sayPolitely(this.count.textContent);
  }

  private matches(): number[] {
    return matchesIn(this.view().state.doc.sliceString(0, undefined, "\n"), this.wanted);
  }

  private get wanted(): Query {
    return { text: this.query.value, matchCase: this.matchCase.checked };
  }

  private search(): void {
    this.view().dispatch({ effects: setQuery.of(this.wanted) });
    this.count.textContent = this.query.value ? counted("%(n)s match", "%(n)s matches", this.matches().length) : "";
  }

  private show(at: number): void {
    this.view().dispatch({
      selection: { anchor: at, head: at + this.query.value.length },
      effects: EditorView.scrollIntoView(at, { y: "center" }),
      userEvent: "select.search",
    });
  }

  private put(at: number): void {
    this.view().dispatch({ changes: { from: at, to: at + this.query.value.length, insert: this.replacement.value }, userEvent: "input" });
  }

  private replace(): void {
    const { main } = this.view().state.selection;
    if (this.matches().includes(main.from) && main.to - main.from === this.query.value.length) this.put(main.from);
    this.step(1);
  }

  /** One small input for each place, from the end, so that positions stay right. */
  private replaceAll(): void {
    const places = this.matches().reverse();
    for (const at of places) this.put(at);
    this.count.textContent = counted("%(n)s place replaced", "%(n)s places replaced", places.length);
    sayPolitely(this.count.textContent);
  }
}
