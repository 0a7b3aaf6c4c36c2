import path from 'node:path';
import type { FunctionModel } from '../../../template/model.ts';
import { loopBoundVariables } from './loop-bound-variables.ts';
import { RUNTIME_DIR } from './runtime-program.ts';

export interface EnvironmentVariableOptions {
  fn: FunctionModel;
  version: string;
  region: string;
  endpoint: string;
  xrayDaemonAddress: string;
  logStreamName: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string };
}

/**
 * All that a function's process finds in its environment (Lambda guide, "Working with Lambda environment variables",
 * "Defined runtime environment variables"): nothing of the developer's shell. What depends on where the code is
 * (LAMBDA_TASK_ROOT, PWD, NODE_PATH) and on the process (AWS_LAMBDA_RUNTIME_API) is added when that is known.
 */
export function environmentVariables(options: EnvironmentVariableOptions): Record<string, string> {
  return {
    ...changeableVariables(options),
    ...templateVariables(options),
    ...reservedVariables(options),
  };
}

/** Those that the template may set otherwise. */
function changeableVariables({ xrayDaemonAddress }: EnvironmentVariableOptions): Record<string, string> {
  const [xrayHost = '', xrayPort = ''] = xrayDaemonAddress.split(':');
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    PATH: `${path.dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin:/opt/bin`,
    LD_LIBRARY_PATH: '/opt/lib',
    // Not set on AWS, where the user has no home. Unset here, the SDK would read the developer's ~/.aws.
    HOME: '/home/sbx_user1051',
    SHLVL: '0',
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    AWS_XRAY_DAEMON_ADDRESS: xrayDaemonAddress,
    _AWS_XRAY_DAEMON_ADDRESS: xrayHost,
    _AWS_XRAY_DAEMON_PORT: xrayPort,
  };
}

/** As declared, but that every call ends at the loop, and with the flag that `sam build` adds for source maps. */
function templateVariables({ fn, endpoint }: EnvironmentVariableOptions): Record<string, string> {
  const variables = loopBoundVariables(fn.environment, endpoint);
  const nodeOptions = variables.NODE_OPTIONS ?? '';
  if (hasSourceMap(fn) && !nodeOptions.includes('--enable-source-maps')) {
    variables.NODE_OPTIONS = `${nodeOptions} --enable-source-maps`;
  }
  return variables;
}

function hasSourceMap({ code }: FunctionModel): boolean {
  const sourcemap = code.kind === 'esbuild' ? code.properties.Sourcemap : undefined;
  return sourcemap !== undefined && sourcemap !== false && sourcemap !== 'false';
}

/** Those that Lambda refuses in a template. */
function reservedVariables({
  fn,
  version,
  region,
  logStreamName,
  credentials,
}: EnvironmentVariableOptions): Record<string, string> {
  return {
    _HANDLER: fn.handler,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    // A runtime of an operating system alone has no such variable.
    ...(fn.runtime.startsWith('provided') ? {} : { AWS_EXECUTION_ENV: `AWS_Lambda_${fn.runtime}` }),
    // The loop's own runtime keeps functions from the machine's credentials; another one is told.
    ...(fn.runtime.startsWith('nodejs') ? {} : { AWS_EC2_METADATA_DISABLED: 'true' }),
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_VERSION: version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memorySizeMB),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: fn.logging.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    LAMBDA_RUNTIME_DIR: RUNTIME_DIR,
    ...(fn.logging.format === 'JSON'
      ? { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: fn.logging.applicationLogLevel }
      : {}),
  };
}
