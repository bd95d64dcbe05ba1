/** Django's JavaScript catalogue when the page has one, else the English text as written. */
interface Catalogue {
  gettext(text: string): string;
  ngettext(one: string, many: string, count: number): string;
}

function catalogue(): Partial<Catalogue> {
  return (globalThis as { django?: Partial<Catalogue> }).django ?? {};
}

export function gettext(text: string): string {
  return catalogue().gettext?.(text) ?? text;
}

export function ngettext(one: string, many: string, count: number): string {
  return catalogue().ngettext?.(one, many, count) ?? (count === 1 ? one : many);
}

/** `%(name)s` in `text` becomes the value of that name; numbers are written in the reader's way. */
export function interpolate(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/%\((\w+)\)s/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === "number" ? number(value) : value;
  });
}

/** A count in words: `counted("%(n)s word", "%(n)s words", 1180)`. */
export function counted(one: string, many: string, n: number): string {
  return interpolate(ngettext(one, many, n), { n });
}

export function locale(): string {
  return (typeof document === "undefined" ? "" : document.documentElement.lang) || "en";
}

export function number(value: number): string {
  return new Intl.NumberFormat(locale()).format(value);
}

/** 0..1 as whole percent. */
export function percent(share: number): string {
  return new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 0 }).format(share);
}

/** Hours and minutes of a moment, in the reader's zone. */
export function clock(at: Date): string {
  return new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit", hour12: false }).format(at);
}
