import path from 'node:path';
import type { Report } from '../facts.ts';
import { apiPlaces, domainPlaces } from '../loop/api-places.ts';
import type { FollowedTemplate } from '../loop/followed-template.ts';
import { type Loop, startLoop } from '../loop/loop.ts';
import type { DeclaredStack } from '../loop/loop-options.ts';
import { type NextStep, nextStepsOf, stepsAt, usualSteps } from '../loop/next-steps.ts';
import { watchTemplate } from '../loop/template-watch.ts';
import type { Stack } from '../template/model.ts';
import { samConfigFiles } from '../template/samconfig.ts';
import { LOOP_OPTIONS, LOOP_OPTIONS_HELP } from './start-arguments.ts';
import { declaredStack, loopOptions, retrySpeedOf } from './start-options.ts';
import { withOptionalValue } from './terminal/arguments.ts';
import { painter, wantsColour } from './terminal/colour.ts';
import { columnsOf } from './terminal/columns.ts';
import type { Terminal } from './terminal/command.ts';
import { EXIT } from './terminal/failure.ts';
import { openCommand } from './terminal/open-command.ts';
import type { Output } from './terminal/output.ts';
import { factPrinter } from './terminal/printer.ts';
import { canBeTypedAt, KEYS_HINT, scheduleKeys } from './terminal/schedule-keys.ts';
import { showStack } from './terminal/show-stack.ts';
import { stepRows } from './terminal/step-rows.ts';
import { firstSignal, whatRuns } from './terminal/stopping.ts';
import { wrap } from './terminal/wrap.ts';

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
    else out.write(`\n${asWideAs(out, running.stoppingText(printer.short))}\n`);
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
    const projectFolder = path.dirname(options.templatePath);
    const steps = options.isEmpty
      ? [{ command: 'sam build && sam deploy --guided', purpose: 'deploys a stack to it' }]
      : nextStepsOf(projectFolder);
    const usual = steps.length > 0 ? undefined : usualSteps(loop.stack.functions, projectFolder);
    if (!signal.aborted) {
      const isTypedAt = !json && canBeTypedAt(process.stdin, out);
      announceReady(loop, debugPorts, {
        json,
        steps: stepsAt(loop.endpoint, usual?.steps ?? steps, usual?.withTools),
        out,
        isTypedAt,
      });
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

function announceReady(
  loop: Loop,
  debugPorts: ReadonlyMap<string, number>,
  { json, steps, out, isTypedAt }: { json: boolean; steps: NextStep[]; out: Output; isTypedAt: boolean },
): void {
  const readyMs = Math.round(performance.now());
  const { endpoint } = loop;
  const apis = apiPlaces(loop.stack.apis, endpoint);
  const domains = domainPlaces(loop.stack, endpoint);
  if (json) {
    const time = new Date().toISOString();
    out.json({
      time,
      kind: 'ready',
      endpoint,
      token: loop.token,
      console: loop.consoleUrl,
      readyMs,
      debugPorts: Object.fromEntries(debugPorts),
      ...(apis.length > 0 && {
        apis: Object.fromEntries(apis.map(({ logicalId, url }) => [logicalId, url])),
      }),
      ...(domains.length > 0 && {
        domains: Object.fromEntries(domains.map(({ name, url }) => [name, url])),
      }),
    });
    return;
  }
  const paint = painter(wantsColour(out, process.env));
  const columns = columnsOf(out, process.env);
  const ready = `${paint('green', 'Ready')} in ${(readyMs / 1000).toFixed(2)} s at ${paint('bold', endpoint)}; Ctrl-C stops it${isTypedAt && loop.schedules.list().length > 0 ? `, ${KEYS_HINT}` : ''}. In another terminal:`;
  out.write(
    [
      ...[...apis.map(({ logicalId, ...place }) => ({ name: logicalId, ...place })), ...domains].map(
        ({ name, url, pathUrl }) => asWideAs(out, `${paint('bold', name)} answers at ${url} (or ${pathUrl})`),
      ),
      `${paint('bold', 'Console')} at ${loop.consoleUrl}`,
      asWideAs(out, ready),
      '',
      ...stepRows(steps, columns),
      ...[...debugPorts].map(([whose, port]) => `  debugger: ${whose} at 127.0.0.1:${port}`),
      '',
      '',
    ].join('\n'),
  );
}

/** In rows that fit, where it is a terminal. */
function asWideAs(out: Output, line: string): string {
  const columns = columnsOf(out, process.env);
  return columns === undefined ? line : wrap(line, columns);
}

/** Loaded only for who debugs. */
async function ownInspectorPort(port: number): Promise<number> {
  const { openOwnInspector } = await import('./own-inspector.ts');
  return openOwnInspector(port);
}
