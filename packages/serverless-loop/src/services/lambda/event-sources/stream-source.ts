import type { StreamPort, StreamShard, StreamStart } from '../../../aws/stream-port.ts';
import type { EventSourceModel, StreamReadingModel } from '../../../template/model.ts';
import { factOf } from './batch-invocation.ts';
import { type ShardReader, startShardReader } from './shard-reader.ts';
import type { EventSourceOptions, ProcessingResult, RunningSource } from './source-options.ts';
import { STREAM_ACTIONS, type StreamKind, streamServiceOf } from './stream-kinds.ts';
import { onceATurn, type Work } from './work.ts';

export interface StreamSourceOptions extends EventSourceOptions {
  work: Work;
  port: StreamPort;
  kind: StreamKind;
  /** The places from which a mapping that ran before goes on, by shards. */
  places?: ReadonlyMap<string, string>;
  /** Resolves when what read them before has ended. */
  ready?: Promise<unknown>;
}

/** Reads the shards of a stream for a function: woken by records, each in its order, and those that shards were split into after them. */
export function startStreamSource(
  model: EventSourceModel & { stream: StreamReadingModel },
  options: StreamSourceOptions,
): Required<RunningSource> {
  const { report, find, may, work, port, kind } = options;
  const { sourceArn, functionArn, stream } = model;
  const fact = factOf(model);
  const readers = new Map<string, ShardReader[]>();
  /** By shards, those that are not read yet, too. Undefined until the stream is there. */
  let places: Map<string, string> | undefined = options.places && new Map(options.places);
  let result: ProcessingResult = 'No records processed';
  let refused: string | undefined;
  let isReady = options.ready === undefined;
  let stopped = false;

  /** After this turn of the event loop: records that are written together come together. */
  const readSoon = onceATurn(work, () => read());
  function wake(): void {
    if (!stopped && isReady) readSoon();
  }

  function read(): void {
    if (stopped || !mayRead()) return;
    const shards = port.shards(sourceArn) ?? [];
    placeNew(shards);
    for (const shard of shards) if (!readers.has(shard.shardId) && isNext(shard, shards)) open(shard);
    for (const reader of all()) reader.read();
  }

  /** A shard that comes while the mapping reads is read from its beginning. */
  function placeNew(shards: readonly StreamShard[]): void {
    const start: StreamStart = places ? 'TRIM_HORIZON' : startOf(stream);
    places ??= new Map();
    for (const { shardId } of shards)
      if (!places.has(shardId)) places.set(shardId, port.placeOf(sourceArn, shardId, start));
  }

  /** The records of the shards before it have been processed. */
  function isNext({ parentIds }: StreamShard, shards: readonly StreamShard[]): boolean {
    const isThere = (id: string) => shards.some(({ shardId }) => shardId === id);
    return parentIds.every((id) => !isThere(id) || readers.get(id)?.every((reader) => reader.isOver()));
  }

  function open({ shardId }: StreamShard): void {
    const from = places?.get(shardId) ?? '';
    const lanes = Array.from({ length: stream.parallelizationFactor }, (_, lane) =>
      startShardReader(model, { ...options, stream: port, kind, shardId, lane, from, told, over: wake }),
    );
    readers.set(shardId, lanes);
  }

  function told(now: ProcessingResult): void {
    result = now;
  }

  function all(): ShardReader[] {
    return [...readers.values()].flat();
  }

  function mayRead(): boolean {
    const reason = reasonNotToRead();
    if (reason !== undefined && reason !== refused) report({ kind: 'source.stopped', ...fact, reason });
    refused = reason;
    return reason === undefined;
  }

  function reasonNotToRead(): string | undefined {
    const name = find(functionArn)?.name;
    if (name === undefined) return `there is no function ${functionArn}`;
    if (port.shards(sourceArn) === undefined) return `there is no stream ${sourceArn}`;
    const prefix = streamServiceOf(sourceArn);
    const missing = STREAM_ACTIONS.find((action) => !may(name, `${prefix}:${action}`, sourceArn));
    return missing && `the role of the function does not allow ${prefix}:${missing} on it`;
  }

  const listening = port.onRecords(sourceArn, wake);
  // LATEST is a place of now, whatever is read later.
  const found = port.shards(sourceArn);
  if (found) placeNew(found);
  void options.ready?.then(() => {
    isReady = true;
    wake();
  });
  wake();

  return {
    places() {
      const now = new Map(places);
      for (const [shardId, lanes] of readers) now.set(shardId, leastPlace(lanes));
      return now;
    },
    lastResult: () => result,
    drop() {
      for (const reader of all()) reader.drop();
    },
    async stop() {
      stopped = true;
      listening.stop();
      await Promise.all(all().map((reader) => reader.stop()));
    },
  };
}

function startOf({ startingPosition, startingAtMs = 0 }: StreamReadingModel): StreamStart {
  return startingPosition === 'AT_TIMESTAMP' ? { atMs: startingAtMs } : startingPosition;
}

/** Sequence numbers of a shard are alike in length. */
function leastPlace(lanes: readonly ShardReader[]): string {
  return lanes.map((lane) => lane.place()).reduce((one, other) => (other < one ? other : one));
}
