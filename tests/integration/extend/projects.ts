import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, globSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import type { StartOptions } from 'serverless-loop';
import { clientOptions, type LoopUnderTest, loopUnderTest, projectFolder } from '../../loop.ts';
import { ROOT } from '../../unit/app/template.ts';
import { systemOf } from '../app/events/system.ts';
import { blockOf, changesOf } from './pages.ts';

/** A copy of what is deployed, gone after the test. */
export function plainProject(): string {
  const folder = projectFolder({});
  for (const name of ['src', 'template.yaml', 'package.json', 'tsconfig.json']) {
    cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  return folder;
}

/** The same after steps 1 and 2 of docs/extend.md; `edit` changes what is pasted into the template. */
export function extendedProject(edit?: (resources: string) => string): string {
  const folder = plainProject();
  addConsumer(folder, edit);
  return folder;
}

/** Takes steps 1 and 2 of docs/extend.md in a copy, unless somebody has taken them in the project itself. */
export function addConsumer(folder: string, edit = (resources: string) => resources): void {
  mkdirSync(path.join(folder, 'src/courier'), { recursive: true });
  writeFileSync(path.join(folder, 'src/courier/handler.ts'), blockOf('docs/extend.md', 'ts'));
  const resources = blockOf('docs/extend.md', 'yaml');
  const file = path.join(folder, 'template.yaml');
  const text = readFileSync(file, 'utf8');
  if (text.includes(resources))
    writeFileSync(
      file,
      text.replace(resources, () => edit(resources)),
    );
  else addResources(folder, edit(resources));
}

/** Makes the changes of a part of docs/extend.md in a copy, unless they are there. */
export function makeChanges(folder: string, heading: string): void {
  for (const { file, from, to } of changesOf(blockOf('docs/extend.md', 'diff', heading))) {
    const target = path.join(folder, file);
    const text = readFileSync(target, 'utf8');
    if (text.includes(to)) continue;
    if (text.split(from).length !== 2) throw new Error(`${file} has not once:\n${from}`);
    writeFileSync(
      target,
      text.replace(from, () => to),
    );
  }
}

/** Pastes resources into the template of a copy. */
export function addResources(folder: string, resources: string): void {
  const file = path.join(folder, 'template.yaml');
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replace(/^Resources:\n/m, (line) => `${line}${resources}`),
  );
}

/** The compiler's complaints about a copy, line by line; nothing when it is content. */
export function compilerErrorsOf(folder: string): string {
  const tsc = path.join(ROOT, 'node_modules/.bin/tsc');
  return spawnSync(tsc, ['--noEmit'], { cwd: folder, encoding: 'utf8' }).stdout;
}

export type RunningProject = Awaited<ReturnType<typeof runningProject>>;

/** Runs a project until the test ends. `creatorsBundle` is a hash of the bytes that run. */
export async function runningProject(folder: string, options: StartOptions = {}) {
  const cacheDir = projectFolder({});
  const running = await loopUnderTest(path.join(folder, 'template.yaml'), { ...options, cacheDir });
  const [bundle = 'no bundle'] = globSync('OrderCreatorFunction-*/handler.js', { cwd: cacheDir });
  return {
    ...running,
    system: systemOf(running),
    creatorsBundle: createHash('sha256')
      .update(readFileSync(path.join(cacheDir, bundle)))
      .digest('hex'),
    creator: await creatorOf(running, folder),
  };
}

/** Logical ids of the queues that got a message. */
export function queuesUsed({ loop, factsOf }: RunningProject): string[] {
  const names = factsOf('queue.sent').map(({ queueName }) => queueName);
  const used = loop.resources.filter(
    ({ type, physicalId }) =>
      type === 'AWS::SQS::Queue' && names.some((name) => physicalId.endsWith(`/${name}`)),
  );
  return used.map(({ logicalId }) => logicalId).toSorted();
}

/** All that the template makes of the creator, its role, alias and permissions included; but for the place of its code. */
async function creatorOf({ loop }: LoopUnderTest, folder: string): Promise<unknown> {
  const cloudformation = new CloudFormationClient(clientOptions(loop));
  const { TemplateBody = '{}' } = await cloudformation.send(
    new GetTemplateCommand({ StackName: loop.stackName, TemplateStage: 'Processed' }),
  );
  const { Resources }: { Resources: Record<string, unknown> } = JSON.parse(TemplateBody);
  const ofCreator = Object.entries(Resources).filter(([logicalId]) =>
    logicalId.startsWith('OrderCreatorFunction'),
  );
  if (ofCreator.length < 2) throw new Error('the template has no OrderCreatorFunction');
  return JSON.parse(JSON.stringify(ofCreator).replaceAll(folder, '.'));
}
