import { describe, expect, it } from 'vitest';
import { folderFunction, testLambda } from './test-lambda.ts';

describe('a log line', () => {
  it('keeps a character whose bytes are written apart', async () => {
    const source = `exports.handler = async () => {
      const bytes = Buffer.from('a 🍿 and tapé\\n');
      for (const byte of bytes) process.stdout.write(Buffer.of(byte)); };`;
    const lambda = await testLambda([folderFunction(source)]);
    await lambda.call();
    expect(lambda.facts.lines('function')).toEqual(['a 🍿 and tapé']);
  });

  it('of bytes that are no text loses only those', async () => {
    const source = `exports.handler = async () => { process.stdout.write(Buffer.from([0x61, 0xff, 0x62, 0x0a])); };`;
    const lambda = await testLambda([folderFunction(source)]);
    await lambda.call();
    expect(lambda.facts.lines('function')).toEqual(['a\ufffdb']);
  });

  it('of 100 KB and more is one, by the console and past it', async () => {
    const source = `exports.handler = async () => { console.log('c'.repeat(1e6)); process.stdout.write('s'.repeat(1e5) + '\\n'); };`;
    const lambda = await testLambda([folderFunction(source, { timeoutMs: 15_000 })]);
    await lambda.call();
    const [byConsole, byStream] = lambda.facts.lines('function');
    expect(byConsole?.split('\t')[3]).toBe('c'.repeat(1e6));
    expect(byStream).toBe('s'.repeat(1e5));
  });

  it('by a file descriptor, as fast loggers write, is there before the invocation ends', async () => {
    const source = `const { writeSync } = require('node:fs');
      exports.handler = async ({ n }) => { writeSync(1, 'out ' + n + '\\n'); writeSync(2, 'err ' + n + '\\n'); };`;
    const lambda = await testLambda([folderFunction(source)]);
    for (let n = 0; n < 100; n += 1) {
      const { logTail } = await lambda.call({ n });
      expect(logTail).toContain(`out ${n}\n`);
      expect(logTail).toContain(`err ${n}\n`);
    }
  });

  it('that crosses the start of the tail is cut between characters', async () => {
    const source = `exports.handler = async ({ length }) => { console.log('x'.repeat(length) + '🍿'.repeat(2000)); };`;
    const lambda = await testLambda([folderFunction(source)]);
    for (const length of [0, 1, 2, 3]) {
      const { logTail } = await lambda.call({ length });
      expect(Buffer.byteLength(logTail)).toBeLessThanOrEqual(4096);
      expect(logTail.startsWith('🍿')).toBe(true);
    }
  });
});

describe('a client context', () => {
  it('reaches the function whatever its characters and lines', async () => {
    const lambda = await testLambda([
      folderFunction('exports.handler = async (event, context) => context.clientContext;'),
    ]);
    const given = { custom: { snack: 'Käse-🍿', note: 'two\nlines' } };
    const clientContext = JSON.stringify(given, undefined, 2);
    expect((await lambda.call({}, { clientContext })).answer).toEqual(given);
  });

  it('reaches it however deep it is nested', async () => {
    const lambda = await testLambda([
      folderFunction(`exports.handler = async (event, { clientContext }) => {
        let levels = 0;
        for (let inner = clientContext; inner !== undefined; inner = inner[0]) levels += 1;
        return levels;
      };`),
    ]);
    const clientContext = `${'['.repeat(5_500)}${']'.repeat(5_500)}`;
    expect((await lambda.call({}, { clientContext })).answer).toBe(5_500);
  });
});
