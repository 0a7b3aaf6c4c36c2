import type { AsyncInvokeModel, FunctionModel } from '../../../src/template/model.ts';

/** A function `packer` as a template without settings would declare it. */
export function functionModel(
  settings: Partial<FunctionModel> = {},
  asyncInvoke: Partial<AsyncInvokeModel> = {},
): FunctionModel {
  return {
    logicalId: 'Packer',
    name: 'packer',
    arn: 'arn:aws:lambda:eu-west-1:123456789012:function:packer',
    line: 1,
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    architecture: 'x86_64',
    timeoutMs: 3000,
    memorySizeMB: 128,
    ephemeralStorageMB: 512,
    environment: { STAGE: 'dev' },
    code: { kind: 'folder', codeUri: '/srv/packer' },
    tracing: 'PassThrough',
    logging: {
      format: 'Text',
      applicationLogLevel: 'INFO',
      systemLogLevel: 'INFO',
      logGroup: '/aws/lambda/packer',
    },
    role: { name: 'packer-role', arn: 'arn:aws:iam::123456789012:role/packer-role', statements: [] },
    asyncInvoke: { maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600, ...asyncInvoke },
    qualifiers: [],
    resourcePolicy: [],
    ...settings,
  };
}
