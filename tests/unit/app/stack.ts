import path from 'node:path';
import { readSamConfig } from 'serverless-loop/commands';
import { loadStack, type Stack } from 'serverless-loop/tests/parts';
import { ROOT } from './template.ts';

/**
 * template.yaml as a stage of samconfig.toml deploys it, under its stack name unless another is given, and with
 * parameters besides those of the stage.
 */
export function deployedStack(stage: string, otherName?: string, parameters?: Record<string, string>): Stack {
  const settings = readSamConfig(path.join(ROOT, 'samconfig.toml'), stage);
  const stackName = otherName ?? settings?.stackName;
  const region = settings?.region;
  if (stackName === undefined || region === undefined) {
    throw new Error(`samconfig.toml names no stack and Region for ${stage}`);
  }
  return loadStack({
    path: path.join(ROOT, 'template.yaml'),
    stackName,
    place: { partition: 'aws', region, accountId: '123456789012' },
    endpoint: 'http://127.0.0.1:4580',
    parameterOverrides: { ...settings?.parameterOverrides, ...parameters },
  });
}
