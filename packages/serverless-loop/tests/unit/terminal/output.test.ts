import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { painter } from '../../../src/cli/terminal/colour.ts';
import { startOutput } from '../../../src/cli/terminal/output.ts';

function output(isTTY: boolean) {
  let written = '';
  let fail = (_error: Error) => {};
  const out = startOutput({
    isTTY,
    write: (text) => (written += text),
    on: (_event, listener) => (fail = listener),
  });
  return { out, fail: (error: Error) => fail(error), written: () => written };
}

test('the colours of the project reach the terminal, and no other sequence', () => {
  const { out, written } = output(true);
  const paint = painter(true);
  out.write(`${paint('red', 'bad')} ${paint('bold', 'x\u001b[2Jy\u0007')}\u001b[5m\n`);
  expect(written()).toBe('\u001b[31mbad\u001b[39m \u001b[1mx�[2Jy�\u001b[22m\n');
});

test('a line may be begun anew', () => {
  const { out, written } = output(true);
  out.write('\r\u001b[K1 of 2');
  expect(written()).toBe('\r\u001b[K1 of 2');
});

test('text for a program is untouched in a pipe, printable on a terminal', () => {
  const [pipe, terminal] = [output(false), output(true)];
  for (const { out } of [pipe, terminal]) out.data('a\u001b[2J\r\nb');
  expect(pipe.written()).toBe('a\u001b[2J\r\nb');
  expect(terminal.written()).toBe('a�[2J\nb');
});

test.each([true, false])('JSON is the value, and printable, on a terminal: %s', (isTTY) => {
  const { out, written } = output(isTTY);
  out.json({ text: 'a\u001b[2J\u202e\u200b\ud800' });
  expect(written()).toBe('{"text":"a\\u001b[2J\\u202e\\u200b\\ud800"}\n');
});

test('an output that fails says so and is not written to again', () => {
  const { out, fail, written } = output(false);
  expect(out.closed.aborted).toBe(false);
  fail(new Error('EPIPE'));
  out.write('lost');
  expect(out.closed.reason).toEqual(new Error('EPIPE'));
  expect(written()).toBe('');
});

test('nothing is shown but through an output', () => {
  const root = path.resolve(import.meta.dirname, '../../../../..');
  const files = globSync('{packages/*/src,scripts}/**/*.ts', { cwd: root });
  expect(files.length).toBeGreaterThan(300);
  // A question is asked by readline, which needs the stream itself.
  const bypass = /(?<!output: )process\.std(out|err)\b|\bconsole\.(log|error|warn|info|debug)\b/;
  const found = files.filter((file) => bypass.test(readFileSync(path.join(root, file), 'utf8')));
  expect(found.sort()).toEqual([
    'packages/serverless-loop/src/cli/terminal/command.ts',
    'packages/serverless-loop/src/complaint.ts',
  ]);
});
