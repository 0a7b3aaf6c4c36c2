import path from 'node:path';
import process from 'node:process';
import { type Loop, startLoop } from './loop.ts';
import { DEFAULT_ENDPOINT } from './running-loop.ts';
import { LOOP_OPTIONS, LOOP_OPTIONS_HELP, loopOptions, retrySpeedOf } from './start-options.ts';
import type { Stack } from './template/model.ts';
import { aboutText } from './terminal/about.ts';
import { parseArguments, UsageError, withOptionalValue } from './terminal/arguments.ts';
import { painter, wantsColour } from './terminal/colour.ts';
import { columnsOf } from './terminal/columns.ts';
import { EXIT, explainFailure } from './terminal/failure.ts';
import { type NextStep, nextStepsOf, stepRows } from './terminal/next-steps.ts';
import { factPrinter } from './terminal/printer.ts';
import { resourceLines } from './terminal/resource-lines.ts';
import { stackSummary } from './terminal/stack-summary.ts';
import { wrap } from './terminal/wrap.ts';

const HELP = `Runs the system of a SAM template on this machine until Ctrl-C.

usage: npm start -- [options]

      --resources                show every resource at start, with what the loop does with it and why
${LOOP_OPTIONS_HELP}

exit status: 0 stopped by a signal, 1 it could not start, 2 the command line is wrong
`;

process.exitCode = await main(process.argv.slice(2)).catch((error) =>
  explainFailure(error, (text) => process.stderr.write(text)),
);

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArguments(withOptionalValue(args, '--inspect', '--inspect-wait'), {
    ...LOOP_OPTIONS,
    resources: { type: 'boolean' },
  });
  const about = aboutText(values, HELP);
  if (about !== undefined) {
    process.stdout.write(about);
    return EXIT.ok;
  }
  if (positionals[0] !== undefined) throw new UsageError(`unexpected argument "${positionals[0]}"`);

  const json = values.json ?? false;
  const printer = factPrinter({
    json,
    platformLogs: values['platform-logs'] ?? false,
    verbose: values.verbose ?? false,
    retrySpeed: retrySpeedOf(values),
    stamp: () => new Date().toTimeString().slice(0, 8),
    stream: process.stdout,
  });
  const signal = firstSignal();
  const signalled = new Promise((resolve) => signal.addEventListener('abort', resolve));
  const options = loopOptions(values, printer.report);
  const debugPorts = new Map<string, number>();
  if (options.inspect?.functions.length === 0)
    debugPorts.set('the loop', await ownInspectorPort(options.inspect.basePort));
  const loop = await startLoop({
    ...options,
    signal,
    onStack(stack) {
      printer.knows(stack);
      announceResources(stack, { json, inFull: values.resources ?? false });
    },
  }).catch((error) => {
    if (!signal.aborted) throw error;
  });
  if (!loop) return EXIT.ok;
  try {
    await Promise.race([loop.ready(), signalled]);
    for (const { name, logicalId } of loop.stack.functions) {
      const port = loop.debugPorts.get(name);
      if (port !== undefined) debugPorts.set(logicalId, port);
    }
    const steps = options.isEmpty
      ? [{ command: 'sam build && sam deploy --guided', purpose: 'deploys a stack to it' }]
      : nextStepsOf(path.dirname(options.templatePath));
    if (!signal.aborted) announceReady(loop, debugPorts, { json, steps });
    await signalled;
  } finally {
    await loop.stop();
  }
  return EXIT.ok;
}

/** Aborted at the first signal; a second one ends the process the hard way, as people expect of Ctrl-C twice. */
function firstSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => controller.abort());
  return controller.signal;
}

function announceResources(stack: Stack, { json, inFull }: { json: boolean; inFull: boolean }): void {
  if (json) {
    const { name, place, resources } = stack;
    process.stdout.write(
      `${JSON.stringify({ time: new Date().toISOString(), kind: 'stack', name, ...place, resources })}\n`,
    );
    return;
  }
  const paint = painter(wantsColour(process.stdout, process.env));
  const columns = columnsOf(process.stdout, process.env);
  const summary = stackSummary(stack, { paint, columns });
  const rows = inFull ? [...summary, '', ...resourceLines(stack.resources, paint, columns)] : summary;
  process.stdout.write(`${[...rows, '', ''].join('\n')}`);
}

function announceReady(
  loop: Loop,
  debugPorts: ReadonlyMap<string, number>,
  { json, steps }: { json: boolean; steps: NextStep[] },
): void {
  const readyMs = Math.round(performance.now());
  const { endpoint } = loop;
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ time: new Date().toISOString(), kind: 'ready', endpoint, readyMs, debugPorts: Object.fromEntries(debugPorts) })}\n`,
    );
    return;
  }
  const paint = painter(wantsColour(process.stdout, process.env));
  const columns = columnsOf(process.stdout, process.env);
  const ready = `${paint('green', 'Ready')} in ${(readyMs / 1000).toFixed(2)} s at ${paint('bold', endpoint)}; Ctrl-C stops it. In another terminal:`;
  const elsewhere = endpoint === DEFAULT_ENDPOINT ? '' : ` -- --endpoint ${endpoint}`;
  const tools = {
    command: `eval "$(npm run -s env${elsewhere})"`,
    purpose: "for AWS's tools",
  };
  process.stdout.write(
    [
      columns === undefined ? ready : wrap(ready, columns),
      '',
      // The commands find a loop at the usual place; at another one what points the tools at it does that for them, too.
      ...stepRows(elsewhere === '' ? [...steps, tools] : [tools, ...steps], columns),
      ...[...debugPorts].map(([whose, port]) => `  debugger: ${whose} at 127.0.0.1:${port}`),
      '',
      '',
    ].join('\n'),
  );
}

/** Loaded only for who debugs. */
async function ownInspectorPort(port: number): Promise<number> {
  const { openOwnInspector } = await import('./own-inspector.ts');
  return openOwnInspector(port);
}
