/** The certificate of the key that messages are signed with, at the loop's own address. */
export const CERTIFICATE_PATH = '/_loop/SimpleNotificationService-loop.pem';
