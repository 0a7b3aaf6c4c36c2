import type { Report } from '../../facts.ts';
import { printableJson } from '../../printable.ts';
import type { Stack } from '../../template/model.ts';
import { painter, wantsColour } from './colour.ts';
import { columnsOf, NARROW } from './columns.ts';
import { factLine } from './fact-line.ts';
import { printableFact } from './printable-fact.ts';
import { type ShortName, shortNames } from './short-names.ts';
import { nothingTold } from './told.ts';
import { TIED, wrap } from './wrap.ts';

/** Shows the facts of a loop on a terminal, or as lines of JSON. */
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
  /** Whole ids, and errors as often as they are logged, with every frame. */
  verbose?: boolean;
  /** For one story alone, which needs none to be told from another. */
  hidesIds?: boolean;
  /** Waits are over so many times faster than on AWS. */
  retrySpeed?: number;
  /** Returns the text before each line for a person, e.g. the time of day. */
  stamp(): string;
  stream: { write(text: string): unknown; isTTY?: boolean; columns?: number | undefined };
}): Printer {
  const { stream, verbose = false, hidesIds = false, retrySpeed: firstSpeed = 1 } = options;
  let retrySpeed = firstSpeed;
  if (options.json) {
    return {
      knows() {},
      short: (name) => name,
      report: (fact) => void stream.write(jsonLine({ time: new Date().toISOString(), ...fact })),
    };
  }
  const paint = painter(wantsColour(stream, process.env));
  const told = nothingTold();
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
      if (fact.kind === 'time.changed') retrySpeed = fact.retrySpeed;
      // A terminal's width changes while it runs.
      const columns = columnsOf(stream, process.env);
      const line = factLine(printableFact(fact), {
        paint,
        short,
        platformLogs: options.platformLogs,
        verbose,
        // The reader of a file or a pipe looks for an id by the whole of it.
        ids: columns === undefined ? 'whole' : hidesIds ? 'none' : 'short',
        retrySpeed,
        isSpeedChanged: retrySpeed !== firstSpeed,
        told,
      });
      if (line === undefined) return;
      const stamp = options.stamp();
      const edge = columns !== undefined && columns < NARROW ? 2 : stamp.length + 2;
      const stamped = `${paint('dim', stamp)}  ${line.replaceAll('\n', `\n${' '.repeat(edge)}`)}`;
      stream.write(
        `${columns === undefined ? stamped.replaceAll(TIED, ' ') : wrap(stamped, columns, edge + 2)}\n`,
      );
    },
  };
}

/** Some readers of lines, Node's own among them, end one at the separators of Unicode, too. */
function jsonLine(fact: object): string {
  return `${printableJson(JSON.stringify(fact))}\n`;
}
