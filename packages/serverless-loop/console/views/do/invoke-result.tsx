import { Code } from '../../parts/code.tsx';
import { Section } from '../../parts/detail.tsx';
import { StateWord } from '../../parts/state-word.tsx';

/** An answer of `POST /_loop/invoke`. */
export interface Invoked {
  status: number;
  functionError?: string;
  payload?: unknown;
  logs?: string;
  executedVersion?: string;
  traceHeader?: string;
}

export function InvokeResult({ of }: { of: Invoked }) {
  const { status, functionError, payload, logs, traceHeader } = of;
  const traceId = /Root=([\w-]+)/.exec(traceHeader ?? '')?.[1];
  return (
    <div class="form">
      <p>
        {functionError === undefined ? (
          <StateWord meaning="good" word={`Status ${status}`} />
        ) : (
          <StateWord meaning="bad" word={`The function failed: ${functionError}`} />
        )}
      </p>
      <div class="buttons">
        {traceId !== undefined && (
          <a class="button" href={`#/traces/${traceId}`}>
            Its trace
          </a>
        )}
        <a class="button" href="#/events">
          Events
        </a>
        <a class="button" href="#/data">
          Data
        </a>
      </div>
      {payload !== undefined && payload !== null && (
        <Section level={2} title="Answer">
          <Code value={payload} label="answer" />
        </Section>
      )}
      {logs !== undefined && (
        <Section level={2} title="End of its log">
          <Code value={logs} label="log" />
        </Section>
      )}
    </div>
  );
}
