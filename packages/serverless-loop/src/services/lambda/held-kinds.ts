import { parseArn } from '../../aws/arn.ts';
import { AwsError } from '../../aws/errors.ts';
import { type HeldKind, heldAttachment, heldKind, named } from '../../template/held-kind.ts';
import type { FunctionModel, LayerModel } from '../../template/model.ts';
import { unpackPackage } from './code/package.ts';
import type { EventSources } from './event-sources/event-sources.ts';
import { withAttachment, withForeignParts, withoutAttachment } from './function-attachments.ts';
import type { Lambda } from './functions.ts';

interface ZipPlace {
  bucket: string;
  key: string;
  version?: string;
}

export interface LambdaHeldOptions {
  lambda: Pick<Lambda, 'find' | 'list' | 'put' | 'remove'>;
  eventSources: EventSources['mappings'];
  /** The zip of a function or of a layer in S3. */
  zipAt(place: ZipPlace): Promise<Buffer | undefined>;
  cacheDir: string;
}

/** Functions of stacks, and what stacks give to the functions of others. */
export function lambdaHeldKinds({ lambda, eventSources, zipAt, cacheDir }: LambdaHeldOptions): HeldKind[] {
  /** So that what ran before can be put back when its zip is no longer there. */
  const runnable = new WeakMap<FunctionModel, FunctionModel>();

  async function unpacked(fn: FunctionModel): Promise<FunctionModel> {
    const known = runnable.get(fn);
    if (known) return known;
    const { code, layers } = fn;
    if (code.kind !== 's3' && !layers?.some(({ packed }) => packed)) return fn;
    const made = {
      ...fn,
      ...(code.kind === 's3' && { code: await unpackedAt(code) }),
      ...(layers && { layers: await Promise.all(layers.map(unpackedLayer)) }),
    };
    runnable.set(fn, made);
    return made;
  }

  async function unpackedAt(place: ZipPlace) {
    const zip = await zipAt(place);
    if (!zip) throw noSuchCode();
    return unpackPackage(zip, cacheDir);
  }

  async function unpackedLayer(layer: LayerModel): Promise<LayerModel> {
    if (!layer.packed) return layer;
    const { codeUri: folder } = await unpackedAt(layer.packed);
    return { folder, at: layer.at };
  }

  const attached = (['permission', 'qualifier', 'invokeConfig'] as const).map((kind) =>
    heldAttachment(
      kind,
      (attachment) => {
        const { functionName } = attachment;
        const fn = lambda.find(functionName);
        if (!fn) throw noSuchFunction(functionName);
        return lambda.put(withAttachment(fn, attachment));
      },
      async (attachment) => {
        const fn = lambda.find(attachment.functionName);
        if (fn) await lambda.put(withoutAttachment(fn, attachment));
      },
    ),
  );
  return [
    heldKind({
      partsOf: ({ functions }) => named(functions),
      has: ({ name }) => lambda.list().some((fn) => fn.name === name),
      add: async (fn) => lambda.put(withForeignParts(await unpacked(fn))),
      async change(fn, before) {
        const current = lambda.list().find(({ name }) => name === fn.name);
        await lambda.put(withForeignParts(await unpacked(fn), before, current));
      },
      remove: ({ name }) => lambda.remove(name),
      runs: (arn) => (parseArn(arn)?.service === 'lambda' && lambda.find(arn) ? 'function' : undefined),
    }),
    ...attached,
    heldKind({
      partsOf: (stack) => named(stack.eventSources),
      has: ({ name }) => eventSources.find(name) !== undefined,
      add: (model) => void eventSources.put(model),
      change: (model) => void eventSources.put(model),
      remove: ({ name }) => eventSources.remove(name),
    }),
  ];
}

/** Lambda's own words. */
function noSuchCode(): AwsError {
  return new AwsError(
    'InvalidParameterValueException',
    'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.',
  );
}

function noSuchFunction(name: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Function not found: ${name}`, { status: 404 });
}
