import { countUpTo } from './count-up-to.ts';
import { AwsError } from './errors.ts';

/** An element that was read: its name without a prefix, its attributes with theirs, and the text or the elements in it. */
export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  text: string;
  children: XmlElement[];
}

const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([\w:.-]+)((?:\s[^<>]*?)?)(\/?)>|([^<]+)/y;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const DEEPEST = 32;
/** More than ten thousand parts of an upload have, each with a number, a tag and its checksums. */
const MAX_ELEMENTS = 250_000;
/** Tags, texts and comments of those; as many entities. */
const MAX_TOKENS = 1_000_000;

/**
 * Reads a document as AWS's clients send them: elements with attributes, and text. There is no document type, so
 * none of its entities either. Throws S3's MalformedXML for anything else.
 */
export function readXml(source: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, text: '', children: [] };
  const open = [root];
  const token = new RegExp(TOKEN);
  let tokens = 0;
  let elements = 0;
  if (countUpTo(MAX_TOKENS, '&', source) >= MAX_TOKENS) throw malformedXml();
  while (token.lastIndex < source.length) {
    const found = token.exec(source);
    tokens += 1;
    if (!found || tokens > MAX_TOKENS) throw malformedXml();
    const [, cdata, closing, name = '', attributes = '', empty, text] = found;
    const current = open.at(-1);
    if (!current || (open.length === 1 && (text ?? cdata ?? '').trim() !== '')) throw malformedXml();
    if (text !== undefined || cdata !== undefined) current.text += cdata ?? withoutEntities(text ?? '');
    else if (closing) close(open, localName(name));
    else if (name !== '') {
      elements += 1;
      if (elements > MAX_ELEMENTS) throw malformedXml();
      const element = {
        name: localName(name),
        attributes: attributesIn(attributes),
        text: '',
        children: [],
      };
      current.children.push(element);
      if (!empty) open.push(element);
      if (open.length > DEEPEST) throw malformedXml();
    }
  }
  const [document, ...others] = root.children;
  if (open.length !== 1 || !document || others.length > 0) throw malformedXml();
  return document;
}

export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

export function childText(element: XmlElement, name: string): string | undefined {
  return childrenOf(element, name)[0]?.text;
}

export function malformedXml(): AwsError {
  return new AwsError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}

function close(open: XmlElement[], name: string): void {
  if (open.length < 2 || open.pop()?.name !== name) throw malformedXml();
}

const NONE = {};

function attributesIn(text: string): Record<string, string> {
  if (text === '') return NONE;
  const found = text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  return Object.fromEntries(
    [...found].map(([, name, quoted, single]) => [name, withoutEntities(quoted ?? single ?? '')]),
  );
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function withoutEntities(text: string): string {
  return text.replace(/&(#x[0-9a-fA-F]+|#\d+|\w+)?;?/g, (whole, reference: string | undefined) => {
    if (reference === undefined || !whole.endsWith(';')) throw malformedXml();
    const known = ENTITIES[reference];
    if (known !== undefined) return known;
    const code = reference.startsWith('#x')
      ? Number.parseInt(reference.slice(2), 16)
      : Number(reference.slice(1));
    if (!reference.startsWith('#') || !(code > 0 && code <= 0x10ffff)) throw malformedXml();
    return String.fromCodePoint(code);
  });
}
