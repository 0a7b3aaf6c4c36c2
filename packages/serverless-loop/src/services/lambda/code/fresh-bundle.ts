import { randomUUID } from 'node:crypto';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import type { Bundle } from './bundler.ts';
import { changedSince, type Fingerprints, fingerprintAll } from './fingerprint.ts';

export interface FreshBundleOptions<B extends Bundle> {
  bundle: () => Promise<B>;
  /** All that decides what is in it. */
  noticeable: (bundle: B) => Iterable<string>;
  /** All that it was made of the last time, as it is now. A change of these during the build aborts it. */
  known?: Fingerprints | undefined;
  signal?: AbortSignal | undefined;
}

/** A developer who saves faster than that gets the bundle of one of the saves, and another one afterwards. */
const MAX_TRIES = 3;
/** And as long as what was read may be no save at all, but a file that is about to be written. */
const MAX_EMPTY_TRIES = 20;

/** Bundles what is saved, again if it was saved while it was read. */
export async function freshBundle<B extends Bundle>(
  options: FreshBundleOptions<B>,
  tries = 1,
): Promise<{ bundle: B; inputs: Fingerprints }> {
  const { known = {}, signal } = options;
  const startedAtMs = Date.now();
  const bundle = await options.bundle();
  // A save before esbuild read the file may be heard of in the very turn of the event loop that ends the build.
  await endOfTurn();
  signal?.throwIfAborted();
  const inputs = fingerprintAll(options.noticeable(bundle));
  // A save during the build may be in the fingerprints and not in the bundle.
  const isUnsure = (file: string) => known[file] !== inputs[file];
  const unsure = Object.keys(inputs).filter((file) => isUnsure(file) && changedSince(startedAtMs, [file]));
  if (unsure.length === 0) return { bundle, inputs };
  // A save empties the file first, and an empty handler is code, too: an invocation would be told that there is no handler.
  const isEmptied = unsure.some((file) => bundle.emptyInputs.includes(file));
  if (tries < (isEmptied ? MAX_EMPTY_TRIES : MAX_TRIES)) return await freshBundle(options, tries + 1);
  // The content that was read of these isn't known: no content has such a hash, nor has another bundle.
  const unknown = unsure.map((file) => [file, `unsure ${randomUUID()}`]);
  return { bundle, inputs: { ...inputs, ...Object.fromEntries(unknown) } };
}
