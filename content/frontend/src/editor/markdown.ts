/** Markdown as a bare language: no HTML, CSS or JavaScript grammars, which would be a third of the bundle. */
import { Language, defineLanguageFacet, languageDataProp, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { classHighlighter } from "@lezer/highlight";
import { GFM, parser } from "@lezer/markdown";

const data = defineLanguageFacet({});
const language = new Language(
  data,
  parser.configure([GFM, { props: [languageDataProp.add({ Document: data })] }]),
  [],
  "markdown",
);

export function markdown(): Extension {
  return [language, syntaxHighlighting(classHighlighter)];
}
