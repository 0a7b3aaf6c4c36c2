import type { JsonObject } from '../../../aws/json-object.ts';
import { type Complain, schemaProblem } from './problem.ts';

/**
 * Says what an Express machine can't do: wait for jobs or callbacks, ask for activities (LocalStack's records "test_illegal_*"
 * of AWS, tests/aws/services/stepfunctions/v2/test_sfn_api_express.snapshot.json), or map at a distance (Step Functions guide,
 * "Using Map state in Distributed mode").
 */
export function validateForExpress(state: JsonObject, location: string, complain: Complain): void {
  const { Type, Resource } = state;
  if (Type !== 'Task' || typeof Resource !== 'string') return;
  const tell = (what: string) =>
    complain(schemaProblem(`Express state machine does not support ${what}`, `${location}/Resource`));
  if (Resource.endsWith('.waitForTaskToken')) tell("'.waitForTaskToken' service integration ");
  if (/\.sync(:\d+)?$/.test(Resource)) tell("'.sync' service integration");
  if (/^arn:[^:]+:states:[^:]*:\d*:activity:/.test(Resource)) tell('Activity ARN');
}
