import type { Place } from '../../aws/arn.ts';
import { formatArn } from '../../aws/arn.ts';
import { uuidOf } from '../names.ts';
import { list, type Node, scalar } from '../yaml/node.ts';

/** The values of `Ref: AWS::…`; AWS::NoValue is not among them, as it takes a value away. */
export function pseudoParameters(
  place: Place,
  stackName: string,
  stackId = steadyStackId(place, stackName),
): Map<string, Node> {
  const text = (value: string) => scalar(0, value);
  return new Map<string, Node>([
    ['AWS::AccountId', text(place.accountId)],
    ['AWS::NotificationARNs', list(0, [])],
    ['AWS::Partition', text(place.partition)],
    ['AWS::Region', text(place.region)],
    ['AWS::StackId', text(stackId)],
    ['AWS::StackName', text(stackName)],
    ['AWS::URLSuffix', text(place.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com')],
  ]);
}

/** Of the stack that the loop was started with: the same at every start. */
export function steadyStackId(place: Place, stackName: string): string {
  return formatArn(place, 'cloudformation', `stack/${stackName}/${uuidOf(stackName)}`);
}
