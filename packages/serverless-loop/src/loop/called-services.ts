import type { ReceiverOf } from '../aws/delivery.ts';
import { once } from '../aws/once.ts';
import type { Report } from '../facts.ts';
import type { AsyncInvocation } from '../services/lambda/async/async-invocation.ts';
import type { S3 } from '../services/s3/s3.ts';
import type { XRay } from '../services/xray/xray.ts';
import { emptyStack } from '../template/empty-stack.ts';
import type { Stack } from '../template/model.ts';
import type { StackServices } from './held-kinds.ts';
import type { DeclaredStack, LoopOptions } from './loop-options.ts';
import type { StartList } from './start-list.ts';

/** The loop that services belong to which only a call starts. */
export interface CalledServicesOptions {
  options: LoopOptions;
  endpoint: string;
  stack: Stack;
  report: Report;
  /** Finds the services that buckets notify. */
  receiverOf: ReceiverOf;
  /** Those that run from the start. */
  services: Omit<StackServices, 's3' | 'cacheDir'> & { xray: XRay; asyncInvocation: AsyncInvocation };
  /** Takes the services that a call has started. */
  running: StartList;
  /** Takes what empties such a service. */
  onReset(empty: () => Promise<void>): void;
  /** Takes what resolves when such a service has nothing under way. */
  onIdle(idle: () => Promise<void>): void;
}

/** S3, with the buckets of the stack. */
export function s3StartedByCall(given: CalledServicesOptions): () => Promise<S3> {
  const { options, stack, report, receiverOf, services, running } = given;
  return once(async () => {
    const { startS3 } = await import('../services/s3/s3.ts');
    const { place, cacheDir } = options;
    const s3 = running.add(
      startS3({
        place,
        cacheDir,
        report,
        receiverOf,
        putServiceEvent: services.eventbridge.putServiceEvent,
        authorizeRole: services.iam.authorizeRole,
        sessionNameOf: (caller) => services.iam.sessionOf(caller)?.name,
      }),
    );
    for (const bucket of stack.buckets) s3.buckets.put(bucket);
    given.onReset(s3.empty);
    given.onIdle(s3.idle);
    return s3;
  });
}

/** CloudFormation, and what runs from source: that may change once there is CloudFormation. */
export function stacksStartedByCall(
  { options, endpoint, stack, report, services, running }: CalledServicesOptions,
  s3: () => Promise<S3>,
  startedAt: number,
) {
  const { place, cacheDir, stackName } = options;
  const { lambda } = services;
  const stopping = new AbortController();
  let live = () => stack;
  const start = once(async () => {
    const { startStackTools } = await import('./stacks.ts');
    const tools = startStackTools({
      place,
      endpoint,
      report,
      services: {
        ...services,
        // The end of the loop waits for no function that is being deployed.
        lambda: { ...lambda, put: (fn) => lambda.put(fn, stopping.signal) },
        s3,
        cacheDir,
      },
      templateAt: async (url) => (await s3()).textAt(url),
      ...(!options.isEmpty && { live: { stack, startedAt } }),
    });
    running.add({
      async stop() {
        const ended = tools.stop();
        stopping.abort(new Error('The loop is stopping.'));
        await ended;
      },
    });
    live = () => tools.live() ?? emptyStack(place, stackName);
    return tools;
  });
  return {
    cloudformation: async () => (await start()).cloudformation,
    follow: async (declared: DeclaredStack) => (await start()).follow(declared),
    live: () => live(),
  };
}
