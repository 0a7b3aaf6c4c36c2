import type { Done } from './job.ts';

/** One call, the how-manieth of the client, from 0. Resolves with the answer where someone will look at it. */
export type Call = (index: number) => Promise<Done['answers'][number] | undefined>;

/** Makes `count` calls, `atOnce` of them at any time, and times each. The first failure ends it. */
export async function timedCalls(
  { from, count, atOnce }: { from: number; count: number; atOnce: number },
  call: Call,
): Promise<Done> {
  const latenciesMs: number[] = [];
  const answers: Done['answers'] = [];
  let next = from;
  const oneAfterTheOther = async () => {
    while (next < from + count) {
      const startedAt = performance.now();
      const answer = await call(next++);
      latenciesMs.push(performance.now() - startedAt);
      if (answer) answers.push(answer);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, oneAfterTheOther));
  return { elapsedMs: performance.now() - startedAt, latenciesMs, answers };
}
