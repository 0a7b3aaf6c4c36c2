import { blob, boolean, list, oneOf, text } from '../../../aws/members.ts';
import type { CodeModel } from '../../../template/model.ts';
import { unpackPackage } from '../code/package.ts';
import { functionConfiguration } from './api-configuration.ts';
import { functionArn, functionOf } from './api-function-lookup.ts';
import { type LambdaContext, operation } from './context.ts';
import { invalid, refuseOldRevision } from './function-errors.ts';
import { changed, withNextVersion } from './revisions.ts';
import { CONFIGURATION, DESCRIPTION, FUNCTION, IN_S3, REVISION } from './shapes.ts';

interface GivenCode {
  ZipFile?: Buffer;
  S3Bucket?: string;
  S3Key?: string;
  S3ObjectVersion?: string;
}

/** Changes of a function's code apart from its stack, by `sam sync --code`, Terraform and the like. */
export const CODE_OPERATIONS = {
  UpdateFunctionCode: operation({
    route: 'PUT /2015-03-31/functions/{FunctionName}/code',
    input: {
      ...FUNCTION,
      ZipFile: blob(),
      ...IN_S3,
      ImageUri: text(),
      Architectures: list(oneOf(['x86_64', 'arm64']), { min: 1, max: 1 }),
      Publish: boolean(),
      DryRun: boolean(),
      ...REVISION,
    },
    output: CONFIGURATION,
    needs: functionArn,
    async handle(input, context) {
      const { fn } = functionOf(input, context);
      refuseOldRevision(input.RevisionId, fn.changed?.revisionId ?? context.deployment.revisionId);
      if (input.ImageUri !== undefined)
        throw invalid('Please do not provide ImageUri when updating a function with packageType Zip.');
      const [architecture = fn.architecture] = input.Architectures ?? [];
      const next = changed({ ...fn, architecture, code: await codeOf(input, context) }, context);
      const published = input.Publish === true ? withNextVersion(next) : { fn: next };
      if (input.DryRun !== true) await context.put(published.fn);
      return { ...functionConfiguration(published, context.deployment), ...UPDATING };
    },
  }),

  PublishVersion: operation({
    route: 'POST /2015-03-31/functions/{FunctionName}/versions',
    status: 201,
    input: { ...FUNCTION, CodeSha256: text(), Description: DESCRIPTION, ...REVISION },
    output: CONFIGURATION,
    needs: functionArn,
    async handle(input, context) {
      const { fn } = functionOf(input, context);
      const { CodeSha256: now = '', RevisionId: revision } = functionConfiguration(
        { fn },
        context.deployment,
      );
      refuseOldRevision(input.RevisionId, revision ?? '');
      const { CodeSha256: wanted = now } = input;
      if (wanted !== now)
        throw invalid(
          `CodeSHA256 (${wanted}) is different from current CodeSHA256 in $LATEST (${now}). Please try again with the CodeSHA256 in $LATEST.`,
        );
      const published = withNextVersion(fn, input.Description);
      await context.put(published.fn);
      return functionConfiguration(published, context.deployment);
    },
  }),
};

/** In the answer of the call itself, which comes before the end of the work (LocalStack's record, test_lambda_api.snapshot.json, test_function_lifecycle). */
export const UPDATING = {
  LastUpdateStatus: 'InProgress',
  LastUpdateStatusReason: 'The function is being created.',
  LastUpdateStatusReasonCode: 'Creating',
} as const;

/** Unpacks the code that a call brings, or that it names in S3. */
export async function codeOf(
  { ZipFile, S3Bucket: bucket, S3Key: key, S3ObjectVersion: version }: GivenCode,
  { objectAt, cacheDir }: LambdaContext,
): Promise<CodeModel & { kind: 'package' }> {
  if (ZipFile !== undefined) return unpackPackage(ZipFile, cacheDir);
  if (bucket === undefined || key === undefined) throw invalid('Please provide a source for function code.');
  const zip = await objectAt({ bucket, key, ...(version !== undefined && { version }) });
  if (zip) return unpackPackage(zip, cacheDir);
  throw invalid(
    'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.',
  );
}
