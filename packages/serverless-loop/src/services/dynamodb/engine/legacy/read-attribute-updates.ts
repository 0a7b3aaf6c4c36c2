import { validationError } from '../dynamodb-error.ts';
import type { AttributeUpdateMember } from '../expressions/expression-members.ts';
import type { Path, Update } from '../expressions/syntax.ts';
import { checkAttributeName } from '../values/attribute-name.ts';
import { type AttributeValue, typeOf } from '../values/attribute-value.ts';
import { readAttributeValue } from '../values/read-value.ts';
import { invalidParameter } from './comparison.ts';

interface Action {
  readonly path: Path;
  readonly action: 'PUT' | 'ADD' | 'DELETE';
  readonly value: AttributeValue | undefined;
}

// The words and their order are those of dynalite's records of AWS, validations/updateItem.js.

/** Reads AttributeUpdates; its ADD takes lists too, which it appends. */
export function readAttributeUpdates(updates: Readonly<Record<string, AttributeUpdateMember>>): Update {
  const actions = Object.entries(updates).map(([name, member]) => readAction(name, member));
  return {
    isOlder: true,
    set: valued(actions, 'PUT').map(({ path, value }) => ({ path, value: { kind: 'value', value } })),
    remove: actions.filter(({ value }) => value === undefined).map(({ path }) => path),
    add: valued(actions, 'ADD'),
    delete: valued(actions, 'DELETE'),
  };
}

function valued(actions: readonly Action[], wanted: Action['action']) {
  return actions.flatMap(({ path, action, value }) =>
    action === wanted && value !== undefined ? [{ path, value }] : [],
  );
}

function readAction(name: string, member: AttributeUpdateMember): Action {
  checkAttributeName(name);
  const action = readActionName(name, member.Action ?? 'PUT');
  const value = member.Value == null ? undefined : readAttributeValue(member.Value);
  if (value === undefined && action !== 'DELETE') {
    throw invalidParameter('Only DELETE action is allowed when no attribute value is specified');
  }
  const type = value && typeOf(value);
  const isSet = type === 'SS' || type === 'NS' || type === 'BS';
  if (type && action === 'DELETE' && !isSet) {
    throw invalidParameter(`DELETE action with value is not supported for the type ${type}`);
  }
  if (type && action === 'ADD' && !isSet && type !== 'N' && type !== 'L') {
    throw invalidParameter(`ADD action is not supported for the type ${type}`);
  }
  return { path: [name], action, value };
}

function readActionName(name: string, action: string): Action['action'] {
  if (action === 'PUT' || action === 'ADD' || action === 'DELETE') return action;
  throw validationError(
    `1 validation error detected: Value '${action}' at 'attributeUpdates.${name}.member.action' failed to satisfy constraint: Member must satisfy enum value set: [ADD, DELETE, PUT]`,
  );
}
