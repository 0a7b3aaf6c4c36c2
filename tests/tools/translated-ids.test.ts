import { loadStack } from 'serverless-loop/tests/parts';
import { describe, expect, test } from 'vitest';
import { python, templateText, translated } from './translated-template.ts';

/** The type of each resource by logical id, as the loop has them, and what it leaves out because of a condition. */
function inLoop(parameterOverrides: Record<string, string>): Record<string, string> {
  const { resources } = loadStack({
    path: 'template.yaml',
    stackName: 'snacks',
    place: { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' },
    endpoint: 'http://127.0.0.1:4580',
    parameterOverrides,
  });
  const whole = resources.filter(({ logicalId }) => !logicalId.includes('.'));
  return Object.fromEntries(whole.map(({ logicalId, type }) => [logicalId, type]));
}

describe.runIf(python.expected)(
  "the loop's logical ids of template.yaml are those of SAM's translator",
  () => {
    test.each([{}, { Stage: 'prod', AlarmEmail: 'a@example.com', ReservedConcurrency: '5' }])(
      'with %j',
      async (parameters) => {
        const { Resources } = await translated(templateText, parameters);
        const expected = Object.fromEntries(Object.entries(Resources).map(([id, { Type }]) => [id, Type]));
        if (!('AlarmEmail' in parameters)) {
          // Without an address its condition takes it out, on AWS too.
          expect(expected).toHaveProperty('AlarmSubscription');
          delete expected.AlarmSubscription;
        }
        expect(inLoop(parameters)).toEqual(expected);
      },
    );
  },
);
