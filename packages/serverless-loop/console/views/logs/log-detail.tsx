import { useNames } from '../../app/use-names.ts';
import { Code } from '../../parts/code.tsx';
import { Detail, Members, Section } from '../../parts/detail.tsx';
import { Id } from '../../parts/id.tsx';
import { TimeOfDay } from '../../parts/time.tsx';
import { formatAddress } from '../../state/address.ts';
import type { LogRow } from '../../state/log-rows.ts';
import { shownText } from '../../state/words.ts';
import { LevelWord } from './log-columns.tsx';

/** A line whole, with the way to its request and its trace. */
export function LogDetail({ row }: { row: LogRow | undefined }) {
  const nameOf = useNames();
  if (!row)
    return (
      <Detail title="Log line">
        <p class="quiet">This line gave way to newer ones, or is of a loop that has ended.</p>
      </Detail>
    );
  const { message, level, functionName, time, requestId, traceId, fields, line } = row;
  return (
    <Detail
      title={shownText(message.slice(0, 200)).text || 'An empty line'}
      subtitle={
        <>
          {level !== '' && (
            <>
              <LevelWord level={level} /> ·{' '}
            </>
          )}
          {nameOf(functionName)} · <TimeOfDay at={time} />
        </>
      }
    >
      {requestId !== '' && (
        <div class="buttons">
          <a class="button" href={formatAddress({ view: 'traces', opened: [requestId], filter: '' })}>
            Its request and trace
          </a>
          <a
            class="button"
            href={formatAddress({ view: 'logs', opened: [], filter: `requestId:${requestId}` })}
          >
            All lines of the request
          </a>
        </div>
      )}
      <Section title="Fields">
        <Members
          of={[
            ...(requestId === '' ? [] : [['request', <Id key="id" id={requestId} />] as const]),
            ...(traceId === '' ? [] : [['trace', <Id key="trace" id={traceId} />] as const]),
            ...Object.entries(fields)
              .slice(0, 100)
              .map(([name, value]) => [shownText(name).text, shownValue(value)] as const),
          ]}
        />
      </Section>
      <Section title="Line">
        <Code value={line} label="log line" />
      </Section>
    </Detail>
  );
}

function shownValue(value: unknown) {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return <code>{shownText(text).text}</code>;
}
