import { STATUS, statusOfInterrupt } from './exit-status.ts';
import type { Interrupts } from './interrupts.ts';
import type { Manners } from './manners.ts';
import { reasonOf } from './reason.ts';
import type { Outcome, Result } from './result.ts';
import { type Running, type Step, StepFailure, type Undo } from './step.ts';
import { withinLimit } from './time-limit.ts';

export interface Run {
  /**
   * Runs steps in order and `inner` after them, as long as all hold; then takes back what was started, in reverse, each once,
   * whatever has happened meanwhile.
   */
  phase(steps: readonly Step[], inner?: () => Promise<void>): Promise<void>;
  results: readonly Result[];
  /** True while all held so far, and nobody interrupted. */
  holds(): boolean;
  status(): number;
}

export interface RunOptions {
  interrupts: Interrupts;
  manners: Manners;
  /** Limits other than the steps' own, by id, in milliseconds. */
  limits: ReadonlyMap<string, number>;
  elapsedMs(): number;
}

const NEVER = new AbortController().signal;

export function startRun({ interrupts, manners, limits, elapsedMs }: RunOptions): Run {
  const results: Result[] = [];
  const holds = () => !interrupts.work.aborted && results.every(({ outcome }) => outcome.kind === 'held');

  async function attempt(action: Step | Undo, interrupt: AbortSignal): Promise<void> {
    const { id, title } = action;
    const startedMs = elapsedMs();
    manners.begins(title);
    const outcome = await outcomeOf(action, interrupt);
    const result = { id, title, tookMs: elapsedMs() - startedMs, outcome };
    results.push(result);
    manners.ended(result);
  }

  async function outcomeOf(action: Step | Undo, interrupt: AbortSignal): Promise<Outcome> {
    try {
      const seen = await withinLimit(limits.get(action.id) ?? action.limitMs, interrupt, async (signal) => {
        const running: Running = { signal, say: manners.says };
        await action.start(running);
        return (await action.check?.(running)) ?? '';
      });
      return { kind: 'held', seen };
    } catch (error) {
      if (interrupt.aborted) return { kind: 'interrupted' };
      const failure = (error instanceof StepFailure && error.failure) || action.failure;
      return { kind: 'failed', failure, reason: reasonOf(error) };
    }
  }

  async function phase(steps: readonly Step[], inner?: () => Promise<void>): Promise<void> {
    const undos: Undo[] = [];
    for (const step of steps) {
      if (!holds()) {
        results.push({ id: step.id, title: step.title, tookMs: 0, outcome: { kind: 'not run' } });
        continue;
      }
      if (step.undo) undos.unshift(step.undo);
      await attempt(step, interrupts.work);
    }
    await inner?.();
    for (const undo of undos) {
      if (undo.when === 'failure' && holds()) continue;
      await attempt(undo, undo.isUrgent ? NEVER : interrupts.cleanup);
    }
  }

  return {
    phase,
    results,
    holds,
    status() {
      const failed = results.find(
        ({ outcome }) => outcome.kind === 'failed' || outcome.kind === 'interrupted',
      );
      if (failed?.outcome.kind === 'failed') return STATUS[failed.outcome.failure];
      const signal = interrupts.first();
      return signal === undefined ? STATUS.ok : statusOfInterrupt(signal);
    },
  };
}
