import { findTool } from 'serverless-loop/tests';
import { describe, expect, test } from 'vitest';
import { deploymentRoleStatements } from '../deployment-role.ts';
import { actionsWithoutResource, python } from './translated-template.ts';

const cfnLint = await findTool('cfn-lint');

test.runIf(cfnLint.expected)('cfn-lint has nothing to say against the deployment role', async () => {
  const { stdout } = await cfnLint.run(['docs/pipeline/deployment-role.yaml']);
  expect(stdout).toBe('');
});

describe.runIf(python.expected)('the deployment role', () => {
  test('names only actions that AWS knows', async () => {
    const actions = [...new Set(deploymentRoleStatements().flatMap(({ Action }) => Action))];
    await expect(actionsWithoutResource(actions)).resolves.toBeDefined();
    await expect(actionsWithoutResource([...actions, 'sqs:PurgeEverything'])).rejects.toThrow('KeyError');
  });

  test('allows on everything only what AWS knows no resource for', async () => {
    const actions = deploymentRoleStatements()
      .filter(({ Resource }) => Resource.includes('*'))
      .flatMap(({ Action }) => Action);
    expect(actions.length).toBeGreaterThan(0);
    expect(await actionsWithoutResource(actions)).toEqual(actions);
  });
});
