import { isDeepStrictEqual } from 'node:util';
import { LATEST } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';
import type { AsyncInvokeModel, Attachment, FunctionModel, QualifierModel } from '../../template/model.ts';

type OfFunction = Extract<Attachment, { kind: 'permission' | 'qualifier' | 'invokeConfig' }>;

/** Lambda's default (Lambda API, "PutFunctionEventInvokeConfig"); the dead-letter queue is of the function itself. */
const NOT_CONFIGURED = { maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600 };

/** A function in its new form, with what others have given to the one that runs: permissions, versions, aliases, settings. */
export function withForeignParts(
  fn: FunctionModel,
  before?: FunctionModel,
  current?: FunctionModel,
): FunctionModel {
  const foreign = (current?.resourcePolicy ?? []).filter(
    (statement) => !before?.resourcePolicy.some((own) => isDeepStrictEqual(own, statement)),
  );
  const qualifiers = (current?.qualifiers ?? []).filter(
    ({ name }) => ![...fn.qualifiers, ...(before?.qualifiers ?? [])].some((own) => own.name === name),
  );
  const settled = (own: FunctionModel | QualifierModel, from?: QualifierModel, now?: QualifierModel) =>
    foreignSettings(own.asyncInvoke, from?.asyncInvoke, now?.asyncInvoke);
  const named = (model: FunctionModel | undefined, name: string) =>
    model?.qualifiers.find((qualifier) => qualifier.name === name);
  return {
    ...fn,
    // A list of its own: AddPermission adds to it, and the stack compares the template's.
    resourcePolicy: [...fn.resourcePolicy, ...foreign],
    asyncInvoke: foreignSettings(fn.asyncInvoke, before?.asyncInvoke, current?.asyncInvoke),
    qualifiers: [
      ...fn.qualifiers.map((own) => ({
        ...own,
        asyncInvoke: settled(own, named(before, own.name), named(current, own.name)),
      })),
      ...qualifiers,
    ],
  };
}

function foreignSettings(
  own: AsyncInvokeModel,
  before: AsyncInvokeModel | undefined,
  current: AsyncInvokeModel | undefined,
): AsyncInvokeModel {
  const isForeign = current?.isConfigured && !before?.isConfigured && !own.isConfigured;
  return isForeign ? withDeadLetterOf(own, current) : own;
}

function withDeadLetterOf(
  { deadLetterArn }: AsyncInvokeModel,
  { deadLetterArn: _, ...settings }: AsyncInvokeModel,
): AsyncInvokeModel {
  return { ...settings, ...(deadLetterArn !== undefined && { deadLetterArn }) };
}

/** Throws what Lambda says when the function hasn't the version that is meant. */
export function withAttachment(fn: FunctionModel, attachment: OfFunction): FunctionModel {
  switch (attachment.kind) {
    case 'permission':
      return { ...fn, resourcePolicy: [...fn.resourcePolicy, attachment.statement] };
    case 'qualifier': {
      const { qualifier, version } = attachment;
      const isVersion = qualifier === version;
      const isThere = fn.qualifiers.some(({ name }) => name === qualifier);
      // Of unchanged code no second version is published (Lambda API, "PublishVersion").
      if (isThere && isVersion) return fn;
      if (isThere) {
        const message = `Alias already exists: ${fn.arn}:${qualifier}`;
        throw new AwsError('ResourceConflictException', message, { status: 409 });
      }
      if (version !== LATEST && !isVersion) requireQualifier(fn, version);
      const { asyncInvoke } = fn;
      return {
        ...fn,
        qualifiers: [...fn.qualifiers, { name: qualifier, version, asyncInvoke }],
      };
    }
    case 'invokeConfig':
      return withSettings(fn, attachment.qualifier, attachment.asyncInvoke);
  }
}

/** The function without it; as it is, when it has gone already. */
export function withoutAttachment(fn: FunctionModel, attachment: OfFunction): FunctionModel {
  switch (attachment.kind) {
    case 'permission': {
      const isAnother = (own: unknown) => !isDeepStrictEqual(own, attachment.statement);
      return { ...fn, resourcePolicy: fn.resourcePolicy.filter(isAnother) };
    }
    case 'qualifier':
      return { ...fn, qualifiers: fn.qualifiers.filter(({ name }) => name !== attachment.qualifier) };
    case 'invokeConfig': {
      const { qualifier } = attachment;
      const isThere = qualifier === LATEST || fn.qualifiers.some(({ name }) => name === qualifier);
      return isThere ? withSettings(fn, qualifier, NOT_CONFIGURED) : fn;
    }
  }
}

function withSettings(fn: FunctionModel, qualifier: string, settings: AsyncInvokeModel): FunctionModel {
  const asyncInvoke = withDeadLetterOf(fn.asyncInvoke, settings);
  if (qualifier === LATEST) return { ...fn, asyncInvoke };
  requireQualifier(fn, qualifier);
  const qualifiers = fn.qualifiers.map((own) => (own.name === qualifier ? { ...own, asyncInvoke } : own));
  return { ...fn, qualifiers };
}

function requireQualifier({ arn, qualifiers }: FunctionModel, qualifier: string): void {
  if (qualifiers.some(({ name }) => name === qualifier)) return;
  throw new AwsError('ResourceNotFoundException', `Function not found: ${arn}:${qualifier}`, { status: 404 });
}
