import type { Properties } from '../../../template/properties.ts';

/** Set by Lambda itself, so that a template may not (Lambda developer guide, "Working with Lambda environment variables"). */
const reserved = new Set([
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_DEFAULT_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_REGION',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
]);
const largestBytes = 4096;

/** Environment.Variables; numbers and booleans become text, as CloudFormation makes it. */
export function readEnvironment(properties: Properties): Record<string, string> {
  const environment = properties.section('Environment');
  environment?.allowOnly(['Variables']);
  const variables = environment?.section('Variables');
  if (!variables) return {};
  for (const name of variables.names()) {
    if (reserved.has(name)) variables.complain(name, 'is reserved: Lambda sets it itself');
    else if (!/^[A-Za-z]\w+$/.test(name))
      variables.complain(
        name,
        'expected a name of at least two letters, digits and underscores that begins with a letter',
      );
  }
  const values = variables.textMap();
  const sizeBytes = Buffer.byteLength(Object.entries(values).flat().join(''));
  if (sizeBytes > largestBytes)
    environment?.complain('Variables', `expected at most ${largestBytes} bytes in all, found ${sizeBytes}`);
  return values;
}
