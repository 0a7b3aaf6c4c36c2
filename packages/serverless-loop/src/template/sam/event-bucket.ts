import { didYouMean } from '../nearest.ts';
import type { Resource } from '../resource.ts';
import { callOf, getAtt, ref } from '../yaml/call.ts';
import { entryOf, type Fields, fields, list, type Node, scalar, textOf } from '../yaml/node.ts';
import { expandAlias } from './alias.ts';
import { type Expanding, made } from './made.ts';

/** SAM developer guide, "S3". */
const PROPERTIES = ['Bucket', 'Events', 'Filter'];

/** A function's event that its bucket is told of: SAM writes it into the bucket. */
export interface BucketEvent {
  /** Logical id; undefined where the bucket is given by something else than `!Ref`. */
  bucketId: string | undefined;
  permissionId: string;
  /** Of the function, or of its alias. */
  arn: Node;
  line: number;
  types: readonly Node[];
  filter: Node | undefined;
}

/** All such events of the function. */
export function bucketEventsOf(resource: Resource, declared: ReadonlyMap<string, Resource>): BucketEvent[] {
  const events = resource.properties.entries.get('Events');
  if (resource.type !== 'AWS::Serverless::Function' || events?.kind !== 'fields') return [];
  const { logicalId } = resource;
  const alias = expandAlias({
    resource,
    declared,
    complain() {},
    parameterValue: () => undefined,
  })?.logicalId;
  return [...events.entries].flatMap(([name, event]) => {
    const given = entryOf(event, 'Properties');
    if (textOf(entryOf(event, 'Type')) !== 'S3' || given?.kind !== 'fields') return [];
    const { line } = event;
    const types = given.entries.get('Events');
    return [
      {
        bucketId: bucketIdOf(given),
        permissionId: permissionIdOf(logicalId, name),
        arn: alias === undefined ? getAtt(line, logicalId, 'Arn') : ref(line, alias),
        line,
        types: types?.kind === 'list' ? types.items : types ? [types] : [],
        filter: given.entries.get('Filter'),
      },
    ];
  });
}

/** The permission that lets S3 invoke the function for any bucket of the account: for the bucket itself, each would wait for the other. */
export function expandBucketEvent(
  { resource, declared, complain }: Expanding,
  { name, line, given }: { name: string; line: number; given: Fields },
  functionName: Node,
): Resource {
  for (const [property, value] of given.entries)
    if (!PROPERTIES.includes(property))
      complain(value.line, `Events.${name}.${property}, no such property${didYouMean(property, PROPERTIES)}`);
  for (const property of ['Bucket', 'Events'])
    if (!given.entries.has(property))
      complain(line, `Events.${name}.${property}, expected a value, found nothing`);
  const bucketId = bucketIdOf(given);
  if (given.entries.has('Bucket') && declared.get(bucketId ?? '')?.type !== 'AWS::S3::Bucket') {
    // SAM's own words (aws/serverless-application-model, samtranslator/model/eventsources/push.py).
    complain(line, `Events.${name}.Bucket, S3 events must reference an S3 bucket in the same template.`);
  }
  const permission = {
    Action: scalar(line, 'lambda:InvokeFunction'),
    FunctionName: functionName,
    Principal: scalar(line, 's3.amazonaws.com'),
    SourceAccount: ref(line, 'AWS::AccountId'),
  };
  return made(resource, permissionIdOf(resource.logicalId, name), 'AWS::Lambda::Permission', permission, {
    line,
  });
}

/** The bucket with what its functions' events add: a notification of each type, after the permissions for them. */
export function withNotifications(bucket: Resource, events: readonly BucketEvent[]): Resource {
  const its = events.filter(({ bucketId }) => bucketId === bucket.logicalId);
  if (its.length === 0) return bucket;
  const { entries } = bucket.properties;
  const given = entries.get('NotificationConfiguration');
  const configured = entryOf(given, 'LambdaConfigurations');
  const added = its.flatMap(({ types, line, arn, filter }) =>
    types.map((type) => fields(line, { Event: type, Function: arn, Filter: filter })),
  );
  const { line } = given ?? bucket;
  const configuration = fields(line, {
    ...(given?.kind === 'fields' && Object.fromEntries(given.entries)),
    LambdaConfigurations: list(line, [...(configured?.kind === 'list' ? configured.items : []), ...added]),
  });
  return {
    ...bucket,
    properties: {
      ...bucket.properties,
      entries: new Map([...entries, ['NotificationConfiguration', configuration]]),
    },
    dependsOn: [
      ...bucket.dependsOn,
      ...its.map(({ permissionId, line: of }) => ({ logicalId: permissionId, line: of })),
    ],
  };
}

function permissionIdOf(functionId: string, eventName: string): string {
  return `${functionId}${eventName}Permission`;
}

function bucketIdOf(given: Fields): string | undefined {
  const bucket = given.entries.get('Bucket');
  const called = bucket && callOf(bucket);
  return called?.name === 'Ref' ? textOf(called.argument) : undefined;
}
