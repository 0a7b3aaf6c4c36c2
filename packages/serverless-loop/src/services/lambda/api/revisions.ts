import { randomUUID } from 'node:crypto';
import type { FunctionModel, QualifierModel } from '../../../template/model.ts';
import { publishesAlike } from '../runs-alike.ts';
import type { LambdaContext } from './context.ts';

/** The function as one that was changed now. */
export function changed(fn: FunctionModel, { now }: Pick<LambdaContext, 'now'>): FunctionModel {
  return { ...fn, changed: { ...fn.changed, at: now(), revisionId: randomUUID() } };
}

/** Settings of asynchronous invocation that nobody has configured (Lambda API reference, "PutFunctionEventInvokeConfig"). */
export function unconfigured({ deadLetterArn }: FunctionModel['asyncInvoke']): FunctionModel['asyncInvoke'] {
  const limits = { maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600 };
  return { ...limits, ...(deadLetterArn !== undefined && { deadLetterArn }) };
}

/**
 * One number after the last. A version of uploaded code keeps that and its settings; of code that changes as it is saved the
 * versions run what the function runs. Of an unchanged function no second version is published (Lambda API reference,
 * "PublishVersion").
 */
export function withNextVersion(
  fn: FunctionModel,
  description = fn.description,
): { fn: FunctionModel; qualifier: string } {
  const { qualifiers, asyncInvoke } = fn;
  const numbers = qualifiers.map(({ version }) => Number(version)).filter(Number.isInteger);
  const last = Math.max(fn.changed?.lastVersion ?? 0, ...numbers);
  const published = { ...fn, qualifiers: [], resourcePolicy: [] };
  const same = qualifiers.find(
    (own) => own.name === String(last) && own.published && publishesAlike(own.published, published),
  );
  if (same) return { fn, qualifier: same.name };
  const name = String(last + 1);
  const version: QualifierModel = {
    name,
    version: name,
    asyncInvoke: unconfigured(asyncInvoke),
    ...(description !== undefined && { description }),
    revisionId: randomUUID(),
    ...(fn.code.kind === 'package' && { published }),
  };
  return {
    fn: {
      ...fn,
      ...(fn.changed && { changed: { ...fn.changed, lastVersion: last + 1 } }),
      qualifiers: [...qualifiers, version],
    },
    qualifier: name,
  };
}
