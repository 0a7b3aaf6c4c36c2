import { useConsole } from '../../app/context.ts';
import { ask } from '../../app/loop-api.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { useNames } from '../../app/use-names.ts';
import { Empty, Problem } from '../../parts/notice.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import { useMemo } from '../../preact.ts';
import { formatAddress } from '../../state/address.ts';
import { fits, parseFilter } from '../../state/filter.ts';
import { duration } from '../../state/words.ts';
import type { QueueSummary } from './answers.ts';
import { QueueDetail } from './queue-detail.tsx';

export function Queues() {
  const { address, facts } = useConsole();
  const nameOf = useNames();
  const { value, error } = useAnswer('queues', () => ask<{ queues: readonly QueueSummary[] }>('queues'), [
    facts.groups.queues,
  ]);
  const filter = parseFilter(address.filter);
  const queues = value?.queues.filter((queue) => fits({ ...queue }, filter)) ?? [];
  const columns = useMemo(() => queueColumns(nameOf), [nameOf]);
  const opened = address.opened[1];
  return (
    <div class="split">
      <Rows
        label="Queues"
        rows={queues}
        keyOf={keyOf}
        hrefOf={({ queueName }) =>
          formatAddress({ view: 'data', opened: ['queues', queueName], filter: address.filter })
        }
        columns={columns}
        chosen={opened}
        empty={
          <Empty title={error === undefined ? 'No queue' : 'The queues could not be read'}>
            <Problem text={error} />
          </Empty>
        }
      />
      {opened !== undefined && (
        <QueueDetail queueName={opened} queue={value?.queues.find(({ queueName }) => queueName === opened)} />
      )}
    </div>
  );
}

function keyOf({ queueName }: QueueSummary): string {
  return queueName;
}

function queueColumns(nameOf: (name: string) => string): Column<QueueSummary>[] {
  return [
    { name: 'Queue', width: 'minmax(0, 3fr)', cell: ({ queueName }) => nameOf(queueName) },
    {
      name: 'Dead letters of',
      width: 'minmax(0, 2fr)',
      from: 720,
      cell: ({ deadLettersOf = [] }) => <span class="quiet">{deadLettersOf.map(nameOf).join(', ')}</span>,
    },
    {
      name: 'Messages',
      width: '72px',
      isNumber: true,
      cell: ({ visible, deadLettersOf = [] }) => (
        <span class={visible === 0 ? 'quiet' : deadLettersOf.length > 0 ? 'bad' : undefined}>{visible}</span>
      ),
    },
    {
      name: 'In flight',
      width: '64px',
      from: 480,
      isNumber: true,
      cell: ({ notVisible }) => <span class={notVisible === 0 ? 'quiet' : undefined}>{notVisible}</span>,
    },
    {
      name: 'Oldest',
      width: '80px',
      from: 560,
      isNumber: true,
      cell: ({ oldestAgeMs }) => (oldestAgeMs === undefined ? '' : duration(oldestAgeMs)),
    },
  ];
}
