import path from 'node:path';
import { AwsError } from '../aws/errors.ts';
import type { LoopParts } from '../console/context.ts';
import { readBuckets } from '../console/read-buckets.ts';
import type { FaultBook } from '../faults/fault-book.ts';
import type { S3 } from '../services/s3/s3.ts';
import type { Stack } from '../template/model.ts';
import { apiPlaces } from './api-places.ts';
import type { CalledServicesOptions } from './called-services.ts';
import { eventFiles } from './event-files.ts';
import type { LoopConsole } from './kept-for-console.ts';
import type { LoopOptions } from './loop-options.ts';
import type { LoopTime } from './loop-time.ts';
import { aliasOf } from './pages.ts';
import { type LoopSchedules, NoSuchScheduleError } from './schedules.ts';

/** A loop that is to be shown. */
export interface ShownLoop {
  console: LoopConsole;
  faults: FaultBook;
  options: LoopOptions;
  endpoint: string;
  services: CalledServicesOptions['services'];
  /** Loaded by the first that asks. */
  s3(): Promise<S3>;
  stack(): Stack;
  schedules: LoopSchedules;
  call: LoopParts['call'];
  time: LoopTime;
  startedAt: number;
  /** Empties all services. */
  reset(): Promise<void>;
}

/** The loop as its console sees it. */
export function loopParts({ options, endpoint, ...loop }: ShownLoop): LoopParts {
  const { facts, events } = loop.console;
  const { sqs, eventbridge, xray, lambda, apiGateway } = loop.services;
  const functions = () => lambda.list().map((fn) => ({ ...fn, ...aliasOf(fn) }));
  return {
    facts,
    events,
    stack: loop.stack,
    functions,
    functionOf(name) {
      const fns = functions();
      return fns.find((each) => each.logicalId === name) ?? fns.find((each) => each.name === name);
    },
    propertiesOf: (logicalId) =>
      loop
        .stack()
        .states()
        .find((state) => state.logicalId === logicalId)
        ?.shown(),
    apis: () =>
      apiGateway.apis
        .list()
        .flatMap((model) => apiPlaces([model], endpoint).map((place) => ({ model, ...place }))),
    schedules: { list: loop.schedules.list, fire: (name) => fire(loop.schedules, name) },
    buckets: readBuckets(async () => (await loop.s3()).service, endpoint),
    eventFiles: eventFiles(path.dirname(path.resolve(options.templatePath))),
    faults: loop.faults,
    startedAt: loop.startedAt,
    time: loop.time,
    rulesOf: (busName) =>
      eventbridge.rules
        .list(busName)
        .map(({ name, pattern, enabled }) => ({ name, pattern, isEnabled: enabled })),
    messagesOf: sqs.messages,
    depths: sqs.depths,
    redrive: sqs.redrive,
    withdraw: sqs.withdraw,
    documents: xray.documents,
    call: loop.call,
    async reset() {
      await loop.reset();
      facts.forget();
      events.forget();
    },
  };
}

function fire(schedules: LoopSchedules, name: string): object {
  try {
    return schedules.fire(name);
  } catch (error) {
    if (!(error instanceof NoSuchScheduleError)) throw error;
    throw new AwsError('ResourceNotFoundException', error.message, { status: 404 });
  }
}
