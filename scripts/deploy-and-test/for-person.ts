import process from 'node:process';
import { type Output, painter, wantsColour } from 'serverless-loop/commands';
import { isAnsweredYes } from '../terminal/question.ts';
import { closingLines } from './closing.ts';
import { interrupts } from './interrupts.ts';
import { accountPlace, loopPlace } from './place.ts';
import { built, judged } from './preparation.ts';
import { startRun } from './run.ts';
import { consent } from './steps/consent.ts';
import { credentials } from './steps/credentials.ts';
import { endToEnd } from './steps/end-to-end.ts';
import { ownLoop } from './steps/loop.ts';
import { freeName } from './steps/stack-name.ts';
import { throwAwayStack } from './steps/throw-away-stack.ts';
import { summaryText } from './summary.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { terminalManners } from './terminal-manners.ts';

export interface PersonsOptions {
  out: Output;
  local: boolean;
  keep: boolean;
  stage: string;
  stackName: string;
  region: string;
  limits: ReadonlyMap<string, number>;
  /** True when a person is asked before an account is touched. */
  isAsked: boolean;
}

/** Deploys, tests and takes down, before the eyes of a person. Gives the exit status. */
export async function deployAndTest(options: PersonsOptions): Promise<number> {
  const { out, local, keep, stage, stackName, region, limits, isAsked } = options;
  const { write } = out;
  const paint = painter(wantsColour(out, process.env));
  const signals = interrupts((text) => write(`\n${paint('yellow', text)}\n`));
  const manners = terminalManners(write, paint);
  const run = startRun({ interrupts: signals, manners, limits, elapsedMs: () => performance.now() });

  const folder = temporaryFolder();
  const loop = ownLoop({ keep });
  const place = local ? loopPlace(region, loop.endpoint) : accountPlace(region);
  const who = credentials(place);
  const stack = throwAwayStack({ place, stackName, stage, buildFolder: folder.path, keep });
  const endpoint = process.env.AWS_ENDPOINT_URL ? ` at ${process.env.AWS_ENDPOINT_URL}` : '';
  const question = consent({
    plan: () => [
      `Deploys the stack ${stackName} (stage ${stage}) to account ${who.identity().account} in ${region}${endpoint},`,
      keep ? 'tests it, and leaves it there.' : 'tests it, and removes it.',
    ],
    ask: (text, signal) => isAnsweredYes(text, { input: process.stdin, output: process.stdout, signal }),
  });
  const steps = [
    ...judged(region),
    ...(local ? [loop.step] : []),
    ...[who.step, freeName({ place, stackName }), ...(isAsked ? [question] : [])],
    ...built({ place, folder: folder.path }),
  ];
  try {
    await run.phase(steps, () => run.phase([stack.step, endToEnd({ place, outputs: stack.outputs })]));
    write(`\n${summaryText(run.results, paint)}`);
    if (!local || keep) write(await closingLines({ place, stack, stackName, loopPid: loop.pid() }));
    else write('The loop has ended, and its logs and traces with it; --keep leaves all of it.\n');
  } finally {
    signals.stop();
    folder.remove();
  }
  return run.status();
}
