import { expect, test } from 'vitest';
import { ROOT, withoutMachine } from '../../../scripts/record/shell.ts';

test('the checkout is shown as one in the home folder', () => {
  expect(withoutMachine(`built ${ROOT}/template.yaml`)).toBe('built ~/serverless-snacks/template.yaml');
});

test.each(['/tmp/built-1', '/home/robin/x', '/Users/robin/x'])('%s is not drawn', (path) => {
  expect(() => withoutMachine(`at ${path} now`)).toThrow(`a picture would show "${path}"`);
});

test("the machine's name is not drawn", () => {
  expect(() => withoutMachine('on depot-7', 'depot-7')).toThrow('a picture would show "depot-7"');
});

test.each(['localhost', 'vm'])('%s names no machine', (host) => {
  expect(withoutMachine(`on ${host}`, host)).toBe(`on ${host}`);
});
