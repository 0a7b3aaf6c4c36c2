import { ask, send } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { ActionButton } from '../../parts/action.tsx';
import { Empty, Problem, Waiting } from '../../parts/notice.tsx';
import { shownText } from '../../state/words.ts';

interface Schedule {
  logicalId: string;
  name: string;
  type: string;
  expression: string;
  eventName?: string;
}

/** Schedules, each of which can be met before its time. */
export function Schedules() {
  const { value, error } = useAnswer('schedules', () => ask<{ schedules: readonly Schedule[] }>('schedules'));
  if (error !== undefined) return <Problem text={error} />;
  if (!value) return <Waiting />;
  if (value.schedules.length === 0)
    return (
      <Empty title="The stack has no schedule">
        <p>An event Schedule or ScheduleV2 of a function, or a rule with a ScheduleExpression, makes one.</p>
      </Empty>
    );
  return (
    <ul class="form">
      {value.schedules.map(({ logicalId, name, expression, type, eventName }) => (
        <li class="card" key={`${type} ${name}`}>
          <div class="card-head">
            <h2 class="section-title">{shownText(eventName ?? (logicalId || name)).text}</h2>
            <code>{shownText(expression).text}</code>
          </div>
          <div class="buttons">
            <ActionButton
              act={async () => {
                await send('schedule/fire', { name: logicalId || name });
                return 'Its targets are on their way.';
              }}
            >
              Meet it now
            </ActionButton>
            <span class="quiet small">
              {type === 'AWS::Events::Rule' ? 'a rule' : 'EventBridge Scheduler'}
            </span>
          </div>
        </li>
      ))}
    </ul>
  );
}
