import path from 'node:path';
import { apiPlaces } from '../loop/api-places.ts';
import type { Loop, LoopOptions } from '../loop/loop-options.ts';
import { type NextStep, nextStepsOf, stepsAt, usualSteps } from '../loop/next-steps.ts';
import { painter, wantsColour } from './terminal/colour.ts';
import { columnsOf, inRows } from './terminal/columns.ts';
import type { Output } from './terminal/output.ts';
import { KEYS_HINT } from './terminal/schedule-keys.ts';
import { stepRows } from './terminal/step-rows.ts';

/** Tells that a loop is ready: its address, its APIs, its console, where debuggers attach and commands to go on with. */
export function announceReady(
  loop: Loop,
  {
    options,
    debugPorts,
    json,
    out,
    isTypedAt,
  }: {
    options: Pick<LoopOptions, 'templatePath' | 'isEmpty'>;
    debugPorts: ReadonlyMap<string, number>;
    json: boolean;
    out: Output;
    isTypedAt: boolean;
  },
): void {
  const readyMs = Math.round(performance.now());
  const { endpoint } = loop;
  const apis = apiPlaces(loop.stack.apis, endpoint);
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
    });
    return;
  }
  const paint = painter(wantsColour(out, process.env));
  const columns = columnsOf(out, process.env);
  const ready = `${paint('green', 'Ready')} in ${(readyMs / 1000).toFixed(2)} s at ${paint('bold', endpoint)}; Ctrl-C stops it${isTypedAt && loop.schedules.list().length > 0 ? `, ${KEYS_HINT}` : ''}. In another terminal:`;
  out.write(
    [
      ...apis.map(({ logicalId, url, pathUrl }) =>
        inRows(out, `${paint('bold', logicalId)} answers at ${url} (or ${pathUrl})`),
      ),
      `${paint('bold', 'Console')} at ${loop.consoleUrl}`,
      inRows(out, ready),
      '',
      ...stepRows(nextSteps(loop, options), columns),
      ...[...debugPorts].map(([whose, port]) => `  debugger: ${whose} at 127.0.0.1:${port}`),
      '',
      '',
    ].join('\n'),
  );
}

/** The project's own commands, or else the usual ones, at the loop's address. */
function nextSteps(
  loop: Loop,
  { templatePath, isEmpty }: Pick<LoopOptions, 'templatePath' | 'isEmpty'>,
): NextStep[] {
  const projectFolder = path.dirname(templatePath);
  const own = isEmpty
    ? [{ command: 'sam build && sam deploy --guided', purpose: 'deploys a stack to it' }]
    : nextStepsOf(projectFolder);
  const usual = own.length > 0 ? undefined : usualSteps(loop.stack.functions, projectFolder);
  return stepsAt(loop.endpoint, usual?.steps ?? own, usual?.withTools);
}
