import process from 'node:process';
import { runHere } from '../checkout.ts';
import { type Running, type Step, StepFailure } from '../step.ts';
import { ToolFailedError, ToolMissingError } from '../tool.ts';
import { compareVersions, versionIn } from '../version.ts';

/** A tool that has to be there, and what to do where it isn't. */
interface Needed {
  name: string;
  command: string;
  atLeast: string;
  why: string;
  remedy: string;
}

const NEEDED: Needed[] = [
  {
    name: 'npm',
    command: 'npm',
    atLeast: '10.0.0',
    why: 'it comes with Node 20.19',
    remedy: 'Install Node with npm: https://nodejs.org/en/download',
  },
  {
    name: 'SAM CLI',
    command: 'sam',
    atLeast: '1.149.0',
    why: 'older ones do not know the runtime nodejs24.x',
    remedy:
      'Install it: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/install-sam-cli.html',
  },
];

/** The tools that a run needs, with their versions. Node itself is there, or nothing of this would run. */
export function tools(): Step {
  const versions = new Map<string, string>();
  return {
    id: 'tools',
    title: 'Tools',
    failure: 'prerequisite',
    limitMs: 60_000,
    async start(running) {
      versions.set('Node', process.versions.node);
      for (const tool of NEEDED) versions.set(tool.name, await versionOf(tool, running));
    },
    async check() {
      const faults = NEEDED.flatMap((tool) => {
        const found = versions.get(tool.name) ?? '';
        return compareVersions(found, tool.atLeast) < 0
          ? [
              `${tool.name} ${found} is too old, ${tool.atLeast} or newer is needed: ${tool.why}. ${tool.remedy}`,
            ]
          : [];
      });
      if (faults.length > 0) throw new StepFailure(faults.join('\n'));
      return [...versions].map(([name, version]) => `${name} ${version}`).join(', ');
    },
  };
}

async function versionOf({ name, command, remedy }: Needed, { signal }: Running): Promise<string> {
  try {
    const lines = await runHere(command, ['--version'], { running: { signal, say() {} } });
    const version = versionIn(lines.join('\n'));
    if (version !== undefined) return version;
    throw new StepFailure(`${command} --version gives no version: ${lines.join(' ')}`);
  } catch (error) {
    if (error instanceof ToolMissingError)
      throw new StepFailure(`${name}: ${error.message}. ${remedy}`, { cause: error });
    if (error instanceof ToolFailedError)
      throw new StepFailure(`${name} can't tell its version: ${error.message}. ${remedy}`, { cause: error });
    throw error;
  }
}
