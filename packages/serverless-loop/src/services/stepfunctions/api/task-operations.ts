import { AwsError } from '../../../aws/errors.ts';
import { required, text } from '../../../aws/members.ts';
import { parsedJson } from '../../../aws/parsed-json.ts';
import { operation } from './context.ts';
import { CAUSE, DATA, ERROR } from './shapes.ts';

const TOKEN = required(text({ min: 1, max: 2_048 }));

/** A token names no resource that a policy could (Service authorization reference, "AWS Step Functions"). */
const ANY = () => ['*'];

const NONE = Symbol('no JSON');

export const TASK_OPERATIONS = {
  SendTaskSuccess: operation({
    input: { taskToken: TOKEN, output: required(DATA) },
    output: {},
    needs: ANY,
    handle({ taskToken, output }, { tokens }) {
      // A token that is none is refused first (LocalStack's record "test_sfn_send_task_outcome_with_no_such_token" of AWS).
      tokens.refuseUnknown(taskToken);
      const value = parsedJson(output, NONE);
      if (value === NONE) throw new AwsError('InvalidOutput', `Invalid Output: 'Unrecognized output'`);
      tokens.succeed(taskToken, value);
      return {};
    },
  }),
  SendTaskFailure: operation({
    input: { taskToken: TOKEN, error: ERROR, cause: CAUSE },
    output: {},
    needs: ANY,
    handle({ taskToken, error, cause }, { tokens }) {
      tokens.fail(taskToken, error, cause);
      return {};
    },
  }),
  SendTaskHeartbeat: operation({
    input: { taskToken: TOKEN },
    output: {},
    needs: ANY,
    handle({ taskToken }, { tokens }) {
      tokens.beat(taskToken);
      return {};
    },
  }),
};
