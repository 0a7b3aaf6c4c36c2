import type { Report } from '../facts.ts';
import type { FollowedTemplate } from '../loop/followed-template.ts';
import { type Loop, startLoop } from '../loop/loop.ts';
import type { DeclaredStack } from '../loop/loop-options.ts';
import { watchTemplate } from '../loop/template-watch.ts';
import type { Stack } from '../template/model.ts';
import { samConfigFiles } from '../template/samconfig.ts';
import { announceReady } from './ready.ts';
import { LOOP_OPTIONS, LOOP_OPTIONS_HELP } from './start-arguments.ts';
import { declaredStack, loopOptions, retrySpeedOf } from './start-options.ts';
import { withOptionalValue } from './terminal/arguments.ts';
import { inRows } from './terminal/columns.ts';
import type { Terminal } from './terminal/command.ts';
import { EXIT } from './terminal/failure.ts';
import { openCommand } from './terminal/open-command.ts';
import { factPrinter } from './terminal/printer.ts';
import { canBeTypedAt, scheduleKeys } from './terminal/schedule-keys.ts';
import { showStack } from './terminal/show-stack.ts';
import { firstSignal, whatRuns } from './terminal/stopping.ts';

const HELP = `Runs the system of a SAM template on this machine until Ctrl-C.

usage: serverless-loop start [options]

      --resources                show every resource at start, with what the loop does with it and why
${LOOP_OPTIONS_HELP}

An option that takes a value is given once, unless it may be repeated.

At a terminal, f and Enter shows the schedules and lets one be met now.

exit status: 0 stopped by a signal, 1 it could not start, or its output can't be written, 2 the command line is wrong
`;

export async function start(args: string[], { out }: Terminal): Promise<number> {
  const line = openCommand(
    withOptionalValue(args, '--inspect', '--inspect-wait'),
    {
      ...LOOP_OPTIONS,
      resources: { type: 'boolean' },
    },
    { help: HELP },
    { out },
  );
  if (!line) return EXIT.ok;
  const { values } = line;

  const json = values.json ?? false;
  const printer = factPrinter({
    json,
    platformLogs: values['platform-logs'] ?? false,
    verbose: values.verbose ?? false,
    retrySpeed: retrySpeedOf(values),
    stamp: () => new Date().toTimeString().slice(0, 8),
    stream: out,
  });
  const running = whatRuns({ keepsItems: (values.dynamodb ?? values.data) !== undefined });
  const interrupt = firstSignal();
  interrupt.addEventListener('abort', () => {
    if (json) out.json({ time: new Date().toISOString(), kind: 'stopping' });
    else out.write(`\n${inRows(out, running.stoppingText(printer.short))}\n`);
  });
  // A loop whose output nobody reads has nobody to run for.
  const signal = AbortSignal.any([interrupt, out.closed]);
  const signalled = new Promise((resolve) => signal.addEventListener('abort', resolve));
  const parameterFiles = new Set<string>();
  const onFile = (file: string) => void parameterFiles.add(file);
  const report: Report = (fact) => {
    running.report(fact);
    printer.report(fact);
  };
  const options = loopOptions(values, report, undefined, onFile);
  let watching: { stop(): void } | undefined;
  let keys: { stop(): void } | undefined;
  const started = Promise.withResolvers<Loop>();
  const debugPorts = new Map<string, number>();
  if (options.inspect?.functions.length === 0)
    debugPorts.set('the loop', await ownInspectorPort(options.inspect.basePort));
  const loop = await startLoop({
    ...options,
    signal,
    onStack(stack) {
      printer.knows(stack);
      showStack(stack, { json, inFull: values.resources ?? false, out });
      if (!options.watch) return;
      let current = stack;
      watching = watchTemplate({
        files: () => [
          options.templatePath,
          ...samConfigFiles(options.templatePath),
          ...parameterFiles,
          ...current.includedFiles,
        ],
        async follow() {
          const loop = await started.promise;
          const followed = await followSaved(declaredStack(values, onFile), stack, loop);
          current = followed.stack;
          printer.knows(current);
          return followed;
        },
        report: options.report,
      });
    },
  }).catch((error) => {
    watching?.stop();
    if (!signal.aborted) throw error;
  });
  if (!loop) return EXIT.ok;
  started.resolve(loop);
  try {
    await Promise.race([loop.ready(), signalled]);
    for (const { name, logicalId } of loop.stack.functions) {
      const port = loop.debugPorts.get(name);
      if (port !== undefined) debugPorts.set(logicalId, port);
    }
    if (!signal.aborted) {
      const isTypedAt = !json && canBeTypedAt(process.stdin, out);
      announceReady(loop, { options, debugPorts, json, out, isTypedAt });
      if (isTypedAt) keys = scheduleKeys({ input: process.stdin, out, schedules: loop.schedules });
    }
    await signalled;
  } finally {
    keys?.stop();
    watching?.stop();
    await loop.stop();
  }
  return EXIT.ok;
}

/** Runs what the template and samconfig.toml say now, but for what is of the whole loop. */
async function followSaved(
  declared: DeclaredStack,
  { name, place }: Stack,
  loop: Loop,
): Promise<FollowedTemplate> {
  const { stackName, place: declaredPlace } = declared;
  if (stackName !== name || declaredPlace.region !== place.region)
    throw new Error(
      `the stack is ${stackName} in ${declaredPlace.region} now, and the loop runs ${name} in ${place.region}: start it again to run that`,
    );
  return loop.follow(declared);
}

/** Loaded only for who debugs. */
async function ownInspectorPort(port: number): Promise<number> {
  const { openOwnInspector } = await import('./own-inspector.ts');
  return openOwnInspector(port);
}
