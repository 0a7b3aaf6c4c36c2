import { AwsError } from '../../../aws/errors.ts';
import type { Need } from '../../../aws/operation.ts';
import type { EventSourceModel, FunctionModel } from '../../../template/model.ts';
import { factOf } from './batch-invocation.ts';
import { recordFilter } from './filter.ts';
import { openSource } from './open-source.ts';
import { invalid, refuseUnreadable } from './refuse-unreadable.ts';
import { selfFeeding } from './self-feeding.ts';
import type {
  EventSourceOptions,
  ProcessingResult,
  RunningSource,
  SourceConsumer,
} from './source-options.ts';
import { sourceProblem } from './source-settings.ts';
import { countWork } from './work.ts';

/** An event source mapping as it is kept. */
export interface EventSourceMapping {
  model: EventSourceModel;
  /** Epoch milliseconds. */
  modifiedAt: number;
  /** Of a stream. */
  lastResult?(): ProcessingResult;
}

interface KeptMapping extends EventSourceMapping {
  running?: RunningSource | undefined;
  /** The places from which a stream is read once it is enabled again. */
  places?: ReadonlyMap<string, string> | undefined;
  /** Resolves when what read it before has ended. */
  ended?: Promise<void> | undefined;
}

/** Its batches are for functions. */
type EventSourcesOptions = Omit<EventSourceOptions, 'find'> & {
  find(nameOrArn: string): FunctionModel | undefined;
};

export interface EventSources {
  /** Reads a source for what is no function. Undefined where nothing here is such a source. */
  open(model: EventSourceModel, consumer: SourceConsumer): RunningSource | undefined;
  mappings: {
    /** In the order of their making. */
    list(): EventSourceMapping[];
    find(uuid: string): EventSourceMapping | undefined;
    /** Makes a mapping, or gives one other settings. Throws the AwsError that Lambda gives. */
    put(model: EventSourceModel): EventSourceMapping;
    remove(uuid: string): void;
  };
  /** Hears of a call that a function's role let it make. */
  saw(functionName: string, need: Need): void;
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
  options: EventSourcesOptions & { mappings: readonly EventSourceModel[] },
): EventSources {
  const { clock } = options;
  const work = countWork();
  const kept = new Map<string, KeptMapping>();
  /** Queues that are read for what is no function. */
  const guests = new Set<EventSourceModel>();

  function keep(model: EventSourceModel): EventSourceMapping {
    const before = kept.get(model.name);
    const ended = before?.running?.stop() ?? before?.ended;
    const places = before?.running?.places?.() ?? before?.places;
    const running = model.enabled ? start(model, places, ended) : undefined;
    const result = before?.lastResult?.();
    const mapping: KeptMapping = {
      model,
      modifiedAt: clock.now(),
      running,
      places,
      ended,
      ...(model.stream && { lastResult: () => running?.lastResult?.() ?? result ?? 'No records processed' }),
    };
    kept.set(model.name, mapping);
    if (running && !model.stream) tellShared(model.sourceArn);
    return mapping;
  }

  /** Each message of a queue goes to one of those that read it, where a stream's records go to all. */
  function tellShared(sourceArn: string): void {
    const running = [...kept.values()].filter((mapping) => mapping.running).map(({ model }) => model);
    const readers = [...running, ...guests].filter((model) => model.sourceArn === sourceArn);
    const functionNames = readers.map((model) => factOf(model).functionName);
    if (functionNames.length > 1) options.report({ kind: 'source.shared', sourceArn, functionNames });
  }

  function start(
    model: EventSourceModel,
    places: ReadonlyMap<string, string> | undefined,
    ready: Promise<void> | undefined,
  ): RunningSource | undefined {
    return openSource(model, { ...options, work, ...(places && { places }), ...(ready && { ready }) });
  }

  /** The template of the loop's own start was read as a whole: what its functions may not do is told once they run. */
  for (const model of options.mappings) keep(model);

  function refuseAgain({ name, sourceArn, functionArn }: EventSourceModel): void {
    for (const { model } of kept.values())
      if (model.name !== name && model.sourceArn === sourceArn && model.functionArn === functionArn)
        throw conflict(model);
  }

  function* models(): Iterable<EventSourceModel> {
    for (const { model } of kept.values()) yield model;
  }

  return {
    open(model, consumer) {
      const running = openSource(model, { ...options, ...consumer, work });
      if (!running || model.stream) return running;
      guests.add(model);
      tellShared(model.sourceArn);
      return {
        ...running,
        stop() {
          guests.delete(model);
          return running.stop();
        },
      };
    },
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
        void kept.get(uuid)?.running?.stop();
        kept.delete(uuid);
      },
    },
    saw: selfFeeding({ mappings: models, report: options.report }),
    idle: work.idle,
    settled: work.settled,
    drop() {
      for (const { running } of kept.values()) running?.drop();
    },
    stop() {
      for (const { running } of kept.values()) void running?.stop();
    },
  };
}

/** LocalStack's records, test_lambda_integration_sqs.snapshot.json and …dynamodbstreams.snapshot.json, test_duplicate_event_source_mappings. */
function conflict({ name, sourceArn, functionArn, stream }: EventSourceModel): AwsError {
  const functionName = functionArn.split(':').slice(6).join(':');
  const which = stream
    ? `The event source arn (" ${sourceArn} ") and function (" ${functionName} ") provided mapping already exists.`
    : `An event source mapping with SQS arn (" ${sourceArn} ") and function (" ${functionName} ") already exists.`;
  return new AwsError(
    'ResourceConflictException',
    `${which} Please update or delete the existing mapping with UUID ${name}`,
    { status: 409 },
  );
}
