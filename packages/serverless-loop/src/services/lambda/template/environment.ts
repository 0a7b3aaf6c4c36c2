import type { Properties } from '../../../template/properties.ts';
import { RESERVED_VARIABLES } from '../reserved-variables.ts';

const MAX_BYTES = 4096;

/** Environment.Variables; numbers and booleans become text, as CloudFormation makes it. */
export function readEnvironment(properties: Properties): Record<string, string> {
  const environment = properties.section('Environment');
  environment?.allowOnly(['Variables']);
  const variables = environment?.section('Variables');
  if (!variables) return {};
  for (const name of variables.names()) {
    if (RESERVED_VARIABLES.has(name)) variables.complain(name, 'is reserved: Lambda sets it itself');
    else if (!/^[A-Za-z]\w+$/.test(name))
      variables.complain(
        name,
        'expected a name of at least two letters, digits and underscores that begins with a letter',
      );
  }
  const values = variables.textMap();
  const sizeBytes = Buffer.byteLength(Object.entries(values).flat().join(''));
  if (sizeBytes > MAX_BYTES)
    environment?.complain('Variables', `expected at most ${MAX_BYTES} bytes in all, found ${sizeBytes}`);
  return values;
}
