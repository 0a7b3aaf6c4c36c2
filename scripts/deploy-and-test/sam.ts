import { runHere } from './checkout.ts';
import type { Place } from './place.ts';
import type { Running } from './step.ts';

export interface Deployment {
  place: Place;
  stackName: string;
  templateFile: string;
  parameters: Record<string, string>;
  /** As `key=value`; those of samconfig.toml when there are none. */
  tags?: string[];
  /** Of samconfig.toml. */
  environment?: string;
}

/** `sam deploy`, without a question, and with its progress shown. */
export async function samDeploy(deployment: Deployment, running: Running): Promise<void> {
  const { place, stackName, templateFile, parameters, tags, environment = 'default' } = deployment;
  const overrides = Object.entries(parameters).map(([name, value]) => `${name}=${quoted(value)}`);
  const args = [
    'deploy',
    ...['--config-env', environment, '--stack-name', stackName, '--region', place.region],
    ...['--template-file', templateFile, '--resolve-s3', '--capabilities', 'CAPABILITY_IAM'],
    ...['--no-confirm-changeset', '--no-fail-on-empty-changeset', '--no-progressbar'],
    ...(overrides.length === 0 ? [] : ['--parameter-overrides', overrides.join(' ')]),
    ...(tags?.length ? ['--tags', tags.join(' ')] : []),
  ];
  await runHere('sam', args, { running, place });
}

/** `sam delete`: what of a stack was uploaded, and the stack. */
export async function samDelete(
  { place, stackName }: Pick<Deployment, 'place' | 'stackName'>,
  running: Running,
): Promise<void> {
  const args = ['delete', '--stack-name', stackName, '--region', place.region, '--no-prompts'];
  await runHere('sam', args, { running, place });
}

/** As SAM takes a value that has blanks or is empty: in quotes. */
function quoted(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
