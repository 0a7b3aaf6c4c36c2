import { useConsole } from '../../app/context.ts';
import { useNames } from '../../app/use-names.ts';
import { Section } from '../../parts/detail.tsx';
import { TimeOfDay } from '../../parts/time.tsx';
import { useMemo } from '../../preact.ts';
import { addressPart } from '../../state/address.ts';
import { type LogRow, logRows } from '../../state/log-rows.ts';

const MAX_TRACES = 10;

/** The requests whose log lines name an item: from an order to what was done with it. */
export function ItemTraces({ values }: { values: readonly string[] }) {
  const { facts } = useConsole();
  const nameOf = useNames();
  const [value = ''] = values;
  const lines = facts.groups.logs.facts;
  const requests = useMemo(() => {
    // A short key, such as a number, is in many lines.
    const own =
      value.length < 4 ? [] : lines.filter((fact) => fact.kind === 'log' && fact.line.includes(value));
    const byRequest = new Map(logRows(own).map((row): [string, LogRow] => [row.requestId, row]));
    byRequest.delete('');
    return [...byRequest.values()].slice(-MAX_TRACES);
  }, [lines, value]);
  if (requests.length === 0) return null;
  return (
    <Section title="Traces that name it">
      <ul class="steps">
        {requests.map(({ requestId, functionName, time }) => (
          <li key={requestId}>
            <a href={`#/traces/${addressPart(requestId)}`}>{nameOf(functionName)}</a>{' '}
            <span class="quiet small">
              <TimeOfDay at={time} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
