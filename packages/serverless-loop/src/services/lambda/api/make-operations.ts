import { formatArn, LATEST } from '../../../aws/arn.ts';
import { blob, boolean, integer, list, map, oneOf, required, structure, text } from '../../../aws/members.ts';
import type { FunctionModel } from '../../../template/model.ts';
import { functionConfiguration } from './api-configuration.ts';
import { functionArn, functionOf, notFound } from './api-function-lookup.ts';
import { codeOf, UPDATING } from './code-operations.ts';
import { type LambdaContext, operation } from './context.ts';
import { conflict, invalid, refuseOldRevision } from './function-errors.ts';
import { withSettings } from './function-settings.ts';
import { changed, withNextVersion } from './revisions.ts';
import {
  CONFIGURATION,
  FUNCTION,
  FUNCTION_REFERENCE,
  IN_S3,
  QUALIFIED_FUNCTION,
  REVISION,
  ROLE,
  SETTINGS,
} from './shapes.ts';

/** A function as a call makes it when that says nothing (Lambda API reference, "CreateFunction"). */
const DEFAULTS = {
  timeoutMs: 3_000,
  memorySizeMB: 128,
  ephemeralStorageMB: 512,
  environment: {},
  tracing: 'PassThrough',
  asyncInvoke: { maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600 },
} as const;

/** Functions that calls make, change and take away. */
export const MAKE_OPERATIONS = {
  CreateFunction: operation({
    route: 'POST /2015-03-31/functions',
    status: 201,
    input: {
      FunctionName: required(FUNCTION_REFERENCE),
      Role: required(ROLE),
      Code: required(structure({ ZipFile: blob(), ImageUri: text(), ...IN_S3 })),
      ...SETTINGS,
      Publish: boolean(),
      PackageType: oneOf(['Zip', 'Image']),
      Tags: map(text()),
      Architectures: list(oneOf(['x86_64', 'arm64']), { min: 1, max: 1 }),
    },
    output: CONFIGURATION,
    needs: ({ FunctionName = '*', Role = '*' }, context) => [
      ...functionArn({ FunctionName }, context),
      { action: 'iam:PassRole', resource: Role },
    ],
    async handle(input, context) {
      const { Code, Handler, Runtime, PackageType } = input;
      if (PackageType === 'Image' || Code.ImageUri !== undefined)
        throw invalid('Container images are not run here; only zip packages are.');
      const name = nameOf(input.FunctionName);
      const arn = formatArn(context.place, 'lambda', `function:${name}`);
      if (context.list().some((fn) => fn.name === name)) throw conflict(`Function already exist: ${name}`);
      if (Runtime === undefined || Handler === undefined)
        throw invalid(
          'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
        );
      const made: FunctionModel = {
        ...DEFAULTS,
        logicalId: name,
        name,
        arn,
        line: 0,
        runtime: Runtime,
        handler: Handler,
        architecture: input.Architectures?.[0] ?? 'x86_64',
        code: { kind: 'inline', source: '' },
        logging: {
          format: 'Text',
          applicationLogLevel: 'INFO',
          systemLogLevel: 'INFO',
          logGroup: `/aws/lambda/${name}`,
        },
        role: { name: '', arn: input.Role, statements: [] },
        tags: input.Tags ?? {},
        qualifiers: [],
        resourcePolicy: [],
      };
      const settled = changed(withSettings(made, input, context), context);
      const fn = { ...settled, code: await codeOf(Code, context) };
      const next = input.Publish === true ? withNextVersion(fn) : { fn };
      await context.put(next.fn);
      return { ...functionConfiguration(next, context.deployment), ...CREATING };
    },
  }),

  UpdateFunctionConfiguration: operation({
    route: 'PUT /2015-03-31/functions/{FunctionName}/configuration',
    input: { ...FUNCTION, Role: ROLE, ...SETTINGS, ...REVISION },
    output: CONFIGURATION,
    needs: ({ Role, ...input }, context) => [
      ...functionArn(input, context),
      ...(Role === undefined ? [] : [{ action: 'iam:PassRole', resource: Role }]),
    ],
    async handle(input, context) {
      const { fn } = functionOf(input, context);
      refuseOldRevision(input.RevisionId, fn.changed?.revisionId ?? context.deployment.revisionId);
      const next = changed(withSettings(fn, input, context), context);
      await context.put(next);
      return { ...functionConfiguration({ fn: next }, context.deployment), ...UPDATING };
    },
  }),

  /** With a qualifier only that version goes. */
  DeleteFunction: operation({
    route: 'DELETE /2015-03-31/functions/{FunctionName}',
    input: QUALIFIED_FUNCTION,
    output: { StatusCode: integer({ at: 'status' }) },
    needs: functionArn,
    async handle(input, context) {
      // A qualifier is not told (LocalStack's record, test_function_name_and_qualifier_validation[lowercase_latest_qualifier-delete_function]).
      const missing = (arn: string, qualifier = '') =>
        notFound(`Function not found: ${qualifier === '' ? arn : arn.slice(0, -1 - qualifier.length)}`);
      const { fn, qualifier } = functionOf(input, context, missing);
      if (qualifier === undefined) remove(fn, context);
      else await context.put(withoutVersion(fn, qualifier));
      return { StatusCode: 204 };
    },
  }),
};

/** In the answer of the call itself, which comes before the end of the work (LocalStack's record, test_lambda_api.snapshot.json, test_function_lifecycle). */
const CREATING = {
  State: 'Pending',
  StateReason: 'The function is being created.',
  StateReasonCode: 'Creating',
  LastUpdateStatus: undefined,
} as const;

const MAX_NAME_LENGTH = 64;

/** Of a name, an ARN or a part of one. */
function nameOf(reference: string): string {
  const name = reference.slice(reference.lastIndexOf(':') + 1);
  if (/^[\w-]{1,64}$/.test(name)) return name;
  if (name.length > MAX_NAME_LENGTH)
    throw invalid(
      `1 validation error detected: Value '${name}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to ${MAX_NAME_LENGTH}`,
    );
  throw invalid(`${name} is no name of a function.`);
}

/** Its URLs go with it. */
function remove(fn: FunctionModel, context: LambdaContext): void {
  context.remove(fn.name);
  for (const { protocol, name, routes } of context.apis.list()) {
    const integration = protocol === 'URL' ? routes[0]?.integration : undefined;
    if (integration?.kind !== 'function') continue;
    const { functionArn: called } = integration;
    if (called === fn.arn || called.startsWith(`${fn.arn}:`)) context.apis.remove(name);
  }
}

function withoutVersion(fn: FunctionModel, version: string): FunctionModel {
  if (version === LATEST) throw invalid('$LATEST version cannot be deleted without deleting the function.');
  const wanted = fn.qualifiers.find(({ name }) => name === version);
  if (wanted && wanted.name !== wanted.version)
    throw invalid('Deletion of aliases is not currently supported.');
  if (!wanted) throw notFound(`Function not found: ${fn.arn}:${version}`);
  const aliases = fn.qualifiers.filter(
    (other) => other !== wanted && (other.version === version || other.weights?.[version] !== undefined),
  );
  if (aliases.length > 0)
    throw conflict(
      `Version ${version} cannot be deleted: these aliases lead to it: ${aliases.map(({ name }) => name).join(', ')}`,
    );
  return { ...fn, qualifiers: fn.qualifiers.filter((other) => other !== wanted) };
}
