import type { Report } from '../facts.ts';
import type { Stack } from '../template/model.ts';
import { painter, wantsColour } from './colour.ts';
import { factLine, type ShortName, shortNames } from './fact-line.ts';
import { printableJson } from './printable.ts';
import { printableFact } from './printable-fact.ts';

export interface Printer {
  report: Report;
  /** From now on names of this stack are shown as the template has them. */
  knows(stack: Stack): void;
  short: ShortName;
}

/** Prints each fact as it comes: a line for a person behind `stamp`, or a JSON object for a machine. */
export function factPrinter(options: {
  json: boolean;
  platformLogs: boolean;
  /** What stands before each line for a person, e.g. the time of day. */
  stamp(): string;
  stream: { write(text: string): unknown; isTTY?: boolean };
}): Printer {
  const { stream } = options;
  if (options.json) {
    return {
      knows() {},
      short: (name) => name,
      report: (fact) => void stream.write(jsonLine({ time: new Date().toISOString(), ...fact })),
    };
  }
  const paint = painter(wantsColour(stream, process.env));
  let short: ShortName = (name) => name;
  return {
    knows(stack) {
      short = shortNames([
        ...stack.functions,
        ...stack.tables,
        ...stack.buses,
        ...stack.rules,
        ...stack.queues,
        ...stack.alarms,
        ...stack.topics,
      ]);
    },
    short: (name) => short(name),
    report(fact) {
      const line = factLine(printableFact(fact), { paint, short, platformLogs: options.platformLogs });
      if (line === undefined) return;
      const stamp = options.stamp();
      // Only a fact's first line stands at the edge: nothing that a fact holds can look like another one.
      const edge = ' '.repeat(stamp.length + 2);
      stream.write(`${paint('dim', stamp)}  ${line.replaceAll('\n', `\n${edge}`)}\n`);
    },
  };
}

/** Some readers of lines, Node's own among them, end one at the separators of Unicode, too. */
function jsonLine(fact: object): string {
  return `${printableJson(JSON.stringify(fact))}\n`;
}
