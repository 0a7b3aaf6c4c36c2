import { describe, expect, it } from 'vitest';
import { environmentVariables } from '../../../local/lambda/environment-variables.ts';
import type { FunctionModel } from '../../../local/template/model.ts';
import { functionModel } from './function-model.ts';

function variablesOf(changes: Partial<FunctionModel>): Record<string, string> {
  return environmentVariables({
    fn: functionModel(changes),
    version: '$LATEST',
    region: 'eu-west-1',
    endpoint: 'http://127.0.0.1:4580',
    xrayDaemonAddress: '127.0.0.1:2000',
    logStreamName: '2026/11/23/[$LATEST]00',
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret', sessionToken: 'token' },
  });
}

function bundled(properties: Record<string, unknown>): FunctionModel['code'] {
  return { kind: 'esbuild', codeUri: '/src', entryPoints: ['a.ts'], properties };
}

describe('the environment variables of a function', () => {
  it('send every SDK call to the loop, whatever endpoints the template declares', () => {
    const variables = variablesOf({
      environment: {
        AWS_ENDPOINT_URL: '',
        AWS_ENDPOINT_URL_DYNAMODB: 'http://dynamodb:8000',
        TABLE: 'orders',
      },
    });
    expect(variables).toMatchObject({ AWS_ENDPOINT_URL: 'http://127.0.0.1:4580', TABLE: 'orders' });
    expect(variables).not.toHaveProperty('AWS_ENDPOINT_URL_DYNAMODB');
  });

  it("keep Lambda's own values for reserved names, and the template's for others", () => {
    const variables = variablesOf({ environment: { AWS_REGION: 'us-east-1', TZ: 'Europe/Zurich' } });
    expect(variables).toMatchObject({ AWS_REGION: 'eu-west-1', TZ: 'Europe/Zurich' });
  });

  it('enable source maps as the built template does', () => {
    expect(variablesOf({ code: bundled({ Sourcemap: true }) }).NODE_OPTIONS).toBe(' --enable-source-maps');
    const declared = { NODE_OPTIONS: '--enable-source-maps --no-warnings' };
    expect(variablesOf({ code: bundled({ Sourcemap: true }), environment: declared })).toMatchObject(
      declared,
    );
    expect(variablesOf({ code: bundled({ Sourcemap: false }) })).not.toHaveProperty('NODE_OPTIONS');
  });

  it('name format and level of the log for JSON only', () => {
    const { logging } = functionModel();
    expect(variablesOf({ logging })).not.toHaveProperty('AWS_LAMBDA_LOG_LEVEL');
    expect(
      variablesOf({ logging: { ...logging, format: 'JSON', applicationLogLevel: 'WARN' } }),
    ).toMatchObject({
      AWS_LAMBDA_LOG_FORMAT: 'JSON',
      AWS_LAMBDA_LOG_LEVEL: 'WARN',
    });
  });
});
