import { mkdtempSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArguments } from '../src/cli/terminal/arguments.ts';
import { runCommand, type Terminal } from '../src/cli/terminal/command.ts';
import { EXIT, explainFailure } from '../src/cli/terminal/failure.ts';
import { UsageError } from '../src/usage-error.ts';
import { BenchError } from './bench-error.ts';
import { type Figure, ratioOf, reached } from './figure.ts';
import { InterruptedError, interruption, runFigure } from './run-figure.ts';
import { type FigureResults, table } from './table.ts';

const QUICK_SHARE = 0.1;
const MACHINE = `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} x ${cpus()[0]?.model ?? 'unknown processor'}`;

const helpOf = (
  all: readonly Figure[],
) => `Measures what is claimed about speed and size, each beside a reference in the same run.

usage: npm run bench -- [options]

      --only NAME[,NAME]  only these figures; may be repeated
      --quick             a tenth of the counts
      --profile           show where this process, which runs the loop, spends its time; keeps the .cpuprofile files
      --json              one JSON document; with npm run -s, which keeps npm's own lines away
  -h, --help              this text

figures:
${all.map(({ name, title, target }) => `  ${name.padEnd(11)} ${title}\n${' '.repeat(14)}${target}`).join('\n')}

Other work on the machine shows in every figure.

exit status: 0 all of them ran, whatever they measured, 1 one could not run, 2 the command line is wrong
`;

/** Runs the command that measures these figures, with the arguments of this process. */
export function benchCommand(all: readonly Figure[]): Promise<void> {
  return runCommand((args, terminal) => bench(all, args, terminal));
}

async function bench(all: readonly Figure[], args: string[], { out, err }: Terminal): Promise<number> {
  /** Progress, beside the results. */
  const say = (text: string) => err.write(`${text}\n`);
  const { values, positionals } = parseArguments(args, {
    only: { type: 'string', multiple: true },
    quick: { type: 'boolean' },
    profile: { type: 'boolean' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  if (values.help) {
    out.write(helpOf(all));
    return EXIT.ok;
  }
  if (positionals[0] !== undefined) throw new UsageError(`unexpected argument "${positionals[0]}"`);
  const figures = figuresNamed(all, values.only);
  const settings = {
    share: values.quick ? QUICK_SHARE : 1,
    say,
    interrupted: interruption(),
    ...(values.profile ? { profileFolder: mkdtempSync(path.join(tmpdir(), 'bench-profiles-')) } : {}),
  };

  let failed = false;
  const measured: FigureResults[] = [];
  for (const figure of figures) {
    say(`${figure.name}: ${figure.title}`);
    try {
      measured.push({ figure, results: await runFigure(figure, settings) });
    } catch (error) {
      failed = true;
      if (error instanceof BenchError) say(`${figure.name} could not run: ${error.message}`);
      else explainFailure(error, (text) => say(`${figure.name} could not run: ${text.trimEnd()}`));
      if (error instanceof InterruptedError) break;
    }
  }
  if (values.json) out.data(document(measured));
  else out.write(`\n${MACHINE}\n\n${table(measured)}`);
  return failed ? EXIT.failed : EXIT.ok;
}

function figuresNamed(all: readonly Figure[], only: string[] | undefined): readonly Figure[] {
  if (only === undefined) return all;
  const names = new Set(only.flatMap((list) => list.split(',')));
  return [...names].map((wanted) => {
    const figure = all.find(({ name }) => name === wanted);
    if (figure) return figure;
    throw new UsageError(
      `--only: no figure "${wanted}"; there are ${all.map(({ name }) => name).join(', ')}`,
    );
  });
}

function document(all: FigureResults[]): string {
  const figures = all.map(({ figure: { name, title, target }, results }) => ({
    name,
    title,
    target,
    results: results.map((result) => ({
      ...result,
      ratio: ratioOf(result),
      reached: reached(result) ?? null,
    })),
  }));
  return `${JSON.stringify({ machine: MACHINE, figures }, undefined, 2)}\n`;
}
