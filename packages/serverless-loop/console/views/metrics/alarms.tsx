import { useConsole } from '../../app/context.ts';
import { ask } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { Empty, Problem, Waiting } from '../../parts/notice.tsx';
import { StateWord } from '../../parts/state-word.tsx';
import { Time } from '../../parts/time.tsx';
import { fits, parseFilter } from '../../state/filter.ts';
import { shownText } from '../../state/words.ts';
import { type Alarm, alarmWord, ringingFirst } from './alarm-row.ts';

/** The alarms of the stack, those that ring first. */
export function Alarms() {
  const { address, facts } = useConsole();
  const { value, error } = useAlarms(facts.groups.telemetry);
  const filter = parseFilter(address.filter);
  // Alarms made of others tell them by names that CloudFormation has made.
  const named = (text: string) =>
    (value?.alarms ?? []).reduce(
      (all, { name, logicalId }) => (logicalId ? all.replaceAll(name, logicalId) : all),
      text,
    );
  const alarms = ringingFirst(value?.alarms.filter((alarm) => fits({ ...alarm }, filter)) ?? []);
  if (error !== undefined) return <Problem text={error} />;
  if (!value) return <Waiting />;
  if (value.alarms.length === 0)
    return (
      <Empty title="The stack has no alarm">
        <p>AWS::CloudWatch::Alarm of the template makes one; it is judged on the metrics of this loop.</p>
      </Empty>
    );
  return (
    <ul class="cards">
      {alarms.map(({ name, logicalId, state, reason, changedAt, description, condition }) => (
        <li class="card" key={name}>
          <div class="card-head">
            <h2 class="section-title" title={shownText(name).text}>
              {shownText(logicalId || name).text}
            </h2>
            <StateWord {...alarmWord(state)} />
          </div>
          {description !== undefined && <p>{shownText(description).text}</p>}
          <p class="quiet small clamped">{shownText(named(condition)).text}</p>
          <p class={`small said ${state === 'ALARM' ? 'bad' : 'quiet'}`}>
            {shownText(named(reason)).text} {changedAt !== undefined && <Time at={changedAt} />}
          </p>
        </li>
      ))}
      {alarms.length === 0 && <li class="quiet">No alarm fits the filter.</li>}
    </ul>
  );
}

export function useAlarms(changes: unknown) {
  return useAnswer('alarms', () => ask<{ alarms: readonly Alarm[] }>('alarms'), [changes]);
}
