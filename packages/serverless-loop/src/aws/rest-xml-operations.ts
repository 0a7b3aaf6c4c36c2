import type { Readable } from 'node:stream';
import { AwsError } from './errors.ts';
import type { JsonObject } from './json-object.ts';
import type { Kind, Structure } from './members.ts';
import {
  bodyShape,
  headersOf,
  parseRoute,
  payloadOf,
  type Route,
  restInput,
  statusOf,
} from './rest-members.ts';
import type { RestXmlAnswer, RestXmlOperation, RestXmlRequest, RestXmlService } from './rest-xml-service.ts';
import { describeOperation, type Operation, refuseUnworkable, type ServiceDescription } from './service.ts';
import { renderDocument } from './xml.ts';
import { xmlMembers } from './xml-members.ts';
import { childrenOf, malformedXml, readXml, type XmlElement } from './xml-reader.ts';

/** More than a thousand keys of the longest kind, as one DeleteObjects of S3 may name. */
const MAX_BYTES = 4 * 1024 * 1024;

interface Routed {
  route: Route;
  /** As of its description. */
  header: string | undefined;
  /** Query parameters without which a request is another operation's. */
  required: readonly string[];
  /** Query parameters that it reads or is picked by. */
  known: ReadonlySet<string>;
  begin(request: RestXmlRequest, params: Record<string, string>): RestXmlOperation;
}

/** The service as the restXml protocol sees it. Throws TypeError for a description that can't work. */
export function restXmlService<Context>(
  service: ServiceDescription<Context>,
  context: Context,
): RestXmlService {
  const routed = Object.entries(service.operations)
    .map(([name, operation]) => routedOperation(service, name, operation, context))
    // `GET /{Bucket}?acl` before `GET /{Bucket}`.
    .sort((one, other) => conditionsOf(other) - conditionsOf(one));
  const { subresources = new Set<string>() } = service.rest ?? {};
  return {
    signingName: service.signingName,
    find(request) {
      const asked = [...request.query.keys()].filter((name) => subresources.has(name));
      for (const operation of routed) {
        const match = picks(operation, request, asked) && operation.route.path.exec(request.path);
        if (match) return operation.begin(request, decoded(match.groups ?? {}));
      }
      return undefined;
    },
  };
}

function conditionsOf({ route, header, required }: Routed): number {
  return route.query.length + required.length + (header === undefined ? 0 : 1);
}

/** True when all but the path of a request is an operation's. */
function picks(
  { route, header, required, known }: Routed,
  { method, query, headers }: RestXmlRequest,
  subresources: string[],
): boolean {
  return (
    route.method === method &&
    route.query.every(([name, value]) => query.has(name) && (value ?? query.get(name)) === query.get(name)) &&
    (header === undefined || headers[header] !== undefined) &&
    required.every((name) => query.has(name)) &&
    subresources.every((name) => known.has(name))
  );
}

function routedOperation<Context>(
  service: ServiceDescription<Context>,
  name: string,
  operation: Operation<Context>,
  context: Context,
): Routed {
  refuseUnworkable(service, name, operation);
  const { input, output, header, status = 200, root = `${name}Result` } = operation;
  if (operation.route === undefined) throw new TypeError(`${name} of ${service.signingName} has no route.`);
  const described = describeOperation(service, name, operation, context);
  const route = parseRoute(operation.route);
  const read = input.entries.filter(([, { at }]) => at === 'query');
  return {
    route,
    header,
    required: read.filter(([, kind]) => kind.required).map(([member, kind]) => kind.name ?? member),
    known: new Set([
      ...route.query.map(([parameter]) => parameter),
      ...read.map(([member, kind]) => kind.name ?? member),
    ]),
    begin(request, params) {
      const outsideOfBody = restInput(input, { ...request, params });
      return {
        name,
        needs: described.needs(described.read(outsideOfBody)),
        async handle(call) {
          const given = { ...outsideOfBody, ...(await bodyMembers(input, request)) };
          const answer = await described.answer(described.read(given), call);
          return output ? xmlAnswer(root, service, output, answer, status) : { status };
        },
      };
    },
  };
}

async function bodyMembers(input: Structure, { body }: RestXmlRequest): Promise<JsonObject> {
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

function xmlAnswer<Context>(
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

function decoded(groups: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(groups).flatMap(([name, text]) => (text === undefined ? [] : [[name, decodedText(text)]])),
  );
}

function decodedText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.", { members: { URI: text } });
  }
}
