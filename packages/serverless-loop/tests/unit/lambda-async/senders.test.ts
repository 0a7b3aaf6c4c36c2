import { expect, test } from 'vitest';
import { AwsError } from '../../../src/aws/errors.ts';
import { startAsyncInvocation } from '../../../src/services/lambda/async/async-invocation.ts';
import type { InvokeRequest } from '../../../src/services/lambda/environments/invocation.ts';
import { manualClock } from '../../manual-clock.ts';
import { functionModel } from './function-model.ts';
import { success } from './test-queue.ts';

const FUNCTION_ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:packer';
const TOPIC = { service: 'sns.amazonaws.com', sourceArn: 'arn:aws:sns:eu-west-1:123456789012:news' };
const ROLE = { name: 'caller', role: { arn: 'arn:aws:iam::123456789012:role/caller' } };

function packer(refuses: { policy?: boolean; role?: Error } = {}) {
  const fn = functionModel({ arn: FUNCTION_ARN });
  const asked: unknown[] = [];
  const invoked: InvokeRequest[] = [];
  const queue = startAsyncInvocation({
    find: (name) => ([FUNCTION_ARN, fn.name].includes(name) ? fn : undefined),
    clock: manualClock(),
    report: () => undefined,
    recordSegment: () => undefined,
    async invoke(request) {
      invoked.push(request);
      return success;
    },
    allows(request) {
      asked.push(request);
      return !refuses.policy;
    },
    authorizeRole(role, need) {
      asked.push({ role, need });
      if (refuses.role) throw refuses.role;
    },
    receiverOf: () => undefined,
  });
  return { queue, asked, invoked };
}

// https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
test('a service’s message is an event of the function whose policy lets it in, for its source', async () => {
  const { queue, asked, invoked } = packer();
  await queue.receive(FUNCTION_ARN, { body: '{"box":7}', traceHeader: 'Root=1-a' }, TOPIC);
  await queue.idle();
  expect(asked).toEqual([
    {
      statements: [],
      principal: { service: 'sns.amazonaws.com' },
      action: 'lambda:InvokeFunction',
      resource: FUNCTION_ARN,
      sourceArn: TOPIC.sourceArn,
    },
  ]);
  expect(invoked).toMatchObject([{ functionName: 'packer', payload: Buffer.from('{"box":7}'), attempt: 1 }]);
});

test('a service that the policy does not let in is refused', () => {
  const { queue } = packer({ policy: true });
  expect(() => queue.receive(FUNCTION_ARN, { body: '{}' }, TOPIC)).toThrow(
    expect.objectContaining({
      code: 'AccessDeniedException',
      message: `The resource policy of ${FUNCTION_ARN} doesn't let sns.amazonaws.com invoke it for ${TOPIC.sourceArn}.`,
    }),
  );
});

test('a role is asked for its own rights', () => {
  const denied = new AwsError('AccessDeniedException', 'denied');
  const { queue, asked } = packer({ role: denied });
  expect(() => queue.receive(FUNCTION_ARN, { body: '{}' }, ROLE)).toThrow(denied);
  expect(asked).toEqual([{ role: ROLE, need: { action: 'lambda:InvokeFunction', resource: FUNCTION_ARN } }]);
});

test('a message for no function is refused', () => {
  const { queue } = packer();
  expect(() => queue.receive(`${FUNCTION_ARN}s`, { body: '{}' }, TOPIC)).toThrow(
    expect.objectContaining({ code: 'ResourceNotFoundException' }),
  );
});
