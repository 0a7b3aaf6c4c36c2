import { describe, expect, it } from 'vitest';
import { folderFunction, forAllTests, testLambda } from './test-lambda.ts';

const JSON_LOGGING = {
  format: 'JSON',
  applicationLogLevel: 'INFO',
  systemLogLevel: 'INFO',
  logGroup: '/aws/lambda/packer',
} as const;

const METRICS = '{"_aws":{"Timestamp":1,"CloudWatchMetrics":[]}}';

const SOURCE = `const { spawnSync } = require('node:child_process');
  const ways = {
    console() { console.log('box %d', 7, { a: 1 }); console.warn('two\\nlines'); console.error('bad'); console.debug('detail'); },
    past() {
      process.stdout.write('{"half":'); process.stdout.write('true}\\n' + ${JSON.stringify(METRICS)} + '\\nunfinished');
      process.stderr.write(Buffer.from('tapé\\n'));
    },
    below() { require('node:fs').writeSync(1, 'by descriptor\\n'); spawnSync('echo', ['by a child'], { stdio: 'inherit' }); },
    many({ n }) { for (let i = 0; i < 200; i += 1) console.log(n + ':' + i); },
    crash() { console.log('last words'); process.exit(1); },
    long() { for (let i = 0; i < 500; i += 1) console.log('line', i); },
  };
  exports.handler = async (event) => ways[event.way](event);`;

const running = forAllTests((atEnd) => testLambda([folderFunction(SOURCE, {}, atEnd)], {}, atEnd));

/** The function's lines since now. */
function linesFromNow(): () => string[] {
  const { facts } = running();
  const before = facts.lines('function').length;
  return () => facts.lines('function').slice(before);
}

describe('what a function logs', () => {
  it('with console is one line a call, with time, request and level', async () => {
    const lines = linesFromNow();
    await running().call({ way: 'console' }, { requestId: 'req-console' });
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(lines().map((line) => line.split('\t'))).toEqual([
      [time, 'req-console', 'INFO', 'box 7 { a: 1 }'],
      [time, 'req-console', 'WARN', 'two\nlines'],
      [time, 'req-console', 'ERROR', 'bad'],
      [time, 'req-console', 'DEBUG', 'detail'],
    ]);
  });

  it('past the console comes as it was written, line by line', async () => {
    const lines = linesFromNow();
    await running().call({ way: 'past' });
    expect(lines().sort()).toEqual(['tapé', 'unfinished', '{"half":true}', METRICS].sort());
  });

  it('below Node, by its own descriptors and processes, is kept too', async () => {
    const lines = linesFromNow();
    await running().call({ way: 'below' });
    await expect.poll(lines).toEqual(['by descriptor', 'by a child']);
  });

  it('belongs to its request, and is complete when that is answered', async () => {
    const { call, facts } = running();
    for (const n of [1, 2, 3]) {
      await call({ way: 'many', n }, { requestId: `req-${n}` });
      const lines = facts
        .ofKind('log')
        .filter((log) => log.source === 'function' && log.requestId === `req-${n}`);
      expect(lines.map(({ line }) => line.split('\t')[3])).toEqual(
        Array.from({ length: 200 }, (_, i) => `${n}:${i}`),
      );
    }
  });

  it('just before it crashes is not lost', async () => {
    const lines = linesFromNow();
    await running().call({ way: 'crash' });
    expect(lines()).toEqual([expect.stringContaining('last words')]);
  });

  it('during the initialisation belongs to no request', async () => {
    const lambda = await testLambda(
      [folderFunction(`console.log('starting'); exports.handler = async () => null;`)],
      { maxAhead: 10 },
    );
    await lambda.ready();
    const [line] = lambda.facts.ofKind('log').filter(({ source }) => source === 'function');
    expect(line).not.toHaveProperty('requestId');
    expect(line?.line).toMatch(/\tundefined\tINFO\tstarting$/);
  });
});

describe('the tail of the log', () => {
  it('has all of a short invocation, and its platform lines but that of the runtime’s start, as AWS’s', async () => {
    const lambda = await testLambda([
      folderFunction(`exports.handler = async () => { console.log('packing'); };`),
    ]);
    const first = await lambda.call({}, { requestId: 'req-1' });
    expect(first.logTail).toMatch(
      /^START RequestId: req-1 Version: \$LATEST\n.*\tpacking\nEND RequestId: req-1\nREPORT RequestId: req-1\t.*Init Duration: .*\n$/,
    );
    const second = await lambda.call({}, { requestId: 'req-2' });
    expect(second.logTail).toMatch(/^START RequestId: req-2 [\s\S]*\nREPORT RequestId: req-2\t/);
    expect(second.logTail).not.toContain('req-1');
  });

  it('is the last 4 KB of a long one', async () => {
    const { logTail } = await running().call({ way: 'long' });
    expect(Buffer.byteLength(logTail)).toBe(4096);
    expect(logTail).toContain('line 499\nEND');
  });
});

describe('a function that logs JSON', () => {
  it('writes an object a call, those at or above its level', async () => {
    const source = `exports.handler = async () => { console.debug('hidden'); console.info({ box: 7 }); console.warn('%s open', 'box'); };`;
    const lambda = await testLambda([folderFunction(source, { logging: JSON_LOGGING })]);
    await lambda.call({}, { requestId: 'req-1' });
    const timestamp = expect.any(String);
    expect(lambda.facts.lines('function').map((line) => JSON.parse(line))).toEqual([
      { timestamp, level: 'INFO', requestId: 'req-1', message: { box: 7 } },
      { timestamp, level: 'WARN', requestId: 'req-1', message: 'box open' },
    ]);
  });

  it('tells errors with type, message and stack', async () => {
    const source = `exports.handler = async () => { console.error('could not pack', new RangeError('too big')); throw new TypeError('no box'); };`;
    const lambda = await testLambda([folderFunction(source, { logging: JSON_LOGGING })]);
    await lambda.call();
    const stackTrace = expect.arrayContaining([expect.stringContaining('index.js')]);
    expect(lambda.facts.lines('function').map((line) => JSON.parse(line))).toMatchObject([
      {
        level: 'ERROR',
        message: expect.stringContaining('could not pack'),
        errorType: 'RangeError',
        errorMessage: 'too big',
        stackTrace,
      },
      { level: 'ERROR', message: { errorType: 'TypeError', errorMessage: 'no box', stackTrace } },
    ]);
  });

  it('has platform lines in JSON', async () => {
    const lambda = await testLambda([
      folderFunction('exports.handler = async () => 1;', { logging: JSON_LOGGING }),
    ]);
    await lambda.call({}, { requestId: 'req-1' });
    expect(lambda.facts.lines('platform').map((line) => JSON.parse(line))).toMatchObject([
      { type: 'platform.initStart', record: { functionName: 'packer', phase: 'init' } },
      { type: 'platform.start', record: { requestId: 'req-1' } },
      {
        type: 'platform.report',
        record: { requestId: 'req-1', status: 'success', metrics: { memorySizeMB: 128 } },
      },
    ]);
  });
});
