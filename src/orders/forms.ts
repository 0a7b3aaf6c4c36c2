import { COUNTRY_CODES } from './country-codes.ts';
import type { Rule } from './rule.ts';
import { form } from './text.ts';

// None of these patterns can be matched in two ways, so none takes more than linear time.
const SKU = /^[A-Za-z0-9._-]+$/;
const E164 = /^\+[1-9][0-9]{1,14}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const VERSION = /^[0-9A-Za-z.-]+$/;
/** The atoms of RFC 5322, section 3.2.3, joined by single dots. */
const MAILBOX = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
/** A host name's label, RFC 1123, section 2.1. */
const LABEL = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

export const sku: Rule<string> = form('1 to 64 of A-Z, a-z, 0-9, ".", "_" and "-"', 64, (text) =>
  SKU.test(text),
);

/** An address as people have them: `mailbox@host.domain` in ASCII; no quoted mailbox, no address literal. */
export const emailAddress: Rule<string> = form('an e-mail address', 254, isEmailAddress);

export const phoneNumber: Rule<string> = form('an E.164 phone number, such as +15550100', 16, (text) =>
  E164.test(text),
);

export const countryCode: Rule<string> = form('a country of ISO 3166-1 alpha-2, such as DE', 2, (text) =>
  COUNTRY_CODES.has(text),
);

export const uuid: Rule<string> = form('a UUID', 36, (text) => UUID.test(text));

export const timestamp: Rule<string> = form('a time such as 2026-01-31T12:00:00.000Z', 24, isTimestamp);

export const version: Rule<string> = form('a version', 16, (text) => VERSION.test(text));

function isEmailAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  const mailbox = text.slice(0, Math.max(at, 0));
  const labels = text.slice(at + 1).split('.');
  return mailbox.length <= 64 && MAILBOX.test(mailbox) && labels.length >= 2 && labels.every(isLabel);
}

function isLabel(label: string): boolean {
  return LABEL.test(label);
}

function isTimestamp(text: string): boolean {
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && time.toISOString() === text;
}
