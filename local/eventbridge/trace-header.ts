/** `Root=1-<8 hex>-<24 hex>` among fields separated by semicolons (X-Ray guide, "Tracing header"). */
const root = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/i;
const parent = /^[0-9a-f]{16}$/i;
const sampled = /^[01?]$/;

/** The header when it is a valid one: an invalid one is dropped, its event is not. */
export function validTraceHeader(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const fields = new Map(header.split(';').map(keyAndValue));
  const isValid =
    root.test(fields.get('Root') ?? '') &&
    parent.test(fields.get('Parent') ?? '0000000000000000') &&
    sampled.test(fields.get('Sampled') ?? '?');
  return isValid ? header : undefined;
}

function keyAndValue(field: string): [string, string] {
  const [key = '', ...value] = field.trim().split('=');
  return [key, value.join('=')];
}
