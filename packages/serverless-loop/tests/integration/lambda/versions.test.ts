import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FunctionModel } from '../../../src/template/model.ts';
import { sampleOf } from '../../matrix.ts';
import { functionModel } from '../../unit/lambda/function-model.ts';
import { answering, bundledFunction } from './bundled-function.ts';
import { folderFunction, forAllTests, testFolder, testLambda } from './test-lambda.ts';

const { asyncInvoke } = functionModel();
const qualifiers: FunctionModel['qualifiers'] = [
  { name: '1', version: '1', asyncInvoke },
  { name: 'live', version: '1', asyncInvoke },
];

const TELLING = `exports.handler = async (event, context) => ({
  pid: process.pid,
  variable: process.env.AWS_LAMBDA_FUNCTION_VERSION,
  stream: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
  version: context.functionVersion,
  arn: context.invokedFunctionArn,
});`;

const NAME = 'arn:aws:lambda:eu-west-1:123456789012:function:packer';

describe('an invocation', () => {
  const running = forAllTests((atEnd) =>
    testLambda([folderFunction(TELLING, { qualifiers }, atEnd)], {}, atEnd),
  );

  it.each([
    ['live', '1', `${NAME}:live`],
    ['1', '1', `${NAME}:1`],
    ['$LATEST', '$LATEST', `${NAME}:$LATEST`],
    [undefined, '$LATEST', NAME],
  ])(
    'by %s runs version %s, and the function is told the ARN that was called',
    async (qualifier, version, arn) => {
      const { call, facts } = running();
      const requestId = randomUUID();
      const request = { requestId, ...(qualifier ? { qualifier } : {}) };
      const { answer, executedVersion, logTail } = await call({}, request);
      expect(executedVersion).toBe(version);
      expect(answer).toMatchObject({
        variable: version,
        version,
        arn,
        stream: expect.stringContaining(`/[${version}]`),
      });
      expect(logTail).toContain(`Version: ${version}\n`);
      const called = {
        functionName: 'packer',
        executedVersion: version,
        ...(qualifier === undefined ? {} : { qualifier }),
      };
      for (const kind of ['invocation.started', 'invocation.ended'] as const)
        expect(facts.ofKind(kind).filter((fact) => fact.requestId === requestId)).toMatchObject([called]);
    },
  );

  it.each(['beta', '2', 'packer', ''])(
    'by %j, which the function does not have, is not found',
    async (qualifier) => {
      await expect(running().call({}, { qualifier })).rejects.toMatchObject({
        code: 'ResourceNotFoundException',
        status: 404,
        message: `Function not found: ${NAME}:${qualifier}`,
      });
    },
  );
});

describe('the versions of a function', () => {
  it('have environments of their own; until it is called, only that of the alias is there', async () => {
    const lambda = await testLambda([folderFunction(TELLING, { qualifiers })], { maxAhead: 10 });
    await lambda.ready();
    expect(lambda.facts.lines('platform').filter((line) => line.startsWith('INIT_START'))).toHaveLength(1);
    const pids = [];
    for (const request of [{ qualifier: 'live' }, { qualifier: '1' }, {}, { qualifier: '$LATEST' }])
      pids.push((await lambda.call({}, request)).answer);
    const [live, one, bare, latest] = pids.map((answer) => Object(answer).pid);
    expect(one).toBe(live);
    expect(latest).toBe(bare);
    expect(bare).not.toBe(live);
    expect(lambda.facts.lines('platform').filter((line) => line.startsWith('INIT_START'))).toHaveLength(2);
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
  it('share the reserved concurrency of the function', async () => {
    const source = 'exports.handler = () => new Promise((r) => setTimeout(r, 500));';
    const lambda = await testLambda([folderFunction(source, { qualifiers, reservedConcurrency: 1 })]);
    const running = lambda.call({}, { qualifier: 'live' });
    await lambda.facts.until('invocation.started');
    await expect(lambda.call({}, { requestId: 'req-2' })).rejects.toMatchObject({
      code: 'TooManyRequestsException',
    });
    expect(lambda.facts.ofKind('invocation.throttled')).toEqual([
      {
        kind: 'invocation.throttled',
        functionName: 'packer',
        executedVersion: '$LATEST',
        requestId: 'req-2',
        attempt: 1,
      },
    ]);
    await running;
  });

  it('all run what is saved', async () => {
    const codeUri = testFolder({ 'handler.ts': answering('0') });
    const lambda = await testLambda([{ ...bundledFunction(codeUri), qualifiers }], {
      watch: true,
      maxAhead: 10,
    });
    await lambda.ready();
    for (const [index, edition] of sampleOf([1, 2, 3], 1).entries()) {
      await writeFile(path.join(codeUri, 'handler.ts'), answering(String(edition)));
      await lambda.facts.until('build.succeeded', index + 2);
      expect((await lambda.call({}, { qualifier: 'live' })).answer).toBe(edition);
      expect((await lambda.call()).answer).toBe(edition);
    }
  });
});
