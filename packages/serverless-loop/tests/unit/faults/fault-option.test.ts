import { expect, test } from 'vitest';
import { faultSetting } from '../../../src/cli/fault-option.ts';
import { loopOptions } from '../../../src/cli/start-options.ts';

test('an option has the action first, then its settings: numbers are numbers, and a plus parts operations', () => {
  expect(
    faultSetting('api-delay,service=dynamodb,operation=PutItem+GetItem,delayMs=50,percentage=12.5'),
  ).toEqual({
    action: 'api-delay',
    service: 'dynamodb',
    operation: 'PutItem,GetItem',
    delayMs: 50,
    percentage: 12.5,
  });
  expect(faultSetting('invocation-error,function=1,preventExecution=false')).toEqual({
    action: 'invocation-error',
    function: '1',
    preventExecution: false,
  });
});

test.each([
  ['api-drop,sqs', '--fault: expected NAME=VALUE, found "sqs"'],
  ['explode', /^--fault: "explode": .*action/],
  ['api-drop,nth=many', /^--fault: .*nth/],
])('"%s" is refused before anything starts', (given, message) => {
  expect(() => loopOptions({ fault: [given] }, () => {})).toThrow(message);
});
