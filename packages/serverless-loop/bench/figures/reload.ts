import { setTimeout as pause } from 'node:timers/promises';
import { BenchError } from '../bench-error.ts';
import { type Figure, type Result, scaled } from '../figure.ts';
import { median } from '../statistics.ts';
import { copyMarkedProject, type MarkedProject } from '../subjects/marked-project.ts';
import { type MeasuredLoop, startMeasuredLoop } from '../subjects/measured-loop.ts';
import { temporaryFolder } from '../subjects/project.ts';

const ENTRY = 'order-creator/handler.ts';
const FILES = [
  { name: 'a file of the creator alone', file: 'order-creator/place-order.ts' },
  { name: 'a file that both functions have', file: 'platform/instrument.ts' },
];
/** People don't save sooner again. Meanwhile the loop builds what the last save put off. */
const BETWEEN_SAVES_MS = 3_000;
/** Until a process waits for the next save; the loop itself rests longer. */
const REST_MS = 700;
const PATIENCE_MS = 10_000;

export const reload: Figure = {
  name: 'reload',
  title: 'a file of the creator is saved and the creator invoked at once: until the new code answers',
  target: 'within 150 ms',
  async run(options) {
    const project = copyMarkedProject(temporaryFolder(options), ENTRY);
    const measured = await startMeasuredLoop(options, { folder: project.folder, watch: true });
    const rounds = scaled(options, 15, 3);
    const subjects = FILES.map((subject) => ({ ...subject, reloadMs: samples() }));
    const buildMs = samples();

    await fullBuild(measured);
    for (const { file } of subjects) {
      await timeOfReload(measured, project, file, 1);
      await pause(BETWEEN_SAVES_MS);
    }
    await options.profiled(async () => {
      for (let round = 1; round <= rounds; round++) {
        for (const { file, reloadMs } of subjects) {
          reloadMs.push(await timeOfReload(measured, project, file, 1 + round));
          await pause(REST_MS);
          buildMs.push(await fullBuild(measured));
          await pause(BETWEEN_SAVES_MS);
        }
        options.say(`round ${round} of ${rounds}: ${subjects.map(lastOf).join(', ')}`);
      }
    });
    const reference = { what: "esbuild's full build of the creator", median: median(buildMs) };
    return subjects.map(
      ({ name, reloadMs }): Result => ({
        what: name,
        unit: 'ms',
        measured: { median: median(reloadMs) },
        reference,
        limits: [{ of: 'median', atMost: 150 }],
        notes: [`slowest of ${rounds}: ${Math.max(...reloadMs).toFixed(0)} ms`],
      }),
    );
  },
};

const samples = (): number[] => [];
const lastOf = ({ reloadMs }: { reloadMs: number[] }) => `${reloadMs.at(-1)?.toFixed(0)} ms`;

async function timeOfReload(
  { client, order }: MeasuredLoop,
  project: MarkedProject,
  file: string,
  mark: number,
): Promise<number> {
  const startedAt = performance.now();
  project.mark(file, mark);
  for (;;) {
    const { answers } = await client.run({ kind: 'invoke', ...order, count: 1, atOnce: 1 });
    const tookMs = performance.now() - startedAt;
    if (markIn(answers[0]?.body ?? '{}', file) === mark) return tookMs;
    if (tookMs > PATIENCE_MS)
      throw new BenchError(`saved ${file}, and ${tookMs} ms later the old code answered`);
  }
}

function markIn(answer: string, file: string): unknown {
  const { marks = {} }: { marks?: Record<string, unknown> } = JSON.parse(answer);
  return marks[file];
}

async function fullBuild({ client, creator: { code } }: MeasuredLoop): Promise<number> {
  if (code.kind !== 'esbuild') throw new BenchError("the creator's BuildMethod is not esbuild");
  const { codeUri, properties } = code;
  return (await client.run({ kind: 'build', codeUri, entryPoint: ENTRY, properties })).elapsedMs;
}
