import { useConsole } from '../../app/context.ts';
import { useNames } from '../../app/use-names.ts';
import { GroupEnd } from '../../parts/group-end.tsx';
import { Rows } from '../../parts/rows.tsx';
import { ViewHead } from '../../parts/view-head.tsx';
import { useCallback, useMemo, useState } from '../../preact.ts';
import { formatAddress } from '../../state/address.ts';
import { fits, parseFilter } from '../../state/filter.ts';
import { frequentFields, type LogRow, logRows } from '../../state/log-rows.ts';
import { ColumnChoice } from './column-choice.tsx';
import { logColumns } from './log-columns.tsx';
import { LogDetail } from './log-detail.tsx';
import { NoLogs } from './no-logs.tsx';
import { usePlatformLines } from './platform-lines.tsx';

/** Columns of their own that are offered. */
const MAX_FIELDS = 12;
/** The newest lines tell which fields there are. */
const LOOKED_AT = 300;

export function LogsView() {
  const { facts, address } = useConsole();
  const group = facts.groups.logs;
  const nameOf = useNames();
  const { hidesPlatform, choice } = usePlatformLines();
  const all = useMemo(() => logRows(group.facts), [group]);
  const wanted = useMemo(
    () => (hidesPlatform ? all.filter(({ source }) => source === 'function') : all),
    [all, hidesPlatform],
  );
  const filter = useMemo(() => parseFilter(address.filter), [address.filter]);
  const rows = useMemo(
    () => (filter.terms.length === 0 ? wanted : wanted.filter((row) => fits(searched(row, nameOf), filter))),
    [wanted, filter, nameOf],
  );
  const [fields, setFields] = useState<readonly string[]>([]);
  const offered = useMemo(() => frequentFields(all.slice(-LOOKED_AT), MAX_FIELDS), [all]);
  const columns = useMemo(() => logColumns(nameOf, fields), [nameOf, fields]);
  const [follows, setFollows] = useState(true);
  const [opened] = address.opened;
  const hrefOf = useCallback(
    ({ seq }: LogRow) => formatAddress({ view: 'logs', opened: [String(seq)], filter: address.filter }),
    [address.filter],
  );
  const shown = opened === undefined ? undefined : all.find(({ seq }) => String(seq) === opened);
  return (
    <>
      <ViewHead
        title="Logs"
        summary={rows.length === all.length ? `${all.length} lines` : `${rows.length} of ${all.length} lines`}
        placeholder="Filter: text, level:error, function:…, requestId:…"
      >
        {choice}
        <ColumnChoice offered={offered} chosen={fields} onChosen={setFields} />
      </ViewHead>
      <div class="split">
        <Rows
          label="Log lines, the newest last"
          rows={rows}
          keyOf={keyOf}
          hrefOf={hrefOf}
          columns={columns}
          chosen={opened}
          growth="newest last"
          onFollowing={setFollows}
          empty={<NoLogs isFiltered={all.length > 0} />}
          end={
            <>
              {follows ? 'Following. ' : 'Reading: new lines come below, and the scroll stays. '}
              <GroupEnd group={group} of="lines" />
            </>
          }
        />
        {opened !== undefined && <LogDetail row={shown} />}
      </div>
    </>
  );
}

function keyOf({ seq }: LogRow): string {
  return String(seq);
}

/** The names that people filter by. */
function searched(row: LogRow, nameOf: (name: string) => string): Readonly<Record<string, unknown>> {
  const { level, functionName, requestId, traceId, message, fields, source } = row;
  return {
    ...fields,
    level,
    function: `${nameOf(functionName)} ${functionName}`,
    requestId,
    traceId,
    message,
    source,
  };
}
