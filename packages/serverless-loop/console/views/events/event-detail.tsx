import type { EventRow } from '../../../src/console/event-rows.ts';
import { ask, send } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { ActionButton } from '../../parts/action.tsx';
import { Code } from '../../parts/code.tsx';
import { Detail, Section } from '../../parts/detail.tsx';
import { Id } from '../../parts/id.tsx';
import { Problem, Waiting } from '../../parts/notice.tsx';
import { Time } from '../../parts/time.tsx';
import { addressPart } from '../../state/address.ts';
import { shownText } from '../../state/words.ts';
import { EventStateWord } from './event-columns.tsx';
import type { EventAnswer, RuleOfEvent } from './explained.ts';
import { RuleCard } from './rule-card.tsx';

/** An event: what each rule of its bus made of it, what became of it, and itself. */
export function EventDetail({ bus, id, row }: { bus: string; id: string; row: EventRow | undefined }) {
  const { value, error } = useAnswer(`${bus} ${id}`, () => ask<EventAnswer>('event', { bus, id }), [
    row?.state,
  ]);
  const title = shownText(String(value?.event['detail-type'] ?? row?.detailType ?? id)).text;
  const path = `${addressPart(bus)}/${addressPart(id)}`;
  return (
    <Detail
      title={title}
      subtitle={
        <>
          {row && (
            <>
              <EventStateWord state={row.state} /> · <Time at={row.time} /> ·{' '}
            </>
          )}
          {shownText(String(value?.event.source ?? row?.source ?? '')).text} · on {shownText(bus).text} ·{' '}
          <Id id={id} />
        </>
      }
    >
      {value && (
        <div class="buttons">
          <ActionButton act={() => sendAgain(value)}>Send again</ActionButton>
          <a class="button" href={`#/events/new/${path}`}>
            Edit and send
          </a>
          <a class="button" href={`#/events/pattern/${path}`}>
            Test a pattern on it
          </a>
          <a class="button" href={`#/logs?${new URLSearchParams({ q: id })}`}>
            Logs with its id
          </a>
        </div>
      )}
      <Problem text={error} />
      {!value && error === undefined && <Waiting />}
      <Section title="Rules">
        {value?.rules.length === 0 && <p class="quiet">The bus has no rule: nobody could get it.</p>}
        {rulesOf(value, row).map((rule) => (
          <RuleCard
            key={rule.name}
            rule={rule}
            delivery={row?.rules.find(({ name }) => name === rule.name)}
          />
        ))}
      </Section>
      {value && (
        <Section title="Event">
          <Code value={value.event} label="event" />
        </Section>
      )}
    </Detail>
  );
}

/** Those that matched first; one that is gone by now is known from what it did. */
function rulesOf(value: EventAnswer | undefined, row: EventRow | undefined): RuleOfEvent[] {
  const known = value?.rules ?? [];
  const gone = (row?.rules ?? []).filter(({ name }) => !known.some((rule) => rule.name === name));
  const all = [...known, ...gone.map(({ name }) => ({ name, isEnabled: true, matches: true }))];
  const rank = ({ matches, failed = [] }: RuleOfEvent) => (matches ? 0 : 1 + failed.length);
  return all.toSorted((one, other) => rank(one) - rank(other));
}

async function sendAgain({ busName, event }: EventAnswer): Promise<string> {
  const { source, detail, 'detail-type': detailType } = event;
  const { id } = await send<{ id: string }>('events', { bus: busName, source, detailType, detail });
  return `Sent again as ${id.slice(0, 8)}…`;
}
