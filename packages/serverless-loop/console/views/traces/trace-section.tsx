import type { InvocationRow } from '../../../src/console/invocation-rows.ts';
import { useConsole } from '../../app/context.ts';
import { ask } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { useNames } from '../../app/use-names.ts';
import { Code } from '../../parts/code.tsx';
import { Members, Section } from '../../parts/detail.tsx';
import { LogLines } from '../../parts/log-lines.tsx';
import { Problem, Waiting } from '../../parts/notice.tsx';
import { useMemo, useState } from '../../preact.ts';
import { requestsOf, spanOf } from '../../state/spans.ts';
import { type Bar, type Segment, waterfall } from '../../state/waterfall.ts';
import { duration } from '../../state/words.ts';
import { Waterfall } from './waterfall.tsx';

interface Traces {
  traces: readonly { traceId: string; segments: readonly Segment[] }[];
}

/** The waterfall of a trace; a bar that is chosen shows what it is and the log lines of its request. */
export function TraceSection({ traceId, requests }: { traceId: string; requests: readonly InvocationRow[] }) {
  const { facts } = useConsole();
  const nameOf = useNames();
  const [chosen, setChosen] = useState<string>();
  const own = requests.filter((request) => request.traceId === traceId);
  const state = own.map(({ state: each, attempts }) => `${each} ${attempts.length}`).join();
  const { value, error } = useAnswer(traceId, () => ask<Traces>('traces', { id: traceId }), [
    state,
    own.length,
    facts.groups.logs.facts.length,
  ]);
  const segments = value?.traces[0]?.segments;
  const drawn = useMemo(() => segments && waterfall(segments, Date.now()), [segments]);
  const bar = drawn?.bars.find(({ id }) => id === chosen);
  const requestIds = bar && segments ? requestsOf(segments, bar.id) : own.map(({ requestId }) => requestId);
  return (
    <>
      <Section
        title="Waterfall"
        aside={drawn && <span class="quiet small">{duration(drawn.durationMs)}</span>}
      >
        <Problem text={error} />
        {!value && error === undefined && <Waiting />}
        {value && !drawn && <p class="quiet">The trace has no document yet, or it gave way to newer ones.</p>}
        {drawn && <Waterfall of={drawn} nameOf={nameOf} chosen={chosen} onChosen={setChosen} />}
      </Section>
      {bar && segments && <Span bar={bar} segment={spanOf(segments, bar.id)} nameOf={nameOf} />}
      <Section title={bar ? 'Log lines of its request' : 'Log lines of the trace'}>
        <LogLines facts={facts.groups.logs.facts} requestIds={requestIds} />
      </Section>
    </>
  );
}

function Span({
  bar,
  segment,
  nameOf,
}: {
  bar: Bar;
  segment: Segment | undefined;
  nameOf(name: string): string;
}) {
  const { subsegments: _, ...own } = segment ?? { subsegments: [] };
  return (
    <Section title={nameOf(bar.name)}>
      <Members
        of={[
          ['begins after', duration(bar.offsetMs)],
          ['takes', bar.isGoingOn ? 'it goes on' : duration(bar.durationMs)],
          ['state', bar.state],
        ]}
      />
      <Code value={own} label="document of the span" />
    </Section>
  );
}
