import { expect, test } from 'vitest';
import { kinds } from '../../src/services/kinds.ts';
import { ABSENT_TYPES } from '../fidelity/absent-types.ts';
import { fidelityPage } from '../fidelity/page.ts';
import { load } from './template/load.ts';

// Made anew, once it is right, by `npx vitest run packages/serverless-loop/tests/unit/fidelity.test.ts -u`.
test('docs/fidelity.md says what the tables and the tests say', async () => {
  await expect(fidelityPage(), 'made anew by this test with -u').toMatchFileSnapshot(
    '../../docs/fidelity.md',
  );
});

test('a type that the page calls absent is named so by a start and by inspect', () => {
  const absent = ABSENT_TYPES.filter((type) => !kinds.get(type));
  const listed = load(templateOf(absent)).resources;
  expect(listed.map(({ type, status }) => `${type} is ${status}`)).toEqual(
    absent.map((type) => `${type} is not emulated`),
  );
});

function templateOf(types: readonly string[]): string {
  const resources = types.map((type, at) => `  R${at}:\n    Type: ${type}\n    Properties: {}\n`);
  return `Transform: AWS::Serverless-2016-10-31\nResources:\n${resources.join('')}`;
}
