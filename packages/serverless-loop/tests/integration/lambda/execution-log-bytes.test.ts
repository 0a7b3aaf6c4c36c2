import { describe, expect, it } from 'vitest';
import { folderFunction, forAllTests, testLambda } from './test-lambda.ts';

const SOURCE = `const { writeSync } = require('node:fs');
  const ways = {
    apart() { for (const byte of Buffer.from('a 🍿 and tapé\\n')) process.stdout.write(Buffer.of(byte)); },
    noText() { process.stdout.write(Buffer.from([0x61, 0xff, 0x62, 0x0a])); },
    long() { console.log('c'.repeat(1e6)); process.stdout.write('s'.repeat(1e5) + '\\n'); },
    descriptor({ n }) { writeSync(1, 'out ' + n + '\\n'); writeSync(2, 'err ' + n + '\\n'); },
    tail({ length }) { console.log('x'.repeat(length) + '🍿'.repeat(2000)); },
    given: (event, { clientContext }) => clientContext,
    deep(event, { clientContext }) {
      let levels = 0;
      for (let inner = clientContext; inner !== undefined; inner = inner[0]) levels += 1;
      return levels;
    },
  };
  exports.handler = async (event, context) => ways[event.way](event, context);`;

const running = forAllTests((atEnd) =>
  testLambda([folderFunction(SOURCE, { timeoutMs: 15_000 }, atEnd)], {}, atEnd),
);

/** The lines that an invocation wrote. */
async function linesOf(way: string): Promise<string[]> {
  const { call, facts } = running();
  const before = facts.lines('function').length;
  await call({ way });
  return facts.lines('function').slice(before);
}

describe('a log line', () => {
  it('keeps a character whose bytes are written apart', async () => {
    expect(await linesOf('apart')).toEqual(['a 🍿 and tapé']);
  });

  it('of bytes that are no text loses only those', async () => {
    expect(await linesOf('noText')).toEqual(['a\ufffdb']);
  });

  it('of 100 KB and more is one, by the console and past it', async () => {
    const [byConsole, byStream] = await linesOf('long');
    expect(byConsole?.split('\t')[3]).toBe('c'.repeat(1e6));
    expect(byStream).toBe('s'.repeat(1e5));
  });

  it('by a file descriptor, as fast loggers write, is there before the invocation ends', async () => {
    for (let n = 0; n < 100; n += 1) {
      const { logTail } = await running().call({ way: 'descriptor', n });
      expect(logTail).toContain(`out ${n}\n`);
      expect(logTail).toContain(`err ${n}\n`);
    }
  });

  it('that crosses the start of the tail is cut between characters', async () => {
    for (const length of [0, 1, 2, 3]) {
      const { logTail } = await running().call({ way: 'tail', length });
      expect(Buffer.byteLength(logTail)).toBeLessThanOrEqual(4096);
      expect(logTail.startsWith('🍿')).toBe(true);
    }
  });
});

describe('a client context', () => {
  it('reaches the function whatever its characters and lines', async () => {
    const given = { custom: { snack: 'Käse-🍿', note: 'two\nlines' } };
    const clientContext = JSON.stringify(given, undefined, 2);
    expect((await running().call({ way: 'given' }, { clientContext })).answer).toEqual(given);
  });

  it('reaches it however deep it is nested', async () => {
    const clientContext = `${'['.repeat(5_500)}${']'.repeat(5_500)}`;
    expect((await running().call({ way: 'deep' }, { clientContext })).answer).toBe(5_500);
  });
});
