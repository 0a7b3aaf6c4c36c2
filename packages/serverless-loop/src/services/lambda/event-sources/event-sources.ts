import { AwsError } from '../../../aws/errors.ts';
import type { EventSourceModel, FunctionModel } from '../../../template/model.ts';
import { recordFilter } from './filter.ts';
import { startQueueSource } from './queue-source.ts';
import type { EventSourceOptions, RunningSource } from './source-options.ts';
import { sourceProblem, visibilityTooShort } from './source-settings.ts';
import { countWork } from './work.ts';

/** An event source mapping as it is kept. */
export interface EventSourceMapping {
  model: EventSourceModel;
  /** Epoch milliseconds. */
  modifiedAt: number;
}

export interface EventSources {
  mappings: {
    /** In the order of their making. */
    list(): EventSourceMapping[];
    find(uuid: string): EventSourceMapping | undefined;
    /** Makes a mapping, or gives one other settings. Throws the AwsError that Lambda gives. */
    put(model: EventSourceModel): EventSourceMapping;
    remove(uuid: string): void;
  };
  /** Resolves when no batch is read, waits to be full or is processed. */
  idle(): Promise<void>;
  /** Resolves when nothing happens but what waits for the clock. */
  settled(): Promise<void>;
  /** Forgets records that wait to become a batch. */
  drop(): void;
  /** Reads no more. */
  stop(): void;
}

/** Lambda's event source mappings: each reads records of a source and invokes a function with batches of them. */
export function startEventSources(
  options: EventSourceOptions & { mappings: readonly EventSourceModel[] },
): EventSources {
  const { clock } = options;
  const work = countWork();
  const kept = new Map<string, EventSourceMapping & { running: RunningSource | undefined }>();

  function keep(model: EventSourceModel): EventSourceMapping {
    kept.get(model.name)?.running?.stop();
    const running = model.enabled ? startQueueSource(model, { ...options, work }) : undefined;
    const mapping = { model, modifiedAt: clock.now(), running };
    kept.set(model.name, mapping);
    return mapping;
  }

  /** The template of the loop's own start was read as a whole: what its functions may not do is told once they run. */
  for (const model of options.mappings) keep(model);

  function refuseAgain({ name, sourceArn, functionArn }: EventSourceModel): void {
    for (const { model } of kept.values())
      if (model.name !== name && model.sourceArn === sourceArn && model.functionArn === functionArn)
        throw conflict(model);
  }

  return {
    mappings: {
      list: () => [...kept.values()],
      find: (uuid) => kept.get(uuid),
      put(model) {
        const fn = options.find(model.functionArn);
        if (!fn) throw invalid('Function does not exist');
        recordFilter(model.filters, options);
        const problem = sourceProblem(model);
        if (problem !== undefined) throw invalid(problem);
        refuseUnreadable(model, fn, options);
        refuseAgain(model);
        return keep(model);
      },
      remove(uuid) {
        kept.get(uuid)?.running?.stop();
        kept.delete(uuid);
      },
    },
    idle: work.idle,
    settled: work.settled,
    drop() {
      for (const { running } of kept.values()) running?.drop();
    },
    stop() {
      for (const { running } of kept.values()) running?.stop();
    },
  };
}

/** Lambda looks at the queue with the function's role before it makes a mapping. */
function refuseUnreadable(
  { sourceArn }: EventSourceModel,
  { name, timeoutMs }: FunctionModel,
  { may, queues }: EventSourceOptions,
): void {
  for (const action of ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'])
    if (!may(name, `sqs:${action}`, sourceArn))
      // The refusal as anomalyco/sst, issue 5737, quotes it.
      throw invalid(`The function execution role does not have permissions to call ${action} on SQS`);
  const visibilitySeconds = queues.visibilityTimeoutSeconds(sourceArn);
  // LocalStack's record, test_lambda_integration_sqs.snapshot.json, test_esm_with_not_existing_sqs_queue.
  if (visibilitySeconds === undefined)
    throw invalid(
      'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
    );
  if (visibilitySeconds * 1000 < timeoutMs)
    throw invalid(visibilityTooShort(visibilitySeconds, timeoutMs / 1000));
}

/** LocalStack's record, test_lambda_integration_sqs.snapshot.json, test_duplicate_event_source_mappings. */
function conflict({ name, sourceArn, functionArn }: EventSourceModel): AwsError {
  const functionName = functionArn.split(':').slice(6).join(':');
  return new AwsError(
    'ResourceConflictException',
    `An event source mapping with SQS arn (" ${sourceArn} ") and function (" ${functionName} ") already exists. Please update or delete the existing mapping with UUID ${name}`,
    { status: 409 },
  );
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}
