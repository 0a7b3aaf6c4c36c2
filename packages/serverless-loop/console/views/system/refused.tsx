import { useConsole } from '../../app/context.ts';
import { useNames } from '../../app/use-names.ts';
import { Empty } from '../../parts/notice.tsx';
import { RefusedList, useRefusedCalls } from '../../parts/refused-calls.tsx';
import { fits, parseFilter } from '../../state/filter.ts';

/** All calls that IAM refused since the start. */
export function Refused() {
  const { address } = useConsole();
  const nameOf = useNames();
  const all = useRefusedCalls();
  const filter = parseFilter(address.filter);
  const calls = all.filter((call) => fits({ ...call, function: nameOf(call.caller) }, filter));
  if (calls.length === 0)
    return (
      <Empty title={all.length > 0 ? 'No refused call fits the filter' : 'IAM has refused no call'}>
        <p>A call that a role does not allow is told here, with the statement to paste that allows it.</p>
      </Empty>
    );
  return (
    <div class="sheet">
      <div class="form">
        <RefusedList of={calls} showsCaller />
      </div>
    </div>
  );
}
