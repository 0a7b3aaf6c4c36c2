import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ModelOperation } from '../unit/aws/sdk-model.ts';

const execute = promisify(execFile);

/** Written by botocore's own loader: its models lie packed. One process for all of them, since it takes long to start. */
const PROGRAM = `
import json, sys
from botocore.loaders import Loader
print(json.dumps([Loader().load_service_model(name, 'service-2') for name in sys.argv[1:]]))
`;

interface Reference {
  shape: string;
  locationName?: string;
  location?: 'uri' | 'querystring' | 'header' | 'headers' | 'statusCode';
}

interface Shape {
  type: string;
  members?: Record<string, Reference>;
  required?: string[];
  payload?: string;
  flattened?: boolean;
  streaming?: boolean;
  union?: boolean;
  document?: boolean;
  member?: Reference;
  key?: Reference;
  value?: Reference;
}

interface ServiceModel {
  operations: Record<
    string,
    {
      http: { method: string; requestUri: string; responseCode?: number };
      input?: Reference;
      output?: Reference;
    }
  >;
  shapes: Record<string, Shape>;
}

export type BotoModel = Map<string, ModelOperation>;

/** By service, the operations of its API as botocore knows them, in the form of the SDK's schemas. */
export async function botoModels(python: string, services: string[]): Promise<Map<string, BotoModel>> {
  const { stdout } = await execute(python, ['-c', PROGRAM, ...services], { maxBuffer: 64 * 1024 * 1024 });
  const models: ServiceModel[] = JSON.parse(stdout);
  return new Map(models.map((model, at) => [services[at] ?? '', operationsOf(model)]));
}

function operationsOf({ operations, shapes }: ServiceModel): BotoModel {
  const schemaOf = schemasOf(shapes);
  return new Map(
    Object.entries(operations).map(([name, { http, input, output }]) => [
      name,
      {
        name,
        http: [http.method, http.requestUri, http.responseCode ?? 200],
        input: input ? schemaOf(input.shape)() : 'unit',
        output: output ? schemaOf(output.shape)() : 'unit',
      },
    ]),
  );
}

/** A schema comes from a function: shapes may hold themselves. */
function schemasOf(shapes: Record<string, Shape>): (name: string) => () => unknown {
  return function schemaOf(name) {
    const shape = shapes[name];
    if (!shape) throw new Error(`botocore's model has no shape ${name}`);
    return () => schema(name, shape);
  };

  function schema(name: string, shape: Shape): unknown {
    const { type, members = {}, required = [], member, key, value } = shape;
    if (shape.document) return 15;
    if (type === 'list' && member) return [1, '', name, 0, memberSchema(member)];
    if (type === 'map' && key && value) return [2, '', name, 0, memberSchema(key), memberSchema(value)];
    if (type === 'structure') {
      const names = Object.keys(members).sort(
        (one, other) => Number(required.includes(other)) - Number(required.includes(one)),
      );
      const schemas = names.map((one) => {
        const reference = members[one];
        return reference && memberSchema(reference, shape.payload === one);
      });
      return [shape.union ? 4 : 3, '', name, 0, names, schemas, required.length];
    }
    return type === 'blob' && shape.streaming ? 42 : (SIMPLE[type] ?? type);
  }

  function memberSchema(reference: Reference, isPayload = false): unknown {
    const target = shapes[reference.shape];
    return [
      () => (target ? schema(reference.shape, target) : undefined),
      {
        ...placeOf(reference),
        ...(isPayload && { httpPayload: 1 }),
        ...(target?.flattened && { xmlFlattened: 1 }),
      },
    ];
  }
}

const SIMPLE: Record<string, number> = {
  string: 0,
  character: 0,
  integer: 1,
  long: 1,
  short: 1,
  float: 1,
  double: 1,
  boolean: 2,
  timestamp: 4,
  blob: 21,
};

function placeOf({ location, locationName: name }: Reference): Record<string, unknown> {
  switch (location) {
    case 'uri':
      return { httpLabel: 1, xmlName: name };
    case 'querystring':
      return { httpQuery: name };
    case 'header':
      return { httpHeader: name };
    case 'headers':
      return { httpPrefixHeaders: name };
    case 'statusCode':
      return { httpResponseCode: 1 };
    default:
      return name === undefined ? {} : { xmlName: name };
  }
}
