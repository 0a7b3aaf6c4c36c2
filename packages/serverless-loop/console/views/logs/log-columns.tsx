import type { Column } from '../../parts/rows.tsx';
import type { Meaning } from '../../parts/state-word.tsx';
import { TimeOfDay } from '../../parts/time.tsx';
import type { LogRow } from '../../state/log-rows.ts';
import { shownInRow } from '../../state/words.ts';

const MEANINGS: Readonly<Record<string, Meaning>> = {
  WARN: 'warning',
  ERROR: 'bad',
  FATAL: 'bad',
  CRITICAL: 'bad',
};

export function LevelWord({ level }: { level: string }) {
  return <span class={MEANINGS[level] ?? 'quiet'}>{shownInRow(level)}</span>;
}

/** The columns of all lines, and those of the fields that somebody has chosen. */
export function logColumns(nameOf: (name: string) => string, fields: readonly string[]): Column<LogRow>[] {
  return [
    { name: 'Time', width: '96px', cell: ({ time }) => <TimeOfDay at={time} /> },
    { name: 'Level', width: '48px', from: 560, cell: ({ level }) => <LevelWord level={level} /> },
    {
      name: 'Function',
      width: 'minmax(0, 180px)',
      from: 720,
      cell: ({ functionName }) => <span class="quiet">{nameOf(functionName)}</span>,
    },
    {
      name: 'Message',
      width: 'minmax(0, 3fr)',
      cell: ({ message, source, level }) => (
        <code class={source === 'platform' ? 'quiet' : (MEANINGS[level] ?? '')}>{shownInRow(message)}</code>
      ),
    },
    ...fields.map(
      (field): Column<LogRow> => ({
        name: shownInRow(field),
        width: 'minmax(0, 1fr)',
        from: 560,
        cell: ({ fields: own }) => (
          <code>{own[field] === undefined ? '' : shownInRow(String(own[field]))}</code>
        ),
      }),
    ),
  ];
}
