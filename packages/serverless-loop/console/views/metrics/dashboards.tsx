import type { JsonObject } from '../../../src/aws/json-object.ts';
import { useConsole } from '../../app/context.ts';
import { ask } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { Empty, Problem, Waiting } from '../../parts/notice.tsx';
import { StateWord } from '../../parts/state-word.tsx';
import { ChoiceField } from '../../parts/text-field.tsx';
import { useMemo } from '../../preact.ts';
import { type Widget, widgetsOf } from '../../state/metric-query.ts';
import { shownText } from '../../state/words.ts';
import { alarmWord } from './alarm-row.ts';
import { useAlarms } from './alarms.tsx';
import { ChartOf } from './chart-of.tsx';

interface Dashboard {
  name: string;
  body: JsonObject;
}

const SPAN_MS = 3_600_000;
const PERIOD_SECONDS = 300;

/** The dashboards of the template, drawn with the metrics of this loop. */
export function Dashboards() {
  const { address, go } = useConsole();
  const { value, error } = useAnswer('dashboards', () =>
    ask<{ dashboards: readonly Dashboard[] }>('dashboards'),
  );
  const all = value?.dashboards ?? [];
  const shown = all.find(({ name }) => name === address.opened[1]) ?? all[0];
  const widgets = useMemo(() => (shown ? widgetsOf(shown.body, PERIOD_SECONDS) : []), [shown]);
  if (error !== undefined) return <Problem text={error} />;
  if (!value) return <Waiting />;
  if (!shown)
    return (
      <Empty title="The stack has no dashboard">
        <p>AWS::CloudWatch::Dashboard of the template is drawn here.</p>
      </Empty>
    );
  return (
    <>
      {all.length > 1 && (
        <div class="fields">
          <ChoiceField
            label="Dashboard"
            value={shown.name}
            of={all.map(({ name }) => name)}
            onValue={(name) => go({ view: 'metrics', opened: ['dashboards', name] })}
          />
        </div>
      )}
      <div class="dashboard">
        {widgets.map((widget, at) => (
          <div key={`${shown.name} ${String(at)}`} class={sizeOf(widget)}>
            <Drawn widget={widget} />
          </div>
        ))}
      </div>
    </>
  );
}

/** Three sizes are enough for a screen: a third, a half, all of it. */
function sizeOf({ columns }: Widget): string {
  return columns > 12 ? 'widget whole' : columns > 8 ? 'widget half' : 'widget third';
}

function Drawn({ widget }: { widget: Widget }) {
  switch (widget.kind) {
    case 'chart':
      return <ChartOf chart={widget.chart} spanMs={SPAN_MS} />;
    case 'alarms':
      return <AlarmWidget title={widget.title} arns={widget.arns} />;
    case 'text':
      return <p class="card said">{shownText(widget.text).text}</p>;
    case 'other':
      return <p class="card quiet">A widget “{shownText(widget.type).text}”, which is not drawn here.</p>;
  }
}

function AlarmWidget({ title, arns }: { title: string; arns: readonly string[] }) {
  const { facts } = useConsole();
  const { value } = useAlarms(facts.groups.telemetry);
  const names = new Set(arns.map((arn) => arn.split(':alarm:')[1]));
  const own = value?.alarms.filter(({ name }) => names.has(name)) ?? [];
  return (
    <section class="card" aria-label={title || 'Alarms'}>
      <h2 class="section-title">{shownText(title || 'Alarms').text}</h2>
      <ul class="alarm-words small">
        {own.map(({ name, logicalId, state }) => (
          <li key={name}>
            <StateWord {...alarmWord(state)} /> {shownText(logicalId || name).text}
          </li>
        ))}
      </ul>
    </section>
  );
}
