/** Text that was copied, cut or dragged in this tab, with its runs, so that moving text does not change who wrote it. */
import { type Runs, RunsBuilder, lengthOf, sliceRuns } from "./runs";

export interface Clip {
  readonly text: string;
  readonly runs: Runs;
}

/** Runs for `inserted` if it is the text of `clip`, give or take line breaks at its ends; else null. */
export function runsFromClip(clip: Clip | null, inserted: string): Runs | null {
  if (!clip) return null;
  const core = inserted.replace(/^\n+|\n+$/g, "");
  if (core.length === 0) return null;
  const at = clip.text.indexOf(core);
  const whole = clip.text.replace(/^\n+|\n+$/g, "") === core;
  if (at < 0 || !whole) return null;
  return padded(inserted, core, sliceRuns(clip.runs, at, at + core.length));
}

/** Runs of `core` inside `inserted`; line breaks around it belong to their neighbour. */
export function padded(inserted: string, core: string, runs: Runs): Runs {
  const before = inserted.indexOf(core);
  const after = inserted.length - before - core.length;
  const [first, last] = [runs[0], runs[runs.length - 1]];
  if (!first || !last) return runs;
  return new RunsBuilder().add(before, first.kind).addAll(runs).add(after, last.kind).done();
}

/** Runs for `inserted` if it stands in `text` (deleted or selected stretch of the same transaction); else null. */
export function runsFromText(text: string, runs: Runs, inserted: string): Runs | null {
  const core = inserted.replace(/^\n+|\n+$/g, "");
  const at = core.length === 0 ? -1 : text.indexOf(core);
  if (at < 0 || lengthOf(runs) !== text.length) return null;
  return padded(inserted, core, sliceRuns(runs, at, at + core.length));
}
