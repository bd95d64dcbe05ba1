/** The editor's fixed part: byte-exact text, the page's nonce, Tab leaves, sticky parts never hide the caret. */
import {
  copyLineDown, copyLineUp, deleteLine, history, historyKeymap, insertNewlineKeepIndent, moveLineDown, moveLineUp, standardKeymap,
} from "@codemirror/commands";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { EditorView, type KeyBinding, drawSelection, highlightSpecialChars, keymap } from "@codemirror/view";
import { cleaned } from "../journal/offsets";
import { meta } from "../page/dom";
import { finding } from "./find";
import { markdown } from "./markdown";

export interface EditorLook {
  readonly label: string;
  readonly describedBy: string;
  readonly language: string;
  readonly direction: string;
  readonly readOnly: boolean;
}

const dark = new Compartment();
export const writing = new Compartment();

// Named one by one: the full key maps would bring commands that no prose editor needs, and their weight.
const lines: readonly KeyBinding[] = [
  { key: "Enter", run: insertNewlineKeepIndent },
  { key: "Alt-ArrowUp", run: moveLineUp },
  { key: "Alt-ArrowDown", run: moveLineDown },
  { key: "Shift-Alt-ArrowUp", run: copyLineUp },
  { key: "Shift-Alt-ArrowDown", run: copyLineDown },
  { key: "Shift-Mod-k", run: deleteLine },
];

function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

/** Keeps the editor's own dark parts in step with the page. Returns how to stop. */
export function followScheme(view: () => EditorView): () => void {
  const refresh = (): void => view().dispatch({ effects: dark.reconfigure(EditorView.darkTheme.of(isDark())) });
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const observer = new MutationObserver(refresh);
  scheme.addEventListener("change", refresh);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  return () => {
    scheme.removeEventListener("change", refresh);
    observer.disconnect();
  };
}

/** What may be typed into: nothing while read-only, though the caret still moves for reading. */
export function writable(yes: boolean): Extension {
  return yes ? [] : [EditorState.readOnly.of(true), EditorView.contentAttributes.of({ "aria-readonly": "true" })];
}

/** Also used for the original beside the text. */
export function ground(look: EditorLook): Extension {
  return [
    EditorState.lineSeparator.of("\n"),
    EditorView.cspNonce.of(meta("csp-nonce")),
    EditorView.lineWrapping,
    EditorView.perLineTextDirection.of(true),
    EditorView.contentAttributes.of({
      "aria-label": look.label,
      "aria-describedby": look.describedBy,
      tabindex: "0",
      spellcheck: "true",
      autocorrect: "off",
      lang: look.language,
      dir: look.direction,
    }),
    dark.of(EditorView.darkTheme.of(isDark())),
    markdown(),
    drawSelection(),
  ];
}

/** Everything of the editable text but authorship, journal and modes. */
export function setup(look: EditorLook): Extension {
  return [
    ground(look),
    history({ newGroupDelay: 500 }),
    highlightSpecialChars(),
    finding(),
    EditorView.clipboardInputFilter.of(cleaned),
    EditorView.scrollMargins.of(() => ({ top: 64, bottom: 24 })),
    keymap.of([...lines, ...historyKeymap, ...standardKeymap]),
    writing.of(writable(!look.readOnly)),
  ];
}
