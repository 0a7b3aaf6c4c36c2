import type { AlarmModel } from '../../../aws/alarm.ts';
import { validationError } from '../cloudwatch-error.ts';
import { alarmProblems } from '../validate-alarms.ts';
import type { AlarmBook, AlarmBookOptions } from './alarm-book.ts';

export interface AlarmWatch {
  /** The alarms, loaded at the first call. */
  book(): Promise<AlarmBook>;
  has(name: string): boolean;
  isEmpty(): boolean;
  /** Rejects with AwsError for an expression or a rule that can't be read. */
  put(model: AlarmModel): Promise<void>;
  delete(name: string): Promise<void>;
  /** Judges the alarms at the end of a period, in the order of the calls. Loads nothing when there are none. */
  evaluate(endMs: number): Promise<void>;
  /** Resolves when no alarm is being judged and what alarms have for their states is done. */
  settled(): Promise<void>;
  /** Leaves all alarms as they were when they were made. */
  reset(): void;
  /** Seconds between evaluations: a minute, ten seconds where an alarm has shorter periods. */
  stepSeconds(): number;
}

/** Keeps alarms until somebody asks for them or a period ends; only then what judges them is loaded. */
export function watchAlarms(options: AlarmBookOptions): AlarmWatch {
  const waiting = new Map<string, { model: AlarmModel; sinceMs: number }>();
  let loading: Promise<AlarmBook> | undefined;
  let loaded: AlarmBook | undefined;
  let evaluating: Promise<void> = Promise.resolve();

  async function load(): Promise<AlarmBook> {
    const { AlarmBook: Book } = await import('./alarm-book.ts');
    const book = new Book(options);
    for (const { model, sinceMs } of waiting.values()) book.put(model, sinceMs);
    waiting.clear();
    loaded = book;
    return book;
  }

  function book(): Promise<AlarmBook> {
    loading ??= load();
    return loading;
  }

  function isEmpty(): boolean {
    return waiting.size === 0 && !loaded?.list().length;
  }

  async function evaluate(endMs: number): Promise<void> {
    if (isEmpty()) return;
    (await book()).evaluate(endMs);
  }

  return {
    book,
    isEmpty,
    has: (name) => waiting.has(name) || loaded?.find(name) !== undefined,
    async put(model) {
      const [problem] = alarmProblems(model);
      if (problem !== undefined) throw validationError(problem);
      if (loading) (await book()).put(model);
      else waiting.set(model.name, { model, sinceMs: options.now() });
    },
    async delete(name) {
      waiting.delete(name);
      if (loading) (await book()).delete(name);
    },
    evaluate(endMs) {
      evaluating = evaluating.then(() => evaluate(endMs));
      return evaluating;
    },
    async settled() {
      await evaluating;
      await loaded?.acted();
    },
    reset: () => loaded?.reset(),
    stepSeconds() {
      const models = loaded
        ? loaded.list().map(({ model }) => model)
        : [...waiting.values()].map(({ model }) => model);
      return models.some(hasShortPeriods) ? 10 : 60;
    },
  };
}

function hasShortPeriods(model: AlarmModel): boolean {
  if (model.kind === 'composite') return false;
  const { watched } = model;
  const sources =
    'source' in watched
      ? [watched.source]
      : watched.queries.flatMap((query) => ('source' in query ? [query.source] : []));
  return sources.some(({ periodSeconds }) => periodSeconds < 60);
}
