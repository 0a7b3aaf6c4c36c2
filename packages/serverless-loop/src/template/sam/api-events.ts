import { didYouMean } from '../nearest.ts';
import type { Resource } from '../resource.ts';
import { call, callOf } from '../yaml/call.ts';
import { entryOf, type Fields, fields, list, type Node, scalar, textOf } from '../yaml/node.ts';
import { tree } from '../yaml/tree.ts';
import { expandAlias } from './alias.ts';
import { type Expanding, made } from './made.ts';
import { stageSuffix } from './stage-names.ts';

/** SAM developer guide, "EventSource": the types that come over HTTP, each with the property that names an API and its own. */
const API_EVENTS = {
  Api: {
    api: 'RestApiId',
    implicit: 'ServerlessRestApi',
    properties: [
      'Auth',
      'Method',
      'Path',
      'RequestModel',
      'RequestParameters',
      'ResponseTransferMode',
      'RestApiId',
      'TimeoutInMillis',
    ],
  },
  HttpApi: {
    api: 'ApiId',
    implicit: 'ServerlessHttpApi',
    properties: [
      'ApiId',
      'Auth',
      'Method',
      'Path',
      'PayloadFormatVersion',
      'RouteSettings',
      'TimeoutInMillis',
    ],
  },
} as const;

/** Types whose events may come over HTTP; a state machine's by a REST API alone. */
const SOURCED = ['AWS::Serverless::Function', 'AWS::Serverless::StateMachine'];

export type ApiEventType = keyof typeof API_EVENTS;

/** A way into a function over HTTP, as its event says. */
export interface ApiEvent {
  name: string;
  type: ApiEventType;
  line: number;
  given: Fields;
  /** The function's logical id. */
  functionId: string;
  /** Within `Fn::Sub` the ARN of the function, or of its alias. */
  arnText: string;
  /** Logical id of the API; undefined where it is given by something else than `!Ref`. */
  apiId: string | undefined;
  /** The role by which the API starts a state machine; absent for a function. */
  machineRoleId?: string;
  /** In small letters; `any` for all. */
  method: string;
  /** `$default` where an HTTP API's event says none. */
  path: string;
}

function isApiEventType(type: string | undefined): type is ApiEventType {
  return type !== undefined && Object.hasOwn(API_EVENTS, type);
}

/** All such events of the function. */
export function apiEventsOf(resource: Resource, declared: ReadonlyMap<string, Resource>): ApiEvent[] {
  const events = resource.properties.entries.get('Events');
  if (!SOURCED.includes(resource.type) || events?.kind !== 'fields') return [];
  const isMachine = resource.type === 'AWS::Serverless::StateMachine';
  const alias = isMachine
    ? undefined
    : expandAlias({
        resource,
        declared,
        complain() {},
        parameterValue: () => undefined,
      })?.logicalId;
  const arnText = alias === undefined ? `\${${resource.logicalId}.Arn}` : `\${${alias}}`;
  return [...events.entries].flatMap(([name, event]) => {
    const type = textOf(entryOf(event, 'Type'));
    if (!isApiEventType(type) || (isMachine && type !== 'Api')) return [];
    const properties = entryOf(event, 'Properties');
    const given = properties?.kind === 'fields' ? properties : fields(event.line, {});
    const { api, implicit } = API_EVENTS[type];
    const apiNode = given.entries.get(api);
    return [
      {
        name,
        type,
        line: event.line,
        given,
        functionId: resource.logicalId,
        arnText,
        apiId: apiNode ? referredTo(apiNode) : implicit,
        ...(isMachine && { machineRoleId: `${resource.logicalId}${name}Role` }),
        method: (textOf(given.entries.get('Method')) ?? 'any').toLowerCase(),
        path: textOf(given.entries.get('Path')) ?? '$default',
      },
    ];
  });
}

function referredTo(node: Node): string | undefined {
  const found = callOf(node);
  return found?.name === 'Ref' ? textOf(found.argument) : undefined;
}

/** Makes what SAM does of such an event beside the API: the function's permission for that route. */
export function expandApiEvent(
  { resource, declared, complain }: Expanding,
  event: ApiEvent,
  functionName: Node,
): Resource[] {
  const { line, given, name, type } = event;
  const { properties, api } = API_EVENTS[type];
  for (const [property, value] of given.entries)
    if (!properties.some((known) => known === property))
      complain(value.line, `Events.${name}.${property}, no such property${didYouMean(property, properties)}`);
  if (type === 'Api')
    for (const property of ['Path', 'Method'])
      if (!given.entries.has(property))
        complain(line, `Events.${name}.${property}, expected text, found nothing`);
  const apiNode = given.entries.get(api) ?? call(line, 'Ref', scalar(line, API_EVENTS[type].implicit));
  const logicalId = `${resource.logicalId}${name}Permission${type === 'Api' ? stageSuffix(given.entries.get(api), declared) : ''}`;
  const permission = {
    Action: scalar(line, 'lambda:InvokeFunction'),
    FunctionName: functionName,
    Principal: scalar(line, 'apigateway.amazonaws.com'),
    SourceArn: sourceArn(line, apiNode, sourceOf(event)),
  };
  return [made(resource, logicalId, 'AWS::Lambda::Permission', permission, { line })];
}

/** `POST/boxes/*`: every value of a parameter, every method for `any`; for the default route all (aws-sam-translator, `HttpApi._get_permission`). */
function sourceOf({ method, path }: ApiEvent): string {
  if (path === '$default') return '*';
  const anyValue = path.replaceAll(/\{[^}]+\}/g, '*').replace(/(?<=.)\/$/, '');
  return `${method === 'any' ? '*' : method.toUpperCase()}${anyValue}`;
}

/** `arn:…:execute-api:…:<api>/<stage>/<source>` */
export function sourceArn(line: number, api: Node, source: string, stage = '*/'): Node {
  const text = `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/${stage}${source}`;
  return call(line, 'Fn::Sub', list(line, [scalar(line, text), tree(line, { __ApiId__: api })]));
}

/** The address by which API Gateway finds a function; `arnText` as within `Fn::Sub`. */
export function invocationUri(line: number, arnText: string): Node {
  const uri = `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/${arnText}/invocations`;
  return call(line, 'Fn::Sub', scalar(line, uri));
}

/** The APIs that SAM adds for events that name none, with the properties that Globals give them (SAM developer guide, "HttpApi", ApiId). */
export function withImplicitApis(resources: Fields): Fields {
  const entries = new Map(resources.entries);
  for (const resource of resources.entries.values()) {
    const holder = textOf(entryOf(resource, 'Type')) ?? '';
    if (!SOURCED.includes(holder)) continue;
    const events = entryOf(entryOf(resource, 'Properties'), 'Events');
    for (const event of events?.kind === 'fields' ? events.entries.values() : []) {
      const type = textOf(entryOf(event, 'Type'));
      if (!isApiEventType(type) || (holder !== SOURCED[0] && type !== 'Api')) continue;
      const { api, implicit } = API_EVENTS[type];
      if (entryOf(entryOf(event, 'Properties'), api) || entries.has(implicit)) continue;
      const properties = type === 'Api' ? { StageName: 'Prod' } : {};
      entries.set(implicit, tree(event.line, { Type: `AWS::Serverless::${type}`, Properties: properties }));
    }
  }
  return { ...resources, entries };
}

export function isImplicit({ logicalId }: Pick<Resource, 'logicalId'>): boolean {
  return logicalId === API_EVENTS.Api.implicit || logicalId === API_EVENTS.HttpApi.implicit;
}
