import { describe, expect, it } from 'vitest';
import { sampleOf } from '../../matrix.ts';
import { folderFunction, forAllTests, testFolder, testLambda } from './test-lambda.ts';

const ANSWERS = 'async () => "found"';

describe('a handler is loaded', () => {
  it.each(
    sampleOf(
      [
        ['index.handler', { 'index.js': `exports.handler = ${ANSWERS};` }],
        ['lib/deep/app.handler', { 'lib/deep/app.js': `exports.handler = ${ANSWERS};` }],
        ['app.nested.handler', { 'app.js': `exports.nested = { handler: ${ANSWERS} };` }],
        ['app.handler', { 'app.cjs': `exports.handler = ${ANSWERS};` }],
        ['app.handler', { 'app.mjs': `export const handler = ${ANSWERS};` }],
        [
          'app.handler',
          { 'app.js': `export const handler = ${ANSWERS};`, 'package.json': '{"type":"module"}' },
        ],
        [
          'lib/app.handler',
          {
            'lib/app.js': `exports.handler = ${ANSWERS};`,
            'lib/package.json': '{}',
            'package.json': '{"type":"module"}',
          },
        ],
        [
          'app.handler',
          {
            'app.mjs': `import { hi } from './hi.mjs'; export const handler = await (async () => hi)();`,
            'hi.mjs': `export const hi = ${ANSWERS};`,
          },
        ],
      ] as const,
      2,
    ),
  )('by %s from %j', async (handler, files) => {
    const lambda = await testLambda([folderFunction(files, { handler })]);
    expect((await lambda.call()).answer).toBe('found');
  });

  it('from inline code', async () => {
    const source = `exports.handler = ${ANSWERS};`;
    const fn = { ...folderFunction(''), code: { kind: 'inline', source } } as const;
    const lambda = await testLambda([fn]);
    expect((await lambda.call()).answer).toBe('found');
  });

  it('with the current folder and the task root where the code is', async () => {
    const fn = folderFunction(
      'exports.handler = async () => [process.cwd(), process.env.LAMBDA_TASK_ROOT, __dirname];',
    );
    const lambda = await testLambda([fn]);
    const codeUri = fn.code.kind === 'folder' ? fn.code.codeUri : '';
    expect((await lambda.call()).answer).toEqual([codeUri, codeUri, codeUri]);
  });
});

describe('what can not be loaded is answered by the first invocation', () => {
  it.each(
    sampleOf(
      [
        ['index.handler', {}, 'Runtime.ImportModuleError', "Error: Cannot find module 'index'"],
        [
          'index.handler',
          { 'index.js': 'require("absent-package");' },
          'Runtime.ImportModuleError',
          "Error: Cannot find module 'absent-package'",
        ],
        [
          'index.other',
          { 'index.js': 'exports.handler = 1;' },
          'Runtime.HandlerNotFound',
          'index.other is undefined or not exported',
        ],
        [
          'index.handler',
          { 'index.js': 'exports.handler = 1;' },
          'Runtime.HandlerNotFound',
          'index.handler is not a function',
        ],
        ['index', { 'index.js': '' }, 'Runtime.MalformedHandlerName', 'Bad handler'],
        [
          '../index.handler',
          { 'index.js': '' },
          'Runtime.MalformedHandlerName',
          "'../index.handler' is not a valid handler name",
        ],
        [
          'index.handler',
          { 'index.js': 'const = 1;' },
          'Runtime.UserCodeSyntaxError',
          'SyntaxError: Unexpected token',
        ],
        ['index.handler', { 'index.js': 'throw new TypeError("no table");' }, 'TypeError', 'no table'],
        [
          'index.handler',
          { 'index.js': 'exports.handler = (event, context, callback) => callback();' },
          'Runtime.CallbackHandlerDeprecated',
          'ERROR: AWS Lambda has removed support for callback-based function handlers',
        ],
      ] as const,
      2,
    ),
  )('%s of %j', async (handler, files, errorType, errorMessage) => {
    const lambda = await testLambda([folderFunction(files, { handler })]);
    await lambda.ready();
    const result = await lambda.call();
    expect(result).toMatchObject({ functionError: 'Unhandled', errorType });
    expect(result.errorMessage).toContain(errorMessage);
    expect(lambda.facts.lines('platform')).toEqual(
      expect.arrayContaining([
        expect.stringMatching(`^INIT_REPORT .*Phase: init\tStatus: error\tError Type: ${errorType}$`),
        expect.stringMatching(`^INIT_REPORT .*Phase: invoke\tStatus: error\tError Type: ${errorType}$`),
      ]),
    );
  });
});

