import type { Place } from '../../aws/arn.ts';
import type { RestXmlRequest } from '../../aws/rest-xml-service.ts';
import { childrenOf, childText, readXml, type XmlElement } from '../../aws/xml-reader.ts';
import { CANNED, GROUP_URIS, type Grant, type Grantee, ownersAcl, PERMISSIONS } from './acl.ts';
import { headerOf } from './header.ts';
import { invalidArgument, s3Error } from './s3-errors.ts';

/* The words are those of LocalStack's test_s3.snapshot.json, test_s3_bucket_acl_exceptions and test_s3_object_acl_exceptions. */

const GRANT_HEADERS = [
  ['x-amz-grant-full-control', 'FULL_CONTROL'],
  ['x-amz-grant-read', 'READ'],
  ['x-amz-grant-write', 'WRITE'],
  ['x-amz-grant-read-acp', 'READ_ACP'],
  ['x-amz-grant-write-acp', 'WRITE_ACP'],
] as const;

/** The access control list that a request's headers give; undefined when they give none. */
export function headerAcl(request: RestXmlRequest, place: Place): Grant[] | undefined {
  const name = headerOf(request, 'x-amz-acl');
  const granting = GRANT_HEADERS.filter(([header]) => headerOf(request, header) !== undefined);
  if (name !== undefined && granting.length > 0)
    throw s3Error('InvalidRequest', 'Specifying both Canned ACLs and Header Grants is not allowed');
  if (name !== undefined) return cannedAcl(name, place);
  if (granting.length === 0) return undefined;
  return granting.flatMap(([header, permission]) =>
    granteesOf(header, headerOf(request, header) ?? '').map((grantee) => ({ grantee, permission })),
  );
}

function cannedAcl(name: string, place: Place): Grant[] {
  // Amazon EC2's account has no id that could be told.
  if (name === 'aws-exec-read')
    throw s3Error(
      'NotImplemented',
      'A header you provided implies functionality that is not implemented',
      501,
      {
        Header: 'x-amz-acl',
      },
    );
  const beside = CANNED.get(name);
  if (!beside) throw invalidArgument('x-amz-acl', name, '');
  return [...ownersAcl(place), ...beside];
}

/** `id="…", uri="…"`. */
function granteesOf(header: string, text: string): Grantee[] {
  return text.split(',').map((one) => {
    const [, kind, value] = /^\s*(id|uri|emailAddress)="?([^"]*)"?\s*$/.exec(one) ?? [];
    if (value === undefined) throw invalidArgument(header, text, 'Argument format not recognized');
    if (kind === 'emailAddress') throw unknownAddress();
    return kind === 'id' ? account(value, 'id') : group(value, 'uri');
  });
}

/** The access control list of a body. */
export function bodyAcl(text: string): Grant[] {
  const document = readOwned(text);
  return childrenOf(document, 'AccessControlList').flatMap((list) =>
    childrenOf(list, 'Grant').map((grant) => {
      const permission = PERMISSIONS.find((known) => known === childText(grant, 'Permission'));
      const [grantee] = childrenOf(grant, 'Grantee');
      if (!permission || !grantee) throw malformedAcl();
      return { grantee: granteeOf(grantee), permission };
    }),
  );
}

function readOwned(text: string): XmlElement {
  let document: XmlElement;
  try {
    document = readXml(text);
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
