import { useEffect, useState } from '../../preact.ts';

/** Counts up every so many milliseconds, for what nothing tells of when it changes. */
export function useBeat(everyMs: number): number {
  const [beat, setBeat] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setBeat((before) => before + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return beat;
}
