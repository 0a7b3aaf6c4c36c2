import { useConsole } from '../../app/context.ts';
import { openTab, type Tab, Tabs } from '../../parts/tabs.tsx';
import { ViewHead } from '../../parts/view-head.tsx';
import { Clock } from './clock.tsx';
import { Faults } from './faults.tsx';
import { HttpRequest } from './http-request.tsx';
import { Invoke } from './invoke.tsx';
import { Reset } from './reset.tsx';
import { Schedules } from './schedules.tsx';

const KINDS: readonly [Tab, ...Tab[]] = [
  ['invoke', 'Invoke', Invoke],
  ['request', 'HTTP request', HttpRequest],
  ['schedules', 'Schedules', Schedules],
  ['faults', 'Faults', Faults],
  ['time', 'Time', Clock],
  ['reset', 'Reset', Reset],
];

/** All that a person can do to the system. */
export function DoView() {
  const { address } = useConsole();
  const [kind, , Shown] = openTab(KINDS, address.opened[0]);
  return (
    <>
      <ViewHead title="Do" />
      <Tabs label="Kinds of actions" tabs={KINDS} open={kind} />
      <div class="sheet">
        <Shown key={kind} />
      </div>
    </>
  );
}
