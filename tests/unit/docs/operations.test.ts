import { expect, test } from 'vitest';
import { partsOfAlarms } from '../../integration/operations/runbook.ts';

test.each([...partsOfAlarms()])(
  '%s says by a command, another alarm or AWS what to look at and do',
  (alarm, part) => {
    for (const bullet of [part.lookAt, part.do]) {
      const others = [...partsOfAlarms().keys()].filter((other) => other !== alarm && bullet.includes(other));
      const leads =
        /`(npm run|aws) /.test(bullet) ||
        bullet.includes('**AWS:**') ||
        bullet.includes('part of that alarm') ||
        bullet.includes('send them again') ||
        others.length > 0 ||
        /queue Order\w+Queue/.test(bullet);
      expect(leads, bullet).toBe(true);
    }
  },
);

test('every way out of a queue is a command that a test of the operations runs', () => {
  const text = [...partsOfAlarms().values()].map((part) => part.lookAt + part.do).join('\n');
  const commands = new Set(
    [...text.matchAll(/`(npm run \w+|aws \w+ [\w-]+)/g)].map(([, command]) => command),
  );
  expect([...commands].sort()).toEqual([
    'aws cloudwatch describe-alarms',
    'aws lambda add-permission',
    'aws lambda get-function',
    'aws lambda get-policy',
    'aws logs filter-log-events',
    'aws sqs get-queue-attributes',
    'npm run redrive',
    'npm run republish',
  ]);
});
