import { useEffect, useState } from '../preact.ts';
import { ago } from '../state/words.ts';

const readers = new Set<(now: number) => void>();

/** One timer for all times that are drawn. */
setInterval(() => {
  const now = Date.now();
  for (const tell of readers) tell(now);
}, 1_000);

export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    readers.add(setNow);
    return () => {
      readers.delete(setNow);
    };
  }, []);
  return now;
}

/** A time as far as it has passed, exact on hover. */
export function Time({ at }: { at: string | number }) {
  const now = useNow();
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return <span>{String(at)}</span>;
  const iso = date.toISOString();
  return (
    <time dateTime={iso} title={exact(date)}>
      {ago(date.getTime(), now)}
    </time>
  );
}

/** The time of day with milliseconds, as in a log. */
export function TimeOfDay({ at }: { at: string | number }) {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return <span>{String(at)}</span>;
  const two = (value: number) => String(value).padStart(2, '0');
  const milliseconds = String(date.getMilliseconds()).padStart(3, '0');
  return (
    <time dateTime={date.toISOString()} title={exact(date)}>
      {`${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${milliseconds}`}
    </time>
  );
}

function exact(date: Date): string {
  return `${date.toLocaleString()} (${date.toISOString()})`;
}
