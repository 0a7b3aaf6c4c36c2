import path from 'node:path';
import process from 'node:process';
import { BenchError } from './bench-error.ts';
import { startCleanup } from './cleanup.ts';
import type { Figure, FigureOptions, Result } from './figure.ts';
import { profile } from './machine/profile.ts';

/** Someone wants it to end. */
export class InterruptedError extends BenchError {
  override readonly name = 'InterruptedError';
}

export interface RunSettings extends Pick<FigureOptions, 'share' | 'say'> {
  /** The folder for CPU profiles; none are made without. */
  profileFolder?: string;
  /** Rejects when the figure has to end early. */
  interrupted: Promise<never>;
}

/** Rejects with InterruptedError at the first signal. */
export function interruption(): Promise<never> {
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.once(signal, () => reject(new InterruptedError(`ended by ${signal}`)));
    }
  });
  // It may come when nobody waits, at the very end.
  interrupted.catch(() => {});
  return interrupted;
}

/** Runs one figure and ends all that it started, whether it came to its end or not. */
export async function runFigure(figure: Figure, settings: RunSettings): Promise<Result[]> {
  const { share, say, profileFolder, interrupted } = settings;
  const cleanup = startCleanup();
  try {
    const profiled: FigureOptions['profiled'] = async (work) => {
      if (profileFolder === undefined) return work();
      const { result, lines } = await profile(path.join(profileFolder, `${figure.name}.cpuprofile`), work);
      for (const line of lines) say(line);
      return result;
    };
    const running = figure.run({ share, say, profiled, atEnd: cleanup.add });
    return await Promise.race([running, interrupted]);
  } finally {
    await cleanup.run();
  }
}
