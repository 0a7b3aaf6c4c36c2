import type { EventRow, EventState } from '../../../src/console/event-rows.ts';
import { useNames } from '../../app/use-names.ts';
import { Id } from '../../parts/id.tsx';
import type { Column } from '../../parts/rows.tsx';
import { type Meaning, StateWord } from '../../parts/state-word.tsx';
import { Time } from '../../parts/time.tsx';
import { shownInRow } from '../../state/words.ts';

const MEANINGS: Readonly<Record<EventState, Meaning>> = {
  lost: 'bad',
  'in a queue': 'bad',
  retrying: 'warning',
  unmatched: 'warning',
  'on its way': 'quiet',
  delivered: 'good',
};

export function EventStateWord({ state }: { state: EventState }) {
  return <StateWord meaning={MEANINGS[state]} word={state} />;
}

function RuleNames({ of }: { of: EventRow['rules'] }) {
  const nameOf = useNames();
  return <span class="quiet">{of.map(({ name }) => nameOf(name)).join(', ') || 'none'}</span>;
}

export const EVENT_COLUMNS: readonly Column<EventRow>[] = [
  {
    name: 'Detail type',
    width: 'minmax(0, 3fr)',
    cell: ({ detailType, eventId }) => shownInRow(detailType === '' ? eventId : detailType),
  },
  { name: 'Source', width: 'minmax(0, 2fr)', from: 480, cell: ({ source }) => shownInRow(source) },
  { name: 'State', width: '96px', cell: ({ state }) => <EventStateWord state={state} /> },
  {
    name: 'Rules that matched',
    width: 'minmax(0, 3fr)',
    from: 720,
    cell: ({ rules }) => <RuleNames of={rules} />,
  },
  {
    name: 'Bus',
    width: 'minmax(0, 2fr)',
    from: 900,
    cell: ({ busName }) => <span class="quiet">{shownInRow(busName)}</span>,
  },
  { name: 'Id', width: '88px', from: 1_080, cell: ({ eventId }) => <Id id={eventId} /> },
  {
    name: 'When',
    width: '88px',
    isNumber: true,
    cell: ({ time }) => <Time at={time} />,
  },
];
