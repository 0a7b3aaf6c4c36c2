import { describe, expect, onTestFinished, test } from 'vitest';
import { startClock } from '../../../src/clock.ts';
import {
  policyProblem,
  type RetryPolicy,
  retryDelays,
  subscriptionPolicy,
} from '../../../src/services/sns/http/delivery-policy.ts';
import { httpSubscribers } from '../../../src/services/sns/http/http-subscribers.ts';

/** SNS guide, "Amazon SNS message delivery retries". */
describe('the delivery policy of an HTTP endpoint', () => {
  const delays = (policy: Partial<RetryPolicy>) =>
    retryDelays(
      subscriptionPolicy(JSON.stringify({ healthyRetryPolicy: policy }), undefined).healthyRetryPolicy,
    );

  test('is three retries, 20 seconds apart, unless it says otherwise', () => {
    expect(delays({})).toEqual([20, 20, 20]);
  });

  test('has four phases: at once, before the backoff, in it, and after it', () => {
    expect(
      delays({
        numRetries: 8,
        numNoDelayRetries: 1,
        numMinDelayRetries: 2,
        numMaxDelayRetries: 2,
        minDelayTarget: 10,
        maxDelayTarget: 20,
      }),
    ).toEqual([0, 10, 10, 10, 15, 20, 20, 20]);
  });

  test.each(['linear', 'arithmetic', 'geometric', 'exponential'])(
    'grows by a %s function',
    (backoffFunction) => {
      const found = delays({ numRetries: 5, minDelayTarget: 1, maxDelayTarget: 60, backoffFunction });
      expect([found.at(0), found.at(-1), found.length]).toEqual([1, 60, 5]);
      expect(found).toEqual(found.toSorted((one, other) => one - other));
    },
  );

  test('of a subscription comes before the topic’s, unless that forbids it', () => {
    const own = JSON.stringify({ healthyRetryPolicy: { numRetries: 1 } });
    const topics = (disableSubscriptionOverrides: boolean) =>
      JSON.stringify({
        http: { defaultHealthyRetryPolicy: { numRetries: 5 }, disableSubscriptionOverrides },
      });
    const retries = (isForbidden: boolean) =>
      subscriptionPolicy(own, topics(isForbidden)).healthyRetryPolicy.numRetries;
    expect([retries(false), retries(true)]).toEqual([1, 5]);
  });

  test.each([
    [{ numRetries: 101 }, 'numRetries'],
    [{ minDelayTarget: 30 }, 'minDelayTarget'],
    [{ maxDelayTarget: 3601 }, 'maxDelayTarget'],
    [{ numRetries: 1, numNoDelayRetries: 2 }, 'sum'],
    [{ backoffFunction: 'none' }, 'backoffFunction'],
  ])('with %j is refused', (healthyRetryPolicy, named) => {
    expect(policyProblem(JSON.stringify({ healthyRetryPolicy }))).toContain(named);
    expect(
      policyProblem(JSON.stringify({ http: { defaultHealthyRetryPolicy: healthyRetryPolicy } })),
    ).toContain(named);
  });
});

test('an endpoint of another machine is called where its host is allowed alone', async () => {
  const clock = startClock();
  const { send, stop } = httpSubscribers({ endpoint: 'http://127.0.0.1:1', clock, callableHosts: [] });
  onTestFinished(() => {
    stop();
    clock.stop();
  });
  const message = { type: 'Notification', messageId: 'm', content: 'raw' } as const;
  await expect(send({ arn: 'a' }, { endpoint: 'https://hooks.example/in' }, message)).rejects.toThrow(
    'the loop calls nobody but this machine; --call-host hooks.example lets it call that host',
  );
});
