/** An XML element: its name and its text or children. */
export type Element = [name: string, content: string | Element[]];

/** Elements without attributes, on one line. */
export function renderElements(elements: Element[]): string {
  return elements.map(renderElement).join('');
}

function renderElement([name, content]: Element): string {
  const inner = typeof content === 'string' ? escapeText(content) : renderElements(content);
  return inner === '' ? `<${name}/>` : `<${name}>${inner}</${name}>`;
}

/** A carriage return must be escaped, or parsers turn it into a line feed (XML 1.0, 2.11). */
function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#xD;');
}
