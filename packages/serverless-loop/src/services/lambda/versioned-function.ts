import type { FunctionModel } from '../../template/model.ts';
import { versionOfCall } from './qualifier.ts';
import type { RunningFunction } from './running-function.ts';
import type { Concurrency } from './running-version.ts';

/** Starts one code of a function: that of `$LATEST`, or the one that a version was published with. */
type Start = (fn: FunctionModel, own: { concurrency: Concurrency; published?: string }) => RunningFunction;

/**
 * A function with those of its versions that keep the code and the settings that they were published with (Lambda guide,
 * "Manage Lambda function versions"); the others run what `$LATEST` runs.
 */
export function startVersionedFunction(
  fn: FunctionModel,
  start: Start,
  random: () => number = Math.random,
): RunningFunction {
  const concurrency: Concurrency = { running: 0 };
  const latest = start(fn, { concurrency });
  const published = new Map(
    fn.qualifiers.flatMap(({ name, published: model }) =>
      model ? [[name, start(model, { concurrency, published: name })] as const] : [],
    ),
  );
  if (published.size === 0 && fn.qualifiers.every(({ weights }) => weights === undefined)) return latest;
  const all = [latest, ...published.values()];

  return {
    first: latest.first,
    code: latest.code,
    async invoke(request) {
      const version = versionOfCall(fn, request.qualifier, random);
      const runs = version === undefined ? undefined : published.get(version);
      return await (runs ?? latest).invoke(request, version);
    },
    async retire() {
      await Promise.all(all.map((runs) => runs.retire()));
    },
    async stop() {
      await Promise.all(all.map((runs) => runs.stop()));
    },
  };
}
