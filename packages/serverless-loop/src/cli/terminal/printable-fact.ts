import { isObject } from '../../aws/json-object.ts';
import { parsedJson } from '../../aws/parsed-json.ts';
import type { Fact } from '../../facts.ts';
import { printableLines, printableValue } from '../../printable.ts';

/** The fact with every text in it printable, whoever it is from: a caller, an event, an item, a function. */
export function printableFact(fact: Fact): Fact {
  const shown: Fact = JSON.parse(JSON.stringify(fact), (_member, value) =>
    typeof value === 'string' ? printableLines(value) : value,
  );
  return shown.kind === 'log' && fact.kind === 'log' ? { ...shown, line: printableRecord(fact.line) } : shown;
}

/** A log line. What is escaped in a structured one would be as it was again for who parses it. */
function printableRecord(line: string): string {
  const record = line.startsWith('{') ? parsedJson(line) : undefined;
  const shown = printableValue(record);
  return isObject(record) && shown !== record ? JSON.stringify(shown) : printableLines(line);
}
