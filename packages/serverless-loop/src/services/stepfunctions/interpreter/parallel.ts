import type { Thread } from '../history/history.ts';
import type { Step } from './step.ts';

/**
 * Runs the branches side by side and resolves with the list of their outputs. The first that fails ends the others (states
 * language, "Parallel State"). Rejects with its StateError.
 */
export async function parallel(step: Step, input: unknown): Promise<unknown[]> {
  const { state, thread, context, scope, tools, signal, runMachine } = step;
  thread.add('ParallelStateStarted');
  const failed = new AbortController();
  const inner = AbortSignal.any([signal, failed.signal]);
  let lastThread: Thread = thread;
  const runs = state.branches.map(async (branch) => {
    const own = thread.fork();
    const beginning = { input, context, scope: scope.inner(), thread: own, tools, signal: inner };
    try {
      const output = await runMachine(branch, beginning);
      lastThread = own;
      return output;
    } catch (error) {
      if (!failed.signal.aborted) {
        lastThread = own;
        failed.abort();
      }
      own.abandon(lastThread.lastId);
      throw error;
    }
  });
  try {
    const outputs = await Promise.all(runs);
    thread.lastId = lastThread.lastId;
    thread.note('ParallelStateSucceeded');
    return outputs;
  } catch (error) {
    await Promise.allSettled(runs);
    signal.throwIfAborted();
    thread.lastId = lastThread.lastId;
    throw error;
  }
}
