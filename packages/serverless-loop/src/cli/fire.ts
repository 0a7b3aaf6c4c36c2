import { ownName } from '../loop/schedules.ts';
import { UsageError } from '../usage-error.ts';
import { askRunningLoop, fireSchedule, loopEndpoint } from './running-loop.ts';
import type { Terminal } from './terminal/command.ts';
import { EXIT } from './terminal/failure.ts';
import { openCommand } from './terminal/open-command.ts';
import { scheduleRows } from './terminal/schedule-rows.ts';

const HELP = `Meets a schedule of a running loop now, before its time: what it invokes is invoked.

usage: serverless-loop fire NAME [options]
       serverless-loop fire --list [options]

  NAME                    of a rule with a schedule, a Schedule or ScheduleV2 event, or a schedule of EventBridge Scheduler:
                          its logical id, its own name, or the event's name in template.yaml. A disabled one is met, too
      --list              print the schedules that there are, with their names
      --endpoint URL      where the loop is (default: AWS_ENDPOINT_URL, else http://127.0.0.1:4580)
  -h, --help              this text
  -v, --version           the version

exit status: 0 it is met, 2 the command line is wrong, or there is no one schedule of that name, 3 no loop answers
`;

export async function fire(args: string[], terminal: Terminal): Promise<number> {
  const line = openCommand(
    args,
    { list: { type: 'boolean' }, endpoint: { type: 'string' } },
    { help: HELP, takes: 1 },
    terminal,
  );
  if (!line) return EXIT.ok;
  const { values, positionals } = line;
  const [wanted] = positionals;
  const endpoint = loopEndpoint(values.endpoint);
  if (values.list) {
    if (wanted !== undefined) throw new UsageError(`expected --list or a name, found both ("${wanted}")`);
    const { schedules } = await askRunningLoop(endpoint);
    terminal.out.data(
      scheduleRows(schedules)
        .map((row) => `${row}\n`)
        .join(''),
    );
    return EXIT.ok;
  }
  if (wanted === undefined || wanted === '') {
    const { schedules } = await askRunningLoop(endpoint);
    const names = schedules.map(ownName).join(', ');
    throw new UsageError(`which schedule? The loop at ${endpoint} has ${names || 'none'}`);
  }
  const answer = await fireSchedule(endpoint, wanted);
  if ('refusal' in answer) throw new UsageError(`the loop at ${endpoint}: ${answer.refusal}`);
  const { name, expression } = answer.fired;
  terminal.out.data(`${ownName(answer.fired)} (${name}, ${expression}) is met\n`);
  return EXIT.ok;
}
