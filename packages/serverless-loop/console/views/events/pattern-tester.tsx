import { ask, send } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { jsonText } from '../../parts/code.tsx';
import { Detail, Section } from '../../parts/detail.tsx';
import { JsonField, parsedJson } from '../../parts/json-field.tsx';
import { Problem } from '../../parts/notice.tsx';
import { StateWord } from '../../parts/state-word.tsx';
import { ChoiceField } from '../../parts/text-field.tsx';
import { useEffect, useState } from '../../preact.ts';
import type { EventAnswer, Explained } from './explained.ts';
import { FailedFields } from './failed-fields.tsx';

const EVENT = { source: 'com.example', 'detail-type': 'Example', detail: { status: 'NEW', total: 12 } };
const PATTERN = { source: ['com.example'], detail: { total: [{ numeric: ['>', 10] }] } };
const OWN = '';

/** Tries a pattern on an event as it is typed, with the service's own errors. */
export function PatternTester({ bus, id }: { bus: string | undefined; id: string | undefined }) {
  const [pattern, setPattern] = useState(() => jsonText(PATTERN));
  const [event, setEvent] = useState(() => jsonText(EVENT));
  const [rule, setRule] = useState(OWN);
  const given = useAnswer(id === undefined ? undefined : `${bus} ${id}`, () =>
    ask<EventAnswer>('event', { bus, id }),
  );
  const found = given.value;
  useEffect(() => {
    if (!found) return;
    setEvent(jsonText(found.event));
    const [first] = found.rules.filter((each) => each.pattern !== undefined);
    if (first) choose(first.name);
  }, [found?.id]);

  function choose(name: string): void {
    setRule(name);
    const chosen = found?.rules.find((each) => each.name === name);
    if (chosen) setPattern(jsonText(chosen.pattern));
  }

  const isJson = 'value' in parsedJson(pattern) && 'value' in parsedJson(event);
  const tried = useAnswer(isJson ? `${pattern} ${event}` : undefined, () =>
    send<Explained>('explain', { pattern, event }),
  );
  return (
    <Detail title="Test a pattern">
      <Problem text={given.error} />
      {found && (
        <ChoiceField
          label="Start from the pattern of"
          value={rule}
          of={[
            [OWN, 'my own'],
            ...found.rules.filter((each) => each.pattern !== undefined).map(({ name }) => name),
          ]}
          onValue={choose}
        />
      )}
      <Section title="Result">
        <div aria-live="polite">
          {tried.value && (
            <>
              <p>
                {tried.value.matches ? (
                  <StateWord meaning="good" word="The pattern matches the event" />
                ) : (
                  <StateWord meaning="bad" word="The pattern does not match the event" />
                )}
              </p>
              <FailedFields of={tried.value} />
            </>
          )}
          {!isJson && <p class="quiet">Both fields need JSON.</p>}
          {isJson && tried.error !== undefined && <p class="bad said">{tried.error}</p>}
        </div>
      </Section>
      <JsonField
        label="Pattern"
        text={pattern}
        onText={(text) => {
          setRule(OWN);
          setPattern(text);
        }}
        rows={10}
      />
      <JsonField label="Event" text={event} onText={setEvent} rows={16} />
    </Detail>
  );
}
