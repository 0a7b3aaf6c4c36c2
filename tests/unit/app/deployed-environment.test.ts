import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { creatorConfig, type Environment, processorConfig } from '../../../src/platform/config.ts';
import { deployedStack } from './stack.ts';
import { ROOT } from './template.ts';

/** Read by Node itself and by Powertools. Nothing is set for the AWS SDK, whose defaults on AWS are what is wanted. */
const READ_BY_OTHERS = ['NODE_OPTIONS', 'POWERTOOLS_LOG_LEVEL', 'POWERTOOLS_LOGGER_SAMPLE_RATE'];

/** The names of all variables that a configuration reads. */
function variablesReadBy(readConfig: (environment: Environment) => unknown): string[] {
  const names: string[] = [];
  const note = (_: object, name: string | symbol) => {
    names.push(String(name));
    return '1';
  };
  readConfig(new Proxy({}, { get: note }));
  return names;
}

describe.each(['default', 'prod'])("on AWS, as the stage '%s' deploys it", (stage) => {
  test.each([
    ['OrderCreatorFunction', creatorConfig],
    ['OrderProcessorFunction', processorConfig],
  ])('%s finds the variables that its code reads and no other', (logicalId, readConfig) => {
    const { environment = {} } =
      deployedStack(stage).functions.find((fn) => fn.logicalId === logicalId) ?? {};
    expect(Object.keys(environment).sort()).toEqual(
      [...READ_BY_OTHERS, ...variablesReadBy(readConfig)].sort(),
    );
    expect(() => readConfig(environment)).not.toThrow();
  });
});

test('the environment is read where a function starts, and nowhere else', () => {
  // A stand-in for a package reads Lambda's own variables, as the package does.
  const own = globSync('src/**/*.ts', { cwd: ROOT }).filter((file) => !file.startsWith('src/platform/lean/'));
  const linesOf = (file: string) =>
    readFileSync(path.join(ROOT, file), 'utf8')
      .split('\n')
      .filter((line) => /\bprocess\.env\b|\benv\b.*from 'node:process'/.test(line));
  const reading = own.filter((file) => linesOf(file).length > 0);
  expect(reading.filter((file) => !/^src\/[\w-]+\/handler\.ts$/.test(file))).toEqual([]);
  expect(linesOf('src/order-creator/handler.ts')).toEqual([
    'const config = creatorConfig(process.env);',
    "const telemetry = startTelemetry('order-creator', config.stackName, process.env);",
  ]);
  expect(linesOf('src/order-processor/handler.ts')).toEqual([
    'const config = processorConfig(process.env);',
    "const telemetry = startTelemetry('order-processor', config.stackName, process.env);",
  ]);
});
