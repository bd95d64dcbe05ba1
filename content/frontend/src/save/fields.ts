/** Title, summary and extra fields beside the text: what was changed since the last answered save. */
import { all } from "../page/dom";
import type { Fields } from "./keep";

type Control = HTMLInputElement | HTMLTextAreaElement;

export class FieldWatch {
  private readonly saved = new Map<Control, string>();

  constructor(root: ParentNode, changed: () => void) {
    for (const control of all<Control>("[data-field], [data-extra]", root)) {
      this.saved.set(control, control.value);
      control.addEventListener("input", changed);
    }
  }

  /** Only what differs. */
  changes(): Fields {
    const fields: Fields = {};
    for (const [control, saved] of this.saved) {
      if (control.value === saved) continue;
      const { field, extra } = control.dataset;
      if (field === "title" || field === "summary") fields[field] = control.value;
      else if (extra) fields.extras = { ...fields.extras, [extra]: control.value };
    }
    return fields;
  }

  /** `sent` is on the server now; what was typed meanwhile stays changed. */
  markSaved(sent: Fields): void {
    for (const control of this.saved.keys()) {
      const { field, extra } = control.dataset;
      const value = field === "title" || field === "summary" ? sent[field] : extra ? sent.extras?.[extra] : undefined;
      if (value !== undefined) this.saved.set(control, value);
    }
  }

  /** Puts kept values back into the controls. */
  putBack(fields: Fields): void {
    for (const control of this.saved.keys()) {
      const { field, extra } = control.dataset;
      const value = field === "title" || field === "summary" ? fields[field] : extra ? fields.extras?.[extra] : undefined;
      if (value !== undefined) control.value = value;
    }
  }

  setWritable(yes: boolean): void {
    for (const control of this.saved.keys()) control.readOnly = !yes;
  }
}
