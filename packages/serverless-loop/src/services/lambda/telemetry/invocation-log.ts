import type { Report } from '../../../facts.ts';
import { type LogTail, logTail } from '../environments/log-lines.ts';

/** The log of one execution environment: who wrote a line, for which request, and the tail of the running one. */
export interface InvocationLog {
  fromFunction(line: string): void;
  fromPlatform(lines: string[]): void;
  /** That the runtime starts: told to the log alone, not to who asks for the tail (LocalStack's record, test_lambda.snapshot.json). */
  fromStart(lines: string[]): void;
  /** From here on, lines belong to this request. */
  begin(requestId: string): void;
  /** The tail of the invocation that ends here; what comes until the next one still belongs to it. */
  end(): string;
}

/** The fields that every line of one environment shares. */
export interface LogSource {
  functionName: string;
  logGroup: string;
  logStream: string;
}

export function invocationLog(
  { functionName, logGroup, logStream }: LogSource,
  report: Report,
): InvocationLog {
  let requestId: string | undefined;
  // The initialisation's lines are the beginning of the first invocation's log.
  let tail: LogTail = logTail();

  function write(source: 'function' | 'platform', line: string): void {
    tail.add(line);
    tell(source, line);
  }

  function tell(source: 'function' | 'platform', line: string): void {
    report({
      kind: 'log',
      functionName,
      line,
      source,
      logGroup,
      logStream,
      timestamp: Date.now(),
      ...(requestId === undefined ? {} : { requestId }),
    });
  }

  return {
    fromFunction: (line) => write('function', line),
    fromPlatform(lines) {
      for (const line of lines) write('platform', line);
    },
    fromStart(lines) {
      for (const line of lines) tell('platform', line);
    },
    begin(id) {
      requestId = id;
    },
    end() {
      const text = tail.text();
      tail = logTail();
      return text;
    },
  };
}
