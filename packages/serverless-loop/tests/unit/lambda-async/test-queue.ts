import type { Sender, ServiceMessage } from '../../../src/aws/delivery.ts';
import { AwsError } from '../../../src/aws/errors.ts';
import type { ServiceSegment } from '../../../src/aws/segment.ts';
import type { Fact } from '../../../src/facts.ts';
import { startAsyncInvocation } from '../../../src/services/lambda/async/async-invocation.ts';
import type { InvokeRequest, InvokeResult } from '../../../src/services/lambda/environments/invocation.ts';
import type { FunctionModel } from '../../../src/template/model.ts';
import { manualClock } from '../../manual-clock.ts';

export const success: InvokeResult = {
  payload: Buffer.from('{"packed":true}'),
  executedVersion: '$LATEST',
  logTail: '',
};

export const failure: InvokeResult = {
  payload: Buffer.from('{"errorType":"TapeEmpty","errorMessage":"no tape","trace":["TapeEmpty: no tape"]}'),
  functionError: 'Unhandled',
  executedVersion: '$LATEST',
  logTail: '',
  errorType: 'TapeEmpty',
  errorMessage: 'no tape',
};

export const throttle = new AwsError('TooManyRequestsException', 'Rate Exceeded.', { status: 429 });

/**
 * The asynchronous queue of one function whose tries end as listed, the last for all that follow; it keeps what was
 * invoked, when in seconds, and what was sent.
 */
export function testQueue(model: FunctionModel, ends: (InvokeResult | Error)[], refuse?: Error) {
  const clock = manualClock();
  const facts: Fact[] = [];
  const invoked: (InvokeRequest & { second: number })[] = [];
  const sent: (ServiceMessage & { destinationArn: string; sender: Sender })[] = [];
  const segments: { segment: ServiceSegment; isFinal: boolean }[] = [];
  const queue = startAsyncInvocation({
    find: (name) => (name === model.name ? model : undefined),
    clock,
    report: (fact) => facts.push(fact),
    random: () => 0,
    recordSegment: (segment, isFinal) => segments.push({ segment, isFinal }),
    async invoke(request) {
      const end = ends[Math.min(invoked.length, ends.length - 1)];
      invoked.push({ ...request, second: clock.elapsedMs() / 1000 });
      if (end === undefined || end instanceof Error) throw end;
      return end;
    },
    allows: () => true,
    authorizeRole: () => undefined,
    receiverOf: () => ({
      async receive(destinationArn, message, sender) {
        if (refuse) throw refuse;
        sent.push({ destinationArn, sender, ...message });
      },
    }),
  });
  const accept = (payload = '{"box":7}', more: { traceHeader?: string } = {}) =>
    queue.accept({ functionName: 'packer', payload: Buffer.from(payload), requestId: 'r-1', ...more });
  return {
    queue,
    accept,
    clock,
    facts,
    invoked,
    sent,
    segments,
    seconds: () => invoked.map(({ second }) => second),
  };
}
