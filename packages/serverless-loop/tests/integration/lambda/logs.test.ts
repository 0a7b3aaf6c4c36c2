import { describe, expect, it } from 'vitest';
import { folderFunction, testLambda } from './test-lambda.ts';

const JSON_LOGGING = {
  format: 'JSON',
  applicationLogLevel: 'INFO',
  systemLogLevel: 'INFO',
  logGroup: '/aws/lambda/packer',
} as const;

describe('what a function logs', () => {
  it('with console is one line a call, with time, request and level', async () => {
    const source = `exports.handler = async () => {
      console.log('box %d', 7, { a: 1 }); console.warn('two\\nlines'); console.error('bad'); console.debug('detail'); };`;
    const lambda = await testLambda([folderFunction(source)]);
    await lambda.call({}, { requestId: 'req-1' });
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(lambda.facts.lines('function').map((line) => line.split('\t'))).toEqual([
      [time, 'req-1', 'INFO', 'box 7 { a: 1 }'],
      [time, 'req-1', 'WARN', 'two\nlines'],
      [time, 'req-1', 'ERROR', 'bad'],
      [time, 'req-1', 'DEBUG', 'detail'],
    ]);
  });

  it('past the console comes as it was written, line by line', async () => {
    const metrics = '{"_aws":{"Timestamp":1,"CloudWatchMetrics":[]}}';
    const source = `exports.handler = async () => {
      process.stdout.write('{"half":'); process.stdout.write('true}\\n' + ${JSON.stringify(metrics)} + '\\nunfinished');
      process.stderr.write(Buffer.from('tapé\\n')); };`;
    const lambda = await testLambda([folderFunction(source)]);
    await lambda.call();
    expect(lambda.facts.lines('function').sort()).toEqual(
      ['tapé', 'unfinished', '{"half":true}', metrics].sort(),
    );
  });

  it('below Node, by its own descriptors and processes, is kept too', async () => {
    const source = `const { spawnSync } = require('node:child_process');
      exports.handler = async () => { require('node:fs').writeSync(1, 'by descriptor\\n'); spawnSync('echo', ['by a child'], { stdio: 'inherit' }); };`;
    const lambda = await testLambda([folderFunction(source)]);
    await lambda.call();
    await lambda.facts.until('log', 6);
    expect(lambda.facts.lines('function')).toEqual(['by descriptor', 'by a child']);
  });

  it('belongs to its request, and is complete when that is answered', async () => {
    const source = `exports.handler = async ({ n }) => { for (let i = 0; i < 200; i += 1) console.log(n + ':' + i); };`;
    const lambda = await testLambda([folderFunction(source)]);
    for (const n of [1, 2, 3]) {
      await lambda.call({ n }, { requestId: `req-${n}` });
      const lines = lambda.facts
        .ofKind('log')
        .filter((log) => log.source === 'function' && log.requestId === `req-${n}`);
      expect(lines.map(({ line }) => line.split('\t')[3])).toEqual(
        Array.from({ length: 200 }, (_, i) => `${n}:${i}`),
      );
    }
  });

  it('just before it crashes is not lost', async () => {
    const lambda = await testLambda([
      folderFunction(`exports.handler = async () => { console.log('last words'); process.exit(1); };`),
    ]);
    await lambda.call();
    expect(lambda.facts.lines('function')).toEqual([expect.stringContaining('last words')]);
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
    const lambda = await testLambda([
      folderFunction(
        `exports.handler = async () => { for (let i = 0; i < 500; i += 1) console.log('line', i); };`,
      ),
    ]);
    const { logTail } = await lambda.call();
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
