import { BlockList, isIP } from 'node:net';
import { isText } from '../json.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';
import { onText, type ValueTest } from './value-test.ts';

/** `{ "cidr": "10.0.0.0/24" }`, IPv4 or IPv6: an address inside the block. */
export function parseCidr(operand: unknown): ValueTest {
  // AWS speaks of a prefix here too (LocalStack's record, test_events_patterns.snapshot.json,
  // content_ip_address_type_EXC).
  if (!isText(operand)) throw new InvalidPatternError('prefix match pattern must be a string');
  const [address, bits, ...rest] = operand.split('/');
  if (address === undefined || bits === undefined || rest.length > 0)
    throw new InvalidPatternError("Malformed CIDR, one '/' required");
  if (!/^[+-]?\d+$/.test(bits)) throw new InvalidPatternError('Malformed CIDR, mask bits must be an integer');
  if (Number(bits) < 0) throw new InvalidPatternError('Malformed CIDR, mask bits must not be negative');
  const family = familyOf(address);
  if (!family) throw new InvalidPatternError(`Nonstandard IP address: ${address}`);
  refuseWholeAddress(Number(bits), family);

  const block = new BlockList();
  block.addSubnet(address, Number(bits), family);
  return onText((text) => {
    const textFamily = familyOf(text);
    return textFamily !== undefined && block.check(text, textFamily);
  });
}

/** Event Ruler, which EventBridge matches with, takes no block of a single address. */
function refuseWholeAddress(bits: number, family: 'ipv4' | 'ipv6'): void {
  const [name, width] = family === 'ipv4' ? ['IPv4', 32] : ['IPv6', 128];
  if (bits >= width) throw new InvalidPatternError(`${name} mask bits must be < ${width}`);
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  // A zone (`fe80::1%eth0`) names an interface of one machine: no address of an event.
  if (address.includes('%')) return undefined;
  const version = isIP(address);
  if (version === 0) return undefined;
  return version === 4 ? 'ipv4' : 'ipv6';
}
