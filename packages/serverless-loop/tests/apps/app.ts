import path from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { LoopOptions } from '../../src/loop/loop-options.ts';
import { loadStack } from '../../src/services/load.ts';
import type { LoadOptions } from '../../src/template/load.ts';
import type { ResourceReport, Stack } from '../../src/template/model.ts';
import { readSamConfig, samConfigOf } from '../../src/template/samconfig.ts';
import { clientOptions, loopUnderTest } from '../loop-in-process.ts';

type Given = Partial<Pick<LoadOptions, 'parameterOverrides' | 'given' | 'strict'>>;
type Running = Given & Partial<Pick<LoopOptions, 'retrySpeed' | 'startsAhead'>>;

/** An application of this folder, read as a start would read it. */
export function inspectApp(folder: string, options: Given = {}, template = 'template.yaml'): Stack {
  const templatePath = path.join(folder, template);
  return loadStack({
    path: templatePath,
    place: { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' },
    endpoint: 'http://127.0.0.1:4580',
    ...configured(templatePath),
    ...options,
  });
}

/** The same, running until the test ends. */
export async function startApp(folder: string, options: Running = {}, template = 'template.yaml') {
  const templatePath = path.join(folder, template);
  const { loop, facts } = await loopUnderTest(templatePath, { ...configured(templatePath), ...options });
  const client = new LambdaClient(clientOptions(loop));
  return {
    stack: loop.stack,
    loop,
    facts,
    /** A function's answer. */
    async call(logicalId: string, event: unknown = {}): Promise<unknown> {
      const fn = loop.stack.functions.find((candidate) => candidate.logicalId === logicalId);
      const { Payload } = await client.send(
        new InvokeCommand({ FunctionName: fn?.name ?? logicalId, Payload: JSON.stringify(event) }),
      );
      return JSON.parse(new TextDecoder().decode(Payload));
    },
  };
}

/** The rows of everything that doesn't run, as `line: logical id: reason`. */
export function missingOf({ resources }: Stack): string[] {
  return resources.filter(isMissing).map(({ line, logicalId, reason }) => `${line}: ${logicalId}: ${reason}`);
}

function isMissing({ status }: ResourceReport): boolean {
  return status === 'not emulated' || status === 'unavailable';
}

function configured(templatePath: string) {
  const config = readSamConfig(samConfigOf(templatePath));
  return {
    stackName: config?.stackName ?? 'app',
    configuredParameters: config?.parameterOverrides ?? {},
    ...(config?.given && { given: config.given }),
  };
}
