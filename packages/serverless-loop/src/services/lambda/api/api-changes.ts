import { LATEST, type Place } from '../../../aws/arn.ts';
import { AwsError } from '../../../aws/errors.ts';
import { parseJsonWithin, SHORT_LIMITS } from '../../../aws/json-limits.ts';
import type { JsonObject, RestAnswer, RestOperation, RestRequest } from '../../../aws/operation.ts';
import type { CodeModel, FunctionModel } from '../../../template/model.ts';
import { unpackPackage } from '../code/package.ts';
import { qualifiedArn } from '../qualifier.ts';
import { type Deployment, functionConfiguration } from './api-configuration.ts';
import { describeAlias } from './api-details.ts';
import { type FunctionLookup, functionOf, needOn, notFound } from './api-function-lookup.ts';

export interface ChangesOptions extends FunctionLookup {
  place: Place;
  deployment: Deployment;
  /** Runs the function in its new form; resolves once that takes the invocations. */
  put(fn: FunctionModel): Promise<void>;
  /** An uploaded object; undefined when there is none. */
  objectAt(place: { bucket: string; key: string; version?: string }): Promise<Buffer | undefined>;
  cacheDir: string;
}

const FUNCTION = '/2015-03-31/functions/(?<functionName>[^/]+)';

/** What changes a function apart from its stack: `sam sync --code` and the like. */
export function lambdaChanges(options: ChangesOptions): RestOperation[] {
  const { place } = options;
  const change = (
    name: string,
    method: string,
    path: string,
    handle: (fn: FunctionModel, input: JsonObject, request: RestRequest) => Promise<RestAnswer>,
  ): RestOperation => ({
    name,
    signingName: 'lambda',
    method,
    path: new RegExp(`^${FUNCTION}${path}$`),
    handle: (request) => handle(functionOf(request, options).fn, inputOf(request), request),
    needs: needOn(name, place),
  });
  return [
    change('UpdateFunctionCode', 'PUT', '/code', (fn, input) => updateCode(fn, input, options)),
    change('PublishVersion', 'POST', '/versions', async (fn) => {
      const published = withNextVersion(fn);
      await options.put(published.fn);
      return json(201, functionConfiguration(published, options.deployment));
    }),
    change('UpdateAlias', 'PUT', '/aliases/(?<alias>[^/]+)', (fn, input, { params }) =>
      updateAlias(fn, params.alias ?? '', input, options),
    ),
  ];
}

async function updateCode(
  fn: FunctionModel,
  input: JsonObject,
  options: ChangesOptions,
): Promise<RestAnswer> {
  const code = await codeOf(input, options);
  const next = input.Publish === true ? withNextVersion({ ...fn, code }) : { fn: { ...fn, code } };
  if (input.DryRun !== true) await options.put(next.fn);
  return json(200, functionConfiguration(next, options.deployment));
}

async function codeOf(input: JsonObject, { objectAt, cacheDir }: ChangesOptions): Promise<CodeModel> {
  const { ZipFile, S3Bucket, S3Key, S3ObjectVersion } = input;
  if (typeof ZipFile === 'string') return unpackPackage(Buffer.from(ZipFile, 'base64'), cacheDir);
  if (typeof S3Bucket !== 'string' || typeof S3Key !== 'string')
    throw invalid('Please provide a source for function code.');
  const version = typeof S3ObjectVersion === 'string' ? { version: S3ObjectVersion } : {};
  const zip = await objectAt({ bucket: S3Bucket, key: S3Key, ...version });
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

async function updateAlias(
  fn: FunctionModel,
  name: string,
  { FunctionVersion }: JsonObject,
  { put, deployment }: ChangesOptions,
): Promise<RestAnswer> {
  const alias = fn.qualifiers.find((qualifier) => qualifier.name === name && qualifier.version !== name);
  if (!alias) throw notFound(`Cannot find alias arn: ${qualifiedArn(fn, name)}`);
  const version = typeof FunctionVersion === 'string' ? FunctionVersion : alias.version;
  if (
    version !== LATEST &&
    !fn.qualifiers.some((other) => other.name === version && other.version === version)
  )
    throw notFound(`Function not found: ${qualifiedArn(fn, version)}`);
  const changed = { ...alias, version };
  await put({ ...fn, qualifiers: fn.qualifiers.map((other) => (other === alias ? changed : other)) });
  return json(200, describeAlias(fn, changed, deployment));
}

function inputOf({ body }: RestRequest): JsonObject {
  if (body.length === 0) return {};
  try {
    const input = parseJsonWithin(body.toString(), SHORT_LIMITS);
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) return { ...input };
  } catch {
    // Told below.
  }
  throw new AwsError('SerializationException', 'The body is no JSON object.');
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, { members: { Type: 'User' } });
}

function json(status: number, body: JsonObject): RestAnswer {
  return { status, body: JSON.stringify(body) };
}
