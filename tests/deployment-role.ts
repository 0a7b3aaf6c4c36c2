import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

const FILE = path.resolve(import.meta.dirname, '../docs/pipeline/deployment-role.yaml');

export interface Statement {
  Sid: string;
  Action: string[];
  /** Intrinsics stand as their text. */
  Resource: string[];
}

/** The statements of each policy of the deployment role that docs/pipeline.md offers. */
export function deploymentRolePolicies(): Record<string, Statement[]> {
  const template = parse(readFileSync(FILE, 'utf8'), { logLevel: 'silent' });
  const policies = Object.entries<{ Type: string; Properties: unknown }>(template.Resources).filter(
    ([, { Type }]) => Type === 'AWS::IAM::ManagedPolicy',
  );
  return Object.fromEntries(
    policies.map(([name, { Properties }]) => {
      const { Statement } = Object(Properties).PolicyDocument;
      return [
        name,
        [Statement].flat().map(({ Sid, Action, Resource }) => ({
          Sid,
          Action: [Action].flat(),
          Resource: [Resource].flat(),
        })),
      ];
    }),
  );
}

export function deploymentRoleStatements(): Statement[] {
  return Object.values(deploymentRolePolicies()).flat();
}
