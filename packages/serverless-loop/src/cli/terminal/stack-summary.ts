import { kinds } from '../../services/kinds.ts';
import type { ResourceReport, Stack } from '../../template/model.ts';
import type { Paint } from './colour.ts';
import { NARROW } from './columns.ts';
import { TIED, wrap } from './wrap.ts';

/** In the order of the list. */
const MAIN_KINDS = kinds.all.filter(({ isMain }) => isMain).map(({ type }) => type);

const LABEL_WIDTH = 'not emulated'.length;
const INDENT = '  ';

/** The parts of a stack that are shown in rows. */
export type ShownStack = Pick<Stack, 'name' | 'place' | 'resources' | 'notes'>;

/** A stack in a few rows: what runs, what is there without effect, and by name what is missing, with the reason. Without a list of all below, it says how to get one. */
export function stackSummary(
  { name, place, resources, notes }: ShownStack,
  { paint, columns, isListed = false }: { paint: Paint; columns: number | undefined; isListed?: boolean },
): string[] {
  const accepted = resources.filter(({ status }) => status === 'accepted');
  const missing = resources.filter(({ status }) => status === 'not emulated');
  const unavailable = resources.filter(({ status }) => status === 'unavailable');
  const row = (label: string, text: string) => {
    const line = `${INDENT}${label.padEnd(LABEL_WIDTH)}  ${text}`;
    if (columns === undefined) return line.replaceAll(TIED, ' ');
    return wrap(line, columns, columns < NARROW ? 2 * INDENT.length : INDENT.length + LABEL_WIDTH + 2);
  };
  const head = `${paint('bold', `Stack ${name}`)} ${paint('dim', `${place.region}, account ${place.accountId}`)}`;
  return [
    columns === undefined ? head : wrap(head, columns),
    ...(resources.length === missing.length + unavailable.length + accepted.length
      ? []
      : [row('emulated', paint('green', emulatedText(resources, isListed)))]),
    ...(accepted.length === 0 ? [] : [row('no effect', paint('dim', namesOf(accepted)))]),
    ...missing.map(({ type, reason = type, ...report }) =>
      row('not emulated', `${paint('yellow', report.logicalId)}, ${placeOf(report)}: ${reason}`),
    ),
    ...unavailable.map(({ reason = '', ...report }) =>
      row('unavailable', `${paint('yellow', report.logicalId)}, ${placeOf(report)}: ${reason}`),
    ),
    ...notes.map(({ logicalId, message, ...note }) =>
      row('note', `${logicalId === undefined ? '' : `${logicalId}, `}${placeOf(note)}: ${message}`),
    ),
  ];
}

function placeOf({ line, file }: { line: number; file?: string }): string {
  return file === undefined ? `line ${line}` : `line ${line} of ${file}`;
}

function emulatedText(resources: ResourceReport[], isListed: boolean): string {
  const emulated = resources.filter(({ status }) => status === 'emulated');
  const kinds = Map.groupBy(emulated, ({ type }) => type);
  const main = MAIN_KINDS.flatMap((type) => {
    const count = kinds.get(type)?.length ?? 0;
    return count === 0 ? [] : [counted(count, type)];
  });
  const others = emulated.filter(({ type }) => !MAIN_KINDS.includes(type)).length;
  if (others === 0) return main.join(', ');
  const rest = `${others}${TIED}${main.length === 0 ? 'resources' : 'more'}`;
  return [...main, isListed ? rest : `${rest} (all: --resources)`].join(', ');
}

/** By name, or how many there are where several are of one kind; properties of resources by theirs: `VpcConfig of 3 functions`. */
function namesOf(resources: ResourceReport[]): string {
  const kinds = Map.groupBy(resources, ({ type, logicalId }) => [type, propertyIn(logicalId)].join('.'));
  return [...kinds.values()]
    .map((ofKind) => {
      const [first, ...others] = ofKind;
      if (first === undefined) return '';
      const { logicalId, type } = first;
      if (others.length === 0) return logicalId;
      const property = propertyIn(logicalId);
      const count = counted(ofKind.length, type);
      return property === undefined ? count : `${property} of ${count}`;
    })
    .join(', ');
}

/** `VpcConfig` of `Packer.VpcConfig`. */
function propertyIn(logicalId: string): string | undefined {
  const at = logicalId.indexOf('.');
  return at < 0 ? undefined : logicalId.slice(at + 1);
}

/** `2 event buses` of `AWS::Events::EventBus`. */
function counted(count: number, type: string): string {
  const words = (type.split('::').at(-1) ?? type).replaceAll(/(?<=[a-z])(?=[A-Z])/g, TIED).toLowerCase();
  return `${count}${TIED}${count === 1 ? words : plural(words)}`;
}

function plural(words: string): string {
  if (words.endsWith('y')) return `${words.slice(0, -1)}ies`;
  return /(?:s|x|ch|sh)$/.test(words) ? `${words}es` : `${words}s`;
}
