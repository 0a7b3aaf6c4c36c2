import type { AttemptRow, InvocationRow } from '../../../src/console/invocation-rows.ts';
import { useConsole } from '../../app/context.ts';
import { useNames } from '../../app/use-names.ts';
import { Detail, Members, Section } from '../../parts/detail.tsx';
import { Id } from '../../parts/id.tsx';
import { LogLines } from '../../parts/log-lines.tsx';
import { RefusedCalls } from '../../parts/refused-calls.tsx';
import { Time } from '../../parts/time.tsx';
import { formatAddress } from '../../state/address.ts';
import { executionAddress } from '../../state/executions.ts';
import { startedBy } from '../../state/started-by.ts';
import { duration, shownText } from '../../state/words.ts';
import { InvocationStateWord } from './invocation-columns.tsx';
import { TraceSection } from './trace-section.tsx';

/** A request to a function: its attempts, its trace, its log lines. */
export function RequestDetail({
  requestId,
  row,
  requests,
}: {
  requestId: string;
  row: InvocationRow | undefined;
  requests: readonly InvocationRow[];
}) {
  const { facts } = useConsole();
  const nameOf = useNames();
  const traceId = row?.traceId;
  return (
    <Detail
      title={row ? nameOf(row.functionName) : 'Request'}
      subtitle={
        <>
          {row && (
            <>
              <InvocationStateWord state={row.state} /> · <Time at={row.time} /> ·{' '}
            </>
          )}
          <Id id={requestId} />
        </>
      }
    >
      {!row && <p class="quiet">No fact of this request is here, or no more.</p>}
      {row && (
        <Section title="Attempts">
          <ol class="steps">
            {row.attempts.map((attempt) => (
              <Attempt key={attempt.attempt} of={attempt} />
            ))}
            {row.attempts.length === 0 && <li class="quiet">It waits in Lambda’s queue.</li>}
          </ol>
        </Section>
      )}
      {row && <RefusedCalls functionName={row.functionName} />}
      {row && (
        <Members
          of={[
            [
              'started by',
              <Source key="source" sourceArn={row.sourceArn}>
                {startedBy(row, nameOf)}
              </Source>,
            ],
            ...(row.qualifier === undefined ? [] : [['qualifier', row.qualifier] as const]),
            ...(traceId === undefined
              ? []
              : [
                  [
                    'trace',
                    <a href={`#/traces/${traceId}`} key="trace">
                      {traceId}
                    </a>,
                  ] as const,
                ]),
          ]}
        />
      )}
      {traceId !== undefined && <TraceSection traceId={traceId} requests={requests} />}
      {traceId === undefined && (
        <Section title="Log lines">
          <LogLines facts={facts.groups.logs.facts} requestIds={[requestId]} />
        </Section>
      )}
    </Detail>
  );
}

/** An execution is to be looked at in its own place. */
function Source({ sourceArn = '', children }: { sourceArn?: string | undefined; children: string }) {
  const title = shownText(sourceArn).text;
  if (!/:(execution|express):/.test(sourceArn)) return <span title={title}>{children}</span>;
  return (
    <a
      href={formatAddress({ view: 'traces', opened: executionAddress(sourceArn), filter: '' })}
      title={title}
    >
      {children}
    </a>
  );
}

function Attempt({ of }: { of: AttemptRow }) {
  const { attempt, outcome, startedAt, durationMs, initMs, isCold, error, nextInMs } = of;
  const words = outcome === undefined ? 'running' : outcome === 'ok' ? 'ok' : outcome;
  return (
    <li>
      <span class={outcome === 'ok' ? 'good' : outcome === undefined ? 'quiet' : 'bad'}>
        Attempt {attempt}: {words}
        {durationMs !== undefined && ` in ${duration(durationMs)}`}
      </span>{' '}
      <span class="quiet small">
        {isCold && `cold start${initMs === undefined ? '' : ` of ${duration(initMs)}`}, `}
        {startedAt !== undefined && <Time at={startedAt} />}
        {nextInMs !== undefined && `, next try ${duration(nextInMs)} later`}
      </span>
      {error !== undefined && <p class="bad said">{shownText(error).text}</p>}
    </li>
  );
}
