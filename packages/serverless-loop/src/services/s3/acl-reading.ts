import type { Place } from '../../aws/arn.ts';
import { type Read, text } from '../../aws/members.ts';
import { childrenOf, childText, readXml, type XmlElement } from '../../aws/xml-reader.ts';
import { CANNED, GROUP_URIS, type Grant, type Grantee, ownersAcl, PERMISSIONS } from './acl.ts';
import { invalidArgument, notImplementedHeader, s3Error } from './s3-errors.ts';

/* The words are those of LocalStack's test_s3.snapshot.json, test_s3_bucket_acl_exceptions and test_s3_object_acl_exceptions. */

/** An access control list in the headers that make an object: a canned one, or grants. */
export const OBJECT_ACL_HEADERS = {
  ACL: text({ at: 'header', name: 'x-amz-acl' }),
  GrantFullControl: text({ at: 'header', name: 'x-amz-grant-full-control' }),
  GrantRead: text({ at: 'header', name: 'x-amz-grant-read' }),
  GrantReadACP: text({ at: 'header', name: 'x-amz-grant-read-acp' }),
  GrantWriteACP: text({ at: 'header', name: 'x-amz-grant-write-acp' }),
} as const;

/** The same with the right to write, which a bucket has (S3 API reference, "PutObject" and "CreateBucket"). */
export const ACL_HEADERS = {
  ...OBJECT_ACL_HEADERS,
  GrantWrite: text({ at: 'header', name: 'x-amz-grant-write' }),
} as const;

export type AclHeaders = Read<typeof ACL_HEADERS>;

const GRANTING = [
  ['GrantFullControl', 'FULL_CONTROL'],
  ['GrantRead', 'READ'],
  ['GrantWrite', 'WRITE'],
  ['GrantReadACP', 'READ_ACP'],
  ['GrantWriteACP', 'WRITE_ACP'],
] as const;

/** The access control list that a request's headers give; undefined when they give none. */
export function headerAcl(headers: AclHeaders, place: Place): Grant[] | undefined {
  const { ACL } = headers;
  const granting = GRANTING.filter(([member]) => headers[member] !== undefined);
  if (ACL !== undefined && granting.length > 0)
    throw s3Error('InvalidRequest', 'Specifying both Canned ACLs and Header Grants is not allowed');
  if (ACL !== undefined) return cannedAcl(ACL, place);
  if (granting.length === 0) return undefined;
  return granting.flatMap(([member, permission]) =>
    granteesOf(ACL_HEADERS[member].name ?? member, headers[member] ?? '').map((grantee) => ({
      grantee,
      permission,
    })),
  );
}

function cannedAcl(name: string, place: Place): Grant[] {
  // Amazon EC2's account has no id that could be told.
  if (name === 'aws-exec-read') throw notImplementedHeader('x-amz-acl');
  const beside = CANNED.get(name);
  if (!beside) throw invalidArgument('x-amz-acl', name, '');
  return [...ownersAcl(place), ...beside];
}

/** `id="…", uri="…"`. */
function granteesOf(header: string, grantees: string): Grantee[] {
  return grantees.split(',').map((one) => {
    const [, kind, value] = /^\s*(id|uri|emailAddress)="?([^"]*)"?\s*$/.exec(one) ?? [];
    if (value === undefined) throw invalidArgument(header, grantees, 'Argument format not recognized');
    if (kind === 'emailAddress') throw unknownAddress();
    return kind === 'id' ? account(value, 'id') : group(value, 'uri');
  });
}

/** The access control list of a body. */
export function bodyAcl(source: string): Grant[] {
  const document = readOwned(source);
  return childrenOf(document, 'AccessControlList').flatMap((list) =>
    childrenOf(list, 'Grant').map((grant) => {
      const permission = PERMISSIONS.find((known) => known === childText(grant, 'Permission'));
      const [grantee] = childrenOf(grant, 'Grantee');
      if (!permission || !grantee) throw malformedAcl();
      return { grantee: granteeOf(grantee), permission };
    }),
  );
}

function readOwned(source: string): XmlElement {
  let document: XmlElement;
  try {
    document = readXml(source);
  } catch {
    throw malformedAcl();
  }
  const [owner] = childrenOf(document, 'Owner');
  if (document.name !== 'AccessControlPolicy' || !owner) throw malformedAcl();
  // A permission is looked at before the ids are.
  const permissions = childrenOf(document, 'AccessControlList')
    .flatMap((list) => childrenOf(list, 'Grant'))
    .map((grant) => childText(grant, 'Permission'));
  if (permissions.some((one) => !PERMISSIONS.some((known) => known === one))) throw malformedAcl();
  account(childText(owner, 'ID') ?? '', 'CanonicalUser/ID');
  return document;
}

function granteeOf(element: XmlElement): Grantee {
  switch (element.attributes['xsi:type']) {
    case 'CanonicalUser':
      return account(childText(element, 'ID') ?? '', 'CanonicalUser/ID');
    case 'Group':
      return group(childText(element, 'URI') ?? '', 'Group/URI');
    case 'AmazonCustomerByEmail':
      throw unknownAddress();
    default:
      throw malformedAcl();
  }
}

function account(id: string, argument: string): Grantee {
  if (!/^[0-9a-f]{64}$/.test(id)) throw invalidArgument(argument, id, 'Invalid id');
  return { type: 'CanonicalUser', id };
}

function group(uri: string, argument: string): Grantee {
  if (!GROUP_URIS.includes(uri)) throw invalidArgument(argument, uri, 'Invalid group uri');
  return { type: 'Group', uri };
}

function malformedAcl() {
  return s3Error(
    'MalformedACLError',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}

/** S3 API reference, "Error Responses": no account here has an address. */
function unknownAddress() {
  return s3Error(
    'UnresolvableGrantByEmailAddress',
    'The e-mail address you provided does not match any account on record.',
  );
}
