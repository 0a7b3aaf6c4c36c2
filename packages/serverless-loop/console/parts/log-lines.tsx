import type { FactOnWire } from '../../src/console/fact-answer.ts';
import { useMemo } from '../preact.ts';
import { logRows } from '../state/log-rows.ts';
import { shownText } from '../state/words.ts';
import { TimeOfDay } from './time.tsx';

/** So many lines stand beside what they are of; the view of logs has all. */
const MAX_LINES = 200;

/** The log lines of some requests, each leading to its own place in the logs. */
export function LogLines({
  facts,
  requestIds,
}: {
  facts: readonly FactOnWire[];
  requestIds: readonly string[];
}) {
  const wanted = requestIds.join();
  const rows = useMemo(() => {
    const ids = new Set(wanted.split(','));
    return logRows(facts.filter((fact) => fact.kind === 'log' && ids.has(fact.requestId ?? '')));
  }, [facts, wanted]);
  if (rows.length === 0) return <p class="quiet">None.</p>;
  return (
    <ul class="lines">
      {rows.slice(-MAX_LINES).map(({ seq, time, message, level, source }) => (
        <li key={seq}>
          <a href={`#/logs/${seq}`}>
            <TimeOfDay at={time} />
          </a>
          <code
            class={/ERROR|FATAL|CRITICAL/.test(level) ? 'bad' : source === 'platform' ? 'quiet' : undefined}
          >
            {shownText(message.slice(0, 2_000)).text}
          </code>
        </li>
      ))}
    </ul>
  );
}
