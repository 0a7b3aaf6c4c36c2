import path from 'node:path';
import { loadStack } from '../../src/services/load.ts';
import type { Tool } from './tool.ts';

const PROGRAM = path.join(import.meta.dirname, 'list_resources.py');

/** The type of every resource that SAM's own translator makes, by logical id; conditions are not decided. */
export async function typesBySam(
  pythonOfSam: Tool,
  template: string,
  parameters: Record<string, string>,
): Promise<Record<string, string>> {
  const { stdout } = await pythonOfSam.run(['-B', PROGRAM, template, JSON.stringify(parameters)]);
  return JSON.parse(stdout);
}

/** The same as the loop has them, and what it leaves out because of a condition. */
export function typesInLoop(
  template: string,
  parameterOverrides: Record<string, string>,
): Record<string, string> {
  const { resources } = loadStack({
    path: template,
    stackName: 'translated',
    place: { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' },
    endpoint: 'http://127.0.0.1:4580',
    parameterOverrides,
  });
  const whole = resources.filter(({ logicalId }) => !logicalId.includes('.'));
  return Object.fromEntries(whole.map(({ logicalId, type }) => [logicalId, type]));
}
