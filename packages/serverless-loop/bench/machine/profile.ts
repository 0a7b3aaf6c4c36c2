import { writeFileSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';
import path from 'node:path';

const SAMPLING_INTERVAL_US = 250;
const SHOWN = 15;

/** Runs `work` under V8's CPU profiler; writes the profile to `file` and gives the functions that took the most time. */
export async function profile<T>(
  file: string,
  work: () => Promise<T>,
): Promise<{ result: T; lines: string[] }> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: SAMPLING_INTERVAL_US });
    await session.post('Profiler.start');
    const result = await work();
    const { profile } = await session.post('Profiler.stop');
    writeFileSync(file, JSON.stringify(profile));
    return { result, lines: [`CPU profile: ${file}`, ...topSelfTimes(profile)] };
  } finally {
    session.disconnect();
  }
}

function topSelfTimes(profile: Profiler.Profile): string[] {
  const usOfNode = new Map<number, number>();
  (profile.samples ?? []).forEach((id, index) => {
    usOfNode.set(id, (usOfNode.get(id) ?? 0) + (profile.timeDeltas?.[index] ?? 0));
  });
  const usOfPlace = new Map<string, number>();
  for (const { id, callFrame } of profile.nodes) {
    const place = placeOf(callFrame);
    usOfPlace.set(place, (usOfPlace.get(place) ?? 0) + (usOfNode.get(id) ?? 0));
  }
  const totalUs = profile.endTime - profile.startTime;
  return [...usOfPlace]
    .sort(([, a], [, b]) => b - a)
    .slice(0, SHOWN)
    .map(
      ([place, us]) =>
        `${((100 * us) / totalUs).toFixed(1).padStart(5)} %  ${(us / 1000).toFixed(0).padStart(6)} ms  ${place}`,
    );
}

function placeOf({ functionName, url, lineNumber }: Profiler.Profile['nodes'][number]['callFrame']): string {
  const name = functionName || '(anonymous)';
  if (!url) return name;
  const file = url.startsWith('node:') ? url : url.split(path.sep).slice(-3).join('/');
  return `${name}  ${file}:${lineNumber + 1}`;
}
