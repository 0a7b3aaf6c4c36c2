import type { Resource } from '../resource.ts';
import { describe, fields, list, type Node, scalar, textOf } from '../yaml/node.ts';
import { type ConnectorEnd, connectorEnd } from './connector-ends.ts';
import { actionsOf, CALLERS, FROM_FUNCTION, SENDERS, TO_READING_FUNCTION } from './connector-profiles.ts';
import { type Expanding, made } from './made.ts';

const FUNCTION = 'AWS::Lambda::Function';

/** The connectors that stand at the resource which they lead from (SAM developer guide, "Defining embedded connectors"). */
export function embeddedConnectors({ logicalId, connectors }: Resource): Resource[] {
  return [...(connectors?.entries ?? [])].map(([name, node]): Resource => {
    const { line } = node;
    const properties = node.kind === 'fields' ? node.entries.get('Properties') : undefined;
    const given = properties?.kind === 'fields' ? properties.entries : new Map<string, Node>();
    const reference = given.get('SourceReference');
    const more = reference?.kind === 'fields' ? Object.fromEntries(reference.entries) : {};
    return {
      logicalId: `${logicalId}${name}`,
      type: 'AWS::Serverless::Connector',
      line,
      properties: fields(line, {
        ...Object.fromEntries(given),
        Source: fields(line, { ...more, Id: scalar(line, logicalId) }),
      }),
      dependsOn: [],
    };
  });
}

/** AWS::Serverless::Connector to the policies and permissions that its pair of resources needs; one that the loop has no such for stays, and is named. */
export function expandConnector(expanding: Expanding): Resource[] {
  const { resource, complain } = expanding;
  const { entries } = resource.properties;
  const source = connectorEnd(entries.get('Source'), 'Source', expanding);
  const destination = entries.get('Destination');
  const destinations = destination?.kind === 'list' ? destination.items : [destination];
  const given = entries.get('Permissions');
  const permissions = given?.kind === 'list' ? given.items.map((item) => textOf(item) ?? '') : [];
  if (permissions.length === 0 || permissions.some((name) => name !== 'Read' && name !== 'Write')) {
    complain(
      given?.line ?? resource.line,
      `Permissions, expected a list of Read and Write, found ${describe(given)}`,
    );
    return [];
  }
  return destinations.flatMap((node, at) => {
    const end = connectorEnd(node, 'Destination', expanding);
    if (!source || !end) return [];
    const suffix = destination?.kind === 'list' ? `Destination${at}` : '';
    return grants({ resource, source, destination: end, permissions, suffix });
  });
}

interface Connection {
  resource: Resource;
  source: ConnectorEnd;
  destination: ConnectorEnd;
  permissions: readonly string[];
  /** Of the logical ids, where there are several destinations. */
  suffix: string;
}

function grants(connection: Connection): Resource[] {
  const { resource, source, destination, permissions } = connection;
  const isRead = permissions.includes('Read');
  if (source.type === FUNCTION && FROM_FUNCTION[destination.type])
    return policyFor(connection, source, destination, FROM_FUNCTION[destination.type]);
  if (destination.type === FUNCTION && TO_READING_FUNCTION[source.type])
    return policyFor(connection, destination, source, TO_READING_FUNCTION[source.type]);
  const caller = CALLERS[source.type];
  if (destination.type === FUNCTION && caller !== undefined && !isRead)
    return [permissionFor(connection, caller)];
  const sender = SENDERS[destination.type]?.[source.type];
  if (sender !== undefined && !isRead) return [resourcePolicyFor(connection, sender)];
  const reason = `a connector from ${source.type} to ${destination.type} gives no ${permissions.join(' and ')} here`;
  return [{ ...resource, notEmulated: reason }];
}

