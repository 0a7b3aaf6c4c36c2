import type { Report } from '../../../facts.ts';
import type { EventSourceModel } from '../../../template/model.ts';
import { startQueueSource } from './queue-source.ts';
import type { EventSourceOptions, RunningSource } from './source-options.ts';
import { streamKindOf, streamServiceOf } from './stream-kinds.ts';
import { type StreamSourceOptions, startStreamSource } from './stream-source.ts';
import type { Work } from './work.ts';

/** Reads a queue or a stream; undefined for a stream of no service here. */
export function openSource(
  model: EventSourceModel,
  given: EventSourceOptions & { work: Work } & Pick<StreamSourceOptions, 'places' | 'ready'>,
): RunningSource | undefined {
  const options = { ...given, report: slowedOnce(given.report) };
  const { stream } = model;
  if (!stream) return startQueueSource(model, options);
  const port = options.streams[streamServiceOf(model.sourceArn)];
  const kind = streamKindOf(model.sourceArn);
  if (!port || !kind) return undefined;
  return startStreamSource({ ...model, stream }, { ...options, port, kind });
}

/** Each batch of a source that feeds itself waits, and is told of once. */
function slowedOnce(report: Report): Report {
  let isTold = false;
  return (fact) => {
    if (fact.kind === 'recursion.slowed' && isTold) return;
    isTold ||= fact.kind === 'recursion.slowed';
    report(fact);
  };
}
