import { entryOf, type Fields, fields, list, type Node, scalar } from '../yaml/node.ts';
import { codeLocation } from './code-location.ts';
import { PASSED_ON } from './function-properties.ts';
import { isTraced } from './role.ts';

/** The properties of AWS::Lambda::Function that SAM makes of those of a function; Role only where it is given. */
export function lambdaProperties(line: number, { entries }: Fields): Record<string, Node> {
  const tracing = entries.get('Tracing');
  const deadLetterArn = entryOf(entries.get('DeadLetterQueue'), 'TargetArn');
  const given = PASSED_ON.flatMap((name) => {
    const value = entries.get(name);
    return value ? [[name, value] as const] : [];
  });
  return {
    ...Object.fromEntries(given),
    Code: codeOf(line, entries),
    Tags: tagsOf(line, entries.get('Tags')),
    ...(tracing && isTraced(tracing) && { TracingConfig: fields(tracing.line, { Mode: tracing }) }),
    ...(deadLetterArn && { DeadLetterConfig: fields(deadLetterArn.line, { TargetArn: deadLetterArn }) }),
  };
}

/** Without CodeUri it is the template's own folder. */
function codeOf(line: number, entries: Fields['entries']): Node {
  const inline = entries.get('InlineCode');
  if (inline) return fields(inline.line, { ZipFile: inline });
  const image = entries.get('ImageUri');
  if (image) return fields(image.line, { ImageUri: image });
  return codeLocation(entries.get('CodeUri') ?? scalar(line, '.'));
}

/** SAM says of each function that it made it (SAM developer guide, "AWS::Serverless::Function", Tags). */
function tagsOf(line: number, given: Node | undefined): Node {
  const all = new Map([
    ['lambda:createdBy', scalar(line, 'SAM')],
    ...(given?.kind === 'fields' ? given.entries : []),
  ]);
  return list(
    line,
    [...all].map(([key, value]) => fields(value.line, { Key: scalar(value.line, key), Value: value })),
  );
}
