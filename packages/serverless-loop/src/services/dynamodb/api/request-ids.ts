import { randomFillSync } from 'node:crypto';

const BASE32_HEX = '0123456789ABCDEFGHIJKLMNOPQRSTUV';
const REQUEST_ID_LENGTH = 52;

/** Asking for random bytes takes as long for one id as for many. */
const IDS_AT_ONCE = 64;

/** DynamoDB's own form: 52 digits and capital letters. */
export const newRequestId = requestIds();

function requestIds(): () => string {
  const random = Buffer.alloc(REQUEST_ID_LENGTH * IDS_AT_ONCE);
  let at = random.length;
  return () => {
    if (at === random.length) {
      randomFillSync(random);
      for (const [index, byte] of random.entries()) random[index] = BASE32_HEX.charCodeAt(byte & 31);
      at = 0;
    }
    at += REQUEST_ID_LENGTH;
    return random.toString('latin1', at - REQUEST_ID_LENGTH, at);
  };
}
