import { useCallback, useEffect, useRef, useState } from '../preact.ts';

export interface Answered<Value> {
  /** The newest answer; the one before stays until the next has come. */
  value: Value | undefined;
  /** The reason that there is none, or that it is old. */
  error: string | undefined;
  refresh(): void;
}

/** Milliseconds between two questions, however often what they depend on changes. */
const PAUSE_MS = 300;

/**
 * Asks when the view comes, when the question is another, and when something it depends on has changed: not for each fact
 * of a busy loop. An answer that was overtaken by another question is dropped.
 */
export function useAnswer<Value>(
  question: string | undefined,
  ask: () => Promise<Value>,
  changes: readonly unknown[] = [],
): Answered<Value> {
  const [answer, setAnswer] = useState<{ of: string; value?: Value; error?: string }>();
  const latest = useRef(ask);
  latest.current = ask;
  const asked = useRef({ question: '', at: 0, turn: 0 });

  const refresh = useCallback(() => {
    if (question === undefined) return;
    asked.current.turn += 1;
    asked.current.at = Date.now();
    const { turn } = asked.current;
    const take = (next: { value: Value } | { error: string }) => {
      if (asked.current.turn !== turn) return;
      setAnswer((before) => ({
        ...(before?.of === question && { value: before.value }),
        of: question,
        ...next,
      }));
    };
    latest.current().then(
      (value) => take({ value }),
      (error: unknown) => take({ error: messageOf(error) }),
    );
  }, [question]);

  useEffect(() => {
    const isNew = asked.current.question !== question;
    asked.current.question = question ?? '';
    const waitMs = isNew ? 0 : Math.max(0, asked.current.at + PAUSE_MS - Date.now());
    if (waitMs === 0) {
      refresh();
      return;
    }
    const timer = setTimeout(refresh, waitMs);
    return () => clearTimeout(timer);
  }, [refresh, ...changes]);

  const isOurs = answer !== undefined && answer.of === question;
  return { value: isOurs ? answer.value : undefined, error: isOurs ? answer.error : undefined, refresh };
}

export function messageOf(error: unknown): string {
  if (error instanceof TypeError) return 'The loop does not answer. Is it running?';
  return error instanceof Error ? error.message : String(error);
}
