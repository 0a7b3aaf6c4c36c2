import { Id } from '../../parts/id.tsx';
import type { Column } from '../../parts/rows.tsx';
import { type Meaning, StateWord } from '../../parts/state-word.tsx';
import { Time } from '../../parts/time.tsx';
import type { ExecutionRow, ExecutionStatus } from '../../state/executions.ts';
import { duration, shownInRow } from '../../state/words.ts';

const WORDS: Readonly<Record<ExecutionStatus, readonly [Meaning, string]>> = {
  RUNNING: ['quiet', 'running'],
  SUCCEEDED: ['good', 'succeeded'],
  FAILED: ['bad', 'failed'],
  TIMED_OUT: ['bad', 'timed out'],
  ABORTED: ['warning', 'aborted'],
};

export function ExecutionStateWord({ status }: { status: ExecutionStatus }) {
  const [meaning, word] = WORDS[status];
  return <StateWord meaning={meaning} word={word} />;
}

export function executionColumns(nameOf: (name: string) => string): Column<ExecutionRow>[] {
  return [
    { name: 'State machine', width: 'minmax(0, 2fr)', cell: ({ machineName }) => nameOf(machineName) },
    { name: 'Status', width: '96px', cell: ({ status }) => <ExecutionStateWord status={status} /> },
    {
      name: 'Last state',
      width: 'minmax(0, 2fr)',
      from: 560,
      cell: ({ stateName = '' }) => shownInRow(stateName),
    },
    {
      name: 'Error',
      width: 'minmax(0, 2fr)',
      from: 800,
      cell: ({ error = '' }) => <span class="bad">{shownInRow(error)}</span>,
    },
    {
      name: 'Retries',
      width: '56px',
      from: 640,
      isNumber: true,
      cell: ({ retries }) => <span class={retries > 0 ? 'warning' : 'quiet'}>{retries}</span>,
    },
    {
      name: 'Duration',
      width: '80px',
      from: 480,
      isNumber: true,
      cell: ({ durationMs }) => (durationMs === undefined ? '' : duration(durationMs)),
    },
    { name: 'Execution', width: '96px', from: 960, cell: ({ name }) => <Id id={name} /> },
    { name: 'When', width: '88px', isNumber: true, cell: ({ startedAt }) => <Time at={startedAt} /> },
  ];
}
