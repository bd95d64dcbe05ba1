/** Tokens of `word_diff.v1`: maximal word runs, maximal space runs, single other code points. */
import { SPACE, WORD } from "./classes.gen";

export const OTHER_CLASS = 0;
export const WORD_CLASS = 1;
export const SPACE_CLASS = 2;

/** Code points below this are looked up in a table, the few above by search. */
const TABLE_SIZE = 0x20000;

interface Range {
  readonly low: number;
  readonly high: number;
  readonly class: number;
}

function unpacked(packed: string, charClass: number): Range[] {
  const numbers = packed.split(" ").map((digits) => Number.parseInt(digits, 36));
  const ranges: Range[] = [];
  let end = -1;
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    const low = end + 1 + (numbers[i] ?? 0);
    end = low + (numbers[i + 1] ?? 0);
    ranges.push({ low, high: end, class: charClass });
  }
  return ranges;
}

let table: Uint8Array | null = null;
let beyond: Range[] = [];

function loaded(): Uint8Array {
  if (table) return table;
  const fresh = new Uint8Array(TABLE_SIZE);
  const ranges = [...unpacked(WORD, WORD_CLASS), ...unpacked(SPACE, SPACE_CLASS)];
  for (const range of ranges) fresh.fill(range.class, range.low, Math.min(range.high + 1, TABLE_SIZE));
  beyond = ranges.filter((range) => range.high >= TABLE_SIZE);
  table = fresh;
  return fresh;
}

/** Class of one code point, from the committed table; never from `\w`, which differs between machines. */
export function classOf(codePoint: number): number {
  const classes = loaded();
  if (codePoint < TABLE_SIZE) return classes[codePoint] ?? OTHER_CLASS;
  return beyond.find((range) => codePoint >= range.low && codePoint <= range.high)?.class ?? OTHER_CLASS;
}

/** Tokens of one text as parallel lists; offsets are UTF-16 units, `ends[i]` is where token `i` ends. */
export interface Tokens {
  readonly ids: number[];
  readonly ends: number[];
  readonly classes: number[];
}

/** Numbers for strings, so that comparing tokens is comparing integers. */
export class Vocabulary {
  private readonly numbers = new Map<string, number>();

  idOf(word: string): number {
    let id = this.numbers.get(word);
    if (id === undefined) {
      id = this.numbers.size;
      this.numbers.set(word, id);
    }
    return id;
  }
}

/** Where the token that begins at `start` ends, and its class. */
function tokenEnd(text: string, start: number, charClass: number): number {
  let at = start;
  do {
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  } while (charClass !== OTHER_CLASS && at < text.length && classOf(text.codePointAt(at) ?? 0) === charClass);
  return at;
}

/** Tokens of `text`, offsets from its start. */
export function tokensOf(text: string, vocabulary: Vocabulary): Tokens {
  const ids: number[] = [];
  const ends: number[] = [];
  const classes: number[] = [];
  for (let at = 0; at < text.length; ) {
    const charClass = classOf(text.codePointAt(at) ?? 0);
    const end = tokenEnd(text, at, charClass);
    ids.push(vocabulary.idOf(text.slice(at, end)));
    ends.push(end);
    classes.push(charClass);
    at = end;
  }
  return { ids, ends, classes };
}

/** Number of word tokens in `text`. */
export function countWords(text: string): number {
  let words = 0;
  for (let at = 0; at < text.length; ) {
    const charClass = classOf(text.codePointAt(at) ?? 0);
    if (charClass === WORD_CLASS) words += 1;
    at = tokenEnd(text, at, charClass);
  }
  return words;
}
