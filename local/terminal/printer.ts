import type { Report } from '../facts.ts';
import type { Stack } from '../template/model.ts';
import { painter, wantsColour } from './colour.ts';
import { factLine, type ShortName, shortNames } from './fact-line.ts';

export interface Printer {
  report: Report;
  /** From now on names of this stack are shown as the template has them. */
  knows(stack: Stack): void;
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
    report(fact) {
      const line = factLine(fact, { paint, short, platformLogs: options.platformLogs });
      if (line !== undefined) stream.write(`${paint('dim', options.stamp())}  ${line}\n`);
    },
  };
}

/** Some readers of lines, Node's own among them, end one at the separators of Unicode, too, which JSON may hold as they are. */
function jsonLine(fact: object): string {
  const escaped = JSON.stringify(fact).replace(/[\u2028\u2029]/g, (it) =>
    it === '\u2028' ? '\\u2028' : '\\u2029',
  );
  return `${escaped}\n`;
}
