import type { Place } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';
import { isObject } from '../../aws/json-object.ts';
import { lineageFields, lineageHeader } from '../../aws/lineage.ts';
import { once } from '../../aws/once.ts';
import type { LazyRestService } from '../../aws/operation.ts';
import { restOperations } from '../../aws/rest-service.ts';
import { sortedBy } from '../../aws/sorted.ts';
import type { EventSourceModel } from '../../template/model.ts';
import type { KeptPipe, KeptPipes, PipeSource } from './kept-pipes.ts';
import { type PipeModel, sourceOf } from './pipe.ts';
import type { PipePorts } from './ports.ts';
import { refuseUnworkable } from './validate.ts';

/** Stands in a function's place before the source of its batches. */
export interface PipeConsumer {
  find(): { name: string; arn: string; tracing: 'PassThrough'; role: { arn: string } };
  invoke(request: {
    payload: Buffer;
    traceHeader?: string;
  }): Promise<{ payload: Buffer; executedVersion: string; logTail: string }>;
  may(name: string, action: string, resource: string): boolean;
  discardContext(condition: string): { context: { partnerResourceArn: string; condition: string } };
}

export interface PipesOptions extends PipePorts {
  place: Place;
  pipes: readonly PipeModel[];
  /** Of the day: epoch milliseconds. */
  now(): number;
  /** Reads a source, by the pollers of functions' sources. */
  openSource(model: EventSourceModel, consumer: PipeConsumer): PipeSource | undefined;
}

export interface Pipes {
  service: LazyRestService;
  pipes: {
    has(name: string): boolean;
    put(model: PipeModel): void;
    remove(name: string): void;
  };
  /** Forgets records that wait to become a batch. */
  drop(): void;
  stop(): void;
}

/** EventBridge Pipes: batches of a queue or stream are filtered, enriched, changed and sent on. */
export function startPipes(options: PipesOptions): Pipes {
  const { place, now, openSource, authorizeRole } = options;
  const kept = new Map<string, KeptPipe>();
  const runner = once(async () => (await import('./run-batch.ts')).runBatch);

  function consumerOf(name: string, { arn, roleArn }: PipeModel): PipeConsumer {
    const role = { name, role: { arn: roleArn } };
    return {
      find: () => ({ ...role, arn, tracing: 'PassThrough' }),
      async invoke({ payload, traceHeader }) {
        const pipe = kept.get(name)?.model;
        if (!pipe) throw new AwsError('NotFoundException', `Pipe ${name} does not exist.`);
        const runBatch = await runner();
        const lineage = lineageHeader(lineageFields(traceHeader), now());
        const answer = await runBatch(pipe, { records: recordsIn(payload), lineage }, now(), options);
        return { payload: Buffer.from(answer), executedVersion: '', logTail: '' };
      },
      may(_name, action, resource) {
        try {
          authorizeRole(role, { action, resource });
          return true;
        } catch (error) {
          if (error instanceof AwsError) return false;
          throw error;
        }
      },
      discardContext: (condition) => ({ context: { partnerResourceArn: arn, condition } }),
    };
  }

  function put(model: PipeModel): KeptPipe {
    refuseUnworkable(model);
    const before = kept.get(model.name);
    const at = now();
    const pipe: KeptPipe = { model, createdAt: before?.createdAt ?? at, modifiedAt: at, source: undefined };
    void before?.source?.stop();
    kept.set(model.name, pipe);
    if (model.isRunning) pipe.source = openSource(sourceOf(model), consumerOf(model.name, model));
    return pipe;
  }

  function remove(name: string): void {
    void kept.get(name)?.source?.stop();
    kept.delete(name);
  }

  for (const model of options.pipes) put(model);

  const pipes: KeptPipes = {
    list: () => sortedBy(kept.values(), ({ model }) => model.name),
    find: (name) => kept.get(name),
    put,
    remove,
  };

  return {
    service: {
      title: 'EventBridge Pipes',
      signingName: 'pipes',
      load: once(async () => {
        const { PIPES } = await import('./service.ts');
        return restOperations(PIPES, { place, pipes });
      }),
    },
    pipes: { has: (name) => kept.has(name), put: (model) => void put(model), remove },
    drop() {
      for (const { source } of kept.values()) source?.drop();
    },
    stop() {
      for (const { source } of kept.values()) void source?.stop();
    },
  };
}

function recordsIn(payload: Buffer) {
  const event: unknown = JSON.parse(payload.toString());
  const records: unknown[] = isObject(event) && Array.isArray(event.Records) ? event.Records : [];
  return records.filter(isObject);
}
