import { readdirSync } from 'node:fs';
import path from 'node:path';
import { loadStack } from '../src/services/load.ts';

/** Templates, and in `answers.json` the type of each resource that SAM's own translator makes of them, by logical id. */
export const SAM_IDS = path.join(import.meta.dirname, 'unit/template/sam-ids');

/** The parameters of each. */
export const SAM_ID_PARAMETERS = { Memory: '512', Key: 'other/code.zip' };

/** The templates' names, without `.yaml`. */
export function samIdTemplates(): string[] {
  return readdirSync(SAM_IDS).flatMap((file) =>
    file.endsWith('.yaml') ? [file.slice(0, -'.yaml'.length)] : [],
  );
}

/** The type of every resource that the loop makes, by logical id, and of what it leaves out because of a condition. */
export function typesInLoop(
  template: string,
  parameterOverrides: Record<string, string> = SAM_ID_PARAMETERS,
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

/**
 * SAM hashes the whole definition of a REST API for the id of its deployment, in the order of Python 2's maps: nothing in a
 * template can refer to those digits, and the loop has its own.
 */
export function withoutDeploymentDigits(types: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(types).map(([id, type]) => [
      type === 'AWS::ApiGateway::Deployment' ? id.replace(/[0-9a-f]{10}$/, '') : id,
      type,
    ]),
  );
}
