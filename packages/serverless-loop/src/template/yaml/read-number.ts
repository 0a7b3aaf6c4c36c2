import { WrittenNumber } from '../../aws/exact-json.ts';
import { type Node, type Plain, scalar } from '../yaml/node.ts';

/**
 * A number of a template. As text it keeps its digits, however many; a fraction keeps its writing, because `1.10` is a
 * version to those who write it; and one with an exponent alone is written as CloudFormation writes a Java double:
 * `12345e67` is 1.2345E71 (seen by those whose hashes were taken for numbers, aws/serverless-application-model#200).
 */
export function readNumber(value: number | bigint, source: string | undefined, line: number): Node {
  if (typeof value === 'bigint') return scalar(line, plainOf(Number(value), String(value)), String(value));
  const written = source !== undefined && JSON_NUMBER.test(source) ? source : String(value);
  // The parser takes for numbers what PyYAML takes for text: the folder `.`, `+.`, `._`.
  if (source !== undefined && Number.isNaN(value) && !/^\.nan$/i.test(source)) return scalar(line, source);
  // `.inf` and `.nan`: JSON has no such number.
  if (!JSON_NUMBER.test(written)) return scalar(line, written);
  const keepsWriting = source?.includes('.') || !Number.isFinite(value);
  return scalar(line, plainOf(value, written), keepsWriting ? source : javaText(value));
}

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function plainOf(value: number, written: string): Plain {
  const number = new WrittenNumber(written);
  return number.exact === undefined ? number : value;
}

/** As Java's Double.toString: with an exponent from ten million on and below a thousandth, and a fraction always. */
function javaText(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e7))
    return Number.isInteger(value) ? `${value}.0` : String(value);
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${exponent.replace('+', '')}`;
}
