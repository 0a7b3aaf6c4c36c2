import { isIPv6, SocketAddress } from 'node:net';
import { WrittenNumber } from '../../../aws/exact-json.ts';
import { isText, type Scalar } from '../json.ts';
import type { ValueTest } from './value-test.ts';

/**
 * Any of these values. As Event Ruler has it, 300 is 300.0; a number that no double holds is the one that is written the
 * same; and an IPv6 address is the same however it is written, `2001:DB8::1` as `2001:db8:0::1`.
 */
export function exactly(values: Scalar[]): ValueTest {
  const plain = new Set<Scalar>();
  const written = new Set<string>();
  const addresses = new Set<string>();
  for (const value of values)
    if (value instanceof WrittenNumber)
      if (value.exact === undefined) written.add(value.text);
      else plain.add(value.exact);
    else if (isText(value) && isIPv6(value)) addresses.add(canonical(value));
    else plain.add(value);

  return (value) => {
    if (plain.has(value)) return true;
    if (value instanceof WrittenNumber) return written.has(value.text);
    return addresses.size > 0 && isText(value) && isIPv6(value) && addresses.has(canonical(value));
  };
}

function canonical(address: string): string {
  return new SocketAddress({ address, family: 'ipv6' }).address;
}
