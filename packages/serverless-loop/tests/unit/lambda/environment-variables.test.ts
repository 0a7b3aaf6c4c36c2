import { describe, expect, it } from 'vitest';
import { environmentVariables } from '../../../src/services/lambda/environments/environment-variables.ts';
import type { FunctionModel } from '../../../src/template/model.ts';
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

  it.each([
    'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
    'AWS_USE_FIPS_ENDPOINT',
    'AWS_USE_DUALSTACK_ENDPOINT',
    'AWS_ENABLE_ENDPOINT_DISCOVERY',
    'AWS_ENDPOINT_DISCOVERY_ENABLED',
    'AWS_EC2_METADATA_SERVICE_ENDPOINT',
  ])('leave out %s, by which an SDK would look elsewhere or refuse to call', (name) => {
    const variables = variablesOf({ environment: { [name]: 'true' } });
    expect(variables).not.toHaveProperty(name);
    expect(variables).toMatchObject({ AWS_ENDPOINT_URL: 'http://127.0.0.1:4580' });
  });

  it.each(['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'])(
    "name a settings file by %s only where a function's files are, and let it not undo the endpoint",
    (name) => {
      for (const file of ['/home/me/.aws/config', '~/.aws/config', '../config', '/root/.aws/credentials'])
        expect(variablesOf({ environment: { [name]: file } })).not.toHaveProperty(name);
      for (const file of ['/var/task/aws.ini', '/opt/aws.ini', '/tmp/aws.ini', 'aws.ini'])
        expect(variablesOf({ environment: { [name]: file } })).toMatchObject({
          [name]: file,
          AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false',
        });
    },
  );

  it('let no SDK ask the machine for its credentials, with whatever profile', () => {
    for (const environment of [{ AWS_PROFILE: 'dev' }, { AWS_EC2_METADATA_DISABLED: 'false' }])
      expect(variablesOf({ environment })).toMatchObject({ AWS_EC2_METADATA_DISABLED: 'true' });
    expect(variablesOf({})).not.toHaveProperty('AWS_EC2_METADATA_DISABLED');
  });

  it('keep calls to the loop from a proxy that the template declares', () => {
    const proxy = { HTTP_PROXY: 'http://proxy.example:3128' };
    expect(variablesOf({ environment: proxy })).toMatchObject({ ...proxy, NO_PROXY: '127.0.0.1' });
    expect(variablesOf({ environment: { ...proxy, no_proxy: '.example' } })).toMatchObject({
      no_proxy: '.example,127.0.0.1',
    });
    expect(variablesOf({ environment: { NO_PROXY: '.example' } })).toMatchObject({ NO_PROXY: '.example' });
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html, "Defined runtime environment variables"
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
