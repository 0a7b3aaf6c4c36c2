import { useConsole } from '../../app/context.ts';
import { ask } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { Empty, Problem } from '../../parts/notice.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import { ChoiceField } from '../../parts/text-field.tsx';
import { Time } from '../../parts/time.tsx';
import { formatAddress } from '../../state/address.ts';
import { fits, parseFilter } from '../../state/filter.ts';
import { shownInRow } from '../../state/words.ts';
import { ObjectDetail } from './object-detail.tsx';

interface Stored {
  key: string;
  sizeBytes: number;
  changedAt: string;
}

const COLUMNS: readonly Column<Stored>[] = [
  { name: 'Key', width: 'minmax(0, 3fr)', cell: ({ key }) => <code>{shownInRow(key)}</code> },
  { name: 'Bytes', width: '96px', isNumber: true, cell: ({ sizeBytes }) => sizeBytes.toLocaleString() },
  { name: 'Changed', width: '96px', isNumber: true, cell: ({ changedAt }) => <Time at={changedAt} /> },
];
const MAX_OBJECTS = 1_000;

export function Buckets() {
  const { address, facts, go } = useConsole();
  const buckets = useAnswer('buckets', () => ask<{ buckets: readonly { name: string }[] }>('buckets'));
  const all = buckets.value?.buckets ?? [];
  const bucket = all.find(({ name }) => name === address.opened[1])?.name ?? all[0]?.name;
  const { value, error } = useAnswer(
    bucket,
    () => ask<{ objects: readonly Stored[]; hasMore: boolean }>('objects', { bucket, limit: MAX_OBJECTS }),
    [facts.groups.objects],
  );
  if (bucket === undefined)
    return (
      <Empty title={buckets.error === undefined ? 'No bucket' : 'The buckets could not be read'}>
        <Problem text={buckets.error} />
        <p class="quiet">AWS::S3::Bucket of the template makes one.</p>
      </Empty>
    );
  const opened = address.opened[2];
  const filter = parseFilter(address.filter);
  const objects = value?.objects.filter((each) => fits({ ...each }, filter)) ?? [];
  return (
    <>
      {all.length > 1 && (
        <div class="toolbar">
          <ChoiceField
            label="Bucket"
            value={bucket}
            of={all.map(({ name }) => name)}
            onValue={(name) => go({ view: 'data', opened: ['buckets', name] })}
          />
        </div>
      )}
      <div class="split">
        <Rows
          label={`Objects of ${bucket}`}
          rows={objects}
          keyOf={({ key }) => key}
          hrefOf={({ key }) =>
            formatAddress({ view: 'data', opened: ['buckets', bucket, key], filter: address.filter })
          }
          chosen={opened}
          columns={COLUMNS}
          empty={
            <Empty title="The bucket is empty">
              <Problem text={error} />
            </Empty>
          }
          end={`${bucket}: ${objects.length} objects${value?.hasMore ? `, the first ${MAX_OBJECTS} of them` : ''}.`}
        />
        {opened !== undefined && <ObjectDetail key={opened} bucket={bucket} objectKey={opened} />}
      </div>
    </>
  );
}
