import { invalid } from '../errors.ts';
import { machineArnOf, type Route } from './state-machine.ts';

/**
 * Refuses a routing configuration that isn't one. Throws the AwsError ValidationException in the words of AWS (LocalStack's
 * records "test_error_create_alias_*", v2/test_sfn_api_aliasing.snapshot.json).
 */
export function refuseRouting(routing: readonly Route[]): void {
  const arns = routing.map(({ versionArn }) => versionArn);
  const weights = routing.map(({ weight }) => weight);
  const received = `Received: [${arns.join(', ')}]`;
  if (!arns.every((arn) => /:stateMachine:[^:]+:\d+$/.test(arn)))
    throw invalid(`Routing configuration must contain state machine version ARNs. ${received}`);
  if (new Set(arns).size < arns.length)
    throw invalid(`Routing configuration must contain distinct state machine version ARNs. ${received}`);
  if (new Set(arns.map(machineArnOf)).size > 1)
    throw invalid(`Routing configuration must contain versions of one state machine. ${received}`);
  if (weights.reduce((sum, weight) => sum + weight, 0) !== 100)
    throw invalid(`Sum of routing configuration weights must equal 100. Received: [${weights.join(', ')}]`);
}
