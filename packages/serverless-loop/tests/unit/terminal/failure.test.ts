import { expect, test } from 'vitest';
import { EXIT, explainFailure } from '../../../src/cli/terminal/failure.ts';
import { UsageError } from '../../../src/usage-error.ts';

test.each([
  ['the command line', new UsageError('no function \u001b[8mthat\u202e is'), EXIT.usage],
  ['a file', Object.assign(new Error('\u001b[8mthat\u202e is'), { name: 'SamConfigError' }), EXIT.failed],
  [
    'a service',
    Object.assign(new Error('\u001b[8mthat\u202e is'), { $metadata: {}, $fault: 'client' }),
    EXIT.failed,
  ],
  [
    'the system',
    Object.assign(new Error('\u001b[8mthat\u202e is'), { code: 'ENOENT', syscall: 'open' }),
    EXIT.failed,
  ],
  ['nobody knows', new Error('\u001b[8mthat\u202e is'), EXIT.failed],
])('an error of %s is shown without what it would do to the terminal', (_, error, status) => {
  let shown = '';
  expect(explainFailure(error, (text) => (shown += text))).toBe(status);
  expect(shown).toContain('that\u{FFFD} is');
  expect(shown).not.toContain('\u001b');
});
