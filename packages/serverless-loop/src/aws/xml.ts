// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const NO_CHARACTER = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/** An XML element: its name and its text or children. */
export type Element = readonly [name: string, content: string | readonly Element[]];

/** A whole document: its root in a namespace, or in none. */
export function renderDocument(root: string, namespace: string | undefined, content: Element[1]): string {
  const inNamespace = namespace === undefined ? '' : ` xmlns="${namespace}"`;
  return `<?xml version="1.0"?><${root}${inNamespace}>${renderContent(content)}</${root}>`;
}

/** Elements without attributes, on one line. */
function renderElements(elements: readonly Element[]): string {
  return elements.map(renderElement).join('');
}

function renderContent(content: Element[1]): string {
  return typeof content === 'string' ? escapeText(content) : renderElements(content);
}

function renderElement([name, content]: Element): string {
  const inner = renderContent(content);
  return inner === '' ? `<${name}/>` : `<${name}>${inner}</${name}>`;
}

/**
 * A carriage return must be escaped, or parsers turn it into a line feed (XML 1.0, 2.11). What no document may hold, not
 * even escaped (2.2), is replaced, so that the rest of the answer stays readable.
 */
function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(NO_CHARACTER, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#xD;');
}
