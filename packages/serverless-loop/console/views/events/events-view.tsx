import { type EventRow, eventRows } from '../../../src/console/event-rows.ts';
import { useConsole } from '../../app/context.ts';
import { GroupEnd } from '../../parts/group-end.tsx';
import { Rows } from '../../parts/rows.tsx';
import { ViewHead } from '../../parts/view-head.tsx';
import { useMemo } from '../../preact.ts';
import { formatAddress } from '../../state/address.ts';
import { fits, parseFilter } from '../../state/filter.ts';
import { EVENT_COLUMNS } from './event-columns.tsx';
import { EventDetail } from './event-detail.tsx';
import { NewEvent } from './new-event.tsx';
import { NoEvents } from './no-events.tsx';
import { PatternTester } from './pattern-tester.tsx';
import { useEventTexts } from './use-event-texts.ts';

export function EventsView() {
  const { facts, address } = useConsole();
  const group = facts.groups.events;
  const all = useMemo(() => eventRows(group.facts), [group]);
  const filter = useMemo(() => parseFilter(address.filter), [address.filter]);
  const texts = useEventTexts(filter.terms.length > 0, group);
  const rows = useMemo(
    () => (filter.terms.length === 0 ? all : all.filter((row) => fits(withText(row, texts), filter))),
    [all, filter, texts],
  );
  const [first, ...rest] = address.opened;
  return (
    <>
      <ViewHead
        title="Events"
        summary={summaryOf(all, rows)}
        placeholder="Filter: text, source:…, detail-type:…, state:retrying"
      >
        <a class="button" href="#/events/pattern">
          Test a pattern
        </a>
        <a class="button" href="#/events/new">
          Put an event
        </a>
      </ViewHead>
      <div class="split">
        <Rows
          label="Events, the newest first"
          rows={rows}
          keyOf={keyOf}
          hrefOf={(row) =>
            formatAddress({ view: 'events', opened: [row.busName, row.eventId], filter: address.filter })
          }
          columns={EVENT_COLUMNS}
          chosen={address.opened.length === 2 ? `${rest[0]} ${first}` : undefined}
          empty={<NoEvents isFiltered={all.length > 0} />}
          end={<GroupEnd group={group} of="facts about events" />}
        />
        <Opened opened={address.opened} rows={all} />
      </div>
    </>
  );
}

function Opened({ opened, rows }: { opened: readonly string[]; rows: readonly EventRow[] }) {
  const [first = '', id, ...rest] = opened;
  if (first === 'pattern' && (id === undefined || rest.length > 0))
    return <PatternTester bus={id} id={rest[0]} />;
  if (first === 'new' && (id === undefined || rest.length > 0)) return <NewEvent bus={id} id={rest[0]} />;
  if (id === undefined) return null;
  return (
    <EventDetail bus={first} id={id} row={rows.find((row) => row.busName === first && row.eventId === id)} />
  );
}

function keyOf({ eventId, busName }: EventRow): string {
  return `${eventId} ${busName}`;
}

function withText(row: EventRow, texts: ReadonlyMap<string, object>): Readonly<Record<string, unknown>> {
  return { ...row, ...texts.get(keyOf(row)) };
}

function summaryOf(all: readonly EventRow[], rows: readonly EventRow[]): string {
  const many = `${all.length.toLocaleString()} ${all.length === 1 ? 'event' : 'events'}`;
  return all.length === rows.length ? many : `${rows.length.toLocaleString()} of ${many}`;
}
