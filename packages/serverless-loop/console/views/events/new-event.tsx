import { useConsole } from '../../app/context.ts';
import { ask, send } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { ActionButton } from '../../parts/action.tsx';
import { jsonText } from '../../parts/code.tsx';
import { Detail } from '../../parts/detail.tsx';
import { JsonField, parsedJson } from '../../parts/json-field.tsx';
import { Problem } from '../../parts/notice.tsx';
import { ChoiceField, TextField } from '../../parts/text-field.tsx';
import { useEffect, useState } from '../../preact.ts';
import type { EventAnswer } from './explained.ts';

/** An event to be put on a bus: a new one, or one that was there before, edited. */
export function NewEvent({ bus: fromBus, id }: { bus: string | undefined; id: string | undefined }) {
  const { stack, go } = useConsole();
  const [chosenBus, setBus] = useState(fromBus);
  const [source, setSource] = useState('');
  const [detailType, setDetailType] = useState('');
  const [detail, setDetail] = useState('{}');
  const { value, error } = useAnswer(id === undefined ? undefined : `${fromBus} ${id}`, () =>
    ask<EventAnswer>('event', { bus: fromBus, id }),
  );
  useEffect(() => {
    if (!value) return;
    setSource(String(value.event.source));
    setDetailType(String(value.event['detail-type']));
    setDetail(jsonText(value.event.detail));
  }, [value?.id]);

  const buses = [
    ...new Set([...(stack?.buses.map(({ name }) => name) ?? []), 'default', ...(fromBus ? [fromBus] : [])]),
  ];
  const bus = chosenBus ?? buses[0] ?? 'default';
  const put = async () => {
    const answer = await send<{ id: string }>('events', { bus, source, detailType, detail });
    go({ view: 'events', opened: [bus, answer.id] });
    return 'The event is on the bus.';
  };
  return (
    <Detail title={id === undefined ? 'Put an event' : 'Edit and send'}>
      <Problem text={error} />
      <div class="form">
        <ChoiceField label="Bus" value={bus} of={buses} onValue={setBus} />
        <TextField label="Source" text={source} onText={setSource} placeholder="com.example.shop" />
        <TextField label="Detail type" text={detailType} onText={setDetailType} placeholder="Order Created" />
        <JsonField label="Detail" text={detail} onText={setDetail} rows={16} />
        <div class="buttons">
          <ActionButton kind="primary" disabled={'problem' in parsedJson(detail)} act={put}>
            Put event
          </ActionButton>
        </div>
      </div>
    </Detail>
  );
}
