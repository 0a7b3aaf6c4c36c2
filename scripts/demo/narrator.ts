import {
  columnsOf,
  type Fact,
  factPrinter,
  NARROW,
  type Output,
  type Paint,
  type Printer,
  painter,
  TIED,
  wantsColour,
  wrap,
} from 'serverless-loop/commands';

/** Tells the story as it goes: what the demo does, and what the loop reports of it. */
export interface Narrator {
  paint: Paint;
  /** A step of the demo's own. A machine is told of the facts alone. */
  say(text: string): void;
  /** Rows without a time, as wide as the terminal. */
  show(text: string): void;
  report(fact: Fact): void;
  knows: Printer['knows'];
}

export function narrator(options: {
  json: boolean;
  verbose: boolean;
  platformLogs: boolean;
  retrySpeed: number;
  /** A failure is arranged: its attempts are the story. */
  isFailure: boolean;
  out: Output;
}): Narrator {
  const { json, verbose, isFailure, out } = options;
  const paint = painter(!json && wantsColour(out, process.env));
  const printer = factPrinter({ ...options, stamp, hidesIds: true, stream: out });
  const show = (text: string) => {
    const columns = columnsOf(out, process.env);
    const rows = columns === undefined ? text.replaceAll(TIED, ' ') : wrap(text, columns, edge(columns));
    out.write(`${rows}\n`);
  };
  return {
    paint,
    show,
    say(text) {
      if (!json) show(`${paint('dim', stamp())}  ${text}`);
    },
    report(fact) {
      if (json || verbose || isStep(fact, isFailure)) printer.report(fact);
    },
    knows: printer.knows,
  };
}

const NUMBER_WIDTH = 6;
const STAMP_WIDTH = NUMBER_WIDTH + ' s  '.length;

/** Seconds since the process started. What goes on below is as far in, however many there are. */
function stamp(): string {
  return `${(performance.now() / 1000).toFixed(3).padStart(NUMBER_WIDTH, TIED)} s`;
}

function edge(columns: number): number {
  return columns < NARROW ? 4 : STAMP_WIDTH + 2;
}

/** Picks the facts that tell the story: not how functions are built, nor what they log, but an error that the demo didn't arrange. */
function isStep(fact: Fact, isFailure: boolean): boolean {
  if (fact.kind === 'log') return !isFailure && /"level":"(?:ERROR|FATAL|CRITICAL)"/i.test(fact.line);
  // One that fails is about its attempts.
  if (isFailure && fact.kind === 'delivery.succeeded') return false;
  return !/^(?:build\.(?!failed)|table\.written|queue\.|invocation\.accepted|rule\.matched)/.test(fact.kind);
}
