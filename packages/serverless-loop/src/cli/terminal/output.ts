import { printableJson, printableLines } from '../../printable.ts';
import { painter } from './colour.ts';

/** A stream of the process, as far as commands need it. */
export interface OutputStream {
  write(text: string): unknown;
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** A stream that a command shows something on. All that it shows goes through here. */
export interface Output {
  /** Text for a person, in the colours of `painter` and no other. */
  write(text: string): void;
  /** Text for a program: as it is in a pipe or a file, printable on a terminal. */
  data(text: string): void;
  /** JSON for a program and a newline: the value as it is, no character of it unprintable. */
  json(value: unknown, indent?: number): void;
  isTTY: boolean;
  /** The terminal's width now. */
  readonly columns: number | undefined;
  /** Aborted when it can't be written any more; the reason is the system's error. */
  closed: AbortSignal;
}

/** Sequences that the project itself writes: colours, and the way back to the start of a line. */
const OWN_SEQUENCE = new RegExp(`(${ownSequences().join('|').replaceAll('[', '\\[')})`);

/** Writes to a stream until that fails: its reader may go away, its disk may be full. */
export function startOutput(stream: OutputStream): Output {
  const controller = new AbortController();
  stream.on('error', (error) => controller.abort(error));
  const write = (text: string) => {
    if (!controller.signal.aborted) stream.write(text);
  };
  const isTTY = stream.isTTY === true;
  return {
    write: (text) => write(screened(text)),
    data: (text) => write(isTTY ? printableLines(text) : text),
    json: (value, indent) => write(`${printableJson(JSON.stringify(value, undefined, indent))}\n`),
    isTTY,
    get columns() {
      return stream.columns;
    },
    closed: controller.signal,
  };
}

/** The net below all who make a text of unknown origin printable: what they missed comes to nothing here. */
function screened(text: string): string {
  return text
    .split(OWN_SEQUENCE)
    .map((part, index) => (index % 2 === 1 ? part : printableLines(part)))
    .join('');
}

function ownSequences(): string[] {
  const paint = painter(true);
  const colours = ['red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'dim', 'bold'] as const;
  return [...new Set(colours.flatMap((colour) => paint(colour, ' ').split(' '))), '\r\u001b[K'];
}
