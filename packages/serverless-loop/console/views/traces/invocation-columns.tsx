import type { InvocationRow, InvocationState } from '../../../src/console/invocation-rows.ts';
import { Id } from '../../parts/id.tsx';
import type { Column } from '../../parts/rows.tsx';
import { type Meaning, StateWord } from '../../parts/state-word.tsx';
import { Time } from '../../parts/time.tsx';
import { startedBy } from '../../state/started-by.ts';
import { duration } from '../../state/words.ts';

const MEANINGS: Readonly<Record<InvocationState, Meaning>> = {
  waiting: 'quiet',
  running: 'quiet',
  retrying: 'warning',
  ok: 'good',
  failed: 'bad',
  'given up': 'bad',
};

export function InvocationStateWord({ state }: { state: InvocationState }) {
  return <StateWord meaning={MEANINGS[state]} word={state} />;
}

export function invocationColumns(nameOf: (name: string) => string): Column<InvocationRow>[] {
  return [
    { name: 'Function', width: 'minmax(0, 3fr)', cell: ({ functionName }) => nameOf(functionName) },
    { name: 'State', width: '88px', cell: ({ state }) => <InvocationStateWord state={state} /> },
    {
      name: 'Started by',
      width: 'minmax(0, 2fr)',
      from: 760,
      cell: (row) => <span class="quiet">{startedBy(row, nameOf)}</span>,
    },
    {
      name: 'Attempts',
      width: '64px',
      from: 480,
      isNumber: true,
      cell: ({ attempts }) => (
        <span class={attempts.length > 1 ? 'warning' : 'quiet'}>{attempts.length}</span>
      ),
    },
    {
      name: 'Cold start',
      width: '80px',
      from: 800,
      isNumber: true,
      cell: ({ attempts }) => {
        const cold = attempts.find(({ isCold }) => isCold);
        return cold?.initMs === undefined ? '' : duration(cold.initMs);
      },
    },
    {
      name: 'Duration',
      width: '72px',
      from: 560,
      isNumber: true,
      cell: ({ attempts }) => {
        const ended = attempts.findLast(({ durationMs }) => durationMs !== undefined);
        return ended?.durationMs === undefined ? '' : duration(ended.durationMs);
      },
    },
    { name: 'Request', width: '88px', from: 960, cell: ({ requestId }) => <Id id={requestId} /> },
    { name: 'When', width: '88px', isNumber: true, cell: ({ time }) => <Time at={time} /> },
  ];
}
