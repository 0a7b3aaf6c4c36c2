import type { Fact } from '../../facts.ts';
import type { Paint } from './colour.ts';
import type { ShortName } from './short-names.ts';
import type { Told } from './told.ts';

export interface FactLineOptions {
  paint: Paint;
  short: ShortName;
  /** Show Lambda's own START, END and REPORT lines too. */
  platformLogs: boolean;
  /** Show all that is known: whole ids, each error whenever it is logged, every frame of its stack. */
  verbose: boolean;
  /** A short one is the beginning, which tells it from the others on a screen; none, where there is one story alone. */
  ids: 'whole' | 'short' | 'none';
  /** Waits are over so many times faster than on AWS: by the option of the start, or as it was changed since. */
  retrySpeed: number;
  isSpeedChanged?: boolean;
  /** Remembers what was shown of the requests. */
  told: Told;
}

/** A fact as a line says it, in the words of a terminal. */
export interface FactWords {
  good(text: string): string;
  bad(text: string): string;
  wait(text: string): string;
  quiet(text: string): string;
  /** By its name in the template, in bold. */
  name(nameOrArn: string): string;
  id(text: string): string;
  andId(text: string): string;
  /** A wait as AWS has it, and how long it is here. */
  delay(ms: number): string;
  paint: Paint;
  short: ShortName;
  options: FactLineOptions;
}

/** Each kind's line, or undefined where the fact has nothing to add to the lines around it. */
export type FactLines<Some extends Fact> = {
  [Each in Some as Each['kind']]: (fact: Each, words: FactWords) => string | undefined;
};

export function factWords(options: FactLineOptions): FactWords {
  const { paint, short } = options;
  const quiet = (text: string) => paint('dim', text);
  const id = (text: string) => (options.ids === 'whole' || options.verbose ? text : withShortIds(text));
  return {
    good: (text) => paint('green', text),
    bad: (text) => paint('red', text),
    wait: (text) => paint('yellow', text),
    quiet,
    name: (text) => paint('bold', short(text)),
    id,
    andId: (text) => (hidesIds(options) ? '' : ` ${quiet(id(text))}`),
    delay: (ms) => waiting(ms, options),
    paint,
    short,
    options,
  };
}

/** SQS, EventBridge and Lambda have UUIDs for ids. */
const UUID = /\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;

export function hidesIds({ ids, verbose }: FactLineOptions): boolean {
  return ids === 'none' && !verbose;
}

function withShortIds(text: string): string {
  return text.replaceAll(UUID, '$1…');
}

/** Rows below a line. */
export function listed(errors: string[]): string {
  return errors.map((error) => `\n    ${error}`).join('');
}

export function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

/** A wait as AWS has it, and how long it is here. */
function waiting(
  delayMs: number,
  { retrySpeed, isSpeedChanged }: Pick<FactLineOptions, 'retrySpeed' | 'isSpeedChanged'>,
): string {
  if (retrySpeed === 1) return seconds(delayMs);
  const speed = isSpeedChanged ? 'a retry speed of' : '--retry-speed';
  return `${seconds(delayMs)} (${seconds(delayMs / retrySpeed)} at ${speed} ${retrySpeed})`;
}

function seconds(valueMs: number): string {
  const value = valueMs / 1000;
  if (value >= 10) return `${Math.round(value)} s`;
  return `${Number(value.toFixed(value < 0.1 ? 3 : 1))} s`;
}
