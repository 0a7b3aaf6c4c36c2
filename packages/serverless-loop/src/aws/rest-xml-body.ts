import type { Readable } from 'node:stream';
import { AwsError } from './errors.ts';
import type { JsonObject } from './json-object.ts';
import type { Kind, Structure } from './member-kinds.ts';
import { bodyShape, headersOf, payloadOf, statusOf } from './rest-members.ts';
import type { RestXmlAnswer, RestXmlRequest } from './rest-xml-service.ts';
import type { ServiceDescription } from './service-description.ts';
import { renderDocument } from './xml.ts';
import { xmlMembers } from './xml-members.ts';
import { childrenOf, malformedXml, readXml, type XmlElement } from './xml-reader.ts';

/** More than a thousand keys of the longest kind, as one DeleteObjects of S3 may name. */
const MAX_BYTES = 4 * 1024 * 1024;

/** The members of an input that its request's body holds. */
export async function bodyMembers(input: Structure, { body }: RestXmlRequest): Promise<JsonObject> {
  const payload = payloadOf(input);
  const kind = payload === undefined ? undefined : input.members[payload];
  if (payload !== undefined && kind?.kind === 'stream') return { [payload]: body };
  if (payload !== undefined && kind?.kind === 'text') return { [payload]: await textOf(body) };
  const inBody = bodyShape(input);
  if (payload === undefined && inBody.entries.length === 0) return {};
  const source = await textOf(body);
  if (source.trim() === '') return {};
  const root = readXml(source);
  if (payload === undefined || !kind) return xmlInput(inBody, root);
  if (root.name !== (kind.name ?? payload)) throw malformedXml();
  return { [payload]: xmlValue(kind, root) };
}

/** The whole of a body that only tells something. */
async function textOf(body: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  const arriving: AsyncIterable<Buffer> = body.iterator({ destroyOnReturn: false });
  for await (const chunk of arriving) {
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_BYTES) throw new AwsError('MaxMessageLengthExceeded', 'Your request was too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** An element's members as a JSON protocol would carry them, by their description. */
function xmlInput({ entries }: Structure, element: XmlElement): JsonObject {
  const input: JsonObject = {};
  for (const [member, kind] of entries) {
    const children = childrenOf(element, kind.name ?? member);
    const [first] = children;
    if (!first) continue;
    input[member] =
      kind.kind === 'list' && kind.flat
        ? children.map((child) => xmlValue(kind.item, child))
        : xmlValue(kind, first);
  }
  return input;
}

function xmlValue(kind: Kind, element: XmlElement): unknown {
  switch (kind.kind) {
    case 'structure':
    case 'union':
      return xmlInput(kind, element);
    case 'list':
      return childrenOf(element, kind.item.name ?? 'member').map((child) => xmlValue(kind.item, child));
    case 'integer':
    case 'number':
      return Number.isNaN(Number(element.text)) ? element.text : Number(element.text);
    case 'boolean':
      return element.text === 'true' ? true : element.text === 'false' ? false : element.text;
    default:
      return element.text;
  }
}

/** The status, headers and body of an answer. */
export function xmlAnswer<Context>(
  ownRoot: string,
  { rest }: ServiceDescription<Context>,
  output: Structure,
  given: JsonObject,
  status: number,
): RestXmlAnswer {
  const headers = headersOf(output, given);
  const answer = { status: statusOf(output, given) ?? status, headers };
  const payload = payloadOf(output);
  const value = payload === undefined ? undefined : given[payload];
  if (typeof value === 'string' || isStream(value)) return { ...answer, body: value };
  const kind = payload === undefined ? bodyShape(output) : output.members[payload];
  if (kind?.kind !== 'structure' || kind.entries.length === 0) return answer;
  const members = payload === undefined ? onlyOf(kind, given) : Object(value);
  const root = payload === undefined ? ownRoot : (kind.name ?? payload);
  return { ...answer, body: renderDocument(root, rest?.namespace, xmlMembers(kind, members)) };
}

function onlyOf({ members }: Structure, given: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(given).filter(([name]) => members[name] !== undefined));
}

function isStream(value: unknown): value is NonNullable<Exclude<RestXmlAnswer['body'], string>> {
  return typeof value === 'object' && value !== null && 'pipe' in value;
}
