import { Section } from '../../parts/detail.tsx';
import { TimeOfDay } from '../../parts/time.tsx';
import type { HistoryEvent } from '../../state/execution-steps.ts';
import { historyWords } from '../../state/history-words.ts';
import { shownText } from '../../state/words.ts';

/** So many events are drawn; an execution may have 25,000. */
const MAX_ROWS = 500;

/** The history of an execution in words. */
export function ExecutionHistory({ of }: { of: readonly HistoryEvent[] }) {
  return (
    <Section title="History">
      <ol class="lines">
        {of.slice(0, MAX_ROWS).map((event) => (
          <li key={event.id}>
            <TimeOfDay at={event.time} />
            <span
              class={/Failed$|TimedOut$|Aborted$/.test(event.type) ? 'bad' : undefined}
              title={event.type}
            >
              {shownText(historyWords(event).slice(0, 2_000)).text}
            </span>
          </li>
        ))}
      </ol>
      {of.length > MAX_ROWS && <p class="quiet small">{of.length - MAX_ROWS} later events are not shown.</p>}
    </Section>
  );
}
