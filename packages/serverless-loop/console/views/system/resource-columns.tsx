import type { Column } from '../../parts/rows.tsx';
import { type Meaning, StateWord } from '../../parts/state-word.tsx';
import { kindWord, type SystemResource } from '../../state/diagram.ts';
import { shownInRow } from '../../state/words.ts';

const MEANINGS: Readonly<Record<SystemResource['status'], Meaning>> = {
  emulated: 'good',
  accepted: 'quiet',
  'not emulated': 'warning',
  unavailable: 'bad',
};

export function ResourceStateWord({ status }: { status: SystemResource['status'] }) {
  return <StateWord meaning={MEANINGS[status]} word={status} />;
}

export const RESOURCE_COLUMNS: readonly Column<SystemResource>[] = [
  { name: 'Resource', width: 'minmax(0, 3fr)', cell: ({ logicalId }) => shownInRow(logicalId) },
  {
    name: 'Kind',
    width: 'minmax(0, 2fr)',
    from: 480,
    cell: ({ type }) => <span class="quiet">{kindWord(type)}</span>,
  },
  { name: 'State', width: '112px', cell: ({ status }) => <ResourceStateWord status={status} /> },
  {
    name: 'Reason',
    width: 'minmax(0, 3fr)',
    from: 800,
    cell: ({ reason = '' }) => <span class="quiet">{shownInRow(reason)}</span>,
  },
];
