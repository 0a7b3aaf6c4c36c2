import type { Kind, Structure } from '../../../src/aws/members.ts';

/** An operation as an SDK's own schemas describe it: those are the API's model, without its limits. */
export interface ModelOperation {
  name: string;
  /** Method, path and status of the REST protocols. */
  http: unknown[];
  input: unknown;
  output: unknown;
}

/** The operations that an SDK client's package knows (Smithy's schemas: `[9, namespace, name, traits, input, output]`). */
export function modelOf(client: object): Map<string, ModelOperation> {
  const operations = Object.values(client).flatMap((exported: unknown): ModelOperation[] => {
    if (!Array.isArray(exported) || exported[0] !== 9) return [];
    const [, , name, traits, input, output]: unknown[] = exported;
    const http = traitOf(traits, 'http');
    return [
      {
        name: String(name),
        http: Array.isArray(http) ? http : [],
        input: whole(input),
        output: whole(output),
      },
    ];
  });
  return new Map(operations.map((operation) => [operation.name, operation]));
}

/** Numbers stand for simple kinds; 64 and 128 make lists and maps of them (@smithy/core, "schema"). */
const SIMPLE: Record<number, readonly Kind['kind'][]> = {
  0: ['text'],
  1: ['integer', 'number'],
  2: ['boolean'],
  4: ['timestamp'],
  5: ['timestamp'],
  6: ['timestamp'],
  7: ['timestamp'],
  15: ['document'],
  21: ['blob'],
  42: ['blob', 'stream'],
};
const LIST = 64;
const MAP = 128;

const PLACES = {
  httpLabel: 'path',
  httpQuery: 'query',
  httpHeader: 'header',
  httpPrefixHeaders: 'headers',
  httpResponseCode: 'status',
  httpPayload: 'payload',
} as const;

/** The departures of a description from the model, in words that name the member. */
export function differences(described: Structure, model: unknown, where: string): string[] {
  const members = membersOf(model);
  return described.entries.flatMap(([name, kind]) => {
    const member = members.get(name);
    if (!member) return [`${where}.${name} is not in the model`];
    const late = kind.required && !member.isRequired ? [`${where}.${name} is not required`] : [];
    return [...late, ...valueDifferences(kind, member.schema, member.traits, `${where}.${name}`)];
  });
}

/** The model's members that a description leaves out. */
export function leftOut(described: Structure, model: unknown, where: string): string[] {
  return [...membersOf(model).keys()]
    .filter((name) => !described.members[name])
    .map((name) => `${where}.${name}`);
}

function valueDifferences(kind: Kind, schema: unknown, traits: unknown, where: string): string[] {
  if (kind.kind === 'document') return [];
  if (kind.kind === 'unread') return valueDifferences({ ...kind.of, ...nameOf(kind) }, schema, traits, where);
  return [...wireDifferences(kind, traits, where), ...kindDifferences(kind, schema, where)];
}

function nameOf({ name }: Kind) {
  return name === undefined ? {} : { name };
}

function wireDifferences(kind: Kind, traits: unknown, where: string): string[] {
  const found: string[] = [];
  const names = ['xmlName', 'jsonName', 'httpQuery', 'httpHeader', 'httpPrefixHeaders'].map((it) =>
    traitOf(traits, it),
  );
  const member = where.slice(where.lastIndexOf('.') + 1);
  const name = names.find((it) => it !== undefined);
  // Queries and headers are named even where the name is the member's.
  if ((kind.name ?? member) !== (name ?? member))
    found.push(`${where} is named ${name ?? 'as it is'} on the wire, not ${kind.name}`);
  const flat = 'flat' in kind && kind.flat === true;
  if (flat !== (traitOf(traits, 'xmlFlattened') === 1)) found.push(`${where} is flat: ${!flat}`);
  const place = Object.entries(PLACES).find(([trait]) => traitOf(traits, trait) !== undefined)?.[1];
  if (kind.at !== place) found.push(`${where} stands at ${place}, not ${kind.at}`);
  return found;
}

function kindDifferences(kind: Kind, schema: unknown, where: string): string[] {
  const wrong = [`${where} is no ${kind.kind}: ${JSON.stringify(schema)}`];
  if (typeof schema === 'number') {
    if (schema >= MAP)
      return kind.kind === 'map' ? valueDifferences(kind.value, schema - MAP, {}, `${where}.value`) : wrong;
    if (schema >= LIST)
      return kind.kind === 'list' ? valueDifferences(kind.item, schema - LIST, {}, `${where}.item`) : wrong;
    return SIMPLE[schema]?.includes(kind.kind) ? [] : wrong;
  }
  if (!Array.isArray(schema)) return wrong;
  const [type, , , traits, first, second]: unknown[] = schema;
  if (type === 0) return kindDifferences(kind, whole(first), where);
  if (type === 1 && kind.kind === 'list') return innerDifferences(kind.item, first, `${where}.item`);
  if (type === 2 && kind.kind === 'map')
    return [
      ...innerDifferences(kind.key, first, `${where}.key`),
      ...innerDifferences(kind.value, second, `${where}.value`),
    ];
  // Events, one after the other.
  if (type === 4 && traitOf(traits, 'streaming') === 1) return kind.kind === 'stream' ? [] : wrong;
  if ((type === 3 && kind.kind === 'structure') || (type === 4 && kind.kind === 'union'))
    return differences(kind, schema, where);
  return wrong;
}

function innerDifferences(kind: Kind, member: unknown, where: string): string[] {
  const { schema, traits } = memberOf(member);
  return valueDifferences(kind, schema, traits, where);
}

interface ModelMember {
  schema: unknown;
  traits: unknown;
  isRequired: boolean;
}

function membersOf(schema: unknown): Map<string, ModelMember> {
  if (!Array.isArray(schema)) return new Map();
  const [, , , , names, schemas, required = 0]: unknown[] = schema;
  if (!Array.isArray(names) || !Array.isArray(schemas)) return new Map();
  return new Map(
    names.map((name: unknown, index) => [
      String(name),
      { ...memberOf(schemas[index]), isRequired: index < Number(required) },
    ]),
  );
}

/** A member is a schema, or `[schema, traits]`. */
function memberOf(member: unknown): { schema: unknown; traits: unknown } {
  const value = whole(member);
  if (Array.isArray(value) && value.length <= 2) return { schema: whole(value[0]), traits: value[1] };
  return { schema: value, traits: {} };
}

/** Schemas name each other by functions. */
function whole(schema: unknown): unknown {
  return typeof schema === 'function' ? whole(schema()) : schema;
}

/** Those without a value may stand as bits of a number, in this order (@smithy/core, translateTraits). */
const BITS = [
  'httpLabel',
  'idempotent',
  'idempotencyToken',
  'sensitive',
  'httpPayload',
  'httpResponseCode',
  'httpQueryParams',
];

function traitOf(traits: unknown, name: string): unknown {
  if (typeof traits === 'number')
    return BITS.includes(name) && (traits >> BITS.indexOf(name)) & 1 ? 1 : undefined;
  return Object.entries(Object(traits)).find(([trait]) => trait === name)?.[1];
}
