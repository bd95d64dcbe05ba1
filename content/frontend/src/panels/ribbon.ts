/** A 12 px map of the text by who wrote it, and the outline of its headings. */
import { type Kind, type Runs, lengthOf } from "../authorship/runs";
import { el, refill, svg } from "../page/dom";
import { gettext } from "../page/gettext";

const WIDTH = 1000;

/** Stretches too short to see are left out; the panel beside it has the exact counts. */
const NARROWEST = 0.8;

function rects(runs: Runs): SVGElement[] {
  const total = Math.max(1, lengthOf(runs));
  const shapes: SVGElement[] = [];
  let at = 0;
  for (const run of runs) {
    const width = Math.max((WIDTH * run.length) / total, run.kind === "machine" ? 0 : NARROWEST * 2);
    if (run.kind !== "machine") {
      shapes.push(svg("rect", { class: `k-${run.kind satisfies Kind}`, x: ((WIDTH * at) / total).toFixed(2), y: 0, width: width.toFixed(2), height: 12 }));
    }
    at += run.length;
  }
  return shapes;
}

/** Draws the map; a click calls `go` with the position under it. */
export function drawRibbon(place: HTMLElement, runs: Runs, go: (position: number) => void): void {
  const total = lengthOf(runs);
  const map = svg("svg", { viewBox: `0 0 ${WIDTH} 12`, preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" },
    svg("rect", { class: "k-machine", x: 0, y: 0, width: WIDTH, height: 12 }), ...rects(runs));
  map.addEventListener("click", (event) => {
    const box = map.getBoundingClientRect();
    go(Math.round((total * ((event as MouseEvent).clientX - box.left)) / Math.max(1, box.width)));
  });
  refill(place, map);
}

export interface Heading {
  readonly level: number;
  readonly title: string;
  readonly at: number;
}

/** ATX headings outside fenced code. */
export function headingsOf(text: string): Heading[] {
  const headings: Heading[] = [];
  let at = 0;
  let fence = "";
  for (const line of text.split("\n")) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? "";
    if (fence) fence = mark.startsWith(fence) ? "" : fence;
    else if (mark) fence = mark;
    else {
      const found = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line);
      if (found) headings.push({ level: found[1]?.length ?? 1, title: found[2] ?? "", at });
    }
    at += line.length + 1;
  }
  return headings;
}

export function drawOutline(place: HTMLElement, headings: readonly Heading[], go: (position: number) => void): void {
  if (headings.length === 0) {
    refill(place, el("p", { class: "muted" }, gettext("No headings.")));
    return;
  }
  refill(place, el("ul", { class: "outline" }, ...headings.map((heading) =>
    el("li", { class: `outline-${heading.level}` },
      el("button", { type: "button", "data-focus": `head-${heading.at}`, onclick: () => go(heading.at) }, heading.title)))));
}
