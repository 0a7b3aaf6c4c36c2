import type { JsonObject } from '../../../src/aws/json-object.ts';
import { isObject } from '../../../src/aws/json-object.ts';
import { ActionButton } from '../../parts/action.tsx';
import { jsonText } from '../../parts/code.tsx';
import { JsonField, parsedJson } from '../../parts/json-field.tsx';
import { type ComponentChildren, useState } from '../../preact.ts';
import { attributesOf, hasPlainJson, plainItem } from '../../state/attributes.ts';

/** A text longer than this is only shown: a field of a megabyte stands still. */
const MAX_EDITED = 200_000;

/** Edits an item: as plain JSON where that means the same, else as DynamoDB's API writes it. */
export function ItemEditor({
  item,
  onPut,
  children,
}: {
  item: JsonObject;
  onPut(item: JsonObject): Promise<string>;
  children?: ComponentChildren;
}) {
  const isPlain = hasPlainJson(item);
  const before = jsonText(isPlain ? plainItem(item) : item);
  const [text, setText] = useState(before);
  const read = parsedJson(text);
  if (before.length > MAX_EDITED)
    return (
      <p class="quiet">
        The item has {before.length.toLocaleString()} characters: too many to be edited here.
      </p>
    );
  const put = async () => {
    if (!('value' in read) || !isObject(read.value)) throw new Error('An item is a JSON object.');
    return await onPut(isPlain ? attributesOf(read.value) : read.value);
  };
  return (
    <div class="form">
      <JsonField
        label={isPlain ? 'JSON' : 'JSON with DynamoDB’s types'}
        text={text}
        onText={setText}
        rows={20}
      />
      <div class="buttons">
        <ActionButton kind="primary" disabled={'problem' in read || text === before} act={put}>
          Put item
        </ActionButton>
        {children}
      </div>
    </div>
  );
}
