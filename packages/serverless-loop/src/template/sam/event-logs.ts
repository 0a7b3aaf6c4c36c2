import { didYouMean } from '../nearest.ts';
import type { Resource } from '../resource.ts';
import { call } from '../yaml/call.ts';
import { type Fields, list, type Node, scalar } from '../yaml/node.ts';
import { tree } from '../yaml/tree.ts';
import { type Expanding, made } from './made.ts';

/** SAM developer guide, "CloudWatchLogs". */
const PROPERTIES = ['FilterPattern', 'LogGroupName'];

/** The log group as the source of the permission (aws-sam-translator, `CloudWatchLogs.get_source_arn`). */
const SOURCE = `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:\${__LogGroupName__}:*`;

/** The subscription filter from the log group to the function, and the permission that lets CloudWatch Logs invoke it. */
export function expandLogs(
  { resource, complain }: Expanding,
  { name, line, given }: { name: string; line: number; given: Fields },
  invoked: { name: Node; arn: Node },
): Resource[] {
  for (const [property, value] of given.entries)
    if (!PROPERTIES.includes(property))
      complain(value.line, `Events.${name}.${property}, no such property${didYouMean(property, PROPERTIES)}`);
  for (const property of PROPERTIES)
    if (!given.entries.has(property))
      complain(line, `Events.${name}.${property}, expected a text, found nothing`);
  const logGroupName = given.entries.get('LogGroupName') ?? scalar(line, '');
  const logicalId = `${resource.logicalId}${name}`;
  const permissionId = `${logicalId}Permission`;
  const filter = {
    LogGroupName: logGroupName,
    FilterPattern: given.entries.get('FilterPattern'),
    DestinationArn: invoked.arn,
  };
  const permission = {
    Action: scalar(line, 'lambda:InvokeFunction'),
    FunctionName: invoked.name,
    Principal: scalar(line, 'logs.amazonaws.com'),
    SourceArn: call(
      line,
      'Fn::Sub',
      list(line, [scalar(line, SOURCE), tree(line, { __LogGroupName__: logGroupName })]),
    ),
  };
  return [
    made(resource, logicalId, 'AWS::Logs::SubscriptionFilter', filter, {
      line,
      dependsOn: [{ logicalId: permissionId, line }],
    }),
    made(resource, permissionId, 'AWS::Lambda::Permission', permission, { line }),
  ];
}
