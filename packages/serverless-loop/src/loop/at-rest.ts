import type { CloudWatch } from '../services/cloudwatch/cloudwatch.ts';
import type { EventBridge } from '../services/eventbridge/eventbridge.ts';
import type { AsyncInvocation } from '../services/lambda/async/async-invocation.ts';
import type { EventSources } from '../services/lambda/event-sources/event-sources.ts';
import type { Logs } from '../services/logs/logs.ts';
import type { Scheduler } from '../services/scheduler/scheduler.ts';
import type { StepFunctions } from '../services/stepfunctions/stepfunctions.ts';

/** The services that go on by themselves after a call was answered. */
export interface WorkingServices {
  cloudwatch: CloudWatch;
  eventbridge: EventBridge;
  scheduler: Scheduler;
  stepFunctions: StepFunctions;
  asyncInvocation: AsyncInvocation;
  eventSources: EventSources;
  logs: Logs;
}

export interface AtRest {
  /** Resolves when nothing is being delivered, invoked or waiting to be tried again. */
  idle(): Promise<void>;
  /** Takes what resolves when a service that was started later has nothing under way. */
  onIdle(idle: () => Promise<void>): void;
  /** Resolves when nothing happens but what waits for a clock. */
  settled(): Promise<void>;
}

export function atRest(services: WorkingServices, factCount: () => number): AtRest {
  const { cloudwatch, eventbridge, scheduler, stepFunctions, asyncInvocation, eventSources, logs } = services;
  const working = [eventbridge, scheduler, stepFunctions, asyncInvocation, eventSources, logs];
  const later: (() => Promise<void>)[] = [];
  return {
    async idle() {
      // The end of one may be the beginning of another.
      for (let before = -1; before !== factCount(); ) {
        before = factCount();
        for (const idle of later) await idle();
        for (const service of working) await service.idle();
      }
    },
    onIdle: (idle) => later.push(idle),
    async settled() {
      for (const service of [...working, cloudwatch]) await service.settled();
    },
  };
}
