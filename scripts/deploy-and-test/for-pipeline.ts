import { type Output, painter } from 'serverless-loop/commands';
import { closingLines } from './closing.ts';
import { interrupts } from './interrupts.ts';
import { pipelineManners } from './pipeline-manners.ts';
import { accountPlace, loopPlace } from './place.ts';
import { built, judged } from './preparation.ts';
import type { reports } from './reports.ts';
import { startRun } from './run.ts';
import { credentials } from './steps/credentials.ts';
import { endToEnd } from './steps/end-to-end.ts';
import { ownLoop } from './steps/loop.ts';
import { markedOrder } from './steps/marked-order.ts';
import { savedStack } from './steps/saved-stack.ts';
import { freeName } from './steps/stack-name.ts';
import { stageStack } from './steps/stage-stack.ts';
import { throwAwayStack } from './steps/throw-away-stack.ts';
import { summaryText } from './summary.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface PipelinesOptions {
  out: Output;
  local: boolean;
  /** Of the throw-away stack. */
  stackName: string;
  stage: { stackName: string; environment: string; parameters: Record<string, string> };
  region: string;
  limits: ReadonlyMap<string, number>;
  files: ReturnType<typeof reports>;
  isGitHub: boolean;
}

/** Deploys, tests and removes a throw-away stack; only when all of that held deploys the stage. Gives the exit status. */
export async function deployTestAndRelease(options: PipelinesOptions): Promise<number> {
  const { out, local, stackName, stage, region, limits, files, isGitHub } = options;
  const { write } = out;
  const signals = interrupts((text) => write(`${text}\n`));
  const manners = pipelineManners(write, { isGitHub });
  const run = startRun({ interrupts: signals, manners, limits, elapsedMs: () => performance.now() });

  const folder = temporaryFolder();
  const loop = ownLoop({ keep: false });
  const place = local ? loopPlace(region, loop.endpoint) : accountPlace(region);
  const stack = throwAwayStack({ place, stackName, stage: 'dev', buildFolder: folder.path, keep: false });
  const before = savedStack({ place, stackName: stage.stackName, folder: files.folder });
  const release = stageStack({ place, ...stage, buildFolder: folder.path, saved: before.saved });
  const steps = [
    ...judged(region),
    ...(local ? [loop.step] : []),
    ...[credentials(place).step, freeName({ place, stackName })],
    ...built({ place, folder: folder.path }),
  ];
  try {
    await run.phase(steps, async () => {
      const test = endToEnd({ place, outputs: stack.outputs, junitFile: files.testsFile });
      await run.phase([stack.step, test]);
      files.outputs('test', stack.outputs());
      await run.phase([before.step, release.step, markedOrder({ place, outputs: release.outputs })]);
      files.outputs('stage', release.outputs());
    });
    write(`\n${summaryText(run.results, painter(false))}`);
    if (!local) write(await closingLines({ place, stack, stackName, loopPid: undefined }));
  } finally {
    signals.stop();
    files.steps(run.results);
    folder.remove();
  }
  return run.status();
}
