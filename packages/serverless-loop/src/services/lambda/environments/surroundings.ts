import { existsSync } from 'node:fs';
import path from 'node:path';
import type { LayerModel } from '../../../template/model.ts';
import type { PauseListener } from '../debugging/pause-watch.ts';

/** All that a function's process finds beside its code. */
export interface Surroundings {
  /** The content of /opt, the last one first. */
  layers: readonly LayerModel[];
  /** Folders with the runtime's own packages in their node_modules, or above. */
  sdk: readonly string[];
  /** Its code imports ES modules by name: what is bundled into one file of CommonJS doesn't. */
  hasImports: boolean;
  aws: {
    /** Connections to AWS pass. */
    allows: boolean;
    /** Services whose calls come to the loop all the same, as their host names have them. */
    services: readonly string[];
  };
}

/** News that the runtime of a process tells the loop, beside what its function logs. */
export type RuntimeNews =
  /** It waits for a package that AWS's runtime has, until it is answered. */
  | { kind: 'wanted'; name: string }
  /** It asked for a package that its package.json names and that is nowhere. */
  | { kind: 'missing'; name: string }
  /** It was kept from connecting to AWS. */
  | { kind: 'refused'; host: string }
  /** It has nothing more to do for itself, and may be frozen. */
  | { kind: 'settled' };

/** Hears of that. `wanted` resolves when the package is there, or can't be. */
export interface RuntimeNewsListener {
  wanted(name: string): Promise<void>;
  missing(name: string): void;
  refused(host: string): void;
}

export function parseNews(text: string): RuntimeNews | undefined {
  const news: unknown = JSON.parse(text);
  if (typeof news !== 'object' || news === null || !('kind' in news)) return undefined;
  if (news.kind === 'settled') return { kind: 'settled' };
  if (news.kind === 'wanted' && 'name' in news) return { kind: 'wanted', name: String(news.name) };
  if (news.kind === 'missing' && 'name' in news) return { kind: 'missing', name: String(news.name) };
  return news.kind === 'refused' && 'host' in news ? { kind: 'refused', host: String(news.host) } : undefined;
}

/** Time-outs wait meanwhile, as they do at a breakpoint. */
export async function whilePaused(listener: PauseListener | undefined, work: Promise<void>): Promise<void> {
  listener?.paused();
  try {
    await work;
  } finally {
    listener?.resumed();
  }
}

/** Finds a file here that a function names as it is on AWS: under /var/task or /opt. */
export function placeOf(file: string, taskRoot: string, layers: readonly LayerModel[]): string {
  if (file.startsWith('/var/task/')) return path.join(taskRoot, path.relative('/var/task', file));
  const places = layers.map(({ folder, at }) =>
    path.join(folder, path.relative(path.join('/opt', at), file)),
  );
  return (
    (file.startsWith('/opt/') && places.find((place) => existsSync(place))) || path.resolve(taskRoot, file)
  );
}
