import type { Page, PageRequest } from '../gateway/routes.ts';
import { CERTIFICATE_PATH } from '../services/sns/certificate-path.ts';
import type { Sns } from '../services/sns/sns.ts';

/** The certificate that messages of SNS name; undefined for another page. */
export function certificatePage(
  sns: Pick<Sns, 'certificate'>,
  { method, path }: Pick<PageRequest, 'method' | 'path'>,
): Promise<Page> | undefined {
  if (method !== 'GET' || path !== CERTIFICATE_PATH) return undefined;
  return sns.certificate().then((body) => ({ status: 200, contentType: 'application/x-pem-file', body }));
}
