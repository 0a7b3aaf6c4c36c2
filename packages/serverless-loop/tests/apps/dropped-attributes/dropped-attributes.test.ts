import { expect, test } from 'vitest';
import { inspectApp, missingOf } from '../app.ts';

const here = import.meta.dirname;

test('attributes that SAM drops and a key that stands twice are noted, with their lines', () => {
  const stack = inspectApp(here);
  expect(missingOf(stack)).toEqual([]);
  expect(stack.functions).toMatchObject([{ timeoutMs: 5_000 }]);
  expect(stack.notes).toEqual([
    { line: 6, logicalId: 'F', message: 'Description is no attribute of a resource: SAM drops it' },
    { line: 7, logicalId: 'F', message: 'Name is no attribute of a resource: SAM drops it' },
    { line: 13, message: 'the key Timeout stands here and in line 12: the last one counts' },
  ]);
});
