import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { assignments, outputVariables } from '../../src/cli/terminal/environment.ts';
import { loopEnvironment } from '../../src/loop/loop-environment.ts';

test('a shell reads back what it is given, whatever that holds', () => {
  const value = `a'b "c" $(echo d) \`e\` \\ ;&|*?~ \n#f`;
  const script = `${assignments({ VALUE: value }).join('\n')}\nprintf %s "$VALUE"`;
  expect(execFileSync('/bin/sh', ['-c', script]).toString()).toBe(value);
});

test('the usual values need no quotes', () => {
  expect(assignments(loopEnvironment('http://127.0.0.1:4580', 'eu-west-1')).join(' ')).toBe(
    'AWS_ENDPOINT_URL=http://127.0.0.1:4580 AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local',
  );
});

test('outputs that a shell reads itself, or that no variable can be called, stay out by name', () => {
  const outputs = {
    OrdersTableName: 'x',
    PATH: '/tmp',
    IFS: 'a',
    '1st': 'y',
    'a;touch b': 'z',
    $: '',
    __proto__x: 'p',
  };
  expect(outputVariables(outputs)).toEqual({
    variables: { OrdersTableName: 'x', __proto__x: 'p' },
    left: ['PATH', 'IFS', '1st', 'a;touch b', '$'],
  });
});
