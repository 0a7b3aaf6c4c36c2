import type { FactOnWire } from '../../../src/console/fact-answer.ts';
import { useConsole } from '../../app/context.ts';
import { ask } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { useNames } from '../../app/use-names.ts';
import { Code } from '../../parts/code.tsx';
import { Detail, Section } from '../../parts/detail.tsx';
import { Id } from '../../parts/id.tsx';
import { Problem, Waiting } from '../../parts/notice.tsx';
import { Time } from '../../parts/time.tsx';
import { executionSteps } from '../../state/execution-steps.ts';
import { type ExecutionRow, executionArnOf } from '../../state/executions.ts';
import { duration, shownText } from '../../state/words.ts';
import { CalledRequests } from './called-requests.tsx';
import { ExecutionActions } from './execution-actions.tsx';
import type { ExecutionAnswer, MachinesAnswer } from './execution-answer.ts';
import { ExecutionStateWord } from './execution-columns.tsx';
import { ExecutionHistory } from './execution-history.tsx';
import { ExecutionSteps } from './execution-steps.tsx';
import { ExpressExecution } from './express-execution.tsx';

/** An execution: its states with their data and attempts, the functions that they called, and its history in words. */
export function ExecutionDetail({
  machineName,
  name,
  row,
  facts,
}: {
  machineName: string;
  name: string;
  row: ExecutionRow | undefined;
  facts: readonly FactOnWire[];
}) {
  const { facts: all } = useConsole();
  const nameOf = useNames();
  const machines = useAnswer(row ? undefined : 'state-machines', () => ask<MachinesAnswer>('state-machines'));
  const machineArn = machines.value?.machines.find((each) => each.name === machineName)?.arn;
  const arn = row?.arn ?? (machineArn === undefined ? undefined : executionArnOf(machineArn, name));
  const isExpress = row?.isExpress ?? name.includes(':');
  const { value, error } = useAnswer(
    isExpress ? undefined : arn,
    () => ask<ExecutionAnswer>('execution', { arn }),
    [facts.length, row],
  );
  const { status, startedAt, durationMs } = {
    ...row,
    ...(value && { status: value.status, startedAt: value.startedAt }),
  };
  const failure = [value?.error ?? row?.error, value?.cause ?? row?.cause].filter(Boolean).join(': ');
  const isUnknown = machines.value !== undefined && machineArn === undefined;
  return (
    <Detail
      title={nameOf(machineName)}
      subtitle={
        <>
          {status && <ExecutionStateWord status={status} />}
          {durationMs !== undefined && ` in ${duration(durationMs)}`}
          {startedAt !== undefined && (
            <>
              {' '}
              · <Time at={startedAt} /> ·{' '}
            </>
          )}
          <Id id={name} />
        </>
      }
    >
      <Problem text={error ?? machines.error} />
      {!value && !isExpress && !isUnknown && error === undefined && <Waiting />}
      {isUnknown && <p class="quiet">No state machine of that name is here, or no more.</p>}
      {failure !== '' && <p class="bad said">{shownText(failure).text}</p>}
      {value && <ExecutionActions of={value} />}
      {value && (
        <Section title="States">
          <ExecutionSteps of={executionSteps(value.history)} />
        </Section>
      )}
      {isExpress && arn !== undefined && <ExpressExecution arn={arn} facts={facts} />}
      {arn !== undefined && <CalledRequests arn={arn} facts={all.groups.invocations.facts} />}
      {value && (
        <Section title="Input">
          <Code value={value.input} label="input" />
        </Section>
      )}
      {value?.output !== undefined && (
        <Section title="Output">
          <Code value={value.output} label="output" />
        </Section>
      )}
      {value && <ExecutionHistory of={value.history} />}
    </Detail>
  );
}
