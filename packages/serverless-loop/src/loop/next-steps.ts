import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isObject } from '../aws/json-object.ts';
import type { FunctionModel } from '../template/model.ts';
import { DEFAULT_ENDPOINT } from './default-endpoint.ts';

/** A command to type, and what it is for. */
export interface NextStep {
  command: string;
  purpose: string;
}

/**
 * Commands that the project beside a template would have people try: `"loop": {"nextSteps": {COMMAND: PURPOSE}}` in its
 * package.json. None where it says nothing that can be understood, for nothing depends on it.
 */
export function nextStepsOf(projectFolder: string): NextStep[] {
  const project = readJson(path.join(projectFolder, 'package.json'));
  const loop = isObject(project) ? project.loop : undefined;
  const steps = isObject(loop) && isObject(loop.nextSteps) ? Object.entries(loop.nextSteps) : [];
  return steps.flatMap(([command, purpose]) => (typeof purpose === 'string' ? [{ command, purpose }] : []));
}

/** The steps for a newcomer where the project says none: how its first function is called, by the loop's command and by AWS's own. */
export function usualSteps(functions: readonly CalledFunction[], projectFolder: string): UsualSteps {
  const [first] = functions;
  if (!first) return { steps: [], withTools: [] };
  const event = firstEvent(projectFolder);
  const command = `npx serverless-loop invoke ${first.logicalId}`;
  return {
    steps: [
      event === undefined
        ? { command, purpose: 'calls a function; -e FILE gives it an event' }
        : { command: `${command} -e ${event}`, purpose: 'calls a function with an event' },
    ],
    withTools: [
      {
        command: `aws lambda invoke --function-name ${first.name} /dev/stdout`,
        purpose: 'the same by the AWS CLI',
      },
    ],
  };
}

type CalledFunction = Pick<FunctionModel, 'logicalId' | 'name'>;

interface UsualSteps {
  steps: NextStep[];
  /** To be typed once AWS's tools are pointed at the loop. */
  withTools: NextStep[];
}

/** A file that can stand on a command line as it is, in the folder where `sam init` puts events. */
function firstEvent(projectFolder: string): string | undefined {
  try {
    const files = readdirSync(path.join(projectFolder, 'events')).sort();
    const found = files.find((file) => /^[\w.-]+\.json$/.test(file));
    return found && `events/${found}`;
  } catch {
    return undefined;
  }
}

/**
 * The steps for a loop at `endpoint`. The commands find one at the usual place; at another one what points AWS's tools at it
 * points the commands there, too, and comes first.
 */
export function stepsAt(
  endpoint: string,
  steps: readonly NextStep[],
  withTools: readonly NextStep[] = [],
): NextStep[] {
  const elsewhere = endpoint === DEFAULT_ENDPOINT ? '' : ` --endpoint ${endpoint}`;
  const tools = { command: `eval "$(npx serverless-loop env${elsewhere})"`, purpose: "for AWS's tools" };
  return elsewhere === '' ? [...steps, tools, ...withTools] : [tools, ...steps, ...withTools];
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** A line a step, its purpose as the shell's comment. */
export function stepLines(steps: readonly NextStep[]): string[] {
  const width = Math.max(0, ...steps.map(({ command }) => command.length));
  return steps.map(({ command, purpose }) => `${command.padEnd(width)}  # ${purpose}`);
}
