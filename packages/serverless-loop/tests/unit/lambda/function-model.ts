import type { FunctionModel } from '../../../src/template/model.ts';

/** A function as a template gives it, but for what a test says. */
export function functionModel(changes: Partial<FunctionModel> = {}): FunctionModel {
  const name = changes.name ?? 'packer';
  return {
    logicalId: 'Packer',
    name,
    arn: `arn:aws:lambda:eu-west-1:123456789012:function:${name}`,
    line: 1,
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    architecture: 'x86_64',
    timeoutMs: 20_000,
    memorySizeMB: 128,
    ephemeralStorageMB: 512,
    environment: {},
    code: { kind: 'inline', source: 'exports.handler = async () => null;' },
    tracing: 'PassThrough',
    logging: {
      format: 'Text',
      applicationLogLevel: 'INFO',
      systemLogLevel: 'INFO',
      logGroup: `/aws/lambda/${name}`,
    },
    role: { name: 'role', arn: 'arn:aws:iam::123456789012:role/role', statements: [] },
    asyncInvoke: { maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600 },
    qualifiers: [],
    resourcePolicy: [],
    ...changes,
  };
}
