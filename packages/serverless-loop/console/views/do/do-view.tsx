import { useConsole } from '../../app/context.ts';
import { ViewHead } from '../../parts/view-head.tsx';
import { Clock } from './clock.tsx';
import { Faults } from './faults.tsx';
import { HttpRequest } from './http-request.tsx';
import { Invoke } from './invoke.tsx';
import { Reset } from './reset.tsx';
import { Schedules } from './schedules.tsx';

const KINDS = [
  ['invoke', 'Invoke', Invoke],
  ['request', 'HTTP request', HttpRequest],
  ['schedules', 'Schedules', Schedules],
  ['faults', 'Faults', Faults],
  ['time', 'Time', Clock],
  ['reset', 'Reset', Reset],
] as const;

/** All that a person can do to the system. */
export function DoView() {
  const { address } = useConsole();
  const [wanted = 'invoke'] = address.opened;
  const [kind, , Shown] = KINDS.find(([known]) => known === wanted) ?? KINDS[0];
  return (
    <>
      <ViewHead title="Do" />
      <nav class="tabs" aria-label="Kinds of actions">
        {KINDS.map(([each, words]) => (
          <a key={each} href={`#/do/${each}`} aria-current={each === kind ? 'page' : undefined}>
            {words}
          </a>
        ))}
      </nav>
      <div class="sheet">
        <Shown key={kind} />
      </div>
    </>
  );
}
