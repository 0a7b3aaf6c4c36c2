import { AwsError } from '../../../aws/errors.ts';
import { blob, boolean, text } from '../../../aws/members.ts';
import type { CodeModel, FunctionModel } from '../../../template/model.ts';
import { unpackPackage } from '../code/package.ts';
import { functionConfiguration } from './api-configuration.ts';
import { functionArn, functionOf } from './api-function-lookup.ts';
import { type LambdaContext, operation } from './context.ts';
import { CONFIGURATION, FUNCTION } from './shapes.ts';

interface CodeInput {
  ZipFile?: Buffer;
  S3Bucket?: string;
  S3Key?: string;
  S3ObjectVersion?: string;
}

/** Changes of a function's code apart from its stack, by `sam sync --code` and the like. */
export const CODE_OPERATIONS = {
  UpdateFunctionCode: operation({
    route: 'PUT /2015-03-31/functions/{FunctionName}/code',
    input: {
      ...FUNCTION,
      ZipFile: blob(),
      S3Bucket: text({ min: 3, max: 63, pattern: '[0-9A-Za-z\\.\\-_]*(?<!\\.)' }),
      S3Key: text({ min: 1, max: 1024 }),
      S3ObjectVersion: text({ min: 1, max: 1024 }),
      Publish: boolean(),
      DryRun: boolean(),
    },
    output: CONFIGURATION,
    needs: functionArn,
    async handle(input, context) {
      const { fn } = functionOf(input, context);
      const changed = { ...fn, code: await codeOf(input, context) };
      const next = input.Publish === true ? withNextVersion(changed) : { fn: changed };
      if (input.DryRun !== true) await context.put(next.fn);
      return functionConfiguration(next, context.deployment);
    },
  }),

  PublishVersion: operation({
    route: 'POST /2015-03-31/functions/{FunctionName}/versions',
    status: 201,
    input: FUNCTION,
    output: CONFIGURATION,
    needs: functionArn,
    async handle(input, context) {
      const published = withNextVersion(functionOf(input, context).fn);
      await context.put(published.fn);
      return functionConfiguration(published, context.deployment);
    },
  }),
};

async function codeOf(
  { ZipFile, S3Bucket: bucket, S3Key: key, S3ObjectVersion: version }: CodeInput,
  { objectAt, cacheDir }: LambdaContext,
): Promise<CodeModel> {
  if (ZipFile !== undefined) return unpackPackage(ZipFile, cacheDir);
  if (bucket === undefined || key === undefined) throw invalid('Please provide a source for function code.');
  const zip = await objectAt({ bucket, key, ...(version !== undefined && { version }) });
  if (zip) return unpackPackage(zip, cacheDir);
  throw invalid(
    'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.',
  );
}

/** One number after the last. The versions before stay, and run what the function runs. */
function withNextVersion(fn: FunctionModel): { fn: FunctionModel; qualifier: string } {
  const numbers = fn.qualifiers.map(({ version }) => Number(version)).filter(Number.isInteger);
  const version = String(Math.max(0, ...numbers) + 1);
  const { asyncInvoke } = fn;
  return {
    fn: { ...fn, qualifiers: [...fn.qualifiers, { name: version, version, asyncInvoke }] },
    qualifier: version,
  };
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}
