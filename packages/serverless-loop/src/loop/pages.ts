import type { Page } from '../gateway/routes.ts';
import type { FunctionModel, Stack } from '../template/model.ts';
import { homePage } from './home-page.ts';
import type { NextStep } from './next-steps.ts';
import { type LoopSchedules, NoSuchScheduleError } from './schedules.ts';

/**
 * The loop's own pages, beside AWS's protocols: `GET /_loop/stack` says what runs under which name, `POST /_loop/fire?name=…`
 * meets a schedule before its time, and `/` shows a person what this is. The functions are those of all stacks, first those of the one that the loop was started with.
 */
export function loopPages(
  stack: () => Stack,
  functions: () => FunctionModel[],
  services: readonly string[],
  /** The port, and what the project would have people try, for the page at `/`. */
  {
    endpoint,
    nextSteps,
    projectFolder,
    schedules,
  }: {
    endpoint: string;
    nextSteps: () => readonly NextStep[];
    projectFolder: string;
    schedules: LoopSchedules;
  },
): (request: { method: string; path: string; query: string }) => Page | undefined {
  return ({ method, path, query }) => {
    if (path === '/')
      return homePage({
        stack: stack(),
        functions: functions(),
        services,
        endpoint,
        steps: nextSteps(),
        folder: projectFolder,
      });
    if (method === 'POST' && path === '/_loop/fire') return fired(query, schedules);
    if (method !== 'GET' || path !== '/_loop/stack') return undefined;
    const described = describe({ ...stack(), functions: functions() });
    return jsonPage(200, { ...described, schedules: schedules.list() });
  };
}

function fired(query: string, schedules: LoopSchedules): Page {
  try {
    return jsonPage(200, schedules.fire(new URLSearchParams(query).get('name') ?? ''));
  } catch (error) {
    if (!(error instanceof NoSuchScheduleError)) throw error;
    return jsonPage(404, { message: error.message });
  }
}

function jsonPage(status: number, value: object): Page {
  return { status, contentType: 'application/json', body: `${JSON.stringify(value, undefined, 2)}\n` };
}

/** The alias that callers are meant to come by, where the template has one. */
export function aliasOf({ qualifiers }: FunctionModel): { alias?: string } {
  const alias = qualifiers.find(({ name, version }) => name !== version)?.name;
  return alias === undefined ? {} : { alias };
}

function describe(stack: Stack): object {
  const named = ({ logicalId, name, arn }: { logicalId: string; name: string; arn: string }) => ({
    logicalId,
    name,
    arn,
  });
  return {
    stackName: stack.name,
    region: stack.place.region,
    accountId: stack.place.accountId,
    functions: stack.functions.map((fn) => ({ ...named(fn), ...aliasOf(fn) })),
    tables: stack.tables.map(named),
    buses: stack.buses.map(named),
    rules: stack.rules.map(named),
    queues: stack.queues.map((queue) => ({ ...named(queue), url: queue.url })),
    outputs: Object.fromEntries(stack.outputs.map(({ name, value }) => [name, value])),
    resources: stack.resources,
  };
}