describe('an initialisation', () => {
  it('that failed is run again by the invocation, whose answer it no longer spoils', async () => {
    const marker = `${testFolder()}/second-time`;
    const lambda = await testLambda(
      [
        folderFunction(`const fs = require('node:fs');
        if (!fs.existsSync(${JSON.stringify(marker)})) { fs.writeFileSync(${JSON.stringify(marker)}, ''); throw new Error('first time'); }
        exports.handler = async () => 'works';`),
      ],
      { maxAhead: 10 },
    );
    await lambda.ready();
    expect((await lambda.call()).answer).toBe('works');
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html: the Init phase "is limited to 10 seconds", and is tried again at the first invocation under the timeout of the function
  it('that takes too long is ended and run again under the timeout of the function', async () => {
    const source = `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
      exports.handler = async () => 'slow but sure';`;
    const lambda = await testLambda([folderFunction(source, { timeoutMs: 10_000 })], {
      initLimitMs: 300,
      maxAhead: 10,
    });
    await lambda.ready();
    expect(lambda.facts.lines('platform')).toContainEqual(
      expect.stringMatching(/Phase: init\tStatus: timeout$/),
    );
    expect((await lambda.call()).answer).toBe('slow but sure');
  });

  it('that is too slow for the timeout, too, is answered as one', async () => {
    const lambda = await testLambda([folderFunction('for (;;);', { timeoutMs: 300 })], {
      initLimitMs: 200,
      maxAhead: 10,
    });
    expect((await lambda.call()).answer).toMatchObject({ errorType: 'Sandbox.Timedout' });
  });

  it('that exits is answered as an exit', async () => {
    const lambda = await testLambda([folderFunction('process.exit(3);')], { maxAhead: 10 });
    expect((await lambda.call({}, { requestId: 'req-1' })).answer).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: 'RequestId: req-1 Error: Runtime exited with error: exit status 3',
    });
  });
});

const OLDER = `
  let left;
  const ways = {
    callback: (event, context, callback) => callback(null, 'done'),
    timer(event, context, callback) {
      let late = 'no';
      setTimeout(() => { late = 'done'; }, 20);
      callback(null, { toJSON: () => late });
    },
    succeed: (event, context) => context.succeed('done'),
    done: (event, context) => context.done(null, 'done'),
    promise: async (event, context, callback) => 'done',
    error: (event, context, callback) => callback(new RangeError('too far')),
    never: (event, context, callback) => 'ignored',
    leaving(event, context, callback) {
      context.callbackWaitsForEmptyEventLoop = false;
      left = setInterval(() => {}, 1000);
      callback(null, 'at once');
    },
  };
  exports.handler = (event, context, callback) => {
    clearInterval(left);
    return ways[event.way](event, context, callback);
  };`;

describe('before nodejs24.x', () => {
  const running = forAllTests((atEnd) =>
    testLambda([folderFunction(OLDER, { runtime: 'nodejs22.x' }, atEnd)], {}, atEnd),
  );
  const by = async (way: string) => (await running().call({ way })).answer;

  it.each([
    ['the callback', 'callback'],
    ['a timer, waited for', 'timer'],
    ['context.succeed', 'succeed'],
    ['context.done', 'done'],
    ['a promise', 'promise'],
  ])('%s answers', async (_what, way) => {
    expect(await by(way)).toBe('done');
  });

  it('an error given to the callback is an error', async () => {
    expect(await by('error')).toMatchObject({ errorType: 'RangeError', errorMessage: 'too far' });
  });

  it('a callback that is never called answers null when nothing is left to do', async () => {
    expect(await by('never')).toBeNull();
  });

  it('callbackWaitsForEmptyEventLoop = false answers at once', async () => {
    expect(await by('leaving')).toBe('at once');
  });
});