/** A managed policy for the role of the pair's function. */
function policyFor(
  { resource, permissions, suffix }: Connection,
  holder: ConnectorEnd,
  target: ConnectorEnd,
  profile: { Read?: string; Write?: string; inside?: string } = {},
): Resource[] {
  const { line, logicalId } = resource;
  const { arn } = target;
  const wanted = [profile.Read, profile.Write].filter((_, at) =>
    permissions.includes(at === 0 ? 'Read' : 'Write'),
  );
  if (wanted.includes(undefined) || !holder.roleName || !arn) {
    const reason = !holder.roleName
      ? `the role of ${holder.name} isn't known`
      : `a connector to ${target.type} has no such permission as ${permissions.join(' and ')}`;
    return [{ ...resource, notEmulated: reason }];
  }
  const { inside } = profile;
  const resources = inside === undefined ? [arn] : [arn, joined(line, arn, inside)];
  const statements = wanted.flatMap((words = '') => [
    statement(line, {
      Action: list(
        line,
        actionsOf(words).map((action) => scalar(line, action)),
      ),
      Resource: list(line, resources),
    }),
  ]);
  return [
    made(resource, `${logicalId}Policy${suffix}`, 'AWS::IAM::ManagedPolicy', {
      PolicyDocument: documentOf(line, statements),
      Roles: list(line, [holder.roleName]),
    }),
  ];
}

function permissionFor({ resource, source, destination, suffix }: Connection, principal: string): Resource {
  const { line, logicalId } = resource;
  const isApi = source.type.startsWith('AWS::ApiGateway');
  return made(resource, `${logicalId}WriteLambdaPermission${suffix}`, 'AWS::Lambda::Permission', {
    Action: scalar(line, 'lambda:InvokeFunction'),
    FunctionName: destination.arn,
    Principal: scalar(line, principal),
    SourceArn: isApi ? apiArn(line, source) : source.arn,
    SourceAccount:
      source.type === 'AWS::S3::Bucket' ? fields(line, { Ref: scalar(line, 'AWS::AccountId') }) : undefined,
  });
}

function resourcePolicyFor(
  { resource, source, destination, suffix }: Connection,
  principal: string,
): Resource {
  const { line, logicalId } = resource;
  const isQueue = destination.type === 'AWS::SQS::Queue';
  const policy = statement(line, {
    Principal: fields(line, { Service: scalar(line, principal) }),
    Action: scalar(line, isQueue ? 'sqs:SendMessage' : 'sns:Publish'),
    Resource: destination.arn,
    Condition: fields(line, { ArnEquals: fields(line, { 'aws:SourceArn': source.arn }) }),
  });
  const PolicyDocument = documentOf(line, [policy]);
  if (isQueue) {
    const Queues = list(line, destination.queueUrl ? [destination.queueUrl] : []);
    return made(resource, `${logicalId}QueuePolicy${suffix}`, 'AWS::SQS::QueuePolicy', {
      PolicyDocument,
      Queues,
    });
  }
  const Topics = list(line, destination.arn ? [destination.arn] : []);
  return made(resource, `${logicalId}TopicPolicy${suffix}`, 'AWS::SNS::TopicPolicy', {
    PolicyDocument,
    Topics,
  });
}

function apiArn(line: number, { apiId, qualifier = scalar(line, '*') }: ConnectorEnd): Node {
  const prefix = `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/\${Calls}`;
  const variables = fields(line, { Api: apiId, Calls: qualifier });
  return fields(line, { 'Fn::Sub': list(line, [scalar(line, prefix), variables]) });
}

function joined(line: number, arn: Node, end: string): Node {
  const parts = list(line, [arn, scalar(line, end)]);
  return fields(line, { 'Fn::Join': list(line, [scalar(line, ''), parts]) });
}

function statement(line: number, values: Record<string, Node | undefined>): Node {
  return fields(line, { Effect: scalar(line, 'Allow'), ...values });
}

function documentOf(line: number, statements: Node[]): Node {
  return fields(line, { Version: scalar(line, '2012-10-17'), Statement: list(line, statements) });
}
