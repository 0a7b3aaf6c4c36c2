import { useConsole } from '../../app/context.ts';
import { ask, send } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { Detail, Section } from '../../parts/detail.tsx';
import { Question } from '../../parts/dialog.tsx';
import { Problem, Waiting } from '../../parts/notice.tsx';
import { Time, TimeOfDay } from '../../parts/time.tsx';
import { useState } from '../../preact.ts';
import { historyOf, plainItem } from '../../state/attributes.ts';
import { duration, shownText } from '../../state/words.ts';
import type { ItemAnswer, Table } from './answers.ts';
import { ItemEditor } from './item-editor.tsx';
import { ItemTraces } from './item-traces.tsx';

/** An item: its time line, the way to its traces, itself to edit, and what was written to it. */
export function ItemDetail({ table, itemKey }: { table: Table; itemKey: string }) {
  const { facts, go } = useConsole();
  const { value, error } = useAnswer(
    `${table.name} ${itemKey}`,
    () => ask<ItemAnswer>('item', { table: table.name, key: itemKey }),
    [facts.groups.tables],
  );
  const [isAsking, setIsAsking] = useState(false);
  const item = value?.item;
  const history = item ? historyOf(plainItem(item)) : [];
  const key = item && Object.fromEntries(table.keys.map((name) => [name, item[name]]));
  return (
    <Detail title={shownText(itemKey).text}>
      <Problem text={error} />
      {!value && error === undefined && <Waiting />}
      {value && !item && <p class="quiet">The table has no such item, or no more.</p>}
      {history.length > 0 && (
        <Section title="History">
          <ol class="steps">
            {history.map(({ at, words }, place) => (
              <li key={`${at} ${place}`}>
                <strong>{shownText(words).text}</strong>{' '}
                <span class="quiet small">
                  <TimeOfDay at={at} />
                  {place > 0 &&
                    `, ${duration(Date.parse(at) - Date.parse(history[place - 1]?.at ?? at))} later`}
                </span>
              </li>
            ))}
          </ol>
        </Section>
      )}
      {item && <ItemTraces values={table.keys.map((name) => String(plainItem(item)[name]))} />}
      {item && (
        <Section title="Item">
          <ItemEditor
            key={JSON.stringify(item)}
            item={item}
            onPut={async (next) => {
              await send('item/put', { table: table.name, item: next });
              return 'The item is written.';
            }}
          >
            <button type="button" class="danger" onClick={() => setIsAsking(true)}>
              Delete
            </button>
          </ItemEditor>
        </Section>
      )}
      {value && (
        <Section title="Writes">
          <ul class="steps">
            {value.writes.map((fact) => (
              <li key={fact.seq}>
                {'operation' in fact ? fact.operation : fact.kind}
                {fact.kind === 'table.conditionFailed' && (
                  <span class="warning"> refused: the condition failed</span>
                )}{' '}
                <span class="quiet small">
                  <Time at={fact.time} />
                </span>
              </li>
            ))}
          </ul>
          {value.writes.length === 0 && <p class="quiet">None that the loop still knows.</p>}
        </Section>
      )}
      {isAsking && (
        <Question
          title="Delete the item?"
          text={`${shownText(itemKey).text} is gone then.`}
          yes="Delete"
          act={async () => {
            await send('item/delete', { table: table.name, key });
            go({ view: 'data', opened: ['tables', table.name] });
          }}
          onClose={() => setIsAsking(false)}
        />
      )}
    </Detail>
  );
}
