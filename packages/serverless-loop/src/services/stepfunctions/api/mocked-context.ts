import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import { invalid } from '../errors.ts';
import { waitsForCallback } from '../interpreter/task.ts';
import type { State } from '../language/machine.ts';

/** Members of a context object that a test may set; all but the input and the count are texts. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  Execution: ['Id', 'Input', 'Name', 'RedriveCount', 'RedriveTime', 'RoleArn', 'StartTime'],
  State: ['EnteredTime', 'Name', 'RetryCount'],
  StateMachine: ['Id', 'Name'],
  Task: ['Token'],
};

const ANY_KIND = ['Input', 'RedriveCount', 'RetryCount'];

/** Refuses a context object in the words of LocalStack's records of AWS, v2/test_state/test_state_context_object.snapshot.json. Throws AwsError. */
export function refuseContext(context: JsonObject, state: State): void {
  for (const [name, members] of Object.entries(context)) {
    if (name === 'Map') throw refused("'Map' field is not supported when mocking a Context object");
    const allowed = Object.hasOwn(ALLOWED, name) ? ALLOWED[name] : undefined;
    if (!allowed) throw refused(`Field '${name}' is not allowed`);
    if (!isObject(members)) throw refused(`${name} must be an object`);
    for (const [member, value] of Object.entries(members)) {
      if (!allowed.includes(member)) throw refused(`Field '${member}' is not allowed`);
      if (!ANY_KIND.includes(member) && typeof value !== 'string')
        throw refused(`${name}.${member} must be a string`);
    }
  }
  const { Resource } = state.fields;
  const isJob = typeof Resource === 'string' && /\.sync(:2)?$/.test(Resource);
  if (context.Task !== undefined && !isJob && !waitsForCallback(state))
    throw refused(
      "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern",
    );
}

function refused(reason: string) {
  return invalid(`Invalid Context object provided: ${reason}`);
}
