import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import { csvRecords, DELIMITERS } from './csv.ts';
import { StateError } from './state-error.ts';

/** The error of a Map whose items can't be read (Step Functions guide, "Handling errors in Step Functions workflows"). */
export function readerError(cause: string): StateError {
  return new StateError('States.ItemReaderFailed', cause);
}

/**
 * The items in the text of an object, by the InputType of the ReaderConfig (Step Functions guide, "ItemReader (Map)"). The causes
 * of errors are those of LocalStack's records of AWS, v2/scenarios/test_base_scenarios.snapshot.json. Throws StateError.
 */
export function itemsIn(text: string, config: JsonObject): unknown[] {
  const { InputType = 'JSON', ItemsPointer } = config;
  if (InputType === 'JSON') return listAt(parsed(text), typeof ItemsPointer === 'string' ? ItemsPointer : '');
  if (InputType === 'JSONL')
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map(parsed);
  if (InputType === 'CSV') return csvItems(text, config);
  throw readerError(`The loop reads no items of the type ${InputType}.`);
}

/** One object a record, whose members have the names of the headers: fields that have none are left out. */
function csvItems(
  text: string,
  { CSVHeaderLocation, CSVHeaders, CSVDelimiter = 'COMMA' }: JsonObject,
): JsonObject[] {
  const records = csvRecords(text, DELIMITERS[String(CSVDelimiter)] ?? ',');
  const isGiven = CSVHeaderLocation === 'GIVEN';
  const headers = isGiven && Array.isArray(CSVHeaders) ? CSVHeaders.map(String) : (records[0] ?? []);
  if (new Set(headers).size < headers.length) throw readerError('CSV headers cannot contain duplicates.');
  return records
    .slice(isGiven ? 0 : 1)
    .map((fields) => Object.fromEntries(headers.map((header, at) => [header, fields[at] ?? ''])));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw readerError(`The object holds no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The list that a JSON pointer leads to (RFC 6901); the whole for an empty one. */
function listAt(root: unknown, pointer: string): unknown[] {
  let value = root;
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    value = Array.isArray(value) ? value[Number(name)] : isObject(value) ? value[name] : undefined;
  }
  if (Array.isArray(value)) return value;
  throw readerError('Attempting to map over non-iterable node.');
}
