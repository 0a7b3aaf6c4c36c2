import { callOf } from '../yaml/call.ts';
import { entryOf, type Node, textOf } from '../yaml/node.ts';
import { type Branches, type Tree, tree } from '../yaml/tree.ts';

export interface SamCors {
  origin: Node;
  headers?: Node;
  methods?: Node;
  maxAge?: Node;
  credentials?: Node;
}

/** `Cors` of AWS::Serverless::Api: a text is the origin; each value is a text in single quotes (SAM developer guide, "CorsConfiguration"). */
export function samCors(given: Node | undefined): SamCors | undefined {
  if (!given) return undefined;
  const origin = entryOf(given, 'AllowOrigin');
  if (given.kind === 'scalar' || callOf(given)) return { origin: given };
  const headers = entryOf(given, 'AllowHeaders');
  const methods = entryOf(given, 'AllowMethods');
  const maxAge = entryOf(given, 'MaxAge');
  const credentials = entryOf(given, 'AllowCredentials');
  return {
    origin: origin ?? tree(given.line, "'*'"),
    ...(headers && { headers }),
    ...(methods && { methods }),
    ...(maxAge && { maxAge }),
    ...(credentials && { credentials }),
  };
}

const ALL_METHODS = 'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT';

/** The OPTIONS method that SAM adds to a path: a mock that answers with the headers. */
export function corsOptions(line: number, cors: SamCors, methods: readonly string[]): Branches {
  const own = methods.includes('x-amazon-apigateway-any-method')
    ? ALL_METHODS
    : [...new Set([...methods.map((method) => method.toUpperCase()), 'OPTIONS'])].sort().join(',');
  const values: Record<string, Tree> = {
    'Access-Control-Allow-Credentials': textOf(cors.credentials) === 'true' ? "'true'" : undefined,
    'Access-Control-Allow-Headers': cors.headers,
    'Access-Control-Allow-Methods': cors.methods ?? `'${own}'`,
    'Access-Control-Allow-Origin': cors.origin,
    'Access-Control-Max-Age': cors.maxAge,
  };
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return {
    summary: 'CORS support',
    consumes: ['application/json'],
    produces: ['application/json'],
    responses: {
      200: {
        description: 'Default response for CORS method',
        headers: tree(line, Object.fromEntries(given.map(([name]) => [name, { type: 'string' }]))),
      },
    },
    'x-amazon-apigateway-integration': {
      type: 'mock',
      requestTemplates: { 'application/json': '{\n  "statusCode" : 200\n}\n' },
      responses: {
        default: {
          statusCode: '200',
          responseTemplates: { 'application/json': '{}\n' },
          responseParameters: Object.fromEntries(
            given.map(([name, value]) => [`method.response.header.${name}`, value]),
          ),
        },
      },
    },
  };
}
