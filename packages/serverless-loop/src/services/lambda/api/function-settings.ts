import { AwsError } from '../../../aws/errors.ts';
import type { Read } from '../../../aws/members.ts';
import type { FunctionModel, LoggingModel, ShownSettings } from '../../../template/model.ts';
import { RESERVED_VARIABLES } from '../reserved-variables.ts';
import type { LambdaContext } from './context.ts';
import { invalid } from './function-errors.ts';
import type { SETTINGS } from './shapes.ts';

export type GivenSettings = Read<typeof SETTINGS> & { Role?: string };

/** Those that run here (docs/emulated.md). */
const RUNS = /^(nodejs\d+\.x|python3\.\d+|provided(\.al2|\.al2023)?)$/;
const MAX_TIMEOUT_SECONDS = 900;
const MAX_MEMORY_MB = 10_240;
/** All variables together (Lambda guide, "Lambda quotas"). */
const MAX_ENVIRONMENT_BYTES = 4096;

/** The function with the settings that a call gives; what it says nothing of stays. Throws what Lambda refuses them with. */
export function withSettings(fn: FunctionModel, given: GivenSettings, context: LambdaContext): FunctionModel {
  refuseBeyondLimits(given);
  const role = given.Role === undefined ? fn.role : takenOn(given.Role, context);
  const layers = given.Layers && context.layers.foldersOf(given.Layers);
  return {
    ...fn,
    role,
    ...(given.Handler !== undefined && { handler: given.Handler }),
    ...(given.Runtime !== undefined && { runtime: given.Runtime }),
    ...(given.Description !== undefined && { description: given.Description }),
    ...(given.Timeout !== undefined && { timeoutMs: given.Timeout * 1000 }),
    ...(given.MemorySize !== undefined && { memorySizeMB: given.MemorySize }),
    ...(given.EphemeralStorage && { ephemeralStorageMB: given.EphemeralStorage.Size }),
    ...(given.Environment && { environment: given.Environment.Variables ?? {} }),
    ...(given.TracingConfig?.Mode && { tracing: given.TracingConfig.Mode }),
    ...(given.LoggingConfig && { logging: withLogging(fn.logging, given.LoggingConfig) }),
    ...(layers && { layers }),
    asyncInvoke: withDeadLetters(fn.asyncInvoke, given),
    shown: shownBy(fn.shown, given),
  };
}

function refuseBeyondLimits({ Runtime, Timeout = 1, MemorySize = 128, Environment }: GivenSettings): void {
  if (Runtime !== undefined && !RUNS.test(Runtime))
    throw invalid(
      `Value ${Runtime} at 'runtime' failed to satisfy constraint: Member must be a runtime of Node.js, Python or a provided one, which the loop runs`,
    );
  if (Timeout > MAX_TIMEOUT_SECONDS) throw tooMuch(Timeout, 'timeout', MAX_TIMEOUT_SECONDS);
  if (MemorySize > MAX_MEMORY_MB) throw tooMuch(MemorySize, 'memorySize', MAX_MEMORY_MB);
  const { Variables = {} } = Environment ?? {};
  const reserved = Object.keys(Variables).filter((name) => RESERVED_VARIABLES.has(name));
  if (reserved.length > 0)
    throw invalid(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
    );
  // LocalStack's record, test_lambda_api.snapshot.json, test_large_environment_variables_fails: the text of the map is measured.
  const measured = JSON.stringify(Variables);
  if (Buffer.byteLength(measured) > MAX_ENVIRONMENT_BYTES)
    throw invalid(
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: ${measured}`,
    );
}

function tooMuch(value: number, member: string, limit: number): AwsError {
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have value less than or equal to ${limit}`,
  );
}

/** The role, if it is there and its trust policy lets Lambda in (Lambda guide, "Defining Lambda function permissions with an execution role"). */
function takenOn(arn: string, { roleOf }: LambdaContext): FunctionModel['role'] {
  const role = roleOf(arn);
  if (!role) throw invalid('The role defined for the function cannot be assumed by Lambda.');
  // Its rights are looked up when something is to be allowed.
  return { name: role.name, arn: role.arn, statements: [] };
}

/** Levels belong to JSON alone (test_advanced_logging_configuration_format_switch of the same record). */
function withLogging(before: LoggingModel, given: NonNullable<GivenSettings['LoggingConfig']>): LoggingModel {
  const format = given.LogFormat ?? before.format;
  const levels = format === 'JSON' && (given.ApplicationLogLevel ?? given.SystemLogLevel) === undefined;
  return {
    format,
    applicationLogLevel: given.ApplicationLogLevel ?? (levels ? before.applicationLogLevel : 'INFO'),
    systemLogLevel: given.SystemLogLevel ?? (levels ? before.systemLogLevel : 'INFO'),
    logGroup: given.LogGroup ?? before.logGroup,
  };
}

/** An empty ARN takes the queue away (Lambda API reference, "DeadLetterConfig"). */
function withDeadLetters(
  { deadLetterArn: before, ...settings }: FunctionModel['asyncInvoke'],
  { DeadLetterConfig }: GivenSettings,
): FunctionModel['asyncInvoke'] {
  const deadLetterArn = DeadLetterConfig ? DeadLetterConfig.TargetArn : before;
  return { ...settings, ...(deadLetterArn && { deadLetterArn }) };
}

function shownBy(before: ShownSettings | undefined, given: GivenSettings): ShownSettings {
  const { Layers: layerArns, VpcConfig, KMSKeyArn: kmsKeyArn, SnapStart } = given;
  const { SubnetIds: subnetIds = [], SecurityGroupIds: securityGroupIds = [] } = VpcConfig ?? {};
  return {
    ...before,
    ...(layerArns && { layerArns }),
    ...(VpcConfig && { vpc: { subnetIds, securityGroupIds } }),
    ...(kmsKeyArn !== undefined && { kmsKeyArn }),
    ...(SnapStart?.ApplyOn && { snapStart: SnapStart.ApplyOn }),
  };
}
